"""Every message, as a blessed file that reads kindly; and no text of a stranger that does anything."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import compare_text
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.pipeline import pull_request_text, replies
from mutualaid.core.pipeline.bot_comment import Header, written
from mutualaid.core.pipeline.escaping import GAP, defused, fenced
from mutualaid.core.pipeline.limits import BODY, TITLE
from mutualaid.core.pipeline.merge_rule import checklist
from mutualaid.core.pipeline.situation import Host, NeedsFix
from situations import BOT, BROKEN, KINDS, POLICY, READY, by_hand, form, pull, review
from world import PROJECT

FOLDER = PROJECT / "tests" / "expected" / "replies"
HOST = Host("https://aid.example.org", "14 days", "2 days", "private@example.org")
HOSTED = form(READY, host=HOST, pull=pull())
OFFLINE = by_hand(READY, author=BOT)
ALIKE = replace(READY, warnings=("It shares 80% of its wording with submissions/examples/other.yaml.",))
CLASH = replace(READY, clashes=("Title stands already on submissions/examples/other.yaml.",))
FOUND = replace(READY, findings=("What was done: “555-0134” (a phone number). Leave it out.",))
MENDED = replace(READY, is_correction=True, base="3" * 40)
GONE = replace(READY, is_retraction=True)


MESSAGES = {
    "needs-fix": replies.needs_fix(BROKEN, HOSTED, POLICY),
    "needs-fix-one": replies.needs_fix(NeedsFix("examples", BROKEN.problems[:1]), form(), POLICY),
    "needs-fix-by-hand": replies.needs_fix(BROKEN, by_hand(BROKEN), POLICY),
    "in-review": replies.in_review(READY, HOSTED, checklist(HOSTED, POLICY, KINDS)),
    "in-review-no-time-promised": replies.in_review(READY, form(), checklist(form(pull=pull()), POLICY, KINDS)),
    "in-review-with-findings": replies.in_review(FOUND, HOSTED, checklist(HOSTED, POLICY, KINDS)),
    "in-review-by-hand": replies.in_review(READY, by_hand(), checklist(by_hand(), POLICY, KINDS)),
    "in-review-offline": replies.in_review(READY, OFFLINE, checklist(OFFLINE, POLICY, KINDS)),
    "in-review-retraction": replies.in_review(GONE, OFFLINE, checklist(OFFLINE, POLICY, KINDS)),
    "maybe-duplicate": replies.maybe_duplicate(ALIKE, HOSTED, checklist(HOSTED, POLICY, KINDS)),
    "maybe-duplicate-clash": replies.maybe_duplicate(
        CLASH, HOSTED, checklist(replace(HOSTED, outcome=CLASH), POLICY, KINDS)
    ),
    "in-review-correction": replies.in_review(MENDED, HOSTED, checklist(HOSTED, POLICY, KINDS)),
    "maybe-duplicate-open": replies.maybe_duplicate(
        READY, replace(HOSTED, alike=(7, 9)), checklist(HOSTED, POLICY, KINDS)
    ),
    "not-merged": replies.not_merged(405, HOSTED),
    "not-merged-moved": replies.not_merged(409, HOSTED),
    "not-merged-by-hand": replies.not_merged(405, by_hand()),
    "unfinished": replies.unfinished(),
    "approved-retraction": replies.approved(GONE, OFFLINE, checklist(replace(OFFLINE, outcome=GONE), POLICY, KINDS)),
    "approved": replies.approved(
        CLASH, HOSTED, checklist(replace(HOSTED, outcome=CLASH, pull=pull(review())), POLICY, KINDS)
    ),
    "published": replies.published(READY.address, HOSTED),
    "published-no-address": replies.published(READY.address, form()),
    "held": replies.held("We ask a lawyer first.", HOSTED),
    "held-no-reason": replies.held("", HOSTED),
    "held-by-closing": replies.held_by_closing(HOSTED),
    "withdrawn": replies.withdrawn(),
    "closed": replies.closed(HOSTED),
    "closed-by-hand": replies.closed(by_hand()),
    "declined": replies.declined("It tells of a single workplace that everybody would know."),
    "declined-no-reason": replies.declined(""),
    "declined-spam": replies.declined_as_spam(),
    "duplicate": replies.duplicate("#7"),
    "duplicate-unnamed": replies.duplicate("the other one @ada #9"),
    "form-gone": replies.form_gone(),
    "expired": replies.expired(60),
    "too-many": replies.too_many(3),
    "change-a-page": replies.change_a_page(HOST),
    "take-down": replies.take_down(HOST),
    "take-down-no-time-promised": replies.take_down(Host()),
    "merged-not-shown": replies.merged_not_shown(READY.address, CLASH.clashes, is_form=True),
    "merged-not-shown-by-hand": replies.merged_not_shown(READY.address, CLASH.clashes, is_form=False),
    "stopped": replies.stopped(("tools/evil.py", READY.path), READY.path),
    "stopped-over-a-mixture": replies.stopped((READY.path,), READY.path),
    "retraction-waits": replies.retraction_waits(),
    "retracted": replies.retracted(READY.address),
    "pull-request-of-a-form": pull_request_text.body_for_form(READY, 12, POLICY),
    "pull-request-of-an-offline-entry": pull_request_text.body_for_offline(POLICY),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message(name: str) -> None:
    """It is the one that a person has read and blessed."""
    compare_text(MESSAGES[name], FOLDER / f"{name}.md")


def test_no_blessed_file_is_left_over() -> None:
    """Nor does a function of `reply` go without one."""
    assert {file.stem for file in FOLDER.glob("*.md")} == MESSAGES.keys()
    public = ((name, one) for name, one in vars(replies).items() if not name.startswith("_") and callable(one))
    said = {name for name, one in public if one.__module__ == replies.__name__}
    assert {name.replace("_", "-") for name in said} - MESSAGES.keys() == {"declined-as-spam"}


ENDLESS = tuple(f"Detail {count}: “{'<@`' * 2_000}”" for count in range(500))
HUGE = replace(
    READY,
    text="`" * 59_000,
    preview="``` \n" * 30_000,
    warnings=ENDLESS,
    clashes=ENDLESS,
    findings=ENDLESS,
    is_correction=True,
    base="3" * 40,
)
MISTAKES = tuple(Problem("a.b", f"Field {said}", said, Place("the form", 2)) for said in ENDLESS)
BUSY = replace(HOSTED, outcome=HUGE, alike=tuple(range(10**9, 10**9 + 5)), branch="submission/1234567890")
POINTS = checklist(BUSY, POLICY, KINDS)
LONG = {
    "needs-fix": replies.needs_fix(NeedsFix("examples", MISTAKES), BUSY, POLICY),
    "in-review": replies.in_review(HUGE, BUSY, POINTS),
    "in-review-by-hand": replies.in_review(HUGE, by_hand(HUGE), POINTS),
    "maybe-duplicate": replies.maybe_duplicate(HUGE, BUSY, POINTS),
    "approved": replies.approved(HUGE, BUSY, POINTS),
    "held": replies.held("<" * 65_000, BUSY),
    "declined": replies.declined("<" * 65_000),
    "duplicate": replies.duplicate("<" * 65_000),
    "stopped": replies.stopped(["a/" * 2_000 + str(count) for count in range(300)], "submissions/groups/a.yaml"),
}


@pytest.mark.parametrize("name", LONG)
def test_no_message_is_longer_than_github_takes(name: str) -> None:
    """With the hidden line. It still begins with where things stand, and ends with what happens next."""
    path = "submissions/resources/" + "a" * 80 + ".yaml"
    header = Header("in-review", "a" * 40, path, "b" * 40, "c" * 12, "d" * 21, "e" * 40, "1234567890," * 5)
    assert len(written(header, LONG[name])) <= BODY
    first, *_, last = LONG[name].rstrip("\n").split("\n\n")
    assert first.startswith("**") and last.startswith("**What happens next.** ")


@pytest.mark.parametrize("name", ["in-review", "maybe-duplicate", "approved"])
def test_what_is_cut_says_where_all_of_it_is(name: str) -> None:
    """The exact text and the checklist are there, and the file in the pull request holds the rest."""
    said = LONG[name]
    assert "the file on its branch" in said and "◦ A maintainer" in said and "- … and 4" in said
    hosted = replace(BUSY, host=replace(HOST, repository="example/house"))
    link = f"https://github.com/example/house/blob/submission/1234567890/{READY.path}"
    assert link in replies.in_review(HUGE, hosted, POINTS)
    fork = by_hand(HUGE)
    assert "https://github.com/example/house/pull/13/files" in replies.in_review(
        HUGE, replace(fork, host=hosted.host), POINTS
    )


def test_what_fits_is_not_cut() -> None:
    """And one that was found twice is told once."""
    text = "x" * 20_000
    said = replies.in_review(replace(FOUND, text=text, findings=FOUND.findings * 2), HOSTED, POINTS)
    assert text in said and "…" not in said and said.count("555-0134") == 1


def test_what_a_pull_request_says_fits() -> None:
    """Its title and body hold nothing of a stranger's but the file's name, which has an end."""
    long = replace(READY, path=f"submissions/resources/{'a' * 80}.yaml", address=f"/resources/{'a' * 80}/")
    assert len(pull_request_text.title_of(replace(long, is_correction=True))) <= TITLE
    assert len(pull_request_text.body_for_form(long, 10**9, replace(POLICY, sole_maintainer=True))) <= BODY


@pytest.mark.parametrize("name", [name for name in MESSAGES if not name.startswith("pull-request")])
def test_it_says_what_happens_next(name: str) -> None:
    """In its last paragraph, and by when where anything is to come."""
    last = MESSAGES[name].rstrip("\n").split("\n\n")[-1]
    assert last.startswith("**What happens next.** ")
    assert re.search(r"within|time is promised|Nothing (more )?happens|Nothing is published|Once a maintainer", last)


HOSTILE = st.text(st.sampled_from("@#<>`![](){}*_ \n:/.aZ1w-"), max_size=60)


@given(HOSTILE)
def test_strangers_text_does_nothing(text: str) -> None:
    """No mention, no reference, no HTML, no picture, no link, and no second line."""
    shown = defused(text)
    assert not re.search(r"@\w|#\d|<[^\u200b]|!\[|\]\(|://|www\.|GH-\d|\n", f"{shown} ", re.IGNORECASE)
    assert shown.replace(GAP, "") == " ".join(text.split())


@given(st.text(st.sampled_from("`~ab\n "), max_size=60))
def test_nothing_ends_a_fence(text: str) -> None:
    """The fence is longer than any run of its mark inside."""
    first, *inside, last = fenced(text).split("\n")
    assert first == f"{last}text"
    assert not any(last in line for line in inside)


def test_a_problem_with_hostile_words() -> None:
    """What was typed is shown, and stays text."""
    said = "Link must be one. You wrote: '@ada see #12 https://github.com/a/b/issues/1 <img src=x> ![a](b)'."
    told = replies.needs_fix(NeedsFix("examples", (Problem("a.b", "Link", said, Place("form", 2)),)), form(), POLICY)
    for sign in ("@ada", "#12", "https://", "<img", "![a]", "](b)"):
        assert sign not in told
