"""Every message, as a blessed file that reads kindly; and no text of a stranger that does anything."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import compare_text
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.pipeline import replies
from mutualaid.core.pipeline.bot_comment import Header, written
from mutualaid.core.pipeline.escaping import GAP, defused, fenced
from mutualaid.core.pipeline.merge_rule import checklist
from mutualaid.core.pipeline.replies import messages, reply
from mutualaid.core.pipeline.situation import Host, NeedsFix, Outcome, Situation
from situations import BODY, BOT, BROKEN, FOUND, POLICY, READY, TITLE, by_hand, form, pull, review, said
from world import PROJECT

PIPELINE = Path(replies.__file__).parent
FOLDER = PROJECT / "tests" / "expected" / "replies"
HOST = Host("https://aid.example.org", "14 days", "2 days", "private@example.org")
HOSTED = form(READY, host=HOST, pull=pull())
OFFLINE = by_hand(READY, author=BOT)
ALIKE = replace(READY, warnings=("It shares 80% of its wording with submissions/examples/other.yaml.",))
CLASH = replace(READY, clashes=("Title is already in submissions/examples/other.yaml.",))
MENDED = replace(
    READY,
    is_correction=True,
    base="3" * 40,
    understood=("Publisher: taken out", "Sources 2: Link “https://a.example/”"),
)
READ = ("What was done: We put up a shelf.", "Sources 1: Title “A page”, Link “https://www.example.org/”")
OFFERED = replace(READY, understood=(*READ, "Topics (proposed): Mapping"))
BREAKS = "slug: a-shelf\ntitle: '````` @ada'\n"
SINCE = replace(HOSTED, approved_text=BREAKS, since_approval=("Title: taken out", "Summary: @ada did it, see #12"))
OTHERS = (said(BOT, written(Header(first="9" * 40), "")),)
EDITED = replace(HOSTED, thread=replace(HOSTED.thread, comments=OTHERS, editors=("sam", "ada")))
GONE = replace(READY, is_retraction=True)


def told(message: str, outcome: Outcome = READY, situation: Situation = HOSTED, **facts: object) -> str:
    situation = replace(situation, outcome=outcome)
    known = {"policy": POLICY, "address": READY.address, "given": "", **facts}
    return reply(message, situation, checklist(situation, POLICY), **known)


PLAIN = """in-review unfinished published held-by-closing withdrawn closed declined-spam form-gone expired too-many
    change-a-page take-down correct retraction-waits retracted"""
MESSAGES = {
    **{name: told(name) for name in PLAIN.split()},
    "needs-fix": told("needs-fix", BROKEN),
    "needs-fix-one": told("needs-fix", NeedsFix("examples", BROKEN.problems[:1])),
    "needs-fix-read": told("needs-fix", replace(BROKEN, understood=READ)),
    "needs-fix-by-hand": told("needs-fix", BROKEN, by_hand()),
    "in-review-no-time-promised": told("in-review", situation=form(pull=pull())),
    "in-review-with-findings": told("in-review", FOUND),
    "in-review-by-hand": told("in-review", situation=by_hand()),
    "in-review-offline": told("in-review", situation=OFFLINE),
    "in-review-retraction": told("in-review-retraction", GONE, OFFLINE),
    "in-review-correction": told("in-review", MENDED),
    "in-review-read": told("in-review", OFFERED),
    "in-review-edited": told("in-review", READY, EDITED),
    "in-review-changed-since-approval": told("in-review", situation=SINCE),
    "maybe-duplicate": told("maybe-duplicate", ALIKE),
    "maybe-duplicate-clash": told("maybe-duplicate", CLASH),
    "maybe-duplicate-open": told("maybe-duplicate", situation=replace(HOSTED, alike=(7, 9))),
    "not-merged": told("not-merged", status=405),
    "not-merged-moved": told("not-merged", status=409),
    "not-merged-by-hand": told("not-merged", situation=by_hand(), status=405),
    "not-built": told("not-built", said="submissions/resources/a.yaml:3:9: Typst knows no such letter."),
    "approved": told("approved", CLASH, replace(HOSTED, pull=pull(review()))),
    "approved-retraction": told("approved", GONE, OFFLINE),
    "published-no-address": told("published", situation=form()),
    "held": told("held", given="We ask a lawyer first."),
    "held-no-reason": told("held"),
    "closed-by-hand": told("closed", situation=by_hand()),
    "declined": told("declined", given="It tells of a single workplace that everybody would know."),
    "declined-no-reason": told("declined"),
    "duplicate": told("duplicate", given="#7"),
    "duplicate-unnamed": told("duplicate", given="the other one @ada #9"),
    "take-down-no-time-promised": told("take-down", situation=form()),
    "merged-not-shown": told("merged-not-shown", problems=CLASH.clashes),
    "merged-not-shown-by-hand": told("merged-not-shown", situation=by_hand(), problems=CLASH.clashes),
    "stopped": told("stopped", found=("tools/evil.py", READY.path), is_mixture=False),
    "stopped-over-a-mixture": told("stopped", found=(READY.path,), is_mixture=True),
    "pull-request-of-a-form": told("pull-request", number=12),
    "pull-request-of-an-offline-entry": told("pull-request", situation=OFFLINE),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message(name: str) -> None:
    """It says what happens next in its last paragraph, and by when where anything is to come."""
    compare_text(MESSAGES[name], FOLDER / f"{name}.md")
    last = MESSAGES[name].rstrip("\n").split("\n\n")[-1]
    is_said = re.search(r"within|time is promised|Nothing (more )?happens|Nothing is published|Once a maintainer", last)
    assert name.startswith("pull-request") or (last.startswith("**What happens next.** ") and is_said)


def test_no_message_is_left_over() -> None:
    assert {file.stem for file in FOLDER.glob("*.md")} == MESSAGES.keys()
    words, *code = (file.read_text(encoding="utf-8") for file in (PIPELINE / "replies.md", *PIPELINE.glob("*.py")))
    whole = set(re.findall(r"^# (.+)$", words, re.MULTILINE))
    assert [name for name in whole if not any(one.startswith(name) for one in MESSAGES)] == []
    used = re.findall(r'"([a-z-]+)"', "".join((words, *code)))
    assert messages().keys() - whole <= set(used)


ENDLESS = tuple(f"Detail {count}: “{'<@`' * 2_000}”" for count in range(500))
HUGE = replace(READY, understood=ENDLESS, warnings=ENDLESS, clashes=ENDLESS, findings=ENDLESS)
HUGE = replace(HUGE, text="`" * 59_000, is_correction=True, base="3" * 40)
MISTAKES = tuple(Problem("a.b", f"Field {said}", said, Place("the form", 2)) for said in ENDLESS)
BUSY = replace(HOSTED, outcome=HUGE, alike=tuple(range(10**9, 10**9 + 5)), branch="submission/1234567890")
BUSY = replace(BUSY, approved_text="`\n" * 30_000, since_approval=ENDLESS)
LONG = {
    "needs-fix": partial(told, "needs-fix", NeedsFix("examples", MISTAKES, ENDLESS), BUSY),
    "in-review-by-hand": partial(told, "in-review", HUGE, by_hand()),
    **{name: partial(told, name, HUGE, BUSY) for name in ("in-review", "maybe-duplicate", "approved")},
    **{name: partial(told, name, given="<" * 65_000) for name in ("held", "declined", "duplicate")},
    "stopped": partial(told, "stopped", found=["a/" * 2_000 + str(count) for count in range(300)], is_mixture=False),
}


@pytest.mark.parametrize("name", LONG)
def test_no_message_is_longer_than_github_takes(name: str) -> None:
    """With the hidden line; it still says where things stand, what happens next, and where the rest can be read."""
    path, said = "submissions/resources/" + "a" * 80 + ".yaml", LONG[name]()
    header = Header("in-review", "a" * 40, path, "b" * 40, "c" * 12, "e" * 40, "1234567890," * 5)
    header = replace(header, since="f" * 20, first="9" * 40)
    assert len(written(header, said)) <= BODY
    first, *_, last = said.rstrip("\n").split("\n\n")
    assert first.startswith("**") and last.startswith("**What happens next.** ")
    if name in ("in-review", "maybe-duplicate", "approved"):
        assert "the file on its branch" in said and "◦ A maintainer" in said and "- … and 4" in said


def test_the_rest_is_linked() -> None:
    host = replace(HOST, repository="example/house")
    link = f"https://github.com/example/house/blob/submission/12/{READY.path}"
    assert link in told("in-review", HUGE, replace(HOSTED, host=host))
    fork = replace(by_hand(HUGE), host=host)
    assert "https://github.com/example/house/pull/13/files" in told("in-review", HUGE, fork)


def test_what_fits_is_not_cut() -> None:
    """What was found twice is said once; a pull request holds nothing of a stranger's but the file's name."""
    text = "x" * 20_000
    said = told("in-review", replace(FOUND, text=text, findings=FOUND.findings * 2))
    assert text in said and "…" not in said and said.count("555-0134") == 1
    long = replace(READY, path=f"submissions/resources/{'a' * 80}.yaml")
    assert len(replace(long, is_correction=True).pull_title) <= TITLE
    alone = replace(POLICY, sole_maintainer=True)
    assert len(told("pull-request", long, number=10**9, policy=alone)) <= BODY


HOSTILE = st.text(st.sampled_from("@#<>`![](){}*_ \n:/.aZ1w-"), max_size=60)


@given(HOSTILE)
def test_strangers_text_does_nothing(text: str) -> None:
    """No mention, no reference, no HTML, no picture, no link, and no second line."""
    shown = defused(text)
    assert not re.search(r"@\w|#\d|<[^\u200b]|!\[|\]\(|://|www\.|GH-\d|\n", f"{shown} ", re.IGNORECASE)
    assert shown.replace(GAP, "") == " ".join(text.split())


@given(st.text(st.sampled_from("`~ab\n "), max_size=60))
def test_nothing_ends_a_fence(text: str) -> None:
    first, *inside, last = fenced(text).split("\n")
    assert first == f"{last}text"
    assert not any(last in line for line in inside)


WORDS = "@ada see #12 https://github.com/a/b/issues/1 <img src=x> ![a](b)"
EVIL = replace(READY, understood=(WORDS,), text=WORDS, warnings=(WORDS,), clashes=(WORDS,), findings=(WORDS,))
WRONG = NeedsFix("examples", (Problem("a.b", "Link", WORDS, Place("form", 2)),))
STRANGERS = {"given": WORDS, "said": WORDS, "problems": (WORDS,), "found": (WORDS,)}
FACTS = {"status": 405, "is_mixture": False, "number": 7, "page": "The page", "why": "findings"}
OF_PARTS = {"word": "hold", "typed": "hild", "waits": True, "is_published": True, "lead": "They wrote", "done": "Done"}


@pytest.mark.parametrize("name", messages())
def test_strangers_words_are_shown_and_do_nothing(name: str) -> None:
    """In each message, and each part of one, outside of code fences."""
    shown = told(name, WRONG if name == "needs-fix" else EVIL, by_hand(), **STRANGERS, **FACTS, **OF_PARTS)
    shown = re.sub(r"^(`{3,}).*?^\1$", "", shown, flags=re.MULTILINE | re.DOTALL)
    for sign in ("@ada", "#12", "https://", "<img", "![a]", "](b)"):
        assert sign not in shown
