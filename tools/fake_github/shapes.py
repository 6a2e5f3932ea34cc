"""Answers as GitHub writes them, with the fields that clients read."""

import datetime as dt
from typing import Any

from fake_github.git import Commit, signer
from fake_github.repository import BOT, NAME, OWNER, Issue, Pull, Repository

Shape = dict[str, Any]


def moment(at: dt.datetime | None) -> str | None:
    """Write a time as GitHub does: UTC, whole seconds."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def user(repo: Repository, login: str) -> Shape:
    return {"login": login, "id": repo.account(login), "type": "Bot" if login == BOT else "User"}


def repository(repo: Repository, fork: str | None = None) -> Shape:
    name = f"{fork or OWNER}/{NAME}"
    return {
        "full_name": name,
        "url": f"{repo.address}/repos/{name}",
        "fork": fork is not None,
        "default_branch": "main",
        "has_issues": repo.settings.has_issues,
        "private": repo.settings.private,
        "archived": repo.settings.archived,
    }


def _thread(repo: Repository, issue: Issue) -> Shape:
    return {
        "number": issue.number,
        "title": issue.title,
        "body": issue.body,
        "user": user(repo, issue.author),
        "labels": [repo.labels[name] for name in issue.labels],
        "state": "open" if issue.is_open else "closed",
        "created_at": moment(issue.created_at),
        "updated_at": moment(issue.updated_at),
    }


def issue(repo: Repository, issue: Issue) -> Shape:
    place = f"{repo.address}/repos/{issue.moved_to or f'{OWNER}/{NAME}/issues/{issue.number}'}"
    home, _, number = place.rpartition("/issues/")
    about = {"comments": len(issue.comments), "state_reason": issue.state_reason, "repository_url": home, "url": place}
    pull = {"pull_request": {"url": f"{home}/pulls/{number}"}} if issue.number in repo.pulls else {}
    return {**_thread(repo, issue), **about, **pull, "number": int(number)}


def head(repo: Repository, pull: Pull) -> str:
    """Return the commit that a pull request's head is now: an open one's is where its branch is, whoever pushed."""
    is_open = repo.issues[pull.number].is_open
    follows = repo.holds("the-head-follows-its-branch") if is_open else not repo.holds("a-closed-head-stays")
    return (repo.tip(pull.branch, pull.fork) if follows else None) or pull.head_seen


def base(repo: Repository, pull: Pull) -> str:
    return (repo.tip(pull.base) if repo.issues[pull.number].is_open else None) or pull.base_seen


def changed_files(repo: Repository, pull: Pull) -> list[Shape]:
    """Return how a pull request differs from where its branch left main, not from main as it is now."""
    before, after = base(repo, pull), head(repo, pull)
    fork_point = repo.git.base(before, after) if repo.holds("files-are-since-the-fork-point") else None
    return repo.git.changes(fork_point or before, after)


def pull_request(repo: Repository, pull: Pull) -> Shape:
    return {
        **_thread(repo, repo.issues[pull.number]),
        "url": f"{repo.address}/repos/{OWNER}/{NAME}/pulls/{pull.number}",
        "head": {"ref": pull.branch, "sha": head(repo, pull), "repo": repository(repo, pull.fork)},
        "base": {"ref": pull.base, "sha": base(repo, pull), "repo": repository(repo)},
        "merged_at": moment(pull.merged_at),
        "merge_commit_sha": pull.merge_sha,
        "requested_reviewers": [user(repo, login) for login in pull.asked],
    }


def whole_pull_request(repo: Repository, pull: Pull) -> Shape:
    merged = {"merged": pull.merged_at is not None, "merged_by": pull.merged_by and user(repo, pull.merged_by)}
    counts = {"changed_files": len(changed_files(repo, pull)), "comments": len(repo.issues[pull.number].comments)}
    return {**pull_request(repo, pull), **merged, **counts}


def _signed(line: str) -> Shape:
    name, email, at = signer(line)
    return {"name": name, "email": email, "date": moment(at)}


def git_commit(commit: Commit) -> Shape:
    people = {"author": _signed(commit.author), "committer": _signed(commit.committer)}
    above = {"tree": {"sha": commit.tree}, "parents": [{"sha": sha} for sha in commit.parents]}
    return {"sha": commit.sha, "message": commit.message, **people, **above}


def commit(commit: Commit) -> Shape:
    inner = git_commit(commit)
    return {"sha": inner.pop("sha"), "parents": inner.pop("parents"), "commit": inner}


def ref(name: str, sha: str) -> Shape:
    return {"ref": name, "object": {"type": "commit", "sha": sha}}
