"""Issues, their comments and labels."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from fake_github import shapes
from fake_github.events import emit, emit_issue
from fake_github.operation import NO_RIGHT, Listing, Operation, found, unknown
from fake_github.repository import NAME, OWNER, Actor, Issue, Refusal, Repository
from fake_github.shapes import Shape

EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
States = Literal["open", "closed", "all"]
Sort = Literal["created"]
Direction = Literal["asc", "desc"]


def issue_of(repo: Repository, number: int) -> Issue:
    """Return an issue. Raises Refusal where it is not there, or not any more."""
    issue = found(repo.issues.get(number))
    if not repo.settings.has_issues and number not in repo.pulls and repo.holds("disabled-issues-are-gone-too"):
        raise Refusal(410, "Issues are disabled for this repo")
    if issue.is_deleted and repo.holds("deleted-issues-are-gone"):
        raise Refusal(410, f"This issue was deleted: {number}")
    return found(issue if issue.is_here else None)


def check_length(repo: Repository, rule: str, field: str, text: str | None) -> None:
    """Refuse a text that is longer than the number at the end of a rule's name."""
    limit = rule.rpartition("-")[2]
    if len(text or "") > int(limit) and repo.holds(rule):
        raise Refusal(422, "Validation Failed", f"{field} is too long (maximum is {limit} characters)")


def open_issue(
    repo: Repository, actor: Actor, title: str, body: str | None, labels: Sequence[str] = (), pull: Any = None
) -> Issue:
    """Open an issue, or the one that a pull request is, with these labels from its first moment on."""
    check_length(repo, "titles-end-at-256", "title", title)
    check_length(repo, "bodies-end-at-65536", "body", body)
    number = max(repo.issues, default=0) + 1
    issue = Issue(number, title, body, actor.login, repo.clock, repo.clock)
    repo.issues[number] = issue
    put_labels(repo, issue, labels)
    if pull:
        pull.number = number
        repo.pulls[number] = pull
    emit_issue(repo, actor, "opened", issue)
    return issue


def put_labels(repo: Repository, issue: Issue, names: Iterable[str]) -> None:
    for name in names:
        if name.lower() not in repo.labels and repo.holds("unknown-labels-are-made"):
            repo.labels[name.lower()] = {"name": name}
    wanted = [name.lower() for name in dict.fromkeys(names) if name.lower() in repo.labels]
    if wanted != issue.labels:
        issue.labels, issue.updated_at = wanted, repo.clock


def update(repo: Repository, actor: Actor, issue: Issue, body: str | None, state: str | None) -> None:
    """Change an issue's or a pull request's text, and close or open it; what is None stays as it is."""
    is_theirs = actor.login == issue.author or repo.has_role(actor, "triage")
    if not is_theirs and repo.holds("strangers-edit-no-issue"):
        raise Refusal(403, NO_RIGHT)
    if body not in (None, issue.body):
        check_length(repo, "bodies-end-at-65536", "body", body)
        issue.editors.insert(0, actor.login)
        issue.body, issue.updated_at = body, repo.clock
        emit_issue(repo, actor, "edited", issue)
    if state == "closed" and issue.is_open:
        close(repo, actor, issue)
    elif state == "open" and not issue.is_open:
        issue.is_open, issue.state_reason, issue.updated_at = True, "reopened", repo.clock
        emit_issue(repo, actor, "reopened", issue)


def close(repo: Repository, actor: Actor, issue: Issue) -> None:
    pull = repo.pulls.get(issue.number)
    if pull:
        pull.base_seen, pull.head_seen = shapes.base(repo, pull), shapes.head(repo, pull)
    issue.is_open, issue.state_reason, issue.updated_at = False, None if pull else "completed", repo.clock
    emit_issue(repo, actor, "closed", issue)


@Operation("graphql", "POST graphql", "issues: read")
def query(repo: Repository, _: Actor, *, query: str, variables: Mapping[str, Any]) -> Shape:
    """Answer GraphQL's one query that is known: who edited an issue."""
    if "userContentEdits" not in query:
        raise unknown("this query")
    editors = [{"editor": {"login": name}} for name in issue_of(repo, variables["number"]).editors]
    last = editors[0] if editors else {"editor": None}
    return {"data": {"repository": {"issue": {**last, "userContentEdits": {"nodes": editors}}}}}


def is_shown(issue: Issue, state: States) -> bool:
    return issue.is_here and state in {"all", "open" if issue.is_open else "closed"}


def in_order(items: Iterable[Any], direction: Direction) -> list[Any]:
    """Return what is kept in the order of its making; that is the one order which is known."""
    return list(items) if direction == "asc" else list(items)[::-1]


@Operation("issues/list-for-repo", "GET issues", "issues: read")
def _list(
    repo: Repository,
    _: Actor,
    *,
    state: States = "open",
    labels: str = "",
    since: dt.datetime = EVER,
    sort: Sort = "created",  # noqa: ARG001
    direction: Direction = "desc",
) -> Listing:
    wanted = {name.strip().lower() for name in labels.split(",") if name.strip()}
    shown = [
        issue
        for issue in repo.issues.values()
        if is_shown(issue, state)
        and issue.updated_at >= since
        and wanted <= set(issue.labels)
        and (issue.number not in repo.pulls or repo.holds("pulls-are-issues-too"))
    ]
    return Listing(in_order(shown, direction), lambda issue: shapes.issue(repo, issue))


