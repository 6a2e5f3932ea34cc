"""What must be so before a pull request is merged, and what the merge makes."""

from collections.abc import Iterable

from mutualaid.rehearsal.git_history import Signature
from mutualaid.rehearsal.rules.rule import Refusal, always, nothing, rule
from mutualaid.rehearsal.things import Pull, Review
from mutualaid.rehearsal.world import World

MERGE = "rest/pulls/pulls#merge-a-pull-request"
PROTECTED = (
    "repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/"
    "about-protected-branches"
)
REVIEWED = f"{PROTECTED}#require-pull-request-reviews-before-merging"
SQUASH = (
    "pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges"
)
VERDICTS = {"APPROVED", "CHANGES_REQUESTED", "DISMISSED"}


@rule(MERGE, nothing)
def a_merge_needs_the_asked_head(_: World, head: str, asked: str | None) -> None:
    """A merge that names a commit with `sha` happens only while that is the head; else 409."""
    if asked is not None and asked != head:
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")


@rule(MERGE, nothing)
def a_merge_needs_an_open_pull(world: World, pull: Pull) -> None:
    """A pull request that is closed, merged or a draft is not merged: 405."""
    if not world.issues[pull.number].is_open or pull.is_draft:
        raise Refusal(405, "Pull Request is not mergeable")


@rule(MERGE, lambda world, base, head: world.history.merged_tree(base, head) or world.history.tree_of(head))
def a_merge_needs_no_conflict(world: World, base: str, head: str) -> str:
    """A pull request that conflicts with main is not merged: 405. Gives the tree that the merge makes."""
    tree = world.history.merged_tree(base, head)
    if tree is None:
        raise Refusal(405, "Pull Request is not mergeable")
    return tree


@rule(REVIEWED, nothing)
def a_merge_needs_approvals(world: World, reviews: Iterable[Review]) -> None:
    """Where the branch rules ask for approvals, a merge without them answers 405, for everybody."""
    wanted = world.settings.approvals_needed
    if world.settings.protection and sum(each.state == "APPROVED" for each in reviews) < wanted:
        raise Refusal(405, f"At least {wanted} approving review is required by reviewers with write access.")


@rule(REVIEWED, nothing)
def asked_changes_stop_a_merge(world: World, reviews: Iterable[Review]) -> None:
    """Somebody with write access who asked for changes stops the merge until they approve: 405."""
    if world.settings.protection and any(each.state == "CHANGES_REQUESTED" for each in reviews):
        raise Refusal(405, "Changes have been requested by a reviewer with write access.")


@rule(REVIEWED, lambda _, reviews: list(reviews))
def only_writers_reviews_count(world: World, reviews: Iterable[Review]) -> list[Review]:
    """Anybody may approve, but for the branch rules only reviews by people with write access count."""
    writers = {login for login, role in world.roles.items() if role in {"write", "maintain", "admin"}}
    return [each for each in reviews if each.author in writers]


@rule(REVIEWED, lambda _, reviews: [each for each in reviews if each.state in VERDICTS])
def the_latest_verdict_counts(_: World, reviews: Iterable[Review]) -> list[Review]:
    """Of somebody's several reviews the last that gives a verdict counts; a comment takes nothing back."""
    return list({each.author: each for each in reviews if each.state in VERDICTS}.values())


def _for_head(_: World, reviews: Iterable[Review], head: str) -> list[Review]:
    return [each for each in reviews if each.commit_id == head]


@rule(REVIEWED, _for_head)
def old_approvals_still_count(_world: World, reviews: Iterable[Review], _head: str) -> list[Review]:
    """For the branch rules an approval of an older commit counts, unless the setting dismisses it. So we pin."""
    return list(reviews)


@rule(REVIEWED, always(False))
def pushes_dismiss_if_set(world: World) -> bool:
    """Where a setting says so, a push to the branch turns approvals into DISMISSED."""
    return world.settings.protection is not None and world.settings.stale_reviews_are_dismissed


@rule(f"{PROTECTED}#require-status-checks-before-merging", nothing)
def required_checks_stop_a_merge(world: World, succeeded: Iterable[str]) -> None:
    """A merge waits for the checks that the branch rules name: 405."""
    missing = set(world.settings.required_checks) - set(succeeded)
    if world.settings.protection and missing:
        raise Refusal(405, f'Required status check "{min(missing)}" is expected.')


@rule(f"{SQUASH}#squash-and-merge-your-commits", lambda _world, base, head: (base, head))
def a_squash_is_one_commit(_: World, base: str, _head: str) -> tuple[str, ...]:
    """A squash makes one commit, whose only parent is main as it was."""
    return (base,)


@rule(f"{SQUASH}#squash-and-merge-your-commits", lambda _world, _opener, merger: merger)
def a_squash_names_the_opener(_: World, opener: Signature, _merger: Signature) -> Signature:
    """A squash commit's author is whoever opened the pull request, whoever merged it."""
    return opener


CO_AUTHORS = (
    "pull-requests/committing-changes-to-your-project/creating-and-editing-commits/"
    "creating-a-commit-with-multiple-authors"
)


@rule(CO_AUTHORS, lambda _world, message, _authors, _opener: message)
def a_squash_names_co_authors(_: World, message: str, authors: Iterable[Signature], opener: Signature) -> str:
    """A squash commit's message ends with a line for every other author of its commits."""
    named = {each.email: each for each in authors if each.email != opener.email}
    lines = [f"Co-authored-by: {each.name} <{each.email}>" for each in named.values()]
    return "\n\n".join(filter(None, (message, "\n".join(lines))))
