"""When a maintainer's /preview makes a page, when that page goes, and what is said of it."""

import re
from dataclasses import replace

import pytest

from mutualaid.core.pipeline.actions import DeletePreview, MakePreview
from mutualaid.core.pipeline.decide import decide
from mutualaid.core.pipeline.situation import FormGone, Host, Situation
from situations import (
    BOT,
    BROKEN,
    NOW,
    OTHER_TEXT,
    POLICY,
    READY,
    by_hand,
    form,
    pull,
    review,
    reviewed,
    said,
    settled,
    shut,
    talked,
)

HOST = Host(repository="example/house", run="77")
FOUND = replace(READY, findings=("What was done: “555-0134” (a phone number).",))
MAKES = [MakePreview(12, READY.path, READY.blob)]


def asked(who: str = "ada", outcome: object = READY, host: Host = HOST) -> Situation:
    """Return a form in review, below which somebody has just asked for a preview."""
    return replace(talked(settled(form(outcome)), said(who, "/preview", 30)), host=host)


SHOWN = settled(asked())
GOES = {
    "withdrawn": talked(SHOWN, said("sam", "/withdraw", 40)),
    "declined": talked(SHOWN, said("ada", "/decline", 40)),
    "closed": shut(SHOWN),
    "published": reviewed(SHOWN, review(hours=40)),
    "edited": replace(SHOWN, outcome=OTHER_TEXT),
    "broken by an edit": replace(SHOWN, outcome=BROKEN),
    "something is found in it": replace(SHOWN, outcome=FOUND),
    "its form is gone": replace(by_hand(FormGone(), author=BOT), pull=pull()),
}


def of_pages(situation: Situation) -> list[object]:
    return [one for one in decide(situation, POLICY, NOW).actions if isinstance(one, MakePreview | DeletePreview)]


def note(situation: Situation) -> str:
    comment = settled(situation).bot_comment
    return comment.body.split("\n")[1] if comment and "preview`" in comment.body else ""


def test_a_page_is_made_once() -> None:
    """The comment links the run that makes it, now and later; a second word makes another."""
    assert of_pages(asked()) == MAKES and of_pages(SHOWN) == []
    link = "https://github.com/example/house/actions/runs/77#artifacts"
    assert link in note(asked()) and link in note(replace(SHOWN, host=replace(HOST, run="78")))
    assert of_pages(talked(SHOWN, said("mo", "/preview", 31))) == MAKES
    assert of_pages(talked(settled(talked(SHOWN, said("ada", "/hold", 32))), said("mo", "/preview", 33))) == MAKES


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        (asked(outcome=FOUND), "has to wait, because some details"),
        (asked(outcome=BROKEN), "has nothing to show"),
        (asked(outcome=replace(READY, is_retraction=True)), "has nothing to show"),
        (talked(settled(talked(SHOWN, said("ada", "/decline", 40))), said("ada", "/preview", 60)), "nothing to show"),
        (asked("sam"), "only maintainers can use it"),
        (asked("eve"), ""),
        (asked(host=Host(repository="example/house")), ""),
    ],
)
def test_no_page_is_made(situation: Situation, words: str) -> None:
    """Never where the check for details found something: then the comment says so, and shows the text as ever."""
    found = note(situation)
    assert of_pages(situation) == [] and words in found and bool(words) == bool(found)
    comment = settled(situation).bot_comment
    assert situation.outcome is not FOUND or (comment and READY.text in comment.body)


def test_it_is_made_once_the_details_are_gone() -> None:
    assert of_pages(replace(settled(asked(outcome=FOUND)), outcome=OTHER_TEXT)) == [
        MakePreview(12, READY.path, OTHER_TEXT.blob)
    ]


@pytest.mark.parametrize("how", GOES)
def test_a_page_goes(how: str) -> None:
    """Once, with its link; and an edit alone makes no other one."""
    assert of_pages(GOES[how]) == [DeletePreview(12)]
    after = settled(GOES[how])
    assert not after.header.page and "/actions/runs/" not in note(after)
    assert of_pages(replace(after, outcome=READY)) == []


def test_it_takes_no_other_word_back() -> None:
    """An approval still waits for a withdrawal that was misspelt, whoever looks at the page meanwhile."""
    slip = talked(settled(form()), said("sam", "/withdrw", 2))
    looked = reviewed(replace(talked(slip, said("ada", "/preview", 3)), host=HOST), review())
    assert settled(looked).header.status == "in-review"
    assert re.search("/withdrw` changed nothing", settled(looked).bot_comment.body)  # type: ignore[union-attr]
