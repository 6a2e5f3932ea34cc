"""Pull requests, their files, reviews and merges."""

from dataclasses import replace
from typing import Any, Literal

from fake_github import shapes
from fake_github.events import emit, emit_push, notice_pushes
from fake_github.git import HEADS, Commit
from fake_github.operation import Listing, Operation, found
from fake_github.operations.git import check_workflows, move_ref
from fake_github.operations.issues import Direction, Sort, States, close, in_order, is_shown, open_issue, update
from fake_github.repository import OWNER, Actor, Pull, Refusal, Repository
from fake_github.shapes import Shape

VERDICTS = {"APPROVE": "APPROVED", "COMMENT": "COMMENTED"}


def _pull_of(repo: Repository, number: int) -> Pull:
    """Return a pull request, after a look at where its branch is now."""
    pull = found(repo.pulls.get(number))
    notice_pushes(repo, [pull])
    return pull


@Operation("pulls/list", "GET pulls", "pull_requests: read")
def _list(
    repo: Repository,
    _: Actor,
    *,
    state: States = "open",
    head: str = "",
    sort: Sort = "created",  # noqa: ARG001
    direction: Direction = "desc",
) -> Listing:
    notice_pushes(repo, repo.pulls.values())
    shown = [
        pull
        for pull in repo.pulls.values()
        if is_shown(repo.issues[pull.number], state) and head in {"", f"{pull.fork or OWNER}:{pull.branch}"}
    ]
    return Listing(in_order(shown, direction), lambda pull: shapes.pull_request(repo, pull))


@Operation("pulls/create", "POST pulls", "pull_requests: write", status=201, notifies=True)
def _create(
    repo: Repository,
    actor: Actor,
    *,
    title: str,
    head: str,
    base: str,
    body: str | None = None,
    maintainer_can_modify: bool = True,  # noqa: ARG001 - nobody pushes to another's fork here
) -> Shape:
    owner, _, branch = head.rpartition(":")
    fork = owner if owner and owner != OWNER else None
    head_tip, base_tip = repo.tip(branch, fork), repo.tip(base)
    if head_tip is None or base_tip is None:
        raise Refusal(422, "Validation Failed", f"There is no branch {base if head_tip else head}")
    if fork != actor.login and not repo.has_role(actor, "write"):
        raise Refusal(404, "Not Found")
    open_ones = (pull for pull in repo.pulls.values() if repo.issues[pull.number].is_open)
    is_twice = any((pull.branch, pull.fork) == (branch, fork) for pull in open_ones)
    if is_twice and repo.holds("a-branch-has-one-open-pull"):
        raise Refusal(422, "Validation Failed", f"A pull request already exists for {fork or OWNER}:{branch}.")
    if head_tip in repo.git.ancestors(base_tip) and repo.holds("a-pull-needs-commits"):
        raise Refusal(422, "Validation Failed", f"No commits between {base} and {branch}")
    pull = Pull(0, base, branch, head_tip, base_tip, fork)
    open_issue(repo, actor, title, body, pull=pull)
    return shapes.pull_request(repo, pull)


@Operation("pulls/get", "GET pulls/{pull_number}", "pull_requests: read")
def _get(repo: Repository, _: Actor, *, pull_number: int) -> Shape:
    return shapes.whole_pull_request(repo, _pull_of(repo, pull_number))


@Operation("pulls/update", "PATCH pulls/{pull_number}", "pull_requests: write")
def _update(repo: Repository, actor: Actor, *, pull_number: int, state: Literal["closed"]) -> Shape:
    pull = _pull_of(repo, pull_number)
    update(repo, actor, repo.issues[pull.number], None, state)
    return shapes.whole_pull_request(repo, pull)


@Operation("pulls/list-files", "GET pulls/{pull_number}/files", "pull_requests: read")
def _list_files(repo: Repository, _: Actor, *, pull_number: int) -> Listing:
    return Listing(shapes.changed_files(repo, _pull_of(repo, pull_number)), dict)


@Operation("pulls/list-reviews", "GET pulls/{pull_number}/reviews", "pull_requests: read")
def _list_reviews(repo: Repository, _: Actor, *, pull_number: int) -> Listing:
    pull = _pull_of(repo, pull_number)
    now = {} if repo.holds("a-review-keeps-its-commit") else {"commit_id": shapes.head(repo, pull)}
    return Listing(pull.reviews, lambda review: {**review, **now})


