"""What GitHub remembers of a repository: git, issues, pull requests, people, settings and the time; and its rules."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_github.git import HEADS, GitRepository, signed

OWNER, NAME = "example", "project"
BOT = "github-actions[bot]"
ROLES = ("none", "read", "triage", "write", "maintain", "admin")
README = Path(__file__).with_name("README.md")
RULES = frozenset(re.findall(r"^\| `([\w-]+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE))
"""The rules that hold here, by name; README.md says of each what it is and where GitHub says so."""


class Refusal(Exception):
    """GitHub says no: a status, its sentence, and a reason. A redirect, which is no answer either, has an address."""

    def __init__(self, status: int, message: str, reason: str = "", location: str = "") -> None:
        super().__init__(": ".join(filter(None, (message, reason))))
        self.status = status
        self.data = {"message": message, **({"errors": [{"message": reason}]} if reason else {})}
        self.headers = {"Location": location} if location else {}


@dataclass(slots=True)
class Settings:
    """What an administrator has set. Change it at any time."""

    is_fork: bool = False
    has_issues: bool = True
    private: bool = False
    archived: bool = False
    allows_squash: bool = True
    actions_enabled: bool = True
    allowed_actions: str = "all"  # or "local_only", or "selected"; then GitHub's own may be among them or not
    github_owned_allowed: bool = True
    actions_may_open_pulls: bool = True
    workflow_rights: str = "read"
    pages_source: str | None = "workflow"
    pages_branches: tuple[str, ...] = ("main",)
    pages_address: str = f"https://{OWNER}.github.io/{NAME}/"
    site_address: str = ""  # a variable of Actions
    pages_waits: Mapping[str, Any] = field(default_factory=dict)  # a protection rule that holds a deployment back
    protection: str | None = "ruleset"  # or "classic", or None
    approvals_needed: int = 1
    required_checks: tuple[str, ...] = ()
    more_rules: tuple[str, ...] = ()  # by GitHub's names; these are shown, and not held
    merge_methods: tuple[str, ...] = ("merge", "squash", "rebase")
    branch_goes_after_merge: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a workflow with the rights that its job was given, or a person.

    A person's token has rights too where it is a fine-grained one: it may do what both the role and the rights allow.
    """

    login: str
    rights: Mapping[str, str] | None = None

    @property
    def is_workflow(self) -> bool:
        return self.login == BOT


@dataclass(slots=True)
class Issue:
    """An issue; every pull request is one too. `moved_to` is the address of one that was transferred.

    `editors` are those who changed its body, the last one first; `comments` are kept as they are sent.
    """

    number: int
    title: str
    body: str | None
    author: str
    created_at: dt.datetime
    updated_at: dt.datetime
    labels: list[str] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    is_open: bool = True
    state_reason: str | None = None
    is_deleted: bool = False
    moved_to: str = ""
    editors: list[str] = field(default_factory=list)

    @property
    def is_here(self) -> bool:
        return not self.is_deleted and not self.moved_to


@dataclass(slots=True)
class Pull:
    """What a pull request has beyond its issue. `head_seen` is where its branch was when last looked at.

    `reviews` are kept as they are sent.
    """

    number: int
    base: str
    branch: str
    head_seen: str
    base_seen: str
    fork: str | None = None
    reviews: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    merged_at: dt.datetime | None = None
    merged_by: str | None = None
    merge_sha: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What GitHub would send to a workflow, and whether that starts a run."""

    name: str
    action: str
    payload: Mapping[str, Any]
    actor: str
    starts: bool


@dataclass(slots=True)
class Repository:
    """A repository, with everybody and everything around it. What never changes is kept as it is sent."""

    git: GitRepository
    clock: dt.datetime
    off: frozenset[str] = frozenset()
    address: str = ""
    settings: Settings = field(default_factory=Settings)
    roles: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=lambda: {BOT: 41898282})
    tokens: dict[str, Actor] = field(default_factory=dict)
    labels: dict[str, dict[str, Any]] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    pulls: dict[int, Pull] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)  # the latest by commit and context
    runs: list[dict[str, Any]] = field(default_factory=list)
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    stopped: dict[str, str] = field(default_factory=dict)  # workflow files by path, each with its state
    started: dict[str, dt.datetime] = field(default_factory=dict)  # when somebody switched one on by hand
    events: list[Event] = field(default_factory=list)
    before: dict[str, list[Callable[[], object]]] = field(default_factory=dict)
    last_id: int = 1000

    def holds(self, rule: str) -> bool:
        return rule not in self.off

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def account(self, login: str) -> int:
        if login not in self.accounts:
            self.accounts[login] = self.next_id()
        return self.accounts[login]

    def role(self, login: str) -> str:
        """Return somebody's role; the repository is public, so everybody may read."""
        return self.roles.get(login, "read")

    def has_role(self, actor: Actor, role: str) -> bool:
        own = "write" if actor.is_workflow else self.role(actor.login)
        return ROLES.index(own) >= ROLES.index(role)

    def tip(self, branch: str, fork: str | None = None) -> str | None:
        return self.git.ref(HEADS + branch, fork)

    def signature(self, login: str) -> str:
        """Sign as GitHub does for an account: with its login and an address that reaches nobody."""
        return signed(login, f"{self.account(login)}+{login}@users.noreply.github.com", self.clock)
