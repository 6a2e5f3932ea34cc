"""What GitHub remembers besides git: people, issues, pull requests, reviews, statuses, settings. No rules here."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mutualaid.rehearsal.git_history import History
from mutualaid.rehearsal.git_store import GitStore

BOT = "github-actions[bot]"
ROLES = ("none", "read", "triage", "write", "maintain", "admin")
EVERY_RIGHT = {
    "actions": "write",
    "checks": "write",
    "contents": "write",
    "issues": "write",
    "metadata": "read",
    "pages": "write",
    "pull_requests": "write",
    "statuses": "write",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a person, a workflow with the rights its job was given, or nobody."""

    login: str | None
    rights: Mapping[str, str] | None = None

    @property
    def name(self) -> str:
        """The login; callers know that somebody is there."""
        return self.login or "nobody"

    @property
    def is_workflow(self) -> bool:
        """Whether this is a workflow's own token."""
        return self.rights is not None


@dataclass(slots=True)
class Settings:
    """What an administrator has set. Change it at any time."""

    owner_is_organization: bool = True
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
    """An issue; every pull request is one too."""

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


@dataclass(slots=True)
class World:
    """Everything behind the stand-in's answers."""

    owner: str
    name: str
    address: str
    store: GitStore
    clock: dt.datetime
    off: frozenset[str] = frozenset()
    settings: Settings = field(default_factory=Settings)
    roles: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    gone_accounts: set[str] = field(default_factory=set)
    tokens: dict[str, Actor] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    pulls: dict[int, Pull] = field(default_factory=dict)
    statuses: list[Status] = field(default_factory=list)
    check_runs: dict[int, CheckRun] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    asked: dict[str, list[dt.datetime]] = field(default_factory=dict)
    made: dict[str, list[dt.datetime]] = field(default_factory=dict)
    shapes: dict[str, Any] = field(default_factory=dict)
    before: dict[str, list[Callable[[], object]]] = field(default_factory=dict)
    history: History = field(init=False)
    last_id: int = 1000

    def __post_init__(self) -> None:
        self.history = History(self.store)

    def next_id(self) -> int:
        """Return an id that nothing else has."""
        self.last_id += 1
        return self.last_id

    def account(self, login: str) -> int:
        """Return an account's id; a login that was never heard of becomes an account."""
        if login not in self.accounts:
            self.accounts[login] = 41898282 if login == BOT else self.next_id()
        return self.accounts[login]

    def role(self, login: str | None) -> str:
        """Return somebody's role; the repository is public, so everybody may read."""
        return self.roles.get(login or "", "read")

    def has_role(self, actor: Actor, role: str) -> bool:
        """Whether somebody's role is this or a higher one. A workflow's token counts as write."""
        own = "write" if actor.is_workflow else self.role(actor.login)
        return ROLES.index(own) >= ROLES.index(role)

    def tip(self, branch: str, fork: str | None = None) -> str | None:
        """Return where a branch stands now."""
        return self.store.ref(f"refs/heads/{branch}", fork)
