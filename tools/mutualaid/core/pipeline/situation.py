"""What is true about one submission right now: its thread, its pull request, what the content flow made of its text."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from mutualaid.core.entries.problem import Problem
from mutualaid.core.pipeline.bot_comment import Header, read_header
from mutualaid.core.pipeline.policy import Policy, is_same

State = Literal["open", "closed"]
REGULAR_FILE = "100644"
BRANCH_OF_FORM = re.compile(r"submission/([1-9][0-9]{0,9})")
OFFLINE = "submission/offline-"
_TITLE = re.compile(r"(?:Add|Correct) ([a-z0-9-]+)/([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it is now; edits have replaced the text."""

    id: int
    author: str
    body: str
    created_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """Where the bot speaks: the issue of a form, or else the pull request. `labels` are compared, never obeyed.

    `editors` are those who edited a form's text, the last one first; empty where nobody did, or nobody asked yet.
    """

    number: int
    is_pull: bool
    author: str
    state: State
    labels: tuple[str, ...]
    created_at: dt.datetime
    comments: tuple[Comment, ...] = ()
    editors: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """Those of the editors who are not its author: GitHub lets maintainers alone edit what others wrote."""
        return tuple(name for name in self.editors if not is_same(name, self.author))


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that a pull request changes: its hash at the head, its mode there ('' where nobody looked), its bytes."""

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
    """A pull request. `files` is the complete list, None where nobody looked; `counted_files` is GitHub's own count.

    `is_overtaken` says whether main has changed one of these files since its branch began, so that a merge would mix
    two texts; None where nobody looked, or main moved on while somebody did. `merged_files` are those that its commit
    on main changed, as they are there; None where nobody looked.
    """

    number: int
    author: str
    title: str
    state: State
    is_merged: bool
    base: str
    branch: str
    head: str
    from_fork: bool
    is_draft: bool = False
    counted_files: int = 0
    files: tuple[ChangedFile, ...] | None = None
    reviews: tuple[Review, ...] = ()
    is_overtaken: bool | None = None
    merge_commit: str = ""
    counted_comments: int = 0
    merged_files: tuple[ChangedFile, ...] | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The text makes an entry: its file, its canonical text with that text's Git hash, and how it was understood.

    `warnings` tell of entries that are much alike; `clashes` of a title or address that another entry has, so that the
    site could not be built with both; `findings` of details that could point to somebody. `base` is the hash of what a
    correction by form starts from, in its canonical form: when that changes, the text is brought and approved anew.
    `understood` has a line for each answer as it was read; of an entry that is there, for each that changes.
    """

    kind: str
    path: str
    text: str
    blob: str
    warnings: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    is_retraction: bool = False
    is_correction: bool = False
    base: str = ""
    understood: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return f"/{self.kind}/{PurePosixPath(self.path).stem}/"

    @property
    def pull_title(self) -> str:
        """The title of the pull request and of its one commit on main; it names no person."""
        if self.is_retraction:
            return f"Take away {self.kind} entry"
        return f"{'Correct' if self.is_correction else 'Add'} {self.address.strip('/')}"


@dataclass(frozen=True, slots=True)
class NeedsFix:
    """The text does not make an entry yet; every reason at once. `kind` is '' where no form is plainly meant."""

    kind: str
    problems: tuple[Problem, ...]
    understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnlyForPeople:
    """A form that makes no entry: a change to a page, or a request to take something down."""

    form: str


@dataclass(frozen=True, slots=True)
class FormGone:
    """A pull request of the bot's whose form was deleted, or transferred to another repository."""


@dataclass(frozen=True, slots=True)
class NotOurs:
    """No form of ours, and no file of an entry; nothing is done."""


Outcome = Ready | NeedsFix | OnlyForPeople | FormGone | NotOurs


@dataclass(frozen=True, slots=True)
class Host:
    """What content/host.yaml says that an answer repeats; '' is not set.

    `repository` is the one that is looked at, `run` the run of a workflow that looks, '' where none does.
    """

    site_address: str = ""
    review_within: str = ""
    takedown_within: str = ""
    private_contact: str = ""
    repository: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that a decision may rest on.

    `permissions` holds those of people who reviewed or gave a maintainer's command, read now, by login in lower case.
    `older_open` counts the contributor's open forms that came before this one. `approved_text` is what was approved
    last, where that was something else, and `since_approval` has a line for each answer that differs. `tombstone` is
    what would be left of the published entry, '' where it is not on main; `is_retracted` says that nothing more than
    that is left. `on_main` is what is wrong on main with an entry that was just merged, None where main was read before
    that. `alike` holds the numbers of other open forms that are much like this one.
    """

    outcome: Outcome
    thread: Thread
    pull: PullRequest | None = None
    branch: str = ""
    older_open: int = 0
    approved_text: str = ""
    since_approval: tuple[str, ...] = ()
    permissions: Mapping[str, str] = field(default_factory=dict)
    host: Host = Host()
    bot: str = "github-actions[bot]"
    tombstone: str = ""
    is_retracted: bool = False
    on_main: tuple[str, ...] | None = ()
    alike: tuple[int, ...] = ()

    @property
    def by_form(self) -> bool:
        """Whether it came in by a form, so that its branch and pull request are the bot's."""
        return not self.thread.is_pull

    @property
    def is_offline(self) -> bool:
        """Whether the bot opened the pull request of an entry that came without an account."""
        return not self.by_form and self.pull is not None and is_same(self.pull.author, self.bot)

    @property
    def open_pull(self) -> PullRequest | None:
        return self.pull if self.pull is not None and self.pull.state == "open" else None

    @property
    def bot_comment(self) -> Comment | None:
        """The bot's own comment. A header counts only in a comment by the bot's own account."""
        return bot_comment_of(self.thread.comments, self.bot)

    @property
    def header(self) -> Header:
        return header_of(self.thread.comments, self.bot)

    def permission_of(self, login: str) -> str:
        return self.permissions.get(login.casefold(), "none")


def bot_comment_of(comments: tuple[Comment, ...], bot: str) -> Comment | None:
    return next((comment for comment in comments if is_same(comment.author, bot) and read_header(comment.body)), None)


def header_of(comments: tuple[Comment, ...], bot: str) -> Header:
    own_comment = bot_comment_of(comments, bot)
    return (read_header(own_comment.body) if own_comment else None) or Header()


def path_known(header: Header, pull: PullRequest | None, policy: Policy) -> str:
    """Return the file that a submission was given: from the bot's header, or else from its pull request.

    That tells it by its title, or, once a person has merged it, by the one file that it changed.
    """
    if header.path or pull is None:
        return header.path
    match = _TITLE.fullmatch(pull.title)
    path = policy.path_of(match[1], match[2]) if match else ""
    if not path and pull.is_merged and pull.files and len(pull.files) == 1:
        path = pull.files[0].path
    return path if policy.entry_at(path) else ""
