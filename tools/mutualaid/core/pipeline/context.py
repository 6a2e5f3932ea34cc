"""A situation with what every step of a decision asks of it, and the shapes that most decisions have."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import Any

from mutualaid.core.pipeline import actions as do
from mutualaid.core.pipeline.actions import Action, Decision, Reply, SetIssue, SetStatus
from mutualaid.core.pipeline.bot_comment import MOMENT, Header, words_of
from mutualaid.core.pipeline.commands import PREVIEW, TOO_LATE, Command, commands, ignored_command
from mutualaid.core.pipeline.merge_rule import MAIN, ChecklistItem, checklist
from mutualaid.core.pipeline.policy import Policy, is_same
from mutualaid.core.pipeline.replies import reply
from mutualaid.core.pipeline.situation import (
    BRANCH_OF_FORM,
    ChangedFile,
    FormGone,
    NeedsFix,
    OnlyForPeople,
    PullRequest,
    Ready,
    Situation,
    path_known,
)
from mutualaid.core.pipeline.status import FOR_A_PERSON, KIND_PREFIX, OVER, SubmissionStatus, is_ours

Verdict = tuple[str, str]
PASSED: Verdict = ("success", "Every check passed; a maintainer reads it")
CLASHES: Verdict = ("failure", "Do not merge: another entry has its title or its address")


@dataclass(frozen=True, slots=True)
class Context:
    """`said` are the commands that count, `points` the merge rule's."""

    situation: Situation
    policy: Policy
    now: dt.datetime
    said: tuple[Command, ...]
    points: tuple[ChecklistItem, ...]

    def last(self, *words: str) -> Command | None:
        return next((command for command in reversed(self.said) if command.word in words), None)

    def asked_since(self, *words: str) -> bool:
        command, own_comment = self.last(*words), self.situation.bot_comment
        return command is not None and own_comment is not None and command.at > own_comment.updated_at

    @property
    def is_expired(self) -> bool:
        """Whether something needs fixing and neither the contributor nor the list of problems has moved for long."""
        thread, own_comment = self.situation.thread, self.situation.bot_comment
        is_wrong = isinstance(self.situation.outcome, NeedsFix)
        if own_comment is None or not is_wrong or self.situation.header.status != SubmissionStatus.NEEDS_FIX:
            return False
        own = (comment.created_at for comment in thread.comments if is_same(comment.author, thread.author))
        touched = max((thread.created_at, own_comment.updated_at, *own))
        return (self.now - touched).days >= self.policy.expire_after_days

    @property
    def path(self) -> str:
        """The entry's file: as its text says while that may change, and else as the bot knows it."""
        situation, outcome = self.situation, self.situation.outcome
        known = path_known(situation.header, situation.pull, self.policy)
        return known or (outcome.path if isinstance(outcome, Ready) else "")

    @property
    def address(self) -> str:
        """The entry's address on the site; '' where no file is known."""
        place = self.policy.entry_at(self.path)
        return f"/{place[0]}/{place[1]}/" if place else ""

    @property
    def review_status(self) -> SubmissionStatus:
        """The status of a text that passed every check, before anybody approves."""
        outcome = self.situation.outcome
        is_alike = isinstance(outcome, Ready) and (outcome.warnings or outcome.clashes or self.situation.alike)
        return SubmissionStatus.MAYBE_DUPLICATE if is_alike else SubmissionStatus.IN_REVIEW

    @property
    def verdict(self) -> Verdict:
        """What its commit says to a person who is about to press Merge, once its text has passed every check."""
        outcome = self.situation.outcome
        return CLASHES if isinstance(outcome, Ready) and outcome.clashes else PASSED

    def say(self, name: str, **facts: Any) -> str:
        return reply(name, self.situation, self.points, **{"policy": self.policy, "address": self.address, **facts})

    def review_words(self, outcome: Ready) -> str:
        if self.review_status is SubmissionStatus.MAYBE_DUPLICATE:
            return self.say("maybe-duplicate")
        return self.say("in-review-retraction" if outcome.is_retraction else "in-review")


