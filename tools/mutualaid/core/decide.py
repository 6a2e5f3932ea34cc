"""From what is true to what to do. Pure and total: every situation has an answer, and «nothing» is one.

The order is the whole of the logic: what is over stays over, people's words come before the machine's, a text that
needs mending waits, and only a text that passes everything is brought to a pull request and, approved, merged.
"""

import datetime as dt
from dataclasses import dataclass

from mutualaid.core import reply
from mutualaid.core.action import (
    Action,
    ClosePullRequest,
    Decision,
    Merge,
    OpenPullRequest,
    Reply,
    SetIssue,
    SetStatus,
    WriteBranch,
)
from mutualaid.core.command import Command, commands, last_of
from mutualaid.core.merge_rule import Point, approval_of, checklist
from mutualaid.core.policy import Policy
from mutualaid.core.situation import NeedsFix, NotOurs, OnlyForPeople, Ready, Situation
from mutualaid.core.status import LABELS, Status


@dataclass(frozen=True, slots=True)
class _View:
    """A situation with what every step asks of it."""

    situation: Situation
    policy: Policy
    now: dt.datetime
    kinds: tuple[str, ...]
    said: tuple[Command, ...]
    points: tuple[Point, ...]


def decide(situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...]) -> Decision:
    """Return what to do about one submission; performing it and deciding again gives nothing more to do."""
    view = _View(
        situation, policy, now, kinds, commands(situation, policy), checklist(situation, policy, kinds)
    )
    for step in STEPS:
        decision = step(view)
        if decision is not None:
            return _only_what_differs(decision, view)
    return Decision("", (), "Nothing, because nothing here is ours to do.")


def _not_ours(view: _View) -> Decision | None:
    if isinstance(view.situation.outcome, NotOurs):
        return Decision("", (), "Nothing, because this is no form of ours.")
    return None


def _merged(view: _View) -> Decision | None:
    pull = view.situation.pull
    if pull is None or not pull.is_merged:
        return None
    return _end(view, Status.PUBLISHED, reply.published(view.situation), "The pull request is merged.")


def _for_people(view: _View) -> Decision | None:
    outcome, issue = view.situation.outcome, view.situation.issue
    if not isinstance(outcome, OnlyForPeople) or issue is None:
        return None
    if issue.state == "closed":
        return Decision("", (), "Nothing, because a person has closed this request.")
    actions = (Reply(issue.number, reply.for_people(outcome.form)), _labels(view, Status.RECEIVED, "open"))
    return Decision(Status.RECEIVED, actions, "A request for a person, with its answer in place.")


def _stopped_by_people(view: _View) -> Decision | None:
    command = last_of(view.said, "withdraw", "decline", "duplicate")
    if command is None:
        return None
    if command.word == "withdraw":
        return _end(view, Status.WITHDRAWN, reply.withdrawn(), "Its contributor took it back.")
    if command.word == "duplicate":
        return _end(view, Status.DECLINED, reply.duplicate(command.rest), "A maintainer called it a duplicate.")
    return _end(view, Status.DECLINED, reply.declined(command.rest), "A maintainer declined it.")


def _closed(view: _View) -> Decision | None:
    issue, pull = view.situation.issue, view.situation.pull
    if issue is not None and issue.state == "closed":
        return _end(view, Status.WITHDRAWN, reply.closed(), "Its issue was closed.")
    if issue is None and pull is not None and pull.state == "closed":
        return Decision("", (), "Nothing, because a person has closed the pull request.")
    return None


def _too_many(view: _View) -> Decision | None:
    if view.situation.open_by_author <= view.policy.open_per_account:
        return None
    body = reply.too_many(view.policy.open_per_account)
    return _wait(view, Status.NEEDS_FIX, body, "Its contributor has more forms open than the policy allows.")


def _needs_fix(view: _View) -> Decision | None:
    outcome, issue = view.situation.outcome, view.situation.issue
    if not isinstance(outcome, NeedsFix):
        return None
    if issue is not None and (view.now - issue.touched_at).days >= view.policy.expire_after_days:
        return _end(view, Status.EXPIRED, reply.expired(view.policy.expire_after_days), "It stayed unchanged too long.")
    body = reply.needs_fix(outcome.problems, view.policy.expire_after_days)
    reason = f"{len(outcome.problems)} things in it need mending."
    return _wait(view, Status.NEEDS_FIX, body, reason, failure="Something in the text must change first")


def _held(view: _View) -> Decision | None:
    command = last_of(view.said, "hold", "resume")
    if command is None or command.word == "resume":
        return None
    return _wait(view, Status.HELD, reply.held(command.rest), "A maintainer holds it.", failure="Held by a maintainer")


def _bring_or_merge(view: _View) -> Decision | None:
    situation, outcome = view.situation, view.situation.outcome
    if not isinstance(outcome, Ready):
        return None
    brought = _brought(view, outcome)
    if brought:
        pull = reply.Wait(Status.IN_REVIEW, ())
        body = reply.in_review(situation, outcome, pull.points)
        labels = _labels(view, Status.IN_REVIEW, "open")
        return Decision(Status.IN_REVIEW, (*brought, *_answer(view, body), *labels_or_none(labels)), "The text is new.")
    approval = approval_of(situation, view.policy)
    if approval is not None and all(point.holds for point in view.points) and situation.pull is not None:
        return _merge(view, outcome)
    status = Status.MAYBE_DUPLICATE if outcome.warnings else Status.IN_REVIEW
    body = reply.in_review(situation, outcome, view.points)
    return _wait(view, status, body, "It waits for a maintainer.", success="Every check passed; a maintainer reads it")
