"""Look at submissions, decide, act. A trigger only says "look again"; what is done follows from what is true now."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from traceback import extract_tb
from typing import Any

from mutualaid.adapters.git import Head, head_of
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.read import GitHubReader, login
from mutualaid.adapters.github.write import BadMerge, GitHubWriter
from mutualaid.adapters.yaml import read_yaml
from mutualaid.core.entries.problem import shortened
from mutualaid.core.entries.submission import Submission
from mutualaid.core.pipeline.actions import Decision, Merge, OpenPullRequest, SetIssue, WriteBranch
from mutualaid.core.pipeline.decide import decide, held_up, offline_branch, stopped, unfinished
from mutualaid.core.pipeline.situation import BRANCH_OF_FORM, OFFLINE, Ready, Situation, bot_comment_of
from mutualaid.core.pipeline.status import SubmissionStatus
from mutualaid.errors import WorldError
from mutualaid.flows.gather import SituationReader, Survey, bad_merges, stopped_in, survey
from mutualaid.flows.load_checkout import Checkout, load_checkout

RESERVE = 19
"""Requests that one submission may need; with fewer left, a run stops before it."""
SWEEP_SECONDS = 1800
FRESH = dt.timedelta(minutes=65)
"""A sweep publishes what came on main so lately: the run that merged it may have died, and one sweep may come late."""
MOVED = 409
AWAY, FORBIDDEN = (0, 401, 429), 403
"""With these a run stops: GitHub is away, or (where trying again helps) wants a rest."""
HELD_BACK = (
    "There's a bad merge on main, see #{number}, so nothing is merged. Revert it and close #{number}; the next sweep "
    "merges this. See “When the bot stops” in docs/runbook.md."
)


Trial = Callable[[str, str], str]
"""Takes a file's path and text, and returns why main can't be built with it; '' where it can."""


class NotBuilt(WorldError):
    """What is approved is not merged, because the site could not be built with it: `found` is what the build said."""

    def __init__(self, found: str) -> None:
        super().__init__(f"The site can't be built with it, so it isn't merged: {found}", helps=False)
        self.found = found


@dataclass(frozen=True, slots=True)
class ReconcileStep:
    """What was decided for one submission, and how it went: `refusal` is '' where nothing went wrong.

    `needs_a_person` says that trying again does not help, so that a maintainer has to act.
    """

    number: int
    decision: Decision
    is_done: bool
    refusal: str = ""
    needs_a_person: bool = False

    @property
    def publishes(self) -> bool:
        """Whether the site has to be built anew: something was merged, or an earlier merge was announced only now."""
        over = (SubmissionStatus.PUBLISHED, SubmissionStatus.RETRACTED)
        acts = any(isinstance(action, Merge | SetIssue) for action in self.decision.actions)
        return self.is_done and acts and self.decision.status in over


@dataclass(slots=True)
class ReconcileRun:
    """One run: what it knows, and what came of it. `left` counts submissions for which no request was left.

    `is_stopped` says that there is a bad merge on main, and `moved_lately` that a sweep found main not yet an hour old.
    """

    checkout: Checkout
    head: Head
    client: Client
    now: dt.datetime
    dry_run: bool = False
    trial: Trial | None = None
    left: int = 0
    must_stop: bool = False
    is_stopped: bool = False
    moved_lately: bool = False
    situations: SituationReader = field(init=False)

    def __post_init__(self) -> None:
        self.situations = SituationReader(GitHubReader(self.client), self.checkout, self.head.commit, self.now)

    def keep(self, outcome: Ready, head: Head) -> None:
        """Count an entry that was just merged among main's, and begin from there, for the rest of the run."""
        document = read_yaml(outcome.text, outcome.path).document
        if document is not None:
            entry = Submission(self.checkout.rulebooks[outcome.kind].kind, document)
            self.checkout = replace(self.checkout, entries={**self.checkout.entries, outcome.path: entry})
            self.head = head
            self.situations = replace(self.situations, checkout=self.checkout, main=head.commit)

    def publishes(self, steps: Iterable[ReconcileStep]) -> bool:
        """Whether the site has to be built after these steps; never while a bad merge is on main."""
        return not self.is_stopped and not self.dry_run and (self.moved_lately or any(step.publishes for step in steps))


