"""Every status in every situation: what is done, why, and that doing it leaves nothing more to do."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lanes import examples
from mutualaid.core.pipeline import actions
from mutualaid.core.pipeline.bot_comment import Header, written
from mutualaid.core.pipeline.context import CLASHES, PASSED, verdict_hash
from mutualaid.core.pipeline.decide import decide, offline_branch, unfinished
from mutualaid.core.pipeline.situation import (
    ChangedFile,
    Comment,
    FormGone,
    Host,
    NotOurs,
    OnlyForPeople,
    Outcome,
    PullRequest,
    Ready,
    Review,
    Situation,
)
from mutualaid.core.pipeline.status import SubmissionStatus
from situations import (
    BOT,
    BROKEN,
    FAR,
    FOUND,
    HEAD,
    NOW,
    OTHER_TEXT,
    POLICY,
    READY,
    by_hand,
    carried_out,
    file,
    form,
    pull,
    review,
    reviewed,
    said,
    settled,
    shut,
    talked,
)

LATER = NOW + dt.timedelta(days=60)
ALIKE = replace(READY, warnings=("It shares 80% of its wording with another.",))
CLASHING = replace(READY, clashes=("Title is already in another.",))


def decided(situation: Situation, now: dt.datetime = NOW) -> actions.Decision:
    return decide(situation, POLICY, now)


def names(decision: actions.Decision) -> list[str]:
    return [type(action).__name__ for action in decision.actions]


def merged(*files: ChangedFile) -> PullRequest:
    return pull(is_merged=True, state="closed", merged_files=files)


def stopped_by_hand() -> Situation:
    told = settled(by_hand())
    assert told.pull
    return replace(told, pull=replace(told.pull, is_merged=True, state="closed", merged_files=(file(blob="9" * 40),)))


def offline(outcome: Ready, *reviews: Review) -> Situation:
    return replace(by_hand(outcome, *reviews, author=BOT, from_fork=False, is_overtaken=True), branch="patch-1")


IN_REVIEW = settled(form())
REMOVAL = replace(READY, is_retraction=True)
ASKED = talked(IN_REVIEW, said("ada", "/preview", 30))
SHOWN = settled(ASKED)
BROUGHT = ["WriteBranch", "OpenPullRequest", "SetStatus", "SetIssue", "Reply"]
TOLD = ["SetIssue", "Reply"]
MERGED, MARKED = ["Merge", *TOLD], ["SetStatus", *TOLD]
REWRITTEN, SHOWN_NOW = ["WriteBranch", "SetStatus", "Reply"], ["Reply", "MakePreview"]
ENDED = ["ClosePullRequest", "SetIssue", "Reply"]

TABLE: list[tuple[str, Situation, str, list[str]]] = [
    ("a new form", form(), "in-review", BROUGHT),
    ("a new form, in review", IN_REVIEW, "in-review", []),
    ("a form to mend", form(BROKEN), "needs-fix", TOLD),
    ("a form to mend, told", settled(form(BROKEN)), "needs-fix", []),
    ("a form mended", replace(settled(form(BROKEN)), outcome=READY), "in-review", BROUGHT),
    ("a form edited", replace(IN_REVIEW, outcome=OTHER_TEXT), "in-review", REWRITTEN),
    ("a form broken by an edit", replace(IN_REVIEW, outcome=BROKEN), "needs-fix", MARKED),
    ("much like another", form(ALIKE), "duplicate?", BROUGHT),
    ("title taken", form(CLASHING), "duplicate?", BROUGHT),
    ("approved", reviewed(IN_REVIEW, review()), "published", MERGED),
    ("approved though alike", reviewed(settled(form(ALIKE)), review(hours=48)), "published", MERGED),
    ("approved before it was told that it is alike", reviewed(settled(form(ALIKE)), review()), "duplicate?", []),
    ("approved, and never told that it is alike", form(ALIKE, pull=pull(review())), "duplicate?", MARKED),
    ("approved, title taken", reviewed(settled(form(CLASHING)), review()), "approved", TOLD),
    ("approved, edited since", reviewed(replace(IN_REVIEW, outcome=OTHER_TEXT), review()), "in-review", REWRITTEN),
    ("approved, then objected to", reviewed(IN_REVIEW, review(), review("mo", "CHANGES_REQUESTED", hours=6)),
     "approved", TOLD),
    ("published", settled(reviewed(IN_REVIEW, review())), "published", []),
    ("merged, not told", replace(IN_REVIEW, pull=pull(is_merged=True, state="closed")), "published", TOLD),
    ("merged, as offered", replace(IN_REVIEW, pull=merged(file())), "published", TOLD),
    ("merged, not what was approved", replace(IN_REVIEW, pull=merged(file("README.md"))), "stopped", TOLD),
    ("merged, and more", replace(IN_REVIEW, pull=merged(file(), file("README.md"))), "stopped", TOLD),
    ("merged, with other bytes", replace(IN_REVIEW, pull=merged(file(blob="9" * 40))), "stopped", TOLD),
    ("by hand, merged with other bytes", stopped_by_hand(), "stopped", ["OpenStop", *TOLD]),
    ("merged, and main is broken", replace(IN_REVIEW, pull=merged(file()), on_main=CLASHING.clashes), "approved", TOLD),
    ("merged after main was read", replace(IN_REVIEW, pull=merged(file()), on_main=None), "", []),
    ("withdrawn", talked(IN_REVIEW, said("sam", "/withdraw")), "withdrawn", ENDED),
    ("withdrawn, approved and resumed",
     talked(reviewed(IN_REVIEW, review()), said("sam", "/withdraw", 30), said("ada", "/resume", 31)),
     "withdrawn", ENDED),
    ("closed", shut(IN_REVIEW), "withdrawn", ENDED),
    ("closed before the bot came", shut(form()), "", []),
    ("withdrawn and back", talked(settled(talked(IN_REVIEW, said("sam", "/withdraw"))), said("sam", "/recheck", 60)),
     "in-review", BROUGHT),
    ("declined", talked(IN_REVIEW, said("ada", "/decline No place for this.")), "declined", ENDED),
    ("declined as spam", talked(form(BROKEN), said("ada", "/decline spam")), "declined", TOLD),
    ("declined and taken up", talked(settled(talked(IN_REVIEW, said("ada", "/decline"))), said("mo", "/resume", 60)),
     "in-review", BROUGHT),
    ("a duplicate", talked(IN_REVIEW, said("mo", "/duplicate #7")), "declined", ENDED),
    ("approved, and the entry has changed on main", replace(IN_REVIEW, pull=pull(review(), is_overtaken=True)),
     "in-review", REWRITTEN),
    ("approved while main moves", replace(IN_REVIEW, pull=pull(review(), is_overtaken=None)), "", []),
    ("a removal, and the entry has changed on main", offline(REMOVAL, review()), "in-review", ["WriteBranch", *MARKED]),
    ("held", talked(IN_REVIEW, said("mo", "/hold Ask a lawyer.")), "held", MARKED),
    ("held and approved", reviewed(talked(IN_REVIEW, said("mo", "/hold")), review()), "held", MARKED),
    ("held and resumed", talked(settled(talked(IN_REVIEW, said("mo", "/hold"))), said("ada", "/resume", 60)),
     "in-review", MARKED),
    ("pull request closed", replace(IN_REVIEW, pull=pull(state="closed")), "held", TOLD),
    ("too many", form(older_open=3), "received", TOLD),
    ("a change to a page", form(OnlyForPeople("change-a-page")), "received", TOLD),
    ("a removal", form(OnlyForPeople("take-down")), "received", TOLD),
    ("no form of ours", form(NotOurs()), "", []),
    ("by hand", by_hand(), "in-review", MARKED),
    ("by hand, to mend", by_hand(BROKEN), "needs-fix", MARKED),
    ("by hand, while main moves", by_hand(READY, review(), is_overtaken=None), "", []),
    ("by hand, approved", by_hand(READY, review()), "published", MERGED),
    ("a patch by hand", by_hand(NotOurs()), "", []),
    ("its form is gone", by_hand(FormGone(), review(), author=BOT), "withdrawn", ENDED),
    ("its form is gone, and may have been shown", replace(by_hand(FormGone(), author=BOT), pull=pull()), "withdrawn",
     [*ENDED, "DeletePreview"]),
    ("by hand, closed", by_hand(state="closed"), "", []),
    ("a page is asked for", ASKED, "in-review", SHOWN_NOW),
    ("a page is shown", replace(SHOWN, host=Host(run="78")), "in-review", []),
    ("another page is asked for", talked(SHOWN, said("mo", "/preview", 31)), "in-review", SHOWN_NOW),
    ("a page is asked for while it is held",
     talked(settled(talked(SHOWN, said("mo", "/hold", 31))), said("mo", "/preview", 32)), "held", SHOWN_NOW),
    ("a page is asked for, and no run can make it", replace(ASKED, host=Host()), "in-review", []),
    ("a page of what must not be shown", talked(settled(form(FOUND)), said("ada", "/preview", 30)), "in-review",
     ["Reply"]),
    ("a page of what can be shown by now",
     replace(settled(talked(settled(form(FOUND)), said("ada", "/preview", 30))), outcome=OTHER_TEXT), "in-review",
     [*REWRITTEN, "MakePreview"]),
    ("a page of a removal", talked(settled(form(REMOVAL)), said("ada", "/preview", 30)), "in-review", ["Reply"]),
    ("a page of what clashes", talked(settled(form(CLASHING)), said("ada", "/preview", 30)), "duplicate?", ["Reply"]),
    ("shown, and edited", replace(SHOWN, outcome=OTHER_TEXT), "in-review", [*REWRITTEN, "DeletePreview"]),
    ("shown, and broken by an edit", replace(SHOWN, outcome=BROKEN), "needs-fix", [*MARKED, "DeletePreview"]),
    ("shown, and something is found in it", replace(SHOWN, outcome=FOUND), "in-review", ["Reply", "DeletePreview"]),
    ("shown, and withdrawn", talked(SHOWN, said("sam", "/withdraw", 40)), "withdrawn", [*ENDED, "DeletePreview"]),
    ("shown, and declined", talked(SHOWN, said("ada", "/decline", 40)), "declined", [*ENDED, "DeletePreview"]),
    ("shown, and closed", shut(SHOWN), "withdrawn", [*ENDED, "DeletePreview"]),
    ("shown, and approved", reviewed(SHOWN, review(hours=40)), "published", [*MERGED, "DeletePreview"]),
    ("shown, edited, and back as it was", replace(settled(replace(SHOWN, outcome=OTHER_TEXT)), outcome=READY),
     "in-review", REWRITTEN),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "status", "done"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_is_done(situation: Situation, status: str, done: list[str]) -> None:
    decision = decided(situation)
    assert (decision.status, names(decision)) == (status, done), decision.reason
    assert decision.reason[0].isupper() and decision.reason[-1] == "."
    assert decision.actions or decision.reason.startswith("Nothing")


def test_spam_is_known_however_it_is_typed() -> None:
    """Its sender is told less than one whose entry has no place here."""
    typed = (said("ada", f"/decline {words}") for words in ("spam", "Spam.", "spam folders have a page"))
    shown = [decided(talked(form(BROKEN), one)).actions[-1] for one in typed]
    words = [one.words for one in shown if isinstance(one, actions.Reply)]
    assert words[0] == words[1] != words[2]


def test_every_status_is_in_the_table() -> None:
    """But those that come with time, which have tests of their own."""
    told = {row[2] for row in TABLE}
    assert {status.value for status in SubmissionStatus} - told == {"expired", "retracted"}


def test_a_stop_stays() -> None:
    """Until a person has closed the thread; the comment is never turned into a cheerful one."""
    wrong = merged(file("README.md"), file())
    stopped = settled(replace(IN_REVIEW, pull=wrong))
    for pull_now in (wrong, replace(wrong, merged_files=None)):
        again = decided(replace(stopped, pull=pull_now))
        assert (again.status, again.actions) == ("stopped", ()) and again.reason.startswith("STOP")
    assert stopped.bot_comment and "STOP" in stopped.bot_comment.body
    closed = replace(stopped, thread=replace(stopped.thread, state="closed"), pull=replace(wrong, merged_files=None))
    assert decided(closed).reason == "Nothing, because a person has seen to it."


def test_it_expires_and_comes_back() -> None:
    """After the policy's days, unless its contributor speaks; kept so, and taken up again when it is opened again."""
    waiting = settled(form(BROKEN))
    assert decided(waiting, NOW + dt.timedelta(days=59)).actions == ()
    over = decided(waiting, LATER)
    assert (over.status, names(over)) == ("expired", TOLD)
    for kept in range(3):
        once = settled(carried_out(waiting, over, LATER, only=kept), LATER)
        assert once.header.status == "expired" and once.thread.state == "closed"
    opened = replace(once, thread=replace(once.thread, state="open"))
    assert decided(opened, LATER).status == "needs-fix"
    asked = talked(once, Comment(5, "sam", "/recheck", LATER + dt.timedelta(hours=1), LATER))
    back = settled(asked, LATER + dt.timedelta(hours=2))
    assert back.header.status == "needs-fix" and back.thread.state == "open"
    soon = Comment(5, "sam", "I am on it", NOW + dt.timedelta(days=30), NOW)
    assert decided(talked(waiting, soon), LATER).status == "needs-fix"
    assert decided(talked(waiting, replace(soon, author="eve")), LATER).status == "expired"


