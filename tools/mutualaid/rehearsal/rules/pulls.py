"""Pull requests, what they show, and reviews of them."""

from mutualaid.rehearsal.git_history import FileChange
from mutualaid.rehearsal.rules.rule import Refusal, nothing, rule
from mutualaid.rehearsal.things import Pull
from mutualaid.rehearsal.world import Actor, World

PULLS = "rest/pulls/pulls"
REVIEWS = "rest/pulls/reviews"


def _seen(_: World, pull: Pull) -> str:
    return pull.head_seen


def _branch_now(world: World, pull: Pull) -> str:
    return world.tip(pull.branch, pull.fork) or pull.head_seen


@rule(f"{PULLS}#get-a-pull-request", _seen)
def the_head_follows_its_branch(world: World, pull: Pull) -> str:
    """An open pull request's head is where its branch stands now, whoever pushed."""
    return _branch_now(world, pull) if world.issues[pull.number].is_open else pull.head_seen


@rule(f"{PULLS}#get-a-pull-request", _branch_now)
def a_closed_head_stays(_: World, pull: Pull) -> str:
    """A closed or merged pull request keeps the head it had, whatever happens to its branch."""
    return pull.head_seen


@rule(f"{PULLS}#create-a-pull-request", nothing)
def a_branch_has_one_open_pull(world: World, branch: str, base: str, fork: str | None) -> None:
    """A second open pull request for the same branch and base answers 422."""
    for pull in world.pulls.values():
        if world.issues[pull.number].is_open and (pull.branch, pull.base, pull.fork) == (branch, base, fork):
            sentence = f"A pull request already exists for {fork or world.owner}:{branch}."
            raise Refusal(422, "Validation Failed", resource="PullRequest", code="custom", message=sentence)


@rule(f"{PULLS}#create-a-pull-request", nothing)
def a_pull_needs_commits(world: World, base: str, head: str) -> None:
    """A branch without a commit of its own gets no pull request: 422."""
    tip = world.tip(base)
    if tip and world.history.base(tip, head) == head:
        sentence = f"No commits between {base} and {head[:7]}"
        raise Refusal(422, "Validation Failed", resource="PullRequest", code="custom", message=sentence)


@rule(f"{PULLS}#get-a-pull-request", lambda world, _pull, base, head: world.history.merged_tree(base, head) is not None)
def mergeable_is_unknown_at_first(world: World, pull: Pull, base: str, head: str) -> bool | None:
    """Asked for the first time after its head or base moved, a pull request's `mergeable` is null; ask again."""
    if pull.mergeable_asked_for != (base, head):
        pull.mergeable_asked_for = (base, head)
        return None
    return world.history.merged_tree(base, head) is not None


@rule(
    "pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/"
    "about-comparing-branches-in-pull-requests#three-dot-and-two-dot-git-diff-comparisons",
    lambda world, base, head: world.history.changes(base, head),
)
def files_are_since_the_fork_point(world: World, base: str, head: str) -> tuple[FileChange, ...]:
    """A pull request's files differ from where its branch left main, not from main as it is now."""
    return world.history.changes(world.history.base(base, head) or base, head)


@rule(f"{REVIEWS}#create-a-review-for-a-pull-request", lambda _, head, _given: head)
def a_review_names_its_commit(_: World, head: str, given: str | None) -> str:
    """A review is for the commit that it names, or for the head at that time."""
    return given or head


@rule(
    f"{REVIEWS}#list-reviews-for-a-pull-request",
    lambda world, pull, _commit_id: the_head_follows_its_branch(world, pull),
)
def a_review_keeps_its_commit(_world: World, _pull: Pull, commit_id: str) -> str:
    """A review keeps its `commit_id` when the branch moves on."""
    return commit_id


@rule(
    "pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/about-pull-request-reviews",
    nothing,
)
def nobody_approves_their_own(_: World, actor: Actor, author: str, state: str) -> None:
    """Nobody approves their own pull request, nor asks themselves for changes: 422."""
    if actor.login == author and state in {"APPROVED", "CHANGES_REQUESTED"}:
        verb = "approve" if state == "APPROVED" else "request changes on"
        sentence = f"Review Can not {verb} your own pull request"
        raise Refusal(422, "Unprocessable Entity", sentence)


@rule(f"{REVIEWS}#create-a-review-for-a-pull-request", nothing)
def a_review_needs_words(_: World, state: str, body: str) -> None:
    """A review that comments or asks for changes has a body, else 422; an approval needs none."""
    if state != "APPROVED" and not body.strip():
        raise Refusal(422, "Unprocessable Entity", "Review Body can't be blank")


@rule(
    "GitHub closes a pull request whose branch is deleted: it shows `closed` and cannot be merged",
    lambda _, _branch: [],
)
def a_deleted_branch_closes_its_pulls(world: World, branch: str) -> list[Pull]:
    """Deleting a branch closes the open pull requests that come from it."""
    own = (each for each in world.pulls.values() if each.branch == branch and each.fork is None)
    return [each for each in own if world.issues[each.number].is_open]
