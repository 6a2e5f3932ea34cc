"""What the bot can do to the world, as plain imperatives. Performing one twice equals performing it once."""

from dataclasses import dataclass

from mutualaid.core.pipeline.bot_comment import Header


@dataclass(frozen=True, slots=True)
class WriteBranch:
    """Make `branch` hold main and, at `path`, `text`: a new branch, or one more commit above `above`, its head."""

    branch: str
    path: str
    text: str
    message: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class OpenPullRequest:
    """Open a pull request from `branch` into main, and ask the next of `reviewers`, whose turn its number gives."""

    branch: str
    title: str
    body: str
    reviewers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Say on the commit `head` ('new': the one just made) whether it may be merged: success, failure or pending."""

    head: str
    state: str
    description: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Squash-merge the pull request, only if its head is still exactly `head`.

    All that it may do to main is to make `path` the file whose hash is `blob`.
    """

    number: int
    head: str
    title: str
    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Make the bot's comment of the thread `number` say `words`; `comment` is its id, 0 where it is not there yet."""

    number: int
    comment: int
    header: Header
    words: str


@dataclass(frozen=True, slots=True)
class OpenStop:
    """Open an issue that says `words`: nothing is published while it is open. `pull` is what was merged wrongly.

    A form's own issue can say so itself; a pull request is closed by its merge, and cannot be opened again.
    """

    pull: int
    words: str


@dataclass(frozen=True, slots=True)
class SetIssue:
    """Give the thread exactly these `labels`, and `state`: open, completed, not_planned, or '' to leave it."""

    number: int
    labels: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class ClosePullRequest:
    """Close the pull request without merging it; `branch`, where it is the bot's own, goes with it."""

    number: int
    branch: str = ""


@dataclass(frozen=True, slots=True)
class MakePreview:
    """Have a job that may only read show the page that `path` would be, of the file whose hash is `blob`."""

    number: int
    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class DeletePreview:
    """Have a job that may do nothing else delete what was made for the form or pull request `number`."""

    number: int


OfPreview = MakePreview | DeletePreview
Action = WriteBranch | OpenPullRequest | SetStatus | Merge | Reply | OpenStop | SetIssue | ClosePullRequest | OfPreview


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, in order, and why, in one sentence. `status` is '' for what is not ours."""

    status: str
    actions: tuple[Action, ...]
    reason: str


_IN_WORDS = {
    WriteBranch: "write {0.path} to the branch {0.branch}",
    OpenPullRequest: "open a pull request from {0.branch}: {0.title}",
    SetStatus: "set the status of {0.head:.7} to {0.state}: {0.description}",
    Merge: "merge #{0.number} at {0.head:.7}: {0.title}",
    Reply: "write the comment on #{0.number}",
    OpenStop: "open an issue that stops publishing over #{0.pull}",
    SetIssue: "set #{0.number} to {labels}, {0.state}",
    ClosePullRequest: "close the pull request #{0.number}",
    MakePreview: "show the page that {0.path} would be, for #{0.number}",
    DeletePreview: "delete the preview of #{0.number}",
}


def in_words(action: Action) -> str:
    labels = ", ".join(getattr(action, "labels", ()))
    return _IN_WORDS[type(action)].format(action, labels=labels).removesuffix(", ")
