"""Situations for tests of decisions, and what becomes of one when a decision is carried out."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.pipeline import actions
from mutualaid.core.pipeline.bot_comment import NEW_HEAD, Header, written
from mutualaid.core.pipeline.decide import decide
from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.situation import (
    ChangedFile,
    Comment,
    Host,
    NeedsFix,
    PullRequest,
    Ready,
    Review,
    Situation,
    Thread,
)

BODY, TITLE, DESCRIPTION = 65_536, 256, 140
"""So many characters GitHub takes at most."""
BOT = "github-actions[bot]"
KINDS = ("examples", "exercises", "groups", "resources")
START = dt.datetime(2026, 9, 1, 9, 0, tzinfo=dt.UTC)
NOW = START + dt.timedelta(days=2)
HEAD, NEXT, FAR = "a" * 40, "b" * 40, "f" * 40
PATH = "submissions/examples/a-shelf.yaml"
POLICY = Policy(BOT, (), "write", False, "submissions", (), 3, 60, 60_000, 450, 70, KINDS)
READY = Ready("examples", PATH, "slug: a-shelf\n", "1" * 40)
OTHER_TEXT = replace(READY, text="slug: a-shelf\ntitle: B\n", blob="2" * 40)
BROKEN = NeedsFix(
    "examples",
    (
        Problem("title.missing", "Title", "Title is empty. Write your answer under `### Title`.", Place("the form", 3)),
        Problem(
            "link.bad", "Link", "Link must start with https://. You wrote: 'x <b>@ada</b> #12'.", Place("the form", 9)
        ),
    ),
)
FOUND = replace(READY, findings=("What was done: “555-0134” (a phone number). Leave it out.",))
HERE = Host(run="77")
PEOPLE = {"ada": "admin", "mo": "write", "tri": "triage", "sam": "read", "eve": "read"}


def at(hours: float) -> dt.datetime:
    return START + dt.timedelta(hours=hours)


def said(author: str, body: str, hours: float = 1, number: int = 0) -> Comment:
    return Comment(number or int(hours * 100) + 7, author, body, at(hours), at(hours))


def review(author: str = "ada", state: str = "APPROVED", commit: str = HEAD, hours: float = 5) -> Review:
    return Review(author, state, commit, at(hours))


def file(path: str = PATH, blob: str = READY.blob, **changes: object) -> ChangedFile:
    return replace(ChangedFile(path, "added", blob), **changes)  # type: ignore[arg-type]


def form(outcome: object = READY, *comments: Comment, **changes: object) -> Situation:
    thread = Thread(12, False, "sam", "open", ("kind: examples",), START, comments)
    own = Situation(outcome, thread, None, "submission/12", permissions=PEOPLE, host=HERE)  # type: ignore[arg-type]
    return replace(own, **changes)  # type: ignore[arg-type]


def pull(*reviews: Review, files: Iterable[ChangedFile] = (file(),), **changes: object) -> PullRequest:
    """Return the bot's pull request of that form, looked at closely, on top of a main that has not touched its file."""
    files = tuple(files)
    own = PullRequest(
        13, BOT, "Add examples/a-shelf", "open", False, "main", "submission/12", HEAD, False, False, len(files), files
    )
    return replace(own, **{"reviews": reviews, "is_overtaken": False, **changes})  # type: ignore[arg-type]


def by_hand(outcome: object = READY, *reviews: Review, **changes: object) -> Situation:
    own = pull(*reviews, author="sam", title="My entry", branch="patch-1", from_fork=True)
    own = replace(own, **changes)  # type: ignore[arg-type]
    thread = Thread(13, True, "sam", own.state, (), START)
    return Situation(outcome, thread, own, "patch-1", permissions=PEOPLE, host=HERE)  # type: ignore[arg-type]


def talked(situation: Situation, *comments: Comment) -> Situation:
    return replace(situation, thread=replace(situation.thread, comments=(*situation.thread.comments, *comments)))


def reviewed(situation: Situation, *reviews: Review) -> Situation:
    assert situation.pull
    return replace(situation, pull=replace(situation.pull, reviews=(*situation.pull.reviews, *reviews)))


def settled(situation: Situation, now: dt.datetime = NOW) -> Situation:
    for _ in range(5):
        decision = decide(situation, POLICY, now)
        if not decision.actions:
            return situation
        situation = carried_out(situation, decision, now)
    raise AssertionError(decision)


def shut(situation: Situation) -> Situation:
    return replace(situation, thread=replace(situation.thread, state="closed"))


def carried_out(
    situation: Situation, decision: actions.Decision, now: dt.datetime = NOW, *, only: int = 99
) -> Situation:
    """Return what is true after the first `only` actions, as GitHub would have it."""
    for action in decision.actions[:only]:
        situation = _after(situation, action, now)
    return situation


def _after(situation: Situation, action: actions.Action, now: dt.datetime) -> Situation:  # noqa: PLR0911 - one a kind
    own = situation.pull
    match action:
        case actions.WriteBranch(path=path):
            outcome = situation.outcome
            blob = outcome.blob if isinstance(outcome, Ready) else "9" * 40
            made = NEXT if own is not None and own.head == HEAD else HEAD
            if own is None or own.state == "closed" or own.is_merged:
                return replace(situation, branch=situation.branch or action.branch)
            return replace(situation, pull=pull(*own.reviews, files=(file(path, blob),), head=made, branch=own.branch))
        case actions.OpenPullRequest(title=title, branch=branch):
            assert len(title) <= TITLE and len(action.body) <= BODY
            outcome = situation.outcome
            files = (file(outcome.path, outcome.blob),) if isinstance(outcome, Ready) else (file(),)
            opened = pull(files=files, title=title, branch=branch)
            return replace(situation, pull=opened)
        case actions.Merge(head=head):
            assert own is not None and own.head == head
            return replace(situation, pull=replace(own, is_merged=True, state="closed"))
        case actions.ClosePullRequest():
            assert own is not None
            closed = replace(situation, pull=replace(own, state="closed"))
            if situation.thread.is_pull:
                return replace(closed, thread=replace(situation.thread, state="closed"))
            return closed
        case actions.SetIssue(labels=labels, state=state):
            new = situation.thread.state if state == "" else "open" if state == "open" else "closed"
            return replace(situation, thread=replace(situation.thread, labels=labels, state=new))
        case actions.Reply():
            return _replied(situation, action, now)
        case actions.SetStatus() | actions.OpenStop() | actions.MakePreview() | actions.DeletePreview():
            assert len(getattr(action, "description", "")) <= DESCRIPTION
            return situation


def _replied(situation: Situation, action: actions.Reply, now: dt.datetime) -> Situation:
    header: Header = action.header
    if header.head == NEW_HEAD:
        assert situation.pull
        header = replace(header, head=situation.pull.head)
    body, comment = written(header, action.words), situation.bot_comment
    assert (comment.id if comment else 0) == action.comment
    if comment is None:
        return talked(situation, Comment(900, BOT, body, now, now))
    had = situation.thread.comments
    edited = tuple(replace(one, body=body, updated_at=now) if one is comment else one for one in had)
    return replace(situation, thread=replace(situation.thread, comments=edited))