def test_a_marker_that_somebody_else_planted() -> None:
    """Only the bot's own comment and labels are its word: others' markers count for nothing, others' labels stay."""
    lie = written(Header("published", HEAD, READY.path, READY.blob), "All fine")
    planted = form(READY, said("eve", lie), said("sam", lie))
    assert planted.bot_comment is None and names(decided(planted)) == BROUGHT
    labels = ("help", "status: published", "kind: groups")
    labelled = replace(form(), thread=replace(form().thread, labels=labels))
    (action,) = [one for one in decided(labelled).actions if isinstance(one, actions.SetIssue)]
    assert action.labels == ("help", "kind: examples", "status: in-review")


@pytest.mark.parametrize("place", range(4))
def test_a_clash_keeps_a_person_from_pressing_merge(place: int) -> None:
    """The commit's status says no, approved or not; it says yes again once the clash is gone."""
    clashing = (form(CLASHING), by_hand(CLASHING), reviewed(settled(form(CLASHING)), review()),
                by_hand(CLASHING, review()))[place]  # fmt: skip
    told = settled(clashing)
    assert told.header.verdict == verdict_hash(CLASHES) and CLASHES[0] == "failure"
    assert told.pull
    free = replace(told, outcome=READY, pull=replace(told.pull, reviews=()))
    assert settled(free).header.verdict == verdict_hash(PASSED)


