"""What is true about one submission right now: the issue, the pull request, and what the content flow made of its text."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mutualaid.core.problem import Problem

State = Literal["open", "closed"]
REGULAR_FILE = "100644"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it stands; edits have replaced the text."""

    id: int
    author: str
    body: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it stands. `labels` are what it carries now; they are compared, never obeyed."""

    number: int
    title: str
    body: str
    author: str
    state: State
    labels: tuple[str, ...]
    created_at: dt.datetime
    touched_at: dt.datetime
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that a pull request changes; `blob` is its hash at the head, `mode` and `size` where they are known."""

    path: str
    change: str
    blob: str
    mode: str = REGULAR_FILE
    size: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """A review; `state` is APPROVED, CHANGES_REQUESTED, COMMENTED or DISMISSED, `commit` the exact commit it is for."""

    author: str
    state: str
    commit: str
    submitted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request with its complete list of files; `counted_files` is GitHub's own count of them."""

    number: int
    author: str
    state: State
    is_merged: bool
    base: str
    branch: str
    head: str
    from_fork: bool
    counted_files: int
    files: tuple[ChangedFile, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """The text makes an entry: its file, its canonical text with that text's Git hash, and where it will be read."""

    kind: str
    path: str
    text: str
    blob: str
    address: str
    title: str
    preview: str
    warnings: tuple[Problem, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedsFix:
    """The text does not make an entry yet; every reason at once."""

    kind: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class OnlyForPeople:
    """A form that makes no entry: a change to a page, or a request to take something down."""

    form: str


@dataclass(frozen=True, slots=True)
class NotOurs:
    """No form of ours; nothing is done."""


Outcome = Ready | NeedsFix | OnlyForPeople | NotOurs


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that a decision may rest on. `permissions` holds each commenter's and reviewer's, read now."""

    outcome: Outcome
    bot: str
    issue: Issue | None = None
    pull: PullRequest | None = None
    branch_exists: bool = False
    open_by_author: int = 1
    permissions: Mapping[str, str] = field(default_factory=dict)
    site_address: str = ""
    review_within: str = ""

    @property
    def contributor(self) -> str:
        """Who offered it, as GitHub names them."""
        if self.issue:
            return self.issue.author
        return self.pull.author if self.pull else ""

    @property
    def living_comment(self) -> Comment | None:
        """The bot's own comment. A marker counts only in a comment by the bot's own account."""
        comments = self.issue.comments if self.issue else ()
        return next((one for one in comments if one.author == self.bot and one.body.startswith(MARKER)), None)


MARKER = "<!-- mutualaid -->"
