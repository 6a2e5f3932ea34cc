"""All must be true, or nothing is merged. Each rule answers with a sentence that the living comment prints."""

from collections.abc import Callable
from dataclasses import dataclass

from mutualaid.core.policy import Policy
from mutualaid.core.situation import REGULAR_FILE, PullRequest, Ready, Review, Situation

FENCE_ROOT = "submissions/"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the checklist."""

    holds: bool
    says: str


def checklist(situation: Situation, policy: Policy, kinds: tuple[str, ...]) -> tuple[Point, ...]:
    """Return every point of the merge rule, in the order in which a maintainer reads it."""
    pull, outcome = situation.pull, situation.outcome
    if pull is None or not isinstance(outcome, Ready):
        return (Point(False, "There is a pull request with an entry that passes every check."),)
    return tuple(rule(situation, pull, outcome, policy, kinds) for rule in RULES)


def approval_of(situation: Situation, policy: Policy) -> Review | None:
    """Return the approval that counts: for the exact head, by a permitted person who is not the contributor."""
    pull = situation.pull
    if pull is None:
        return None
    for review in reversed(pull.reviews):
        if review.state == "APPROVED" and review.commit == pull.head and _permitted(review, situation, policy):
            return review
    return None


def _permitted(review: Review, situation: Situation, policy: Policy) -> bool:
    if not policy.may_approve(review.author, situation.permissions.get(review.author, "none")):
        return False
    return review.author != situation.contributor or policy.sole_maintainer or _is_offline(situation)


def _is_offline(situation: Situation) -> bool:
    """Whether the bot itself opened the pull request for an entry that came without an account."""
    return situation.issue is None and situation.pull is not None and situation.pull.author == situation.bot


def _base_is_main(_s: Situation, pull: PullRequest, _o: Ready, _p: Policy, _k: tuple[str, ...]) -> Point:
    return Point(pull.base == "main" and pull.state == "open", "The pull request is open and goes into main.")


def _files_are_fenced(_s: Situation, pull: PullRequest, _o: Ready, policy: Policy, kinds: tuple[str, ...]) -> Point:
    complete = pull.counted_files == len(pull.files) >= 1
    fenced = all(_inside(file.path, kinds) and file.mode == REGULAR_FILE for file in pull.files)
    kept = all(file.change in ("added", "modified") and file.size <= policy.max_bytes for file in pull.files)
    only_one = len(pull.files) == 1
    return Point(complete and fenced and kept and only_one, "It changes one file, an entry, and nothing else.")


def _inside(path: str, kinds: tuple[str, ...]) -> bool:
    parts = path.split("/")
    return (
        len(parts) == 3  # noqa: PLR2004 - submissions / kind / file
        and path.startswith(FENCE_ROOT)
        and parts[1] in kinds
        and parts[2].endswith(".yaml")
        and not parts[2].startswith(".")
    )


def _bytes_are_right(_s: Situation, pull: PullRequest, outcome: Ready, _p: Policy, _k: tuple[str, ...]) -> Point:
    same = bool(pull.files) and pull.files[0].path == outcome.path and pull.files[0].blob == outcome.blob
    return Point(same, "Its text is exactly what was offered, passes every check now, and takes no other entry's place.")


def _is_approved(situation: Situation, _pull: PullRequest, _o: Ready, policy: Policy, _k: tuple[str, ...]) -> Point:
    says = "A maintainer who is not its contributor has approved exactly this text."
    if policy.sole_maintainer:
        says = "A maintainer has approved exactly this text (one person runs this copy alone)."
    return Point(approval_of(situation, policy) is not None, says)


def _nobody_objects(situation: Situation, pull: PullRequest, _o: Ready, policy: Policy, _k: tuple[str, ...]) -> Point:
    latest: dict[str, str] = {}
    for review in pull.reviews:
        if review.state != "COMMENTED" and policy.may_approve(
            review.author, situation.permissions.get(review.author, "none")
        ):
            latest[review.author] = review.state
    return Point("CHANGES_REQUESTED" not in latest.values(), "No maintainer has asked for changes since.")


Rule = Callable[[Situation, PullRequest, Ready, Policy, tuple[str, ...]], Point]
RULES: tuple[Rule, ...] = (_base_is_main, _files_are_fenced, _bytes_are_right, _is_approved, _nobody_objects)
