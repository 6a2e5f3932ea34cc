"""GitHub's answers as values of our own. Reads only; what is missing is an account that is gone, or nothing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from mutualaid.core.pipeline.situation import ChangedFile, Comment, PullRequest, Review, Thread

Payload = Mapping[str, Any]
GHOST = "ghost"


def comment_from(data: Payload) -> Comment:
    """Read a comment."""
    return Comment(data["id"], login(data), data["body"] or "", _time(data["created_at"]), _time(data["updated_at"]))


def thread_from(data: Payload, comments: tuple[Comment, ...] = ()) -> Thread:
    """Read an issue, or a pull request as the issue that it is too."""
    labels = tuple(label if isinstance(label, str) else label["name"] for label in data["labels"])
    created = _time(data["created_at"])
    return Thread(data["number"], "pull_request" in data, login(data), data["state"], labels, created, comments)


def pull_from(data: Payload, repository: str) -> PullRequest:
    """Read a pull request, from a list or whole; only the whole one tells how many files it changes."""
    head = data["head"]
    home = (head.get("repo") or {}).get("full_name") or ""
    return PullRequest(
        number=data["number"],
        author=login(data),
        title=data["title"],
        state=data["state"],
        is_merged=data["merged_at"] is not None,
        base=data["base"]["ref"],
        branch=head["ref"],
        head=head["sha"],
        from_fork=home.casefold() != repository.casefold(),
        is_draft=bool(data.get("draft")),
        counted_files=data.get("changed_files", 0),
        merge_commit=(data.get("merge_commit_sha") or "") if data["merged_at"] else "",
    )


def file_from(data: Payload, modes: Mapping[str, tuple[str, int]] | None) -> ChangedFile:
    """Read a changed file; `modes` holds mode and size by path, None where nobody looked and the bot vouches."""
    name = data["filename"]
    mode, size = ("100644", 0) if modes is None else modes.get(name, ("", 0))
    return ChangedFile(name, data["status"], data["sha"] or "", mode, size)


def modes_from(data: Payload) -> dict[str, tuple[str, int]]:
    """Read mode and size of every file of a whole tree."""
    return {item["path"]: (item["mode"], item.get("size") or 0) for item in data["tree"] if item["type"] != "tree"}


def review_from(data: Payload) -> Review:
    """Read a review; one that is still being written has no time and does not count."""
    at = data.get("submitted_at")
    return Review(
        login(data), data["state"], data["commit_id"] or "", _time(at) if at else _time("1970-01-01T00:00:00Z")
    )


def login(data: Payload) -> str:
    """Return whose it is."""
    return str((data.get("user") or {}).get("login") or GHOST)


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