def context_of(situation: Situation, policy: Policy, now: dt.datetime) -> Context:
    return Context(situation, policy, now, commands(situation, policy), checklist(situation, policy))


def ended(context: Context, status: SubmissionStatus, words: str, reason: str, verdict: str = "") -> Decision:
    """Return the decision that nothing more happens: no pull request open, closed with its label, and said."""
    situation, pull = context.situation, context.situation.open_pull
    actions: list[Action] = []
    if pull is not None and not pull.is_merged and status is not SubmissionStatus.PUBLISHED:
        is_own = (situation.by_form or situation.is_offline) and not pull.from_fork
        actions.append(do.ClosePullRequest(pull.number, pull.branch if is_own else ""))
    state = "completed" if status in (SubmissionStatus.PUBLISHED, SubmissionStatus.RETRACTED) else "not_planned"
    since = situation.header.since if situation.header.status == status else ""
    header = Header(str(status), path=context.path, verdict=verdict, since=since or f"{context.now:{MOMENT}}")
    actions += comment_and_label(context, header, words, state)
    return Decision(status, tuple(actions), reason)


def waiting(
    context: Context,
    status: SubmissionStatus,
    words: str,
    reason: str,
    verdict: Verdict | None = None,
    extra: tuple[str, ...] = (),
    *,
    vouched: bool = False,
) -> Decision:
    """Return the decision that it stays open and somebody does something next.

    `vouched` says that the head was seen to hold the text; otherwise the header claims no more than it did.
    """
    situation, outcome = context.situation, context.situation.outcome
    head = situation.open_pull.head if situation.open_pull else ""
    actions: list[Action] = []
    if head and verdict:
        actions.append(SetStatus(head, *verdict))
    known = situation.header if head == situation.header.head else Header()
    path, blob, base = context.path, known.blob, known.base
    if isinstance(outcome, Ready) and vouched:
        path, blob, base = outcome.path, outcome.blob, outcome.base
    now = f"{context.now:{MOMENT}}" if vouched else ""
    given, since = (verdict_hash(verdict), known.since or now) if head else ("", "")
    first = situation.header.first or (outcome.form if isinstance(outcome, OnlyForPeople) else blob)
    header = Header(str(status), head, path, blob, given, base, since, first)
    actions += comment_and_label(context, header, words, extra=extra)
    return Decision(status, tuple(actions), reason)


def comment_and_label(
    context: Context, header: Header, words: str, state: str = "open", extra: tuple[str, ...] = ()
) -> tuple[SetIssue, Reply]:
    """Return the last two actions: labels and state, and the comment, with a word on a command that changed nothing."""
    situation, thread, kind = context.situation, context.situation.thread, _kind(context)
    page = "" if header.status in OVER else situation.header.page
    header = replace(header, page=page, asked=situation.header.asked)
    note, facts = ignored_command(situation, context.policy, header)
    words = f"{context.say(note, **facts)}\n{words}" if note else words
    extra = (*extra, FOR_A_PERSON) if note == TOO_LATE else extra
    others = (label for label in thread.labels if not is_ours(label))
    ours = (*((f"{KIND_PREFIX}{kind}",) if kind else ()), SubmissionStatus(header.status).label, *extra)
    return (
        SetIssue(thread.number, (*others, *ours), "" if thread.is_pull else state),
        Reply(thread.number, situation.bot_comment.id if situation.bot_comment else 0, header, words),
    )


def verdict_hash(verdict: Verdict | None) -> str:
    """Return a short name of a verdict, to tell without asking whether the head has it."""
    return hashlib.sha256("\n".join(verdict).encode()).hexdigest()[:12] if verdict else ""


