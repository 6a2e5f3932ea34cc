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
    """Open a pull request from `branch` into main."""

    branch: str
    title: str
    body: str


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


Action = WriteBranch | OpenPullRequest | SetStatus | Merge | Reply | OpenStop | SetIssue | ClosePullRequest


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, in order, and why, in one sentence. `status` is '' for what is not ours."""

    status: str
    actions: tuple[Action, ...]
    reason: str


def in_words(action: Action) -> str:
    """Tell an action in one line, for somebody who watches."""
    match action:
        case WriteBranch(branch=branch, path=path):
            said = f"write {path} to the branch {branch}"
        case OpenPullRequest(branch=branch, title=title):
            said = f"open a pull request from {branch}: {title}"
        case SetStatus(head=head, state=state, description=description):
            said = f"set the status of {head[:7]} to {state}: {description}"
        case Merge(number=number, head=head, title=title):
            said = f"merge #{number} at {head[:7]}: {title}"
        case Reply(number=number, comment=comment):
            said = f"{'change the comment' if comment else 'comment'} on #{number}"
        case OpenStop(pull=pull):
            said = f"open an issue that stops publishing over #{pull}"
        case SetIssue(number=number, labels=labels, state=state):
            said = f"set #{number} to {', '.join(labels)}{f' ({state})' if state else ''}"
        case ClosePullRequest(number=number):
            said = f"close the pull request #{number}"
    return said
