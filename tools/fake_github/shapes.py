"""Answers as GitHub writes them: the fields that our clients read, and those by which people know what it is."""

import base64
import datetime as dt
from typing import Any
from urllib.parse import quote

from fake_github.git import Commit, FileChange, TreeEntry, signer
from fake_github.repository import BOT, ROLES, Issue, IssueComment, Pull, PullRequestReview, Repository

WEB = "https://github.com"
Shape = dict[str, Any]


def moment(at: dt.datetime | None) -> str | None:
    """Write a time as GitHub does: UTC, whole seconds."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def places(repo: Repository, path: str, page: str = "", owner: str = "") -> Shape:
    """Write where something is for programs, and for people who open it in a browser."""
    name = f"{owner or repo.owner}/{repo.name}"
    return {"url": f"{repo.address}/repos/{name}{path}", "html_url": f"{WEB}/{name}{page or path}"}


def user(repo: Repository, login: str) -> Shape:
    """Write an account."""
    place = {"url": f"{repo.address}/users/{login}", "html_url": f"{WEB}/{login}"}
    return {"login": login, "id": repo.account(login), "type": "Bot" if login == BOT else "User", **place}


def role_flags(role: str) -> dict[str, bool]:
    """Write a role as GitHub's five yes-or-no permissions."""
    names = {"pull": "read", "triage": "triage", "push": "write", "maintain": "maintain", "admin": "admin"}
    return {name: ROLES.index(role) >= ROLES.index(least) for name, least in names.items()}


def repository(repo: Repository, fork: str | None = None) -> Shape:
    """Write the repository, or somebody's fork of it."""
    owner = fork or repo.owner
    named = {"id": repo.account(f"repository of {owner}"), "name": repo.name, "full_name": f"{owner}/{repo.name}"}
    about = {
        "private": False,
        "fork": fork is not None,
        "default_branch": "main",
        "has_issues": repo.settings.has_issues,
    }
    return {**named, "owner": user(repo, owner), **places(repo, "", owner=owner), **about}


def label(repo: Repository, name: str) -> Shape:
    """Write a new label."""
    return {"id": repo.next_id(), "name": name, "color": "ededed", **places(repo, f"/labels/{quote(name)}")}


def _thread(repo: Repository, issue: Issue) -> Shape:
    """Write what an issue and a pull request have in common."""
    return {
        "number": issue.number,
        "title": issue.title,
        "body": issue.body,
        "user": user(repo, issue.author),
        "labels": [repo.labels[name] for name in issue.labels],
        "state": "open" if issue.is_open else "closed",
        "locked": False,
        "created_at": moment(issue.created_at),
        "updated_at": moment(issue.updated_at),
        "closed_at": moment(issue.closed_at),
    }


def issue(repo: Repository, issue: Issue) -> Shape:
    """Write an issue, in the repository where it is now; one that is a pull request says so."""
    pull = repo.pulls.get(issue.number)
    place = places(repo, f"/issues/{issue.number}", f"/pull/{issue.number}" if pull else "")
    closed = {"state_reason": issue.state_reason, "closed_by": issue.closed_by and user(repo, issue.closed_by)}
    shape = {"id": issue.id, **place, **_thread(repo, issue), "comments": len(issue.comments), **closed}
    if pull:
        shape["pull_request"] = {**places(repo, f"/pulls/{pull.number}"), "merged_at": moment(pull.merged_at)}
    if issue.moved_to:
        number = int(issue.moved_to.rpartition("/")[2])
        shape |= {"number": number, "url": f"{repo.address}/repos/{issue.moved_to}"}
    return {**shape, "repository_url": shape["url"].partition("/issues/")[0]}


def comment(repo: Repository, comment: IssueComment) -> Shape:
    """Write a comment."""
    place = places(repo, f"/issues/comments/{comment.id}", f"/issues/{comment.issue}#issuecomment-{comment.id}")
    times = {"created_at": moment(comment.created_at), "updated_at": moment(comment.updated_at)}
    above = {"issue_url": places(repo, f"/issues/{comment.issue}")["url"]}
    return {"id": comment.id, **place, **above, "body": comment.body, "user": user(repo, comment.author), **times}


def head(repo: Repository, pull: Pull) -> str:
    """Return the commit that a pull request's head is now: an open one's is where its branch is, whoever pushed."""
    is_open = repo.issues[pull.number].is_open
    follows = repo.holds("the-head-follows-its-branch") if is_open else not repo.holds("a-closed-head-stays")
    return (repo.tip(pull.branch, pull.fork) if follows else None) or pull.head_seen


def base(repo: Repository, pull: Pull) -> str:
    """Return the commit that a pull request would be merged into now, or was merged into."""
    return (repo.tip(pull.base) if repo.issues[pull.number].is_open else None) or pull.base_seen


