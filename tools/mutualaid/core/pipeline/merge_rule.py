"""All must be true, or nothing is merged. Each rule answers with a sentence that the bot's comment prints."""

from dataclasses import dataclass

from mutualaid.core.pipeline.bot_comment import MOMENT
from mutualaid.core.pipeline.policy import Policy, is_same
from mutualaid.core.pipeline.situation import REGULAR_FILE, Outcome, PullRequest, Ready, Review, Situation

MAIN = "main"
VERDICTS = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One point of the checklist."""

    holds: bool
    says: str


def checklist(situation: Situation, policy: Policy) -> tuple[ChecklistItem, ...]:
    pull, outcome = situation.pull, situation.outcome
    if pull is None or not isinstance(outcome, Ready):
        return (ChecklistItem(False, "There is a pull request with an entry that passes every check."),)
    is_open = pull.state == "open" and not pull.is_draft
    at_head = [(file.path, file.blob) for file in pull.files or ()]
    is_right = pull.is_overtaken is False and at_head == [(outcome.path, outcome.blob)]
    sent = "is exactly what was sent, and it passes" if situation.by_form else "passes"
    objections = {"CHANGES_REQUESTED"} & {review.state for review in latest_verdicts(situation, policy)}
    return (
        ChecklistItem(is_open and pull.base == MAIN, "The change is open on GitHub and goes to the site."),
        ChecklistItem(_is_one_entry(pull, policy), "It changes one entry and nothing else."),
        ChecklistItem(is_right, f"Its text {sent} every check now."),
        ChecklistItem(not outcome.clashes, "No other entry has its title or its address."),
        ChecklistItem(approval_of(situation, policy) is not None, _what_approval(situation, policy)),
        ChecklistItem(not objections, "No maintainer is waiting for a change that they asked for."),
    )


def _is_one_entry(pull: PullRequest, policy: Policy) -> bool:
    files = pull.files or ()
    return pull.counted_files == len(files) == 1 and all(
        policy.entry_at(file.path)
        and file.change in ("added", "modified")
        and file.mode == REGULAR_FILE
        and file.size <= policy.max_bytes
        for file in files
    )


def _what_approval(situation: Situation, policy: Policy) -> str:
    who, aside = "A maintainer, and not the person who sent it,", ""
    if situation.thread.others:
        who = "A maintainer who neither sent nor edited it"
    if policy.sole_maintainer:
        who, aside = "A maintainer", " (one person runs this copy alone, so nobody else has looked)"
    elif situation.is_offline:
        who, aside = "A maintainer", " (the one who typed it in may also approve it)"
    aware = ", after I showed here what I found" if _tells_of_something(situation.outcome) else ""
    return f"{who} has approved exactly this text{aside}{aware}."


def approval_of(situation: Situation, policy: Policy) -> Review | None:
    """Return the approval that counts: for the exact head, by a permitted person who neither sent nor edited the text.

    It must come after the bot's comment, where that tells of something.
    """
    pull = situation.pull
    if pull is None:
        return None
    given = (
        review
        for review in latest_verdicts(situation, policy)
        if review.state == "APPROVED" and review.commit == pull.head and _saw(review, situation)
    )
    barred = () if policy.sole_maintainer else (situation.thread.author, *situation.thread.others)
    return next((one for one in given if not any(is_same(one.author, name) for name in barred)), None)


def latest_verdicts(situation: Situation, policy: Policy) -> tuple[Review, ...]:
    """Return for each permitted person the last review that gives a verdict; a mere comment takes nothing back."""
    latest: dict[str, Review] = {}
    reviews = situation.pull.reviews if situation.pull else ()
    for review in sorted(reviews, key=lambda one: one.submitted_at):
        permitted = policy.may_approve(review.author, situation.permission_of(review.author))
        if permitted and review.state in VERDICTS:
            latest.pop(review.author.casefold(), None)
            latest[review.author.casefold()] = review
    return tuple(latest.values())


def is_known_head(situation: Situation, pull: PullRequest, outcome: Ready) -> bool:
    """Whether the head is the bot's own commit with exactly this file, as far as the bot's own header tells."""
    header = situation.header
    return situation.by_form and (header.head, header.blob, header.path, header.base) == (
        pull.head,
        outcome.blob,
        outcome.path,
        outcome.base,
    )


def _tells_of_something(outcome: Outcome) -> bool:
    return isinstance(outcome, Ready) and bool(outcome.findings or outcome.warnings)


def _saw(review: Review, situation: Situation) -> bool:
    """Whether the approver could see what was found: the text is shown by GitHub, that only by the bot's comment."""
    header = situation.header
    is_told = header.head == review.commit and "" < header.since <= f"{review.submitted_at:{MOMENT}}"
    return is_told or not _tells_of_something(situation.outcome)
