"""What comes up for another look, and when; its list as blessed files; no text in it does anything."""

import datetime as dt
from typing import Any

import pytest

from forms_under_test import compare_text
from mutualaid.core.content.page import Page
from mutualaid.core.upkeep.review_list import AT_ONCE, NEVER, PAGES, Due, due, listed_in, never_reviewed, review_list
from mutualaid.core.upkeep.tracking_issue import TrackingIssue, read_tracking_issue, steps
from mutualaid.core.upkeep.waiting import digest, queue_of
from situations import BODY
from world import PROJECT, document_of, entry, rows_of

FOLDER = PROJECT / "tests" / "expected" / "living"
REPOSITORY = "example/house"
FOUND = (
    Due("groups", "A fund", "submissions/groups/a-fund.yaml", "2026-09"),
    Due("groups", "Another [fund] @ada #3", "submissions/groups/another-fund.yaml", "2026-12"),
    Due(PAGES, "Your rights", "content/guide/start/rights.md", "2026-11"),
)
BEFORE = review_list(FOUND, "", "2026-11", REPOSITORY)


def page(**fields: Any) -> Page:
    return Page("/safety/", "guide", {"title": "Safety", **fields}, "", 1, document_of("a: 1\n", "content/s.md"))


@pytest.mark.parametrize("month", ["2026-10", "2026-11", "2026-12", "2027-01"])
def test_when_it_is_due(month: str) -> None:
    """In November what comes up until the end of the year."""
    before = f"{int(month[:4]) - 1}{month[4:]}"
    old = entry(added=before)
    assert old.review_by == month
    for found in (due([old], [], "2026-11"), due([], [page(sources_checked=before, review_months=12)], "2026-11")):
        assert bool(found) is (month < "2027")


def test_what_is_not_due() -> None:
    """What is retired, or reviewed of late however old it is, and a page that has no sources to go stale."""
    retired = entry(added="2010-01", retired={"on": "2020-01", "reason": "It is over."})
    looked = entry(added="2010-01", reviewed={"on": "2026-10", "by_role": "A steward"})
    assert due([retired, looked], [page()], "2026-11") == ()


def test_what_nobody_ever_reviewed() -> None:
    """However lately it came; not what is retired or was looked at once. A dozen are listed, and the rest counted."""
    looked = entry(slug="looked", reviewed={"on": "2020-10", "by_role": "A steward"})
    retired = entry(slug="retired", retired={"on": "2020-01", "reason": "It is over."})
    assert [one.file for one in never_reviewed([looked, retired, entry()])] == ["submissions/tools/ladder.yaml"]
    many = [Due(NEVER, f"Tool {n}", f"submissions/tools/{n}.yaml", "2027-03") for n in range(20)]
    first = review_list((), "", "2026-11", REPOSITORY, many)
    assert "**Nothing has come up for another look.**" in first.body and first.is_open
    assert (first.body.count("- [ ] "), "20 entries were never reviewed by anybody" in first.body) == (AT_ONCE, True)
    then = review_list((), first.body, "2026-11", REPOSITORY, many[1:])
    assert (then.body.count("- [ ] "), then.body.count("- [x] ")) == (AT_ONCE, 1)


NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)


def test_a_digest() -> None:
    """Numbers and days, beside what is promised; whose turn is the contributor's is not in it."""
    found = [(queue_of(own, is_open=not shut), NOW - dt.timedelta(days=age)) for own, age, shut in rows_of("waiting")]
    promised = {"takedown_within": "2 days", "answer_within": "", "review_within": "14 days"}
    wanted = digest(found, promised, NOW)
    compare_text(wanted.body, FOLDER / "waiting.md")
    assert (wanted.month, wanted.title, wanted.is_open) == ("2026-48", "What waits, 2026-11-29", True)
    assert not digest([("", NOW)], promised, NOW).is_open


LISTS = {
    "review": BEFORE,
    "review-one-left": review_list(FOUND[2:], BEFORE.body, "2026-11", REPOSITORY),
    "review-done": review_list((), BEFORE.body, "2026-11", REPOSITORY),
    "review-no-repository": review_list(FOUND[:1], "", "2026-11", ""),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list(name: str) -> None:
    compare_text(LISTS[name].body, FOLDER / f"{name}.md")


def test_a_list_that_is_too_long() -> None:
    many = [Due("groups", f"Fund {n}", f"submissions/groups/fund-{n}.yaml", "2026-11") for n in range(2000)]
    first = review_list(many, "", "2026-11", REPOSITORY)
    assert len(first.body) <= BODY and " more. They come up" in first.body
    rows = "\n".join(f"- [ ] Fund <!-- submissions/groups/{'fund' * 15}-{n}.yaml -->" for n in range(2000))
    done = review_list(FOUND, rows, "2026-11", REPOSITORY)
    assert len(done.body) <= BODY and all(one.file in done.body for one in FOUND) and "- [x] " in done.body
    assert review_list(FOUND, done.body, "2026-11", REPOSITORY) == done


WANTED = TrackingIssue("review", "2026-11", "A title", "<!-- mutualaid-living review 2026-11 -->\nWords", is_open=True)
HERE = WANTED._replace(number=7)


def test_a_list_is_read_back() -> None:
    """With the line ends that a browser makes; what was done is still named as done; other issues hold no list."""
    assert read_tracking_issue(7, "A title", WANTED.body.replace("\n", "\r\n"), is_open=True) == HERE
    assert read_tracking_issue(7, "A title", f"Words\n{WANTED.body}", is_open=True) is None
    again = review_list(FOUND[2:], LISTS["review-one-left"].body, "2026-11", REPOSITORY)
    assert again == LISTS["review-one-left"]
    assert listed_in(again.body) == tuple(one.file for one in (FOUND[2], *FOUND[:2]))


DONE = TrackingIssue("links", "", "L", "<!-- mutualaid-living links -->\nFine", is_open=False)
CHANGED, SHUT = WANTED._replace(body="Other"), WANTED._replace(is_open=False)
OLDER = HERE._replace(number=3, month="2026-10", body="Old")
OTHER = DONE._replace(number=4, is_open=True)
STEPS: dict[str, tuple[tuple[TrackingIssue, ...], TrackingIssue, list[TrackingIssue]]] = {
    "new": ((), WANTED, [WANTED]),
    "nothing to do": ((), SHUT, []),
    "as it should be": ((HERE,), WANTED, []),
    "changed": ((HERE,), CHANGED, [CHANGED._replace(number=7)]),
    "a second one goes": ((HERE._replace(number=9), HERE), WANTED, [SHUT._replace(number=9)]),
    "done": ((HERE,), SHUT, [SHUT._replace(number=7)]),
    "an older month's goes": ((OLDER, HERE), WANTED, [OLDER._replace(is_open=False)]),
    "a closed one of old and another list's stay": ((OLDER._replace(is_open=False), OTHER, HERE), WANTED, []),
    "one for ever stays open": ((OTHER,), DONE, []),
    "one for ever begins with nothing to do": ((), DONE, [DONE]),
}


@pytest.mark.parametrize(("found", "wanted", "expected"), STEPS.values(), ids=STEPS)
def test_steps(found: tuple[TrackingIssue, ...], wanted: TrackingIssue, expected: list[TrackingIssue]) -> None:
    assert list(steps(found, wanted)) == expected
