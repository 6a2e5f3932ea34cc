"""Every message, as a blessed file that reads kindly; and no text of a stranger that does anything."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import compare_text
from mutualaid.core import pull_words, reply
from mutualaid.core.defused import GAP, defused, fenced
from mutualaid.core.merge_rule import checklist
from mutualaid.core.problem import Place, Problem
from mutualaid.core.situation import Host, NeedsFix
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
    "needs-fix": reply.needs_fix(BROKEN, HOSTED, POLICY),
    "needs-fix-one": reply.needs_fix(NeedsFix("examples", BROKEN.problems[:1]), form(), POLICY),
    "needs-fix-by-hand": reply.needs_fix(BROKEN, by_hand(BROKEN), POLICY),
    "in-review": reply.in_review(READY, HOSTED, checklist(HOSTED, POLICY, KINDS)),
    "in-review-no-time-promised": reply.in_review(READY, form(), checklist(form(pull=pull()), POLICY, KINDS)),
    "in-review-with-findings": reply.in_review(FOUND, HOSTED, checklist(HOSTED, POLICY, KINDS)),
    "in-review-by-hand": reply.in_review(READY, by_hand(), checklist(by_hand(), POLICY, KINDS)),
    "in-review-offline": reply.in_review(READY, OFFLINE, checklist(OFFLINE, POLICY, KINDS)),
    "in-review-retraction": reply.in_review(GONE, OFFLINE, checklist(OFFLINE, POLICY, KINDS)),
    "maybe-duplicate": reply.maybe_duplicate(ALIKE, HOSTED, checklist(HOSTED, POLICY, KINDS)),
    "maybe-duplicate-clash": reply.maybe_duplicate(
        CLASH, HOSTED, checklist(replace(HOSTED, outcome=CLASH), POLICY, KINDS)
    ),
    "in-review-correction": reply.in_review(MENDED, HOSTED, checklist(HOSTED, POLICY, KINDS)),
    "maybe-duplicate-open": reply.maybe_duplicate(
        READY, replace(HOSTED, alike=(7, 9)), checklist(HOSTED, POLICY, KINDS)
    ),
    "not-merged": reply.not_merged(405, HOSTED),
    "not-merged-moved": reply.not_merged(409, HOSTED),
    "not-merged-by-hand": reply.not_merged(405, by_hand()),
    "approved-retraction": reply.approved(GONE, checklist(replace(OFFLINE, outcome=GONE), POLICY, KINDS)),
    "approved": reply.approved(CLASH, checklist(replace(HOSTED, outcome=CLASH, pull=pull(review())), POLICY, KINDS)),
    "published": reply.published(READY.address, HOSTED),
    "published-no-address": reply.published(READY.address, form()),
    "held": reply.held("We ask a lawyer first.", HOSTED),
    "held-no-reason": reply.held("", HOSTED),
    "held-by-closing": reply.held_by_closing(HOSTED),
    "withdrawn": reply.withdrawn(),
    "closed": reply.closed(HOSTED),
    "closed-by-hand": reply.closed(by_hand()),
    "declined": reply.declined("It tells of a single workplace that everybody would know."),
    "declined-no-reason": reply.declined(""),
    "declined-spam": reply.declined_as_spam(),
    "duplicate": reply.duplicate("#7"),
    "duplicate-unnamed": reply.duplicate("the other one @ada #9"),
    "expired": reply.expired(60),
    "too-many": reply.too_many(3),
    "change-a-page": reply.change_a_page(HOST),
    "take-down": reply.take_down(HOST),
    "take-down-no-time-promised": reply.take_down(Host()),
    "merged-not-shown": reply.merged_not_shown(READY.address, CLASH.clashes, is_form=True),
    "merged-not-shown-by-hand": reply.merged_not_shown(READY.address, CLASH.clashes, is_form=False),
    "stopped": reply.stopped(("tools/evil.py", READY.path), READY.path),
    "stopped-over-a-mixture": reply.stopped((READY.path,), READY.path),
    "retraction-waits": reply.retraction_waits(),
    "retracted": reply.retracted(READY.address),
    "pull-request-of-a-form": pull_words.body_for_form(READY, 12, POLICY),
    "pull-request-of-an-offline-entry": pull_words.body_for_offline(POLICY),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message(name: str) -> None:
    """It is the one that a person has read and blessed."""
    compare_text(MESSAGES[name], FOLDER / f"{name}.md")


def test_no_blessed_file_is_left_over() -> None:
    """Nor does a function of `reply` go without one."""
    assert {file.stem for file in FOLDER.glob("*.md")} == MESSAGES.keys()
    public = ((name, one) for name, one in vars(reply).items() if not name.startswith("_") and callable(one))
    said = {name for name, one in public if one.__module__ == reply.__name__}
    assert {name.replace("_", "-") for name in said} - MESSAGES.keys() == {"declined-as-spam"}


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
    told = reply.needs_fix(NeedsFix("examples", (Problem("a.b", "Link", said, Place("form", 2)),)), form(), POLICY)
    for sign in ("@ada", "#12", "https://", "<img", "![a]", "](b)"):
        assert sign not in told
