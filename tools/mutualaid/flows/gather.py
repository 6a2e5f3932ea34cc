"""Reads the situation of submissions from GitHub, with as few requests as it takes to decide safely."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from mutualaid.adapters.github.read import GitHubReader, Row
from mutualaid.core.entries.near_duplicates import alike_of
from mutualaid.core.pipeline.bot_comment import Header
from mutualaid.core.pipeline.commands import OF_MAINTAINERS, PREVIEW, asked_in
from mutualaid.core.pipeline.merge_rule import VERDICTS, is_known_head, latest_verdicts
from mutualaid.core.pipeline.policy import is_same
from mutualaid.core.pipeline.situation import (
    BRANCH_OF_FORM,
    Comment,
    FormGone,
    NotOurs,
    OnlyForPeople,
    Outcome,
    PullRequest,
    Ready,
    Situation,
    Thread,
    bot_comment_of,
    header_of,
    path_known,
)
from mutualaid.core.pipeline.status import SubmissionStatus
from mutualaid.flows.load_checkout import Checkout
from mutualaid.flows.read_offer import (
    SubmittedForm,
    changed_since,
    offered_in,
    overtaken,
    problems_on_main,
    take_in_files,
    take_in_form,
    tombstone_of,
)

RECENT = dt.timedelta(hours=2)
WINDOW = dt.timedelta(days=7)
"""So long a word in a comment under something closed is looked for, where its event was lost."""
ANNOUNCED = (SubmissionStatus.PUBLISHED, SubmissionStatus.RETRACTED, SubmissionStatus.STOPPED)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a sweep asked once for all: open threads, open pull requests, comments, offline branches.

    `asked` holds the numbers of closed threads, none of them in `rows`, where somebody's word has had no answer.
    """

    rows: Mapping[int, Row] = field(default_factory=dict)
    pulls: Mapping[int, PullRequest] = field(default_factory=dict)
    comments: Mapping[int, tuple[Comment, ...]] = field(default_factory=dict)
    branches: tuple[str, ...] = ()
    asked: tuple[int, ...] = ()

    def pull_of(self, branch: str) -> PullRequest | None:
        own = (pull for pull in self.pulls.values() if pull.branch == branch and not pull.from_fork)
        return next(own, None)


def survey(reader: GitHubReader, now: dt.datetime, bot: str) -> Survey:
    """Ask for everything that is open, what was closed and touched in the last hours, and words of the last week."""
    seen = _talk(reader, [*reader.open_rows(), *reader.closed_since(now - RECENT)], now - WINDOW)
    pulls, branches = {pull.number: pull for pull in reader.open_pulls()}, tuple(reader.offline_branches())
    return replace(seen, pulls=pulls, branches=branches, asked=_unanswered(seen, now - WINDOW, bot))


def _unanswered(seen: Survey, moment: dt.datetime, bot: str) -> tuple[int, ...]:
    """Return where a word was written since `moment`, and the bot has not touched its own comment after that."""
    found = []
    for number, comments in seen.comments.items():
        own_comment = bot_comment_of(comments, bot)
        since = max(moment, own_comment.updated_at) if own_comment else moment
        if number not in seen.rows and any(comment.at > since for comment in asked_in(comments, bot)):
            found.append(number)
    return tuple(sorted(found))


def bad_merges(reader: GitHubReader, bot: str, label: str = "") -> tuple[int, ...]:
    """Return the open issues and pull requests on which the bot says that it stopped, of all or of those with a label.

    A bad merge means that main holds what nobody approved, so nothing may be published from it. It takes two requests
    for each hundred. Raises WorldError where GitHub refused, so that nobody knows.
    """
    return stopped_in(_talk(reader, reader.open_rows(label)), bot)


def _talk(reader: GitHubReader, rows: list[Row], moment: dt.datetime | None = None) -> Survey:
    began = [dt.datetime.fromisoformat(str(row["created_at"])) for row in rows]
    first = min([*began, *([moment] if moment else [])], default=None)
    comments = reader.comments_since(first) if first else {}
    return Survey({row["number"]: row for row in rows}, comments=comments)


def stopped_in(seen: Survey, bot: str) -> tuple[int, ...]:
    opened = (number for number, row in seen.rows.items() if row["state"] == "open")
    headers = {number: header_of(seen.comments.get(number, ()), bot) for number in opened}
    return tuple(sorted(number for number, one in headers.items() if one.status == SubmissionStatus.STOPPED))