def reconcile(
    root: Path,
    client: Client,
    now: dt.datetime,
    event: Mapping[str, Any] | None = None,
    *,
    dry_run: bool = False,
    trial: Trial | None = None,
) -> tuple[ReconcileRun, Iterator[ReconcileStep]]:
    """Return the run and its steps; each step is done when it comes out.

    All that must be trusted is read from `root`, the checkout of main. `event` is what GitHub gave a workflow, and says
    no more than where to look; all else is left alone then. A `dry_run` decides and does nothing; `trial` is made of
    what is about to be merged. Raises BrokenCheckout where main itself is wrong, and WorldError where GitHub refused
    what a run begins with.
    """
    run, number = ReconcileRun(load_checkout(root), head_of(root), client, now, dry_run, trial), number_in(event or {})
    return run, _settle(run, number) if number else _all(run)


def number_in(event: Mapping[str, Any]) -> int:
    """Return the number of what an event is about, or of the pull request that a dispatch hands on; 0 for a timer."""
    for part in ("issue", "pull_request"):
        number = (event.get(part) or {}).get("number")
        if isinstance(number, int):
            return number
    said = str((event.get("inputs") or {}).get("pull_request") or "")
    return int(said) if said.isascii() and said.isdecimal() else 0


def _all(run: ReconcileRun) -> Iterator[ReconcileStep]:
    seen = survey(run.situations.reader, run.now, run.checkout.policy.bot)
    run.situations = replace(run.situations, seen=seen)
    run.moved_lately = run.now - run.head.at < FRESH
    first = stopped_in(seen, run.checkout.policy.bot)
    queue: list[int | str] = [
        *first,
        *seen.branches,
        *(number for number in _in_turn(run, seen) if number not in first),
    ]
    policy, client = run.checkout.policy, run.client
    for place, one in enumerate(queue):
        is_spent = client.requests + RESERVE > policy.requests_a_run or client.notices + 3 > policy.notices_a_run
        if run.must_stop or is_spent:
            run.left = len(queue) - place
            return
        yield from _settle(run, one)


def _look(run: ReconcileRun, place: int | str) -> tuple[Situation | None, Decision] | None:
    """Return what is true at a number, or of an offline branch, and what to do; None where nothing is there."""
    if isinstance(place, str):
        had = run.situations.seen.pull_of(place) or run.situations.reader.pulls_of(place)
        return None if had else (None, offline_branch(place, run.checkout.policy))
    situation = run.situations.at_number(place)
    return (situation, decide(situation, run.checkout.policy, run.now)) if situation else None


