"""From what is true to what to do. Pure and total: every situation has an answer, and "nothing" is one.

The order of `STEPS` is the whole of the logic: what is over stays over, people's words come before the machine's, a
text that needs mending waits, and only a text that passes everything is brought to a pull request and then merged.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from mutualaid.core.pipeline import replies
from mutualaid.core.pipeline.actions import Decision, Merge, OpenPullRequest, OpenStop, WriteBranch
from mutualaid.core.pipeline.bring import brought, wants_bringing
from mutualaid.core.pipeline.context import PASSED, View, ended, only_what_differs, told_and_labelled, view_of, waiting
from mutualaid.core.pipeline.merge_rule import MAIN, approval_of
from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.pull_request_text import body_for_offline, title_of
from mutualaid.core.pipeline.situation import (
    ChangedFile,
    FormGone,
    NeedsFix,
    NotOurs,
    OnlyForPeople,
    Ready,
    Situation,
    Unread,
)
from mutualaid.core.pipeline.status import FOR_A_PERSON, Status
from mutualaid.core.pipeline.unheard import may_be_taken_back

__all__ = ["decide", "not_merged", "stopped", "unfinished"]

TAKE_DOWN = "take-down"


def decide(situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...]) -> Decision:
    """Return what to do about one submission; performing it and deciding again gives nothing more to do."""
    view = view_of(situation, policy, now, kinds)
    for step in STEPS:
        decision = step(view)
        if decision is not None:
            return only_what_differs(decision, situation)
    return nothing("nothing here is ours to do")


def not_merged(situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...], status: int) -> Decision:
    """Return what to say where every point held and GitHub would not merge; the next run tries again."""
    view = view_of(situation, policy, now, kinds)
    words = replies.not_merged(status, situation)
    decision = waiting(view, Status.APPROVED, words, "GitHub did not merge it.", PASSED, vouched=True)
    return only_what_differs(decision, situation)


def unfinished(situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...]) -> Decision:
    """Return what to say where something was refused that trying again does not help; what was known stays known.

    On a closed thread nothing is said: the sweep goes on trying there, as long as a word in it has no answer.
    """
    view = view_of(situation, policy, now, kinds)
    if situation.thread is None or situation.thread.state == "closed":
        return nothing("there is no place to say that it could not be finished")
    status = Status(situation.mark.status or Status.RECEIVED)
    mark = replace(situation.mark, status=str(status))
    labelled, told = told_and_labelled(view, mark, replies.unfinished(), extra=(FOR_A_PERSON,))
    return only_what_differs(Decision(status, (told, labelled), "It could not be finished."), situation)


def stopped(
    situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...], found: Sequence[str]
) -> Decision:
    """Return what to do where a merge has just changed something else on main than it should: these files."""
    return _stop(view_of(situation, policy, now, kinds), found)


def nothing(because: str, status: str = "") -> Decision:
    """Return the decision to leave everything as it is."""
    return Decision(status, (), f"Nothing, because {because}.")


def _offline_branch(view: View) -> Decision | None:
    if not isinstance(view.situation.outcome, Unread):
        return None
    body = body_for_offline(view.policy)
    opened = OpenPullRequest(view.situation.branch, "An entry to add or to take away, without an account", body)
    return Decision(Status.RECEIVED, (opened,), "An offline branch has no pull request yet.")


def _not_ours(view: View) -> Decision | None:
    situation = view.situation
    if situation.thread is None:
        return nothing("there is no place to answer")
    if isinstance(situation.outcome, NotOurs) and not situation.mark.status:
        return nothing("this is no form of ours, and no file of an entry")
    return None


def _merged(view: View) -> Decision | None:
    situation = view.situation
    if situation.pull is None or not situation.pull.is_merged:
        return None
    address = view.address
    if not address:
        return nothing("it was merged by a person, without the bot", Status.PUBLISHED)
    if situation.is_retracted:
        return ended(view, Status.RETRACTED, replies.retracted(address), "The entry is retracted.")
    if situation.tombstone and view.last("retract"):
        return _retraction(view)
    return _not_shown(view) or ended(
        view, Status.PUBLISHED, replies.published(address, situation), "Its pull request is merged."
    )


def _not_shown(view: View) -> Decision | None:
    """Say no more of what a person merged than is true of main."""
    if view.situation.on_main is None:
        return nothing("main was read before it was merged, and the next run tells of it")
    if not view.situation.on_main:
        return None
    words = replies.merged_not_shown(view.address, view.situation.on_main, is_form=view.situation.by_form)
    return waiting(view, Status.APPROVED, words, "It is merged, but main does not pass its check.")


def _stopped(view: View) -> Decision | None:
    """Stop where main holds something else than what was approved, until a person has closed the thread."""
    situation, pull = view.situation, view.situation.pull
    found = pull.merged_files if pull is not None else None
    is_wrong = found is not None and bool(view.address) and not _is_as_offered(view, found)
    if situation.mark.status != Status.STOPPED and not is_wrong:
        return None
    if situation.thread is not None and situation.thread.state == "closed" and not is_wrong:
        return nothing("a person has seen to it")
    return _stop(view, [one.path for one in found] if found is not None else None)


def _stop(view: View, found: Sequence[str] | None) -> Decision:
    """Shout, where that was not done before; `found` are the files that were changed on main."""
    situation, reason = (
        view.situation,
        "STOP: what was merged is not what was approved. A maintainer must look at main.",
    )
    if found is None or situation.pull is None:
        return Decision(Status.STOPPED, (), f"{reason} See docs/runbook.md.")
    words = replies.stopped(found, view.path)
    aside = () if situation.by_form else (OpenStop(situation.pull.number, words),)
    return Decision(Status.STOPPED, (*aside, *waiting(view, Status.STOPPED, words, reason).actions), reason)


def _is_as_offered(view: View, found: Iterable[ChangedFile]) -> bool:
    """Whether the commit on main did to it what the head of its pull request does, and that is one file."""
    at_head = view.situation.pull.files if view.situation.pull else None
    on_main = [(one.path, one.blob) for one in found]
    return [path for path, _ in on_main] == [view.path] and on_main == [(one.path, one.blob) for one in at_head or ()]


def _retraction(view: View) -> Decision:
    situation, mark = view.situation, view.situation.mark
    branch = f"submission/offline-retract-{situation.number}"
    wanted = f"retract:{view.path}"
    decision = ended(view, Status.PUBLISHED, replies.retraction_waits(), "A maintainer asked to retract it.", wanted)
    if mark.verdict == wanted:
        return decision
    written = WriteBranch(branch, view.path, situation.tombstone, "Take away an entry")
    return Decision(decision.status, (written, *decision.actions), decision.reason)


def _form_gone(view: View) -> Decision | None:
    if not isinstance(view.situation.outcome, FormGone):
        return None
    return ended(view, Status.WITHDRAWN, replies.form_gone(), "Its form was deleted or moved away.")


def _for_people(view: View) -> Decision | None:
    outcome, thread = view.situation.outcome, view.situation.thread
    if not isinstance(outcome, OnlyForPeople) or thread is None:
        return None
    if thread.state == "closed":
        return nothing("a person has closed this request")
    words = replies.take_down if outcome.form == TAKE_DOWN else replies.change_a_page
    reason = "A request for a person, who answers it."
    return waiting(view, Status.RECEIVED, words(view.situation.host), reason, extra=(FOR_A_PERSON,))


def _taken_back(view: View) -> Decision | None:
    command = view.last("withdraw", "recheck")
    if command is None or command.word == "recheck":
        return None
    return ended(view, Status.WITHDRAWN, replies.withdrawn(), "Its contributor took it back.")


def _declined(view: View) -> Decision | None:
    command = view.last("decline", "duplicate", "resume")
    if command is None or command.word == "resume":
        return None
    if command.word == "duplicate":
        return ended(view, Status.DECLINED, replies.duplicate(command.rest), "A maintainer called it a duplicate.")
    is_spam = command.rest.rstrip(".!").casefold() == "spam"
    words = replies.declined_as_spam() if is_spam else replies.declined(command.rest)
    return ended(view, Status.DECLINED, words, "A maintainer declined it.")


def _closed(view: View) -> Decision | None:
    situation = view.situation
    if situation.thread is None or situation.thread.state == "open" or view.asked_since("recheck", "resume"):
        return None
    if not situation.mark.status:
        return nothing("it was closed before the bot had spoken")
    if situation.mark.status == Status.EXPIRED or view.is_expired:
        return _expired(view)
    return ended(view, Status.WITHDRAWN, replies.closed(situation), "It was closed on GitHub.")


def _too_many(view: View) -> Decision | None:
    situation, limit = view.situation, view.policy.open_per_account
    if situation.pull is not None or situation.older_open < limit:
        return None
    return waiting(view, Status.RECEIVED, replies.too_many(limit), "Its contributor has as many forms open as allowed.")


def _held(view: View) -> Decision | None:
    situation, command = view.situation, view.last("hold", "resume")
    verdict = ("failure", "Held by a maintainer")
    if command is not None and command.word == "hold":
        return waiting(view, Status.HELD, replies.held(command.rest, situation), "A maintainer holds it.", verdict)
    is_shut = situation.pull is not None and situation.pull.state == "closed"
    was_open = bool(situation.mark.head) or situation.mark.status == Status.HELD
    is_known = view.is_expired or view.asked_since("resume")
    if situation.by_form and is_shut and was_open and not is_known:
        return waiting(view, Status.HELD, replies.held_by_closing(situation), "Somebody closed its pull request.")
    return None


def _needs_fix(view: View) -> Decision | None:
    situation, outcome = view.situation, view.situation.outcome
    if not isinstance(outcome, NeedsFix):
        return None
    if view.is_expired:
        return _expired(view)
    count = len(outcome.problems)
    reason = f"Its text needs mending, in {count} {'place' if count == 1 else 'places'}."
    words = replies.needs_fix(outcome, situation, view.policy)
    return waiting(view, Status.NEEDS_FIX, words, reason, ("failure", "Something in the text must change first"))


def _expired(view: View) -> Decision:
    days = view.policy.expire_after_days
    return ended(view, Status.EXPIRED, replies.expired(days), f"Nothing changed for {days} days.")


def _brought(view: View) -> Decision | None:
    outcome = view.situation.outcome
    return brought(view, outcome) if isinstance(outcome, Ready) and wants_bringing(view, outcome) else None


def _main_moved(view: View) -> Decision | None:
    pull = view.situation.pull
    if pull is None or pull.state == "closed" or pull.files is None or pull.is_overtaken is not None:
        return None
    return nothing("main has moved on since this run began, and the next run looks again")


def _merge(view: View) -> Decision | None:
    situation, outcome, pull = view.situation, view.situation.outcome, view.situation.pull
    approval = approval_of(situation, view.policy)
    if not isinstance(outcome, Ready) or pull is None or approval is None:
        return None
    if may_be_taken_back(situation, view.policy):
        return None
    if not all(point.holds for point in view.points):
        words = replies.approved(outcome, situation, view.points)
        missing = "; ".join(point.says for point in view.points if not point.holds)
        reason = f"It is approved, but this does not hold: {missing}"
        return waiting(view, Status.APPROVED, words, reason, view.verdict, vouched=True)
    decision = ended(view, *_done(outcome, situation), "A maintainer approved exactly this text.")
    merge = Merge(pull.number, approval.commit, title_of(outcome), outcome.path, outcome.blob)
    return Decision(decision.status, (merge, *decision.actions), decision.reason)


def _in_review(view: View) -> Decision | None:
    situation, outcome = view.situation, view.situation.outcome
    if not isinstance(outcome, Ready) or situation.pull is None:
        return None
    if situation.pull.base != MAIN:
        return nothing("it does not go into main")
    reason = "It waits for a maintainer."
    return waiting(view, view.review_status, view.review_words(), reason, view.verdict, vouched=True)


def _done(outcome: Ready, situation: Situation) -> tuple[Status, str]:
    if outcome.is_retraction:
        return Status.RETRACTED, replies.retracted(outcome.address)
    return Status.PUBLISHED, replies.published(outcome.address, situation)


Step = Callable[[View], Decision | None]
STEPS: tuple[Step, ...] = (
    _offline_branch,
    _not_ours,
    _stopped,
    _merged,
    _form_gone,
    _for_people,
    _taken_back,
    _declined,
    _closed,
    _too_many,
    _held,
    _needs_fix,
    _brought,
    _main_moved,
    _merge,
    _in_review,
)