def changed_files(repo: Repository, pull: Pull) -> tuple[FileChange, ...]:
    """Return how a pull request differs from where its branch left main, not from main as it is now."""
    before, after = base(repo, pull), head(repo, pull)
    fork_point = repo.git.base(before, after) if repo.holds("files-are-since-the-fork-point") else None
    return repo.git.changes(fork_point or before, after)


def _side(repo: Repository, owner: str | None, branch: str, sha: str) -> Shape:
    label = f"{owner or repo.owner}:{branch}"
    return {"label": label, "ref": branch, "sha": sha, "repo": repository(repo, owner)}


def pull_request(repo: Repository, pull: Pull) -> Shape:
    """Write a pull request as lists show it."""
    return {
        "id": pull.id,
        **places(repo, f"/pulls/{pull.number}", f"/pull/{pull.number}"),
        "issue_url": places(repo, f"/issues/{pull.number}")["url"],
        **_thread(repo, repo.issues[pull.number]),
        "head": _side(repo, pull.fork, pull.branch, head(repo, pull)),
        "base": _side(repo, None, pull.base, base(repo, pull)),
        "draft": False,
        "merged_at": moment(pull.merged_at),
        "merge_commit_sha": pull.merge_sha,
    }


def whole_pull_request(repo: Repository, pull: Pull) -> Shape:
    """Write a pull request as it is shown alone."""
    merged = {"merged": pull.merged_at is not None, "merged_by": pull.merged_by and user(repo, pull.merged_by)}
    counts = {"comments": len(repo.issues[pull.number].comments), "changed_files": len(changed_files(repo, pull))}
    return {**pull_request(repo, pull), **merged, **counts, "maintainer_can_modify": pull.maintainers_may_modify}


def review(repo: Repository, pull: Pull, review: PullRequestReview) -> Shape:
    """Write a review."""
    place = places(repo, f"/pulls/{pull.number}", f"/pull/{pull.number}#pullrequestreview-{review.id}")
    return {
        "id": review.id,
        "user": user(repo, review.author),
        "body": review.body,
        "state": review.state,
        "html_url": place["html_url"],
        "pull_request_url": place["url"],
        "submitted_at": moment(review.at),
        "commit_id": review.commit_id if repo.holds("a-review-keeps-its-commit") else head(repo, pull),
    }


def object_at(repo: Repository, kind: str, sha: str) -> Shape:
    """Write where an object of git is."""
    return {"sha": sha, "url": places(repo, f"/git/{kind}s/{sha}")["url"]}


def _signed(line: str) -> Shape:
    """Write who made a commit, and when, from git's own line."""
    name, email, at = signer(line)
    return {"name": name, "email": email, "date": moment(at)}


def git_commit(repo: Repository, commit: Commit) -> Shape:
    """Write a commit as an object of git."""
    people = {"author": _signed(commit.author), "committer": _signed(commit.committer), "message": commit.message}
    parents = [object_at(repo, "commit", sha) for sha in commit.parents]
    tree = object_at(repo, "tree", commit.tree)
    return {**object_at(repo, "commit", commit.sha), **people, "tree": tree, "parents": parents}


def commit(repo: Repository, commit: Commit) -> Shape:
    """Write a commit as the repository shows it."""
    place = places(repo, f"/commits/{commit.sha}", f"/commit/{commit.sha}")
    inner = git_commit(repo, commit)
    return {"sha": inner.pop("sha"), **place, "parents": inner.pop("parents"), "commit": inner}


def changed_file(repo: Repository, file: FileChange, sha: str) -> Shape:
    """Write one changed file of a difference whose later side is the commit `sha`."""
    place = {"blob_url": places(repo, f"/blob/{sha}/{quote(file.path)}")["html_url"]}
    shape = {"sha": file.sha, "filename": file.path, "status": file.status, **place}
    return shape if file.before is None else {**shape, "previous_filename": file.before}


def ref(repo: Repository, name: str, sha: str) -> Shape:
    """Write a ref."""
    there = {"type": "commit", **object_at(repo, "commit", sha)}
    return {"ref": name, "url": places(repo, f"/git/{name}")["url"], "object": there}


def tree_line(repo: Repository, path: str, entry: TreeEntry) -> Shape:
    """Write one line of a tree."""
    line = {"path": path, "mode": entry.mode, "type": entry.kind, **object_at(repo, entry.kind, entry.sha)}
    _, content = repo.git.read(entry.sha) or ("", b"")
    return {**line, "size": len(content)} if entry.kind == "blob" else line


def blob(repo: Repository, sha: str, content: bytes) -> Shape:
    """Write a blob."""
    encoded = {"encoding": "base64", "content": base64.encodebytes(content).decode()}
    return {**object_at(repo, "blob", sha), "size": len(content), **encoded}