@dataclass(frozen=True)
class SituationReader:
    """Looks at one submission at a time, beside the commit `main`.

    `seen` is what a sweep knows already; empty where only one is looked at.
    """

    reader: GitHubReader
    checkout: Checkout
    main: str
    now: dt.datetime
    seen: Survey = field(default_factory=Survey)

    def at_number(self, number: int) -> Situation | None:
        """Return the situation of an issue, or of a pull request; None where nothing is there."""
        pull, row = self.seen.pulls.get(number), self.seen.rows.get(number)
        if pull is None and row is None:
            row = self.reader.row(number)
            if row is None and (pull := self.seen.pull_of(f"submission/{number}")) is None:
                return None
        if pull is None and row is not None and "pull_request" in row:
            pull = self.reader.pull(number)
        if pull is None:
            return self._by_form(row) if row is not None else None
        issue = self._issue_of(pull)
        return self._by_form(issue, pull) if issue is not None else self._by_pull(pull, row)

    def _issue_of(self, pull: PullRequest) -> Row | None:
        match = BRANCH_OF_FORM.fullmatch(pull.branch)
        if match is None or pull.from_fork:
            return None
        row = self.seen.rows.get(int(match[1])) or self.reader.row(int(match[1]))
        return row if row is not None and "pull_request" not in row else None

    def _comments(self, row: Row) -> tuple[Comment, ...] | None:
        return self.seen.comments.get(row["number"], ()) if row["number"] in self.seen.rows else None

    def _by_form(self, row: Row, known: PullRequest | None = None) -> Situation:
        checkout, bot = self.checkout, self.checkout.policy.bot
        thread = self.reader.thread(row, self._comments(row))
        header = header_of(thread.comments, bot)
        is_new = header == Header()
        branch, base = f"submission/{thread.number}", header.base if header.head else None
        outcome = self._outcome(row, thread, header.path, base)
        if isinstance(outcome, NotOurs) and not header.status:
            return self._whole(Situation(outcome, thread, None, branch))
        is_at_hand = known is not None and known.state == "open"
        pull = known if is_at_hand else self._pull_of(branch, header, is_new=is_new)
        path = path_known(header, pull, checkout.policy)
        if pull is not None and pull.state == "open":
            pull = self.reader.with_reviews(pull)
        if path != header.path:
            outcome = self._outcome(row, thread, path, base)
        is_edited = isinstance(outcome, Ready) and header.first not in ("", outcome.blob)
        if is_edited or (pull is not None and any(review.state == "APPROVED" for review in pull.reviews)):
            thread = replace(thread, editors=self.reader.editors(thread.number))
        thread = replace(thread, comments=self._with_previews(thread.comments, known or pull))
        situation = self._whole(Situation(outcome, thread, pull, branch, bot=bot))
        return self._looked_closely(situation)

    def _with_previews(self, comments: tuple[Comment, ...], pull: PullRequest | None) -> tuple[Comment, ...]:
        """Return comments on a form with those on its pull request that do no more than ask for a preview."""
        also = self.seen.comments.get(pull.number, ()) if pull is not None else ()
        if pull is not None and pull.counted_comments and not self.seen.rows:
            also = self.reader.comments(pull.number)
        bot = self.checkout.policy.bot
        more = (one for one in also if {command.word for command in asked_in([one], bot)} == {PREVIEW})
        return tuple(sorted((*comments, *more), key=lambda comment: comment.created_at))

    def _outcome(self, row: Row, thread: Thread, path: str, base: str | None) -> Outcome:
        said = asked_in(thread.comments, self.checkout.policy.bot)
        own = (command for command in said if command.author == thread.author)
        no_credit = any(command.word == "no-credit" and not command.typed for command in own)
        offer = SubmittedForm(row["body"] or "", thread.number, thread.created_at, path, no_credit, base)
        return take_in_form(self.checkout, offer, self.now.date())

    def _pull_of(self, branch: str, header: Header, *, is_new: bool) -> PullRequest | None:
        open_one = self.seen.pull_of(branch)
        if open_one or (not header.path and not is_new):
            return open_one
        had = self.reader.pulls_of(branch)
        return next((pull for pull in had if pull.state == "open"), had[0] if had else None)

    def _looked_closely(self, situation: Situation) -> Situation:
        """Read the files at the head where the bot cannot vouch for it, or somebody has approved it."""
        pull, outcome = situation.open_pull, situation.outcome
        if pull is None or not isinstance(outcome, Ready):
            return situation
        is_known = is_known_head(situation, pull, outcome)
        if is_known and not any(review.state == "APPROVED" for review in pull.reviews):
            return situation
        return replace(situation, pull=self.reader.with_files(pull, self.main))

    def _by_pull(self, pull: PullRequest, row: Row | None) -> Situation | None:
        row = row or self.reader.row(pull.number)
        if row is None:
            return None
        outcome: Outcome = NotOurs()
        is_of_a_form = BRANCH_OF_FORM.fullmatch(pull.branch) is not None and not pull.from_fork
        is_own = is_same(pull.author, self.checkout.policy.bot)
        if is_of_a_form and is_own and not pull.is_merged:  # and `_issue_of` has found no form for it
            outcome = FormGone()
        elif pull.state == "open":
            pull = self.reader.with_files(pull, self.main)
            files = pull.files or ()
            outcome = take_in_files(self.checkout, files, self.reader.blob, self.now.date())
            is_removal = isinstance(outcome, Ready) and outcome.is_retraction
            if pull.is_overtaken and not (is_removal and is_own):
                outcome = overtaken(outcome, files)
        if isinstance(outcome, NotOurs) and not row["comments"]:
            return Situation(outcome, self.reader.thread(row, ()), pull, pull.branch)
        if pull.state == "open":
            pull = self.reader.with_reviews(pull)
        thread = self.reader.thread(row, self._comments(row))
        return self._whole(Situation(outcome, thread, pull, pull.branch))

    def _whole(self, situation: Situation) -> Situation:
        """Add what does not come from the thread itself: permissions, the host, what main says of its entry."""
        host = replace(self.checkout.host, repository=self.reader.repository, run=self.reader.run)
        situation, pull = replace(situation, host=host, bot=self.checkout.policy.bot), situation.pull
        if pull is not None and pull.is_merged and situation.header.status not in ANNOUNCED:
            situation = replace(situation, pull=self.reader.with_merged_files(pull))
        path = path_known(situation.header, situation.pull, self.checkout.policy)
        tombstone, is_retracted = tombstone_of(self.checkout, path, f"{self.now:%Y-%m}")
        asked = {login.casefold(): self.reader.permission(login) for login in _whose_rights_count(situation)}
        situation = replace(situation, permissions=asked)
        return replace(
            situation,
            **self._since_approval(situation),
            tombstone=tombstone,
            is_retracted=is_retracted,
            on_main=self._on_main(situation.pull, path),
            **self._beside(situation),
        )

    def _since_approval(self, situation: Situation) -> dict[str, Any]:
        """Return what was approved last, where that is another text than what is offered now."""
        outcome, pull, header = situation.outcome, situation.open_pull, situation.header
        given = [one for one in latest_verdicts(situation, self.checkout.policy) if one.state == "APPROVED"]
        if pull is None or not given or not isinstance(outcome, Ready):
            return {}
        is_known = not situation.by_form or (header.head, header.blob) == (pull.head, outcome.blob)
        if given[-1].commit == pull.head and is_known:
            return {}
        text = self.reader.text_at(given[-1].commit, outcome.path)
        return {"approved_text": text, "since_approval": changed_since(self.checkout, outcome, text)} if text else {}

    def _on_main(self, pull: PullRequest | None, path: str) -> tuple[str, ...] | None:
        """Return what is wrong on main with a merge that is not announced yet; None where main was read before it."""
        if pull is None or pull.merged_files is None or not path:
            return ()
        is_there = self.reader.holds(self.main, pull.merge_commit)
        return problems_on_main(self.checkout, path, self.now.date()) if is_there else None

    def _beside(self, situation: Situation) -> dict[str, Any]:
        """Return what other open forms say of this one: how many of its contributor came before, which are like it."""
        thread = situation.thread
        if thread.is_pull or isinstance(situation.outcome, NotOurs | OnlyForPeople):
            return {}
        rows = self.seen.rows or {row["number"]: row for row in self.reader.open_rows()}
        older = 0 if situation.pull is not None else sum(self._is_older(row, thread) for row in rows.values())
        alike = self._alike if rows is self.seen.rows else self._alike_among(rows)
        return {"older_open": older, "alike": alike.get(thread.number, ())}

    @cached_property
    def _alike(self) -> Mapping[int, tuple[int, ...]]:
        return self._alike_among(self.seen.rows)

    def _alike_among(self, rows: Mapping[int, Row]) -> Mapping[int, tuple[int, ...]]:
        forms = (row for row in rows.values() if row["state"] == "open" and "pull_request" not in row)
        read = {row["number"]: offered_in(self.checkout, row["body"] or "") for row in forms}
        return alike_of({number: one for number, one in read.items() if one is not None})

    def _is_older(self, row: Row, thread: Thread) -> bool:
        is_theirs = (row.get("user") or {}).get("login") == thread.author and row["state"] == "open"
        if not is_theirs or "pull_request" in row or row["number"] >= thread.number:
            return False
        offer = SubmittedForm(row["body"] or "", row["number"], thread.created_at)
        return not isinstance(take_in_form(self.checkout, offer, self.now.date()), NotOurs)


def _whose_rights_count(situation: Situation) -> Iterator[str]:
    """Yield the logins whose permission matters: who gave a verdict, or a command other than their own."""
    reviews = situation.pull.reviews if situation.pull else ()
    names = [review.author for review in reviews if review.state in VERDICTS]
    author, said = situation.thread.author, asked_in(situation.thread.comments, situation.bot)
    names += [command.author for command in said if command.word in OF_MAINTAINERS or command.author != author]
    yield from dict.fromkeys(names)
