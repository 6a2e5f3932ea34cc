"""From what is true to what to do. Pure and total: every situation has an answer, and "nothing" is one.

The order of `STEPS` is the whole of the logic: what is over stays over, people's words come before the machine's, a
text that needs mending waits, and only a text that passes everything is brought to a pull request and then merged.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from mutualaid.core.pipeline import replies
from mutualaid.core.pipeline.actions import Action, Decision, Merge, OpenPullRequest, OpenStop, SetStatus, WriteBranch
from mutualaid.core.pipeline.bot_comment import NEW_HEAD
from mutualaid.core.pipeline.context import (
    PASSED,
    Context,
    brought_header,
    context_of,
    ended,
    only_what_differs,
    told_and_labelled,
    waiting,
)
from mutualaid.core.pipeline.ignored_command import may_be_taken_back
from mutualaid.core.pipeline.merge_rule import MAIN, approval_of, is_known_head
from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.pull_request_text import body_for_form, body_for_offline, title_of
from mutualaid.core.pipeline.situation import (
    REGULAR_FILE,
    ChangedFile,
    FormGone,
    NeedsFix,
    NotOurs,
    OnlyForPeople,
    PullRequest,
    Ready,
    Situation,
    Unread,
)
from mutualaid.core.pipeline.status import FOR_A_PERSON, SubmissionStatus

__all__ = ["decide", "not_merged", "stopped", "unfinished"]

TAKE_DOWN = "take-down"


def decide(situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...]) -> Decision:
    """Return what to do about one submission; performing it and deciding again gives nothing more to do."""
    context = context_of(situation, policy, now, kinds)
    for step in STEPS:
        decision = step(context)
        if decision is not None:
            return only_what_differs(decision, situation)
    return nothing("nothing here is ours to do")


def not_merged(situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...], status: int) -> Decision:
    """Return what to say where every point held and GitHub would not merge; the next run tries again."""
    context = context_of(situation, policy, now, kinds)
    words = replies.not_merged(status, situation)
    decision = waiting(context, SubmissionStatus.APPROVED, words, "GitHub did not merge it.", PASSED, vouched=True)
    return only_what_differs(decision, situation)


def unfinished(situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...]) -> Decision:
    """Return what to say where something was refused that trying again does not help; what was known stays known.

    On a closed thread nothing is said: the sweep goes on trying there, as long as a word in it has no answer.
    """
    context = context_of(situation, policy, now, kinds)
    if situation.thread is None or situation.thread.state == "closed":
        return nothing("there is no place to say that it could not be finished")
    status = SubmissionStatus(situation.header.status or SubmissionStatus.RECEIVED)
    header = replace(situation.header, status=str(status))
    labelled, told = told_and_labelled(context, header, replies.unfinished(), extra=(FOR_A_PERSON,))
    return only_what_differs(Decision(status, (told, labelled), "It could not be finished."), situation)


def stopped(
    situation: Situation, policy: Policy, now: dt.datetime, kinds: tuple[str, ...], found: Sequence[str]
) -> Decision:
    """Return what to do where a merge has just changed something else on main than it should: these files."""
    return _stop(context_of(situation, policy, now, kinds), found)


def nothing(because: str, status: str = "") -> Decision:
    """Return the decision to leave everything as it is."""
    return Decision(status, (), f"Nothing, because {because}.")


def _offline_branch(context: Context) -> Decision | None:
    if not isinstance(context.situation.outcome, Unread):
        return None
    body = body_for_offline(context.policy)
    opened = OpenPullRequest(context.situation.branch, "An entry to add or to take away, without an account", body)
    return Decision(SubmissionStatus.RECEIVED, (opened,), "An offline branch has no pull request yet.")


def _not_ours(context: Context) -> Decision | None:
    situation = context.situation
    if situation.thread is None:
        return nothing("there is no place to answer")
    if isinstance(situation.outcome, NotOurs) and not situation.header.status:
        return nothing("this is no form of ours, and no file of an entry")
    return None


def _merged(context: Context) -> Decision | None:
    situation = context.situation
    if situation.pull is None or not situation.pull.is_merged:
        return None
    address = context.address
    if not address:
        return nothing("it was merged by a person, without the bot", SubmissionStatus.PUBLISHED)
    if situation.is_retracted:
        return ended(context, SubmissionStatus.RETRACTED, replies.retracted(address), "The entry is retracted.")
    if situation.tombstone and context.last("retract"):
        return _retraction(context)
    return _not_shown(context) or ended(
        context, SubmissionStatus.PUBLISHED, replies.published(address, situation), "Its pull request is merged."
    )


def _not_shown(context: Context) -> Decision | None:
    """Say no more of what a person merged than is true of main."""
    if context.situation.on_main is None:
        return nothing("main was read before it was merged, and the next run tells of it")
    if not context.situation.on_main:
        return None
    words = replies.merged_not_shown(context.address, context.situation.on_main, is_form=context.situation.by_form)
    return waiting(context, SubmissionStatus.APPROVED, words, "It is merged, but main does not pass its check.")


def _stopped(context: Context) -> Decision | None:
    """Stop where main holds something else than what was approved, until a person has closed the thread."""
    situation, pull = context.situation, context.situation.pull
    found = pull.merged_files if pull is not None else None
    is_wrong = found is not None and bool(context.address) and not _is_as_offered(context, found)
    if situation.header.status != SubmissionStatus.STOPPED and not is_wrong:
        return None
    if situation.thread is not None and situation.thread.state == "closed" and not is_wrong:
        return nothing("a person has seen to it")
    return _stop(context, [file.path for file in found] if found is not None else None)


def _stop(context: Context, found: Sequence[str] | None) -> Decision:
    """Shout, where that was not done before; `found` are the files that were changed on main."""
    situation, reason = (
        context.situation,
        "STOP: what was merged is not what was approved. A maintainer must look at main.",
    )
    if found is None or situation.pull is None:
        return Decision(SubmissionStatus.STOPPED, (), f"{reason} See docs/runbook.md.")
    words = replies.stopped(found, context.path)
    aside = () if situation.by_form else (OpenStop(situation.pull.number, words),)
    return Decision(
        SubmissionStatus.STOPPED, (*aside, *waiting(context, SubmissionStatus.STOPPED, words, reason).actions), reason
    )


def _is_as_offered(context: Context, found: Iterable[ChangedFile]) -> bool:
    """Whether the commit on main did to it what the head of its pull request does, and that is one file."""
    at_head = context.situation.pull.files if context.situation.pull else None
    on_main = [(file.path, file.blob) for file in found]
    return [path for path, _ in on_main] == [context.path] and on_main == [
        (file.path, file.blob) for file in at_head or ()
    ]


def _retraction(context: Context) -> Decision:
    situation, header = context.situation, context.situation.header
    branch = f"submission/offline-retract-{situation.number}"
    wanted = f"retract:{context.path}"
    decision = ended(
        context, SubmissionStatus.PUBLISHED, replies.retraction_waits(), "A maintainer asked to retract it.", wanted
    )
    if header.verdict == wanted:
        return decision
    written = WriteBranch(branch, context.path, situation.tombstone, "Take away an entry")
    return Decision(decision.status, (written, *decision.actions), decision.reason)


def _form_gone(context: Context) -> Decision | None:
    if not isinstance(context.situation.outcome, FormGone):
        return None
    return ended(context, SubmissionStatus.WITHDRAWN, replies.form_gone(), "Its form was deleted or moved away.")


def _for_people(context: Context) -> Decision | None:
    outcome, thread = context.situation.outcome, context.situation.thread
    if not isinstance(outcome, OnlyForPeople) or thread is None:
        return None
    if thread.state == "closed":
        return nothing("a person has closed this request")
    words = replies.take_down if outcome.form == TAKE_DOWN else replies.change_a_page
    reason = "A request for a person, who answers it."
    return waiting(context, SubmissionStatus.RECEIVED, words(context.situation.host), reason, extra=(FOR_A_PERSON,))


def _taken_back(context: Context) -> Decision | None:
    command = context.last("withdraw", "recheck")
    if command is None or command.word == "recheck":
        return None
    return ended(context, SubmissionStatus.WITHDRAWN, replies.withdrawn(), "Its contributor took it back.")


def _declined(context: Context) -> Decision | None:
    command = context.last("decline", "duplicate", "resume")
    if command is None or command.word == "resume":
        return None
    if command.word == "duplicate":
        return ended(
            context, SubmissionStatus.DECLINED, replies.duplicate(command.rest), "A maintainer called it a duplicate."
        )
    is_spam = command.rest.rstrip(".!").casefold() == "spam"
    words = replies.declined_as_spam() if is_spam else replies.declined(command.rest)
    return ended(context, SubmissionStatus.DECLINED, words, "A maintainer declined it.")


def _closed(context: Context) -> Decision | None:
    situation = context.situation
    if situation.thread is None or situation.thread.state == "open" or context.asked_since("recheck", "resume"):
        return None
    if not situation.header.status:
        return nothing("it was closed before the bot had spoken")
    if situation.header.status == SubmissionStatus.EXPIRED or context.is_expired:
        return _expired(context)
    return ended(context, SubmissionStatus.WITHDRAWN, replies.closed(situation), "It was closed on GitHub.")


def _too_many(context: Context) -> Decision | None:
    situation, limit = context.situation, context.policy.open_per_account
    if situation.pull is not None or situation.older_open < limit:
        return None
    return waiting(
        context,
        SubmissionStatus.RECEIVED,
        replies.too_many(limit),
        "Its contributor has as many forms open as allowed.",
    )


def _held(context: Context) -> Decision | None:
    situation, command = context.situation, context.last("hold", "resume")
    verdict = ("failure", "Held by a maintainer")
    if command is not None and command.word == "hold":
        return waiting(
            context, SubmissionStatus.HELD, replies.held(command.rest, situation), "A maintainer holds it.", verdict
        )
    is_shut = situation.pull is not None and situation.pull.state == "closed"
    was_open = bool(situation.header.head) or situation.header.status == SubmissionStatus.HELD
    is_known = context.is_expired or context.asked_since("resume")
    if situation.by_form and is_shut and was_open and not is_known:
        return waiting(
            context, SubmissionStatus.HELD, replies.held_by_closing(situation), "Somebody closed its pull request."
        )
    return None


def _needs_fix(context: Context) -> Decision | None:
    situation, outcome = context.situation, context.situation.outcome
    if not isinstance(outcome, NeedsFix):
        return None
    if context.is_expired:
        return _expired(context)
    count = len(outcome.problems)
    reason = f"Its text needs mending, in {count} {'place' if count == 1 else 'places'}."
    words = replies.needs_fix(outcome, situation, context.policy)
    return waiting(
        context, SubmissionStatus.NEEDS_FIX, words, reason, ("failure", "Something in the text must change first")
    )


def _expired(context: Context) -> Decision:
    days = context.policy.expire_after_days
    return ended(context, SubmissionStatus.EXPIRED, replies.expired(days), f"Nothing changed for {days} days.")


def _brought(context: Context) -> Decision | None:
    outcome = context.situation.outcome
    return _updated_branch(context, outcome) if isinstance(outcome, Ready) and _is_outdated(context, outcome) else None


def _main_moved(context: Context) -> Decision | None:
    pull = context.situation.pull
    if pull is None or pull.state == "closed" or pull.files is None or pull.is_overtaken is not None:
        return None
    return nothing("main has moved on since this run began, and the next run looks again")


def _merge(context: Context) -> Decision | None:
    situation, outcome, pull = context.situation, context.situation.outcome, context.situation.pull
    approval = approval_of(situation, context.policy)
    if not isinstance(outcome, Ready) or pull is None or approval is None:
        return None
    if may_be_taken_back(situation, context.policy):
        return None
    if not all(point.holds for point in context.points):
        words = replies.approved(outcome, situation, context.points)
        missing = "; ".join(point.says for point in context.points if not point.holds)
        reason = f"It is approved, but this does not hold: {missing}"
        return waiting(context, SubmissionStatus.APPROVED, words, reason, context.verdict, vouched=True)
    decision = ended(context, *_done(outcome, situation), "A maintainer approved exactly this text.")
    merge = Merge(pull.number, approval.commit, title_of(outcome), outcome.path, outcome.blob)
    return Decision(decision.status, (merge, *decision.actions), decision.reason)


def _in_review(context: Context) -> Decision | None:
    situation, outcome = context.situation, context.situation.outcome
    if not isinstance(outcome, Ready) or situation.pull is None:
        return None
    if situation.pull.base != MAIN:
        return nothing("it does not go into main")
    reason = "It waits for a maintainer."
    return waiting(context, context.review_status, context.review_words(), reason, context.verdict, vouched=True)


def _is_outdated(context: Context, outcome: Ready) -> bool:
    """Whether no open pull request holds exactly the form's text, on top of what main says of that entry.

    Of what came in another way only a removal is brought again: what it leaves is right whatever the entry says now.
    """
    situation, pull = context.situation, context.situation.pull
    if not situation.by_form:
        return situation.is_offline and outcome.is_retraction and pull is not None and pull.is_overtaken is True
    return pull is None or pull.state == "closed" or pull.is_overtaken is True or not _holds(context, pull, outcome)


def _updated_branch(context: Context, outcome: Ready) -> Decision:
    """Return the decision that writes the text to its branch and opens the pull request where there is none."""
    situation, pull = context.situation, context.situation.pull
    is_open = pull is not None and pull.state == "open"
    above = pull.head if pull is not None and is_open else ""
    actions: list[Action] = [WriteBranch(situation.branch, outcome.path, outcome.text, title_of(outcome), above)]
    if not is_open:
        body = body_for_form(outcome, situation.number, context.policy)
        actions.append(OpenPullRequest(situation.branch, title_of(outcome), body))
    actions.append(SetStatus(NEW_HEAD, *context.verdict))
    status = context.review_status
    words = context.review_words(is_new=True)
    header = brought_header(context, status, outcome, context.verdict)
    reason = "Its text, its branch or the entry on main has changed." if above else "Its text is new."
    return Decision(status, (*actions, *told_and_labelled(context, header, words)), reason)


def _holds(context: Context, pull: PullRequest, outcome: Ready) -> bool:
    """Whether the head is the bot's own commit of this text, or holds one regular file with exactly its bytes.

    A correction holds only beside the entry that it started from.
    """
    if is_known_head(context.situation, pull, outcome):
        return True
    if outcome.base != context.situation.header.base:
        return False
    at_head = [(file.path, file.blob, file.mode) for file in pull.files or ()]
    return at_head == [(outcome.path, outcome.blob, REGULAR_FILE)]


def _done(outcome: Ready, situation: Situation) -> tuple[SubmissionStatus, str]:
    if outcome.is_retraction:
        return SubmissionStatus.RETRACTED, replies.retracted(outcome.address)
    return SubmissionStatus.PUBLISHED, replies.published(outcome.address, situation)


Step = Callable[[Context], Decision | None]
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