@Operation("issues/create", "POST issues", "issues: write", status=201, notifies=True)
def _create(
    repo: Repository, actor: Actor, *, title: str, body: str | None = None, labels: list[str] | None = None
) -> Shape:
    kept = (labels or ()) if _may_label(repo, actor) else ()
    return shapes.issue(repo, open_issue(repo, actor, title, body, kept))


def _may_label(repo: Repository, actor: Actor) -> bool:
    return repo.has_role(actor, "write") or not repo.holds("readers-labels-are-dropped")


@Operation("issues/get", "GET issues/{issue_number}", "issues: read")
def _get(repo: Repository, _: Actor, *, issue_number: int) -> Shape:
    issue = repo.issues.get(issue_number)
    if issue and issue.moved_to and repo.holds("transferred-issues-lead-away"):
        raise Refusal(301, f"Moved Permanently: {issue.number}", location=f"{repo.address}/repos/{issue.moved_to}")
    return shapes.issue(repo, issue_of(repo, issue_number))


@Operation("issues/update", "PATCH issues/{issue_number}", "issues: write")
def _update(
    repo: Repository,
    actor: Actor,
    *,
    issue_number: int,
    body: str | None = None,
    labels: list[str] | None = None,
    state: Literal["open", "closed"] | None = None,
    state_reason: str | None = None,
) -> Shape:
    issue = issue_of(repo, issue_number)
    update(repo, actor, issue, body, state)
    issue.state_reason = state_reason or issue.state_reason
    if labels is not None and _may_label(repo, actor):
        put_labels(repo, issue, labels)
    return shapes.issue(repo, issue)


@Operation("issues/list-comments", "GET issues/{issue_number}/comments", "issues: read")
def _list_comments(repo: Repository, _: Actor, *, issue_number: int) -> Listing:
    return Listing(issue_of(repo, issue_number).comments, dict)


@Operation("issues/list-comments-for-repo", "GET issues/comments", "issues: read")
def _list_all_comments(
    repo: Repository,
    _: Actor,
    *,
    since: dt.datetime = EVER,
    sort: Sort = "created",  # noqa: ARG001
    direction: Direction = "asc",
) -> Listing:
    shown = [comment for comment in _comments(repo) if comment["updated_at"] >= shapes.moment(since)]
    return Listing(in_order(sorted(shown, key=lambda comment: comment["id"]), direction), dict)


def _comments(repo: Repository) -> list[Shape]:
    return [comment for issue in repo.issues.values() if issue.is_here for comment in issue.comments]


@Operation("issues/create-comment", "POST issues/{issue_number}/comments", "issues: write", status=201, notifies=True)
def _create_comment(repo: Repository, actor: Actor, *, issue_number: int, body: str) -> Shape:
    issue = issue_of(repo, issue_number)
    check_length(repo, "bodies-end-at-65536", "body", body)
    about = {"id": repo.next_id(), "issue_url": f"{repo.address}/repos/{OWNER}/{NAME}/issues/{issue_number}"}
    times = dict.fromkeys(("created_at", "updated_at"), shapes.moment(repo.clock))
    issue.comments.append({**about, "body": body, "user": shapes.user(repo, actor.login), **times})
    issue.updated_at = repo.clock
    return _sent(repo, actor, "created", issue.comments[-1])


@Operation("issues/update-comment", "PATCH issues/comments/{comment_id}", "issues: write")
def _update_comment(repo: Repository, actor: Actor, *, comment_id: int, body: str) -> Shape:
    comment = found(next((comment for comment in _comments(repo) if comment["id"] == comment_id), None))
    is_theirs = actor.login == comment["user"]["login"] or repo.has_role(actor, "write")
    if not is_theirs and repo.holds("strangers-edit-no-comment"):
        raise Refusal(403, NO_RIGHT)
    check_length(repo, "bodies-end-at-65536", "body", body)
    comment |= {"body": body, "updated_at": shapes.moment(repo.clock)}
    return _sent(repo, actor, "edited", comment)


def _sent(repo: Repository, actor: Actor, action: str, comment: Shape) -> Shape:
    issue = repo.issues[int(comment["issue_url"].rpartition("/")[2])]
    emit(repo, actor, "issue_comment", action, issue=shapes.issue(repo, issue), comment=dict(comment))
    return comment


@Operation("issues/list-labels-for-repo", "GET labels", "issues: read")
def _list_labels(repo: Repository, _: Actor) -> Listing:
    return Listing(sorted(repo.labels.values(), key=lambda label: label["name"].lower()), dict)


@Operation("issues/create-label", "POST labels", "issues: write", role="write", status=201)
def _create_label(repo: Repository, _: Actor, *, name: str) -> Shape:
    repo.labels[name.lower()] = {"name": name}
    return repo.labels[name.lower()]
