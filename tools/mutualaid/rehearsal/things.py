"""The things that GitHub remembers besides git: settings, labels, issues, pull requests, reviews, statuses, events."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Settings:
    """What an administrator has set. Change it at any time."""

    owner_is_organization: bool = True
    is_fork: bool = False
    has_issues: bool = True
    actions_enabled: bool = True
    actions_may_open_pulls: bool = True
    workflow_rights: str = "read"
    pages_source: str | None = "workflow"
    pages_branches: tuple[str, ...] = ("main",)
    protection: str | None = "ruleset"  # or "classic", or None
    approvals_needed: int = 1
    stale_reviews_are_dismissed: bool = False
    required_checks: tuple[str, ...] = ()
    branch_goes_after_merge: bool = False


@dataclass(slots=True)
class Label:
    """A label of the repository."""

    id: int
    name: str
    colour: str = "ededed"
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """An older text of an issue, a pull request or a comment."""

    at: dt.datetime
    by: str
    title: str
    body: str | None


@dataclass(slots=True)
class Comment:
    """A comment on an issue or a pull request."""

    id: int
    issue: int
    author: str
    body: str
    created_at: dt.datetime
    updated_at: dt.datetime
    edits: list[Edit] = field(default_factory=list)


@dataclass(slots=True)
class Issue:
    """An issue; every pull request is one too. `moved_to` is the repository and number that it was transferred to."""

    id: int
    number: int
    title: str
    body: str | None
    author: str
    created_at: dt.datetime
    updated_at: dt.datetime
    labels: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    is_open: bool = True
    state_reason: str | None = None
    closed_at: dt.datetime | None = None
    closed_by: str | None = None
    lock_reason: str | None = None
    is_locked: bool = False
    is_deleted: bool = False
    moved_to: tuple[str, int] | None = None

    @property
    def is_here(self) -> bool:
        """Whether lists show it: neither deleted nor transferred to another repository."""
        return not self.is_deleted and self.moved_to is None


@dataclass(slots=True)
class Review:
    """A review of a pull request."""

    id: int
    author: str
    state: str
    body: str
    commit_id: str
    at: dt.datetime


@dataclass(slots=True)
class Pull:
    """What a pull request has beyond its issue. `head_seen` is where its branch stood when last looked at."""

    id: int
    number: int
    base: str
    branch: str
    head_seen: str
    base_seen: str
    fork: str | None = None
    is_draft: bool = False
    reviews: list[Review] = field(default_factory=list)
    merged_at: dt.datetime | None = None
    merged_by: str | None = None
    merge_sha: str | None = None
    mergeable_asked_for: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A status of a commit."""

    id: int
    sha: str
    state: str
    context: str
    description: str | None
    target_url: str | None
    author: str
    at: dt.datetime


@dataclass(slots=True)
class CheckRun:
    """A check run of a commit."""

    id: int
    sha: str
    name: str
    status: str
    conclusion: str | None
    output: Mapping[str, Any]
    details_url: str | None
    external_id: str
    started_at: dt.datetime
    completed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a workflow, as far as lists show it."""

    id: int
    workflow: str
    event: str
    branch: str
    sha: str
    conclusion: str | None
    at: dt.datetime
    title: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What GitHub would tell a workflow.

    `starts` is "run", "nothing" (a workflow's token made it) or "parked" (a person must let it run); `ref` is what a
    run of it would have as GITHUB_REF; `rights` is "write", or "read" where it comes from a fork.
    """

    name: str
    action: str | None
    payload: Mapping[str, Any]
    actor: str
    starts: str
    ref: str
    rights: str = "write"
    at: dt.datetime | None = None