def test_a_broken_form_that_comes_back_is_not_held() -> None:
    """Its pull request is closed because the bot closed it, and not because somebody wants it to wait."""
    back = talked(settled(talked(IN_REVIEW, said("sam", "/withdraw"))), said("sam", "/recheck", 60))
    broken = settled(replace(back, outcome=BROKEN), NOW + dt.timedelta(days=2))
    assert broken.header.status == "needs-fix"
    assert settled(replace(broken, outcome=READY), NOW + dt.timedelta(days=2)).header.status == "in-review"


def test_the_exact_merge_and_close() -> None:
    """The merge names the approved commit and its one file; closed unmerged, the bot's branch goes and a fork stays."""
    (close, *_) = decided(talked(IN_REVIEW, said("ada", "/decline"))).actions
    assert close == actions.ClosePullRequest(13, "submission/12")
    (close, *_) = decided(talked(by_hand(), said("ada", "/decline"))).actions
    assert close == actions.ClosePullRequest(13, "")
    assert decided(ASKED).actions[-1] == actions.MakePreview(12, READY.path, READY.blob)
    (merge, *_) = decided(reviewed(IN_REVIEW, review())).actions
    assert merge == actions.Merge(13, HEAD, "Add examples/a-shelf", READY.path, READY.blob)