def _in_turn(run: ReconcileRun, seen: Survey) -> list[int]:
    """Return the numbers to look at: who has had no answer first, then the others from where the last sweep stopped."""
    own = {}
    for number, pull in seen.pulls.items():
        match = BRANCH_OF_FORM.fullmatch(pull.branch)
        own[number] = int(match[1]) if match and not pull.from_fork else number
    comments, bot = seen.comments, run.checkout.policy.bot
    # The thread of a closed pull request of the bot's own is looked at by its form's number.
    closed = (number for number, row in seen.rows.items() if "pull_request" in row and row["state"] == "closed")
    ended = {number for number in closed if number not in own and login(seen.rows[number]) == bot}
    rows = sorted({own.get(number, number) for number in (*seen.rows, *own, *seen.asked)} - ended)
    waiting = [number for number in rows if number in seen.rows and not bot_comment_of(comments.get(number, ()), bot)]
    new = [number for number in waiting if seen.rows[number]["state"] == "open"]
    rest = [number for number in rows if number not in set(new)]
    if not rest:
        return new
    stride = max(1, int((run.checkout.policy.requests_a_run - run.client.requests - RESERVE) / 1.1))
    start = int(run.now.timestamp() // SWEEP_SECONDS) * stride % len(rest)
    return [*new, *rest[start:], *rest[:start]]


def _settle(run: ReconcileRun, place: int | str, tries: int = 2) -> Iterator[ReconcileStep]:
    """Look, decide and act; look again where somebody moved in between."""
    situation, decision, moved = None, Decision("", (), "It could not be looked at."), False
    number = place if isinstance(place, int) else 0
    try:
        seen = _look(run, place)
        if seen is None:
            return
        situation, decision = seen
        number = situation.thread.number if situation else number
        if not run.dry_run:
            _perform(run, situation, decision)
    except Exception as caught:  # noqa: BLE001 - whatever one submission brings to light, it keeps no other waiting
        error = caught if isinstance(caught, WorldError) else _fault(caught)
        moved = error.status == MOVED and tries > 1
        if situation is not None and not moved:
            _tell_refusal(run, situation, decision, error)
        run.is_stopped = run.is_stopped or isinstance(error, BadMerge)
        run.must_stop = error.status in AWAY or (error.status == FORBIDDEN and error.helps)
        refusal = ("", False) if moved else (str(error), not error.helps)
        step = ReconcileStep(number, decision, False, *refusal)
    else:
        is_stop = decision.status == SubmissionStatus.STOPPED
        run.must_stop, run.is_stopped = run.must_stop or is_stop, run.is_stopped or is_stop
        step = ReconcileStep(
            number, decision, not run.dry_run, decision.reason if is_stop else "", needs_a_person=is_stop
        )
    yield step
    if moved:
        yield from _settle(run, place, tries - 1)
    elif not run.dry_run and not run.must_stop:
        yield from _next(run, decision, situation)


def _fault(caught: Exception) -> WorldError:
    place = extract_tb(caught.__traceback__)[-1]
    said = shortened(" ".join(f"{type(caught).__name__}: {caught}".split()), 200)
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return WorldError(f"The bot itself failed on this one ({said}; {where}).", 500, helps=False)


def _next(run: ReconcileRun, decision: Decision, situation: Situation | None) -> Iterator[ReconcileStep]:
    """Go on with an offline branch: from the branch to its pull request, from that to its answer or its form."""
    branch = situation.pull.branch if situation and situation.pull else ""
    form = branch.removeprefix(f"{OFFLINE}retract-")
    for action in decision.actions:
        match action:
            case Merge() if form != branch and form.isdecimal():
                yield from _settle(run, int(form))
            case WriteBranch(branch=branch) if branch.startswith(OFFLINE):
                yield from _settle(run, branch)
            case OpenPullRequest(branch=branch) if branch.startswith(OFFLINE):
                for pull in run.situations.reader.pulls_of(branch)[:1]:
                    yield from _settle(run, pull.number)


def _hold_back(run: ReconcileRun) -> None:
    """Raise WorldError where a bad merge is on main, before something is merged.

    The label finds such a thread in one request, and the bot's own comment there has to say it too.
    """
    for number in bad_merges(run.situations.reader, run.checkout.policy.bot, SubmissionStatus.STOPPED.label):
        run.is_stopped = True
        raise WorldError(HELD_BACK.format(number=number), helps=True)


def _perform(run: ReconcileRun, situation: Situation | None, decision: Decision) -> None:
    """Act. Raises NotBuilt where main can't be built with what would be merged."""
    outcome, writer = situation.outcome if situation else None, GitHubWriter(run.client, run.head)
    for action in decision.actions:
        if isinstance(action, Merge):
            _hold_back(run)
            if run.trial and isinstance(outcome, Ready) and (found := run.trial(action.path, outcome.text)):
                raise NotBuilt(found)
        writer.perform(action)
        if isinstance(action, Merge) and isinstance(outcome, Ready):
            run.keep(outcome, writer.main)


def _tell_refusal(run: ReconcileRun, situation: Situation, decision: Decision, error: WorldError) -> None:
    """Say on the issue, too, what trying again does not help; where even that fails, the log has both."""
    seen = situation, run.checkout.policy, run.now
    if isinstance(error, BadMerge):
        said = stopped(*seen, error.found)
    elif isinstance(error, NotBuilt):
        said = held_up(*seen, "not-built", said=error.found)
    elif error.status in (405, MOVED) and any(isinstance(action, Merge) for action in decision.actions):
        said = held_up(*seen, "not-merged", status=error.status)
    elif error.helps:
        return
    else:
        said = unfinished(*seen)
    with suppress(WorldError):
        _perform(run, situation, said)
