"""From what is true to what to do. Pure and total: every situation has an answer, and "nothing" is one.

The order of `STEPS` is the whole of the logic: what is over stays over, people's words come before the machine's, a
text that needs fixing waits, and only a text that passes everything is brought to a pull request and then merged.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mutualaid.core.pipeline.actions import Action, Decision, Merge, OpenPullRequest, OpenStop, WriteBranch
from mutualaid.core.pipeline.bot_comment import NEW_HEAD
from mutualaid.core.pipeline.commands import may_be_taken_back
from mutualaid.core.pipeline.context import (
    PASSED,
    Context,
    Verdict,
    as_brought,
    comment_and_label,
    context_of,
    ended,
    only_what_differs,
    waiting,
    with_preview,
)
from mutualaid.core.pipeline.merge_rule import MAIN, approval_of, is_known_head
from mutualaid.core.pipeline.policy import Policy, is_same
from mutualaid.core.pipeline.replies import say
from mutualaid.core.pipeline.situation import (
    OFFLINE,
    REGULAR_FILE,
    ChangedFile,
    FormGone,
    NeedsFix,
    NotOurs,
    OnlyForPeople,
    PullRequest,
    Ready,
    Situation,
)
from mutualaid.core.pipeline.status import FOR_A_PERSON, SubmissionStatus


def decide(situation: Situation, policy: Policy, now: dt.datetime) -> Decision:
    """Return what to do about one submission; performing it and deciding again gives nothing more to do."""
    context = context_of(situation, policy, now)
    for step in STEPS:
        decision = step(context)
        if decision is not None:
            return only_what_differs(with_preview(decision, context), situation)
    return nothing("nothing here is ours to do")


HELD_UP: Mapping[str, tuple[str, Verdict, tuple[str, ...]]] = {
    "not-merged": ("GitHub did not merge it.", PASSED, ()),
    "not-built": (
        "The site can't be built with it.",
        ("failure", "Do not merge: the site can't be built with it"),
        (FOR_A_PERSON,),
    ),
}
"""By the message: why, what the commit says, and labels. What cannot be built is for a person."""


def held_up(situation: Situation, policy: Policy, now: dt.datetime, message: str, **facts: Any) -> Decision:
    """Return what to say where every point held and it is not merged all the same; `message` is one of `HELD_UP`."""
    context = context_of(situation, policy, now)
    words, status = context.say(message, **facts), SubmissionStatus.APPROVED
    decision = waiting(context, status, words, *HELD_UP[message], vouched=True)
    return only_what_differs(decision, situation)


def unfinished(situation: Situation, policy: Policy, now: dt.datetime) -> Decision:
    """Return what to say where something was refused that trying again does not help; what was known stays known.

    On a closed thread nothing is said: the sweep goes on trying there, as long as a word in it has no answer.
    """
    if situation.thread.state == "closed":
        return nothing("there is no place to say that it could not be finished")
    context = context_of(situation, policy, now)
    header = replace(situation.header, status=situation.header.status or str(SubmissionStatus.RECEIVED))
    labelled, commented = comment_and_label(context, header, context.say("unfinished"), extra=(FOR_A_PERSON,))
    return only_what_differs(Decision(header.status, (commented, labelled), "It could not be finished."), situation)


def stopped(situation: Situation, policy: Policy, now: dt.datetime, found: Sequence[str]) -> Decision:
    """Return what to do where a merge has just changed something else on main than it should: these files."""
    return _stop(context_of(situation, policy, now), found)


def offline_branch(branch: str, policy: Policy) -> Decision:
    """Return what to do about a branch, for somebody without an account, that has no pull request yet."""
    body = say("pull-request", form=False, policy=policy)
    opened = OpenPullRequest(branch, "An entry to add or to take away, without an account", body, policy.reviewers)
    return Decision(SubmissionStatus.RECEIVED, (opened,), "An offline branch has no pull request yet.")


def nothing(because: str, status: str = "") -> Decision:
    return Decision(status, (), f"Nothing, because {because}.")


def _not_ours(context: Context) -> Decision | None:
    if isinstance(context.situation.outcome, NotOurs) and not context.situation.header.status:
        return nothing("this is no form of ours, and no file of an entry")
    return None


def _merged(context: Context) -> Decision | None:
    situation = context.situation
    if situation.pull is None or not situation.pull.is_merged:
        return None
    if not context.address:
        return nothing("it was merged by a person, without the bot", SubmissionStatus.PUBLISHED)
    if situation.is_retracted:
        return ended(context, SubmissionStatus.RETRACTED, context.say("retracted"), "The entry is retracted.")
    if situation.tombstone and context.last("retract"):
        return _retraction(context)
    return _published(context)


def _published(context: Context) -> Decision:
    """Say no more of what a person merged than is true of main."""
    problems = context.situation.on_main
    if problems is None:
        return nothing("main was read before it was merged, and the next run tells of it")
    if problems:
        words = context.say("merged-not-shown", problems=problems)
        return waiting(context, SubmissionStatus.APPROVED, words, "It is merged, but main does not pass its check.")
    return ended(context, SubmissionStatus.PUBLISHED, context.say("published"), "Its pull request is merged.")


def _stopped(context: Context) -> Decision | None:
    """Stop where main holds something else than what was approved, until a person has closed the thread."""
    situation, pull = context.situation, context.situation.pull
    found = pull.merged_files if pull is not None else None
    is_wrong = found is not None and bool(context.address) and not _is_as_offered(context, found)
    if situation.header.status != SubmissionStatus.STOPPED and not is_wrong:
        return None
    if situation.thread.state == "closed" and not is_wrong:
        return nothing("a person has seen to it")
    return _stop(context, [file.path for file in found] if found is not None else None)


def _stop(context: Context, found: Sequence[str] | None) -> Decision:
    """Shout, where that was not done before; `found` are the files that were changed on main."""
    situation = context.situation
    reason = "STOP: what was merged is not what was approved. A maintainer must look at main."
    if found is None or situation.pull is None:
        return Decision(SubmissionStatus.STOPPED, (), f"{reason} See docs/runbook.md.")
    words = context.say("stopped", found=found, is_mixture=list(found) == [context.path])
    decision = waiting(context, SubmissionStatus.STOPPED, words, reason)
    aside = () if situation.by_form else (OpenStop(situation.pull.number, words),)
    return replace(decision, actions=(*aside, *decision.actions))


def _is_as_offered(context: Context, found: Iterable[ChangedFile]) -> bool:
    """Whether the commit on main did to it what the head of its pull request does, and that is one file."""
    at_head = context.situation.pull.files if context.situation.pull else None
    offered, on_main = ([(file.path, file.blob) for file in files] for files in (at_head or (), found))
    return on_main == offered and [path for path, _ in on_main] == [context.path]


def _retraction(context: Context) -> Decision:
    situation, wanted = context.situation, f"retract:{context.path}"
    words, reason = context.say("retraction-waits"), "A maintainer asked to retract it."
    decision = ended(context, SubmissionStatus.PUBLISHED, words, reason, wanted)
    if situation.header.verdict == wanted:
        return decision
    branch = f"{OFFLINE}retract-{situation.thread.number}"
    written = WriteBranch(branch, context.path, situation.tombstone, "Take away an entry")
    return replace(decision, actions=(written, *decision.actions))


def _form_gone(context: Context) -> Decision | None:
    if not isinstance(context.situation.outcome, FormGone):
        return None
    return ended(context, SubmissionStatus.WITHDRAWN, context.say("form-gone"), "Its form was deleted or moved away.")


def _for_people(context: Context) -> Decision | None:
    outcome = context.situation.outcome
    if not isinstance(outcome, OnlyForPeople):
        return None
    if context.situation.thread.state == "closed":
        return nothing("a person has closed this request")
    reason = "A request for a person, who answers it."
    return waiting(context, SubmissionStatus.RECEIVED, context.say(outcome.form), reason, extra=(FOR_A_PERSON,))


def _taken_back(context: Context) -> Decision | None:
    command = context.last("withdraw", "recheck")
    if command is None or command.word == "recheck":
        return None
    return ended(context, SubmissionStatus.WITHDRAWN, context.say("withdrawn"), "Its contributor took it back.")


def _declined(context: Context) -> Decision | None:
    command = context.last("decline", "duplicate", "resume")
    if command is None or command.word == "resume":
        return None
    message, reason = "duplicate", "A maintainer called it a duplicate."
    if command.word == "decline":
        is_spam = command.rest.rstrip(".!").casefold() == "spam"
        message, reason = "declined-spam" if is_spam else "declined", "A maintainer declined it."
    return ended(context, SubmissionStatus.DECLINED, context.say(message, given=command.rest), reason)


def _closed(context: Context) -> Decision | None:
    situation = context.situation
    if situation.thread.state == "open" or context.asked_since("recheck", "resume"):
        return None
    if not situation.header.status:
        return nothing("it was closed before the bot had spoken")
    if situation.header.status == SubmissionStatus.EXPIRED or context.is_expired:
        return _expired(context)
    return ended(context, SubmissionStatus.WITHDRAWN, context.say("closed"), "It was closed on GitHub.")


def _too_many(context: Context) -> Decision | None:
    situation, reason = context.situation, "Its contributor has as many forms open as allowed."
    if situation.pull is not None or situation.older_open < context.policy.open_per_account:
        return None
    return waiting(context, SubmissionStatus.RECEIVED, context.say("too-many"), reason)


def _held(context: Context) -> Decision | None:
    situation, command = context.situation, context.last("hold", "resume")
    if command is not None and command.word == "hold":
        words, verdict = context.say("held", given=command.rest), ("failure", "Held by a maintainer")
        return waiting(context, SubmissionStatus.HELD, words, "A maintainer holds it.", verdict)
    is_shut = situation.pull is not None and situation.pull.state == "closed"
    was_open = bool(situation.header.head) or situation.header.status == SubmissionStatus.HELD
    is_known = context.is_expired or context.asked_since("resume")
    if situation.by_form and is_shut and was_open and not is_known:
        words = context.say("held-by-closing")
        return waiting(context, SubmissionStatus.HELD, words, "Somebody closed its pull request.")
    return None


def _needs_fix(context: Context) -> Decision | None:
    outcome = context.situation.outcome
    if not isinstance(outcome, NeedsFix):
        return None
    if context.is_expired:
        return _expired(context)
    count = len(outcome.problems)
    reason = f"Its text needs fixing, in {count} {'place' if count == 1 else 'places'}."
    verdict = ("failure", "Something in the text must change first")
    return waiting(context, SubmissionStatus.NEEDS_FIX, context.say("needs-fix"), reason, verdict)


def _expired(context: Context) -> Decision:
    reason = f"Nothing changed for {context.policy.expire_after_days} days."
    return ended(context, SubmissionStatus.EXPIRED, context.say("expired"), reason)


def _brought(context: Context) -> Decision | None:
    """Write the text to its branch, and open the pull request where there is none."""
    outcome = context.situation.outcome
    if not isinstance(outcome, Ready) or not _is_outdated(context, outcome):
        return None
    situation, pull = context.situation, context.situation.open_pull
    above = pull.head if pull else ""
    actions: list[Action] = [WriteBranch(situation.branch, outcome.path, outcome.text, outcome.pull_title, above)]
    if pull is None:
        body = context.say("pull-request", number=situation.thread.number)
        others = tuple(name for name in context.policy.reviewers if not is_same(name, situation.thread.author))
        actions.append(OpenPullRequest(situation.branch, outcome.pull_title, body, others))
    reason = "Its text, its branch or the entry on main has changed." if above else "Its text is new."
    brought = as_brought(context, outcome, NEW_HEAD)
    decision = waiting(
        brought, brought.review_status, brought.review_words(outcome), reason, brought.verdict, vouched=True
    )
    return replace(decision, actions=(*actions, *decision.actions))


def _main_moved(context: Context) -> Decision | None:
    pull = context.situation.open_pull
    if pull is None or pull.files is None or pull.is_overtaken is not None:
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
        words = context.say("approved")
        missing = "; ".join(point.says for point in context.points if not point.holds)
        reason = f"It is approved, but this does not hold: {missing}"
        return waiting(context, SubmissionStatus.APPROVED, words, reason, context.verdict, vouched=True)
    status = SubmissionStatus.RETRACTED if outcome.is_retraction else SubmissionStatus.PUBLISHED
    words = context.say(str(status), address=outcome.address)
    decision = ended(context, status, words, "A maintainer approved exactly this text.")
    merge = Merge(pull.number, approval.commit, outcome.pull_title, outcome.path, outcome.blob)
    return replace(decision, actions=(merge, *decision.actions))


def _in_review(context: Context) -> Decision | None:
    situation, outcome = context.situation, context.situation.outcome
    if not isinstance(outcome, Ready) or situation.pull is None:
        return None
    if situation.pull.base != MAIN:
        return nothing("it does not go into main")
    if situation.by_form:
        context = as_brought(context, outcome)
    words, reason = context.review_words(outcome), "It waits for a maintainer."
    return waiting(context, context.review_status, words, reason, context.verdict, vouched=True)


def _is_outdated(context: Context, outcome: Ready) -> bool:
    """Whether no open pull request holds exactly the form's text, on top of what main says of that entry.

    Of what came in another way only a removal is brought again: what it leaves is right whatever the entry says now.
    """
    situation, pull = context.situation, context.situation.pull
    is_overtaken = pull is not None and pull.is_overtaken is True
    if not situation.by_form:
        return situation.is_offline and outcome.is_retraction and is_overtaken
    return is_overtaken or situation.open_pull is None or not _holds(context, situation.open_pull, outcome)


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


Step = Callable[[Context], Decision | None]
STEPS: tuple[Step, ...] = (
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