COMMENTS = st.lists(
    st.builds(
        said,
        st.sampled_from(["sam", "ada", "mo", "eve", BOT]),
        st.sampled_from(
            ["/withdraw", "/recheck", "/hold x", "/resume", "/decline x", "/decline spam", "/duplicate #3",
             "/no-credit", "/retract", "/preview", "/withdrw", "/Hold`", "/resumee", "> /decline", "```\n/hold\n```"]
        ),
        st.integers(1, 47),
    ),
    max_size=5,
)  # fmt: skip
OUTCOMES: st.SearchStrategy[Outcome] = st.sampled_from(
    [READY, OTHER_TEXT, ALIKE, CLASHING, BROKEN, OnlyForPeople("take-down"), FormGone(), NotOurs()]
)
REVIEWS: st.SearchStrategy[list[Review]] = st.lists(
    st.builds(
        review,
        st.sampled_from(["ada", "mo", "tri", "sam", "eve"]),
        st.sampled_from(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]),
        st.sampled_from([HEAD, FAR]),
        st.integers(1, 47),
    ),
    max_size=4,
)
BEFORE: list[Callable[[], Situation]] = [
    form,
    lambda: IN_REVIEW,
    lambda: settled(form(BROKEN)),
    lambda: settled(talked(IN_REVIEW, said("sam", "/withdraw", 2))),
    lambda: settled(talked(IN_REVIEW, said("ada", "/decline", 2))),
    lambda: settled(talked(IN_REVIEW, said("ada", "/hold", 2))),
    lambda: settled(settled(form(BROKEN)), LATER),
    lambda: settled(reviewed(IN_REVIEW, review())),
    by_hand,
    lambda: settled(by_hand(BROKEN)),
]


