"""All must be true, or nothing is merged. Each rule answers with a sentence that the bot's comment prints."""

from collections.abc import Callable
from dataclasses import dataclass

from mutualaid.core.pipeline.bot_comment import MOMENT
from mutualaid.core.pipeline.policy import Policy, is_same
from mutualaid.core.pipeline.situation import REGULAR_FILE, Outcome, PullRequest, Ready, Review, Situation

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the checklist."""

    holds: bool
    says: str


@dataclass(frozen=True, slots=True)
class Case:
    """What every rule looks at."""

    situation: Situation
    pull: PullRequest
    outcome: Ready
    policy: Policy
    kinds: tuple[str, ...]


def checklist(situation: Situation, policy: Policy, kinds: tuple[str, ...]) -> tuple[Point, ...]:
    """Return every point of the merge rule, in the order in which a maintainer reads it."""
    pull, outcome = situation.pull, situation.outcome
    if pull is None or not isinstance(outcome, Ready):
        return (Point(False, "There is a pull request with an entry that passes every check."),)
    return tuple(rule(Case(situation, pull, outcome, policy, kinds)) for rule in RULES)


def approval_of(situation: Situation, policy: Policy) -> Review | None:
    """Return the approval that counts: for the exact head, by a permitted person who is not the contributor.

    It must come after the bot's comment, where that tells of something.
    """
    pull = situation.pull
    if pull is None:
        return None
    given = (
        review
        for review in latest_verdicts(situation, policy)
        if review.state == "APPROVED" and review.commit == pull.head
    )
    return next((review for review in given if _may(review, situation, policy) and _saw(review, situation)), None)


def latest_verdicts(situation: Situation, policy: Policy) -> tuple[Review, ...]:
    """Return for each permitted person the last review that gives a verdict; a mere comment takes nothing back."""
    latest: dict[str, Review] = {}
    reviews = situation.pull.reviews if situation.pull else ()
    for review in sorted(reviews, key=lambda one: one.submitted_at):
        permitted = policy.may_approve(review.author, situation.permission_of(review.author))
        if permitted and review.state in VERDICTS:
            latest[review.author.casefold()] = review
    return tuple(latest.values())


VERDICTS = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})


def is_known_head(situation: Situation, pull: PullRequest, outcome: Ready) -> bool:
    """Whether the head is the bot's own commit with exactly this file, as far as the bot's own header tells."""
    header = situation.header
    return situation.by_form and (header.head, header.blob, header.path, header.base) == (
        pull.head,
        outcome.blob,
        outcome.path,
        outcome.base,
    )


def _may(review: Review, situation: Situation, policy: Policy) -> bool:
    return policy.sole_maintainer or not is_same(review.author, situation.contributor)


def _tells_of_something(outcome: Outcome) -> bool:
    return isinstance(outcome, Ready) and bool(outcome.findings or outcome.warnings)


def _saw(review: Review, situation: Situation) -> bool:
    """Whether the approver could see what was found: the text is shown by GitHub, that only by the bot's comment."""
    header = situation.header
    is_told = header.head == review.commit and "" < header.since <= f"{review.submitted_at:{MOMENT}}"
    return is_told or not _tells_of_something(situation.outcome)


def _base_is_main(case: Case) -> Point:
    is_open = case.pull.state == "open" and not case.pull.is_draft
    return Point(is_open and case.pull.base == MAIN, "The change is open on GitHub and goes to the site.")


def _files_are_fenced(case: Case) -> Point:
    files = case.pull.files or ()
    is_whole = case.pull.counted_files == len(files) == 1
    is_entry = all(
        case.policy.entry_at(file.path, case.kinds)
        and file.change in ("added", "modified")
        and file.mode == REGULAR_FILE
        and file.size <= case.policy.max_bytes
        for file in files
    )
    return Point(is_whole and is_entry, "It changes one entry and nothing else.")


def _bytes_are_right(case: Case) -> Point:
    said = "Its text is exactly what was sent, and it passes every check now."
    if not case.situation.by_form:
        said = "Its text passes every check now."
    at_head = [(file.path, file.blob) for file in case.pull.files or ()]
    is_so_on_main = case.pull.is_overtaken is False
    return Point(is_so_on_main and at_head == [(case.outcome.path, case.outcome.blob)], said)


def _nothing_clashes(case: Case) -> Point:
    return Point(not case.outcome.clashes, "No other entry has its title or its address.")


def _is_approved(case: Case) -> Point:
    says = "A maintainer, and not the person who sent it, has approved exactly this text."
    if case.policy.sole_maintainer:
        says = "A maintainer has approved exactly this text (one person runs this copy alone)."
    elif case.situation.is_offline:
        says = "A maintainer has approved exactly this text (the one who typed it in may also approve it)."
    if _tells_of_something(case.outcome):
        says = f"{says.rstrip('.')}, after I showed here what I found."
    return Point(approval_of(case.situation, case.policy) is not None, says)


def _nobody_objects(case: Case) -> Point:
    states = {review.state for review in latest_verdicts(case.situation, case.policy)}
    return Point("CHANGES_REQUESTED" not in states, "No maintainer is waiting for a change that they asked for.")


RULES: tuple[Callable[[Case], Point], ...] = (
    _base_is_main,
    _files_are_fenced,
    _bytes_are_right,
    _nothing_clashes,
    _is_approved,
    _nobody_objects,
)
