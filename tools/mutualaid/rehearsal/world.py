"""The world behind the stand-in: who is there, what there is, what time it is. No rules here."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mutualaid.rehearsal.git_history import History
from mutualaid.rehearsal.git_store import GitStore
from mutualaid.rehearsal.things import CheckRun, Event, Issue, Label, Pull, Run, Settings, Status

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
    """Who asks: a person, a workflow with the rights its job was given, or nobody.

    A person's token has rights too where it is a fine-grained one: then it may what both the role and the rights allow.
    """

    login: str | None
    rights: Mapping[str, str] | None = None

    @property
    def name(self) -> str:
        """The login; callers know that somebody is there."""
        return self.login or "nobody"

    @property
    def is_workflow(self) -> bool:
        """Whether this is a workflow's own token."""
        return self.login == BOT


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
    stopped: dict[str, str] = field(default_factory=dict)  # workflow files by path, each with its state
    started: dict[str, dt.datetime] = field(default_factory=dict)  # when somebody switched one on by hand
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