@Operation("pulls/create-review", "POST pulls/{pull_number}/reviews", "pull_requests: write", notifies=True)
def _create_review(
    repo: Repository,
    actor: Actor,
    *,
    pull_number: int,
    event: Literal["APPROVE", "COMMENT"],
    body: str = "",
    commit_id: str = "",
) -> Shape:
    pull, state = _pull_of(repo, pull_number), VERDICTS[event]
    is_own = actor.login == repo.issues[pull.number].author
    if is_own and event == "APPROVE" and repo.holds("nobody-approves-their-own"):
        raise Refusal(422, "Unprocessable Entity", "Review Can not approve your own pull request")
    head = shapes.head(repo, pull)
    commit_id = commit_id if commit_id and repo.holds("a-review-names-its-commit") else head
    if commit_id not in {head, *repo.git.log(head, without=shapes.base(repo, pull))}:
        raise Refusal(422, "Unprocessable Entity", "Commit is not part of the pull request")
    said = {"state": state, "body": body, "commit_id": commit_id, "submitted_at": shapes.moment(repo.clock)}
    pull.reviews.append({"id": repo.next_id(), "user": shapes.user(repo, actor.login), **said})
    repo.issues[pull.number].updated_at = repo.clock
    emit(repo, actor, "pull_request_review", "submitted", pull=pull)
    return pull.reviews[-1]


@Operation(
    "pulls/request-reviewers",
    "POST pulls/{pull_number}/requested_reviewers",
    "pull_requests: write",
    role="write",
    status=201,
    notifies=True,
)
def _request_reviewers(repo: Repository, _: Actor, *, pull_number: int, reviewers: list[str]) -> Shape:
    pull = _pull_of(repo, pull_number)
    if any(login not in repo.roles or login == repo.issues[pull_number].author for login in reviewers):
        raise Refusal(422, "Reviews may only be requested from collaborators.")
    pull.asked += [login for login in reviewers if login not in pull.asked]
    return shapes.pull_request(repo, pull)


@Operation("pulls/merge", "PUT pulls/{pull_number}/merge", "contents: write", role="write", notifies=True)
def _merge(
    repo: Repository,
    actor: Actor,
    *,
    pull_number: int,
    merge_method: Literal["squash"],  # noqa: ARG001 - it knows this one only
    sha: str = "",
    commit_title: str = "",
    commit_message: str = "",
) -> dict[str, Any]:
    pull = _pull_of(repo, pull_number)
    head, base, issue = shapes.head(repo, pull), shapes.base(repo, pull), repo.issues[pull.number]
    if not issue.is_open and repo.holds("a-merge-needs-an-open-pull"):
        raise Refusal(405, "Pull Request is not mergeable")
    if sha and sha != head and repo.holds("a-merge-needs-the-asked-head"):
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")
    tree = repo.git.merged_tree(base, head)
    if tree is None and repo.holds("a-merge-needs-no-conflict"):
        raise Refusal(405, "Pull Request is not mergeable")
    if pull.base == "main" and repo.settings.protection:
        _check_branch_rules(repo, pull, head)
    message = "\n\n".join(filter(None, (commit_title or f"{issue.title} (#{pull.number})", commit_message)))
    commit = _squashed(repo, actor, pull, message)
    made = repo.git.write_commit(replace(commit, tree=tree or repo.git.tree_of(head)))
    check_workflows(repo, actor, base, made)
    close(repo, actor, issue)
    pull.merged_at, pull.merged_by, pull.merge_sha = repo.clock, actor.login, made
    repo.git.set_ref(HEADS + pull.base, made)
    emit_push(repo, actor, HEADS + pull.base)
    if repo.settings.branch_goes_after_merge and pull.fork is None and repo.tip(pull.branch):
        move_ref(repo, actor, HEADS + pull.branch, None)
    return {"sha": made, "merged": True, "message": "Pull Request successfully merged"}


def _check_branch_rules(repo: Repository, pull: Pull, head: str) -> None:
    reviews, wanted = pull.reviews, repo.settings.approvals_needed
    if repo.holds("only-writers-reviews-count"):
        reviews = [one for one in reviews if repo.role(one["user"]["login"]) in {"write", "maintain", "admin"}]
    if not repo.holds("old-approvals-still-count"):
        reviews = [one for one in reviews if one["commit_id"] == head]
    approvers = {one["user"]["login"] for one in reviews if one["state"] == "APPROVED"}
    if len(approvers) < wanted and repo.holds("a-merge-needs-approvals"):
        raise Refusal(405, f"At least {wanted} approving review is required by reviewers with write access.")


def _squashed(repo: Repository, actor: Actor, pull: Pull, message: str) -> Commit:
    """Return the commit that a squash leaves on main, still without its tree."""
    head, base = shapes.head(repo, pull), shapes.base(repo, pull)
    opener = repo.signature(repo.issues[pull.number].author)
    authors = [found(repo.git.commit(sha)).author for sha in repo.git.log(head, without=base)]
    names = dict.fromkeys(author.partition(">")[0] for author in authors)
    others = [f"Co-authored-by: {name}>" for name in names if not opener.startswith(f"{name}>")]
    if others and repo.holds("a-squash-names-co-authors"):
        message = "\n\n".join((message, "\n".join(others)))
    author = opener if repo.holds("a-squash-names-the-opener") else repo.signature(actor.login)
    parents = (base,) if repo.holds("a-squash-is-one-commit") else (base, head)
    return Commit("", parents, author, repo.signature("web-flow"), message)
