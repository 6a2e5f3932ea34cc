"""What the bot can do to the world, as plain imperatives. Performing one twice equals performing it once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WriteBranch:
    """Make `branch` hold `path` with `text`, as one commit on main, or as one more commit where the branch exists."""

    branch: str
    path: str
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class OpenPullRequest:
    """Open a pull request from `branch` into main."""

    branch: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Say on the head commit of `branch` whether it may be merged: `state` is success, failure or pending."""

    branch: str
    state: str
    description: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Squash-merge the pull request, only if its head is still exactly `head`; `path` is all that it may have changed."""

    number: int
    head: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Make the one living comment under `number` read `body`."""

    number: int
    body: str


@dataclass(frozen=True, slots=True)
class SetIssue:
    """Give the issue exactly these `labels` of ours, and `state`: open, completed or not_planned."""

    number: int
    labels: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class ClosePullRequest:
    """Close the pull request without merging it, and remove its branch where it is the bot's own."""

    number: int
    branch: str


Action = WriteBranch | OpenPullRequest | SetStatus | Merge | Reply | SetIssue | ClosePullRequest


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, in order, and why, in one sentence."""

    status: str
    actions: tuple[Action, ...]
    reason: str