@st.composite
def any_situation(draw: st.DrawFn) -> Situation:
    situation = draw(st.sampled_from(BEFORE))()
    situation = talked(situation, *draw(COMMENTS))
    situation = replace(situation, outcome=draw(OUTCOMES), older_open=draw(st.integers(0, 4)))
    state = draw(st.sampled_from(["open", "closed"]))
    if situation.by_form:
        situation = replace(situation, thread=replace(situation.thread, state=state))  # type: ignore[arg-type]
    if situation.pull is not None and not situation.pull.is_merged:
        situation = reviewed(situation, *draw(REVIEWS))
        if draw(st.booleans()) and situation.by_form and situation.pull:
            situation = replace(situation, pull=replace(situation.pull, state="closed"))
    return situation


@settings(max_examples=examples(1_000, slow=40_000), deadline=None)
@given(any_situation(), st.sampled_from([NOW, LATER]))
def test_doing_it_once_is_doing_it_twice(situation: Situation, now: dt.datetime) -> None:
    """After what was decided is done, there is nothing to do: at once, and half an hour later."""
    after = carried_out(situation, decided(situation, now), now)
    again = decided(after, now)
    assert again.actions == (), (decided(situation, now), again)
    assert decided(after, now + dt.timedelta(minutes=30)).actions == ()


@settings(max_examples=examples(400), deadline=None)
@given(any_situation())
def test_what_could_not_be_finished(situation: Situation) -> None:
    """It is told once, and it goes on from there as it would have, once it can."""
    assume(decided(situation).actions)
    told = carried_out(situation, unfinished(situation, POLICY, NOW))
    assert unfinished(told, POLICY, NOW).actions == ()
    whole, later = settled(situation).header, settled(told).header
    assert (later.status, later.path, later.blob) == (whole.status, whole.path, whole.blob)


@settings(max_examples=examples(400), deadline=None)
@given(any_situation())
def test_nothing_is_merged_unapproved(situation: Situation) -> None:
    """A merge is decided only with an approval of exactly the head, by somebody permitted, with nobody objecting."""
    for action in decided(situation).actions:
        if isinstance(action, actions.Merge):
            assert situation.pull and isinstance(situation.outcome, Ready)
            given = [one for one in situation.pull.reviews if one.state == "APPROVED"]
            assert {one.author for one in given if one.commit == action.head} & {"ada", "mo"}
            assert action.head == situation.pull.head and not situation.outcome.clashes
        if isinstance(action, actions.OpenPullRequest):
            assert situation.by_form


def test_the_title_of_a_removal_names_nothing() -> None:
    """Titles stay in the history of main and in everybody's mail, where the entry must not be found by its name."""
    there = replace(settled(reviewed(IN_REVIEW, review())), tombstone="slug: a-shelf\nretracted: 2026-09\n")
    steps = [decided(talked(there, said("mo", "/retract", 70))), decided(by_hand(REMOVAL, review()))]
    steps += [decided(offline(REMOVAL)), offline_branch("submission/offline-a-shelf", POLICY)]
    told = [one.message if isinstance(one, actions.WriteBranch) else one.title for step in steps for one in step.actions
            if isinstance(one, actions.WriteBranch | actions.Merge | actions.OpenPullRequest)]  # fmt: skip
    assert len(told) == len(steps) and not any("shelf" in title for title in told)