def only_what_differs(decision: Decision, situation: Situation) -> Decision:
    kept = tuple(action for action in decision.actions if not _is_so(action, situation))
    if kept or not decision.actions or decision.status == SubmissionStatus.STOPPED:
        return replace(decision, actions=kept)
    return replace(decision, actions=(), reason=f"Nothing to do: {decision.reason[0].lower()}{decision.reason[1:]}")


def _is_so(action: Action, situation: Situation) -> bool:
    thread, own_comment, header = situation.thread, situation.bot_comment, situation.header
    match action:
        case Reply() if own_comment is not None:
            return header == action.header and words_of(own_comment.body) == action.words
        case SetIssue():
            is_state = action.state == "" or (action.state == "open") == (thread.state == "open")
            return set(thread.labels) == set(action.labels) and is_state
        case SetStatus():
            return header.head == action.head and header.verdict == verdict_hash((action.state, action.description))
    return False


def _kind(context: Context) -> str:
    match context.situation.outcome:
        case Ready(kind=kind) | NeedsFix(kind=kind) if kind:
            return kind
        case OnlyForPeople(form=form):
            return form
    labels = context.situation.thread.labels
    labelled = (label.removeprefix(KIND_PREFIX) for label in labels if label.startswith(KIND_PREFIX))
    place = context.policy.entry_at(context.path)
    return place[0] if place else next(labelled, "")


def as_brought(context: Context, outcome: Ready, head: str = "") -> Context:
    """Return how all will be once the branch holds the text, at `head` if that is new: what is said now holds then."""
    situation = context.situation
    pull = situation.open_pull or PullRequest(0, situation.bot, "", "open", False, MAIN, "", "", False)
    files = (ChangedFile(outcome.path, "added", outcome.blob),)
    pull = replace(pull, head=head or pull.head, files=files, counted_files=1, is_overtaken=False)
    return context_of(replace(situation, pull=pull), context.policy, context.now)


def with_preview(decision: Decision, context: Context) -> Decision:
    """Return a decision together with what becomes of a preview; one that says nothing stays as it is.

    A preview is of one text. It goes when that text changes, and when the submission is over. Where the check for
    details finds something, none is made: it would be one more copy that others can take.
    """
    situation, had = context.situation, context.situation.header
    answer = next((action for action in decision.actions if isinstance(action, Reply)), None)
    if answer is None:
        return decision
    header, words, more = answer.header, answer.words, list[Action]()
    why_not = _why_not(context, header)
    if had.page and (why_not or had.blob != header.blob):
        header = replace(header, page="")
        more.append(do.DeletePreview(situation.thread.number))
    asked = context.last(PREVIEW)
    if asked and situation.host.run and f"{asked.at:{MOMENT}}" > header.asked:
        if not why_not:
            header = replace(header, page=situation.host.run, asked=f"{asked.at:{MOMENT}}")
            more.append(do.MakePreview(situation.thread.number, header.path, header.blob))
        elif header.status not in OVER or f"{asked.at:{MOMENT}}" > header.since:
            words = context.say("no-preview", why=why_not) + f"\n{words}"
    if header.page:
        run = f"https://github.com/{situation.host.repository}/actions/runs/{header.page}#artifacts"
        words = context.say("preview", page=f"[The page as it would be]({run})") + f"\n{words}"
    branch = BRANCH_OF_FORM.fullmatch(situation.pull.branch) if situation.pull else None
    if isinstance(situation.outcome, FormGone) and branch and not had.status:  # what its comment said went with it
        more.append(do.DeletePreview(int(branch[1])))
    told = [replace(answer, header=header, words=words) if one is answer else one for one in decision.actions]
    return replace(decision, actions=(*told, *more))


def _why_not(context: Context, header: Header) -> str:
    """Return why no page may be made of what the branch holds now; '' where one may."""
    outcome = context.situation.outcome
    if not isinstance(outcome, Ready) or outcome.clashes or outcome.is_retraction:
        return "nothing"
    return "findings" if outcome.findings else "" if header.head and header.blob == outcome.blob else "nothing"
