"""Where to ask: nothing is called open that nobody saw within six months, and what closed is kept apart."""

import datetime as dt
from dataclasses import replace

import pytest

from mutualaid.core.entries.entry import Entry
from mutualaid.text.tables import funds_for, is_recent, where_to_ask, where_to_ask_html
from world import entry, real_kinds, rows_of

TODAY = dt.date(2026, 11, 30)


def group(slug: str, **fields: object) -> Entry:
    given = {"status": "active", "serves": "People", "sectors": ["archives"], "gives": ["money"], **fields}
    return entry(slug=slug, title=slug, **{name: value for name, value in given.items() if value is not None})


def groups(part: str) -> list[Entry]:
    return [group(slug, **fields) for slug, fields in rows_of("groups-to-ask", part).items()]


@pytest.mark.parametrize(("seen", "recent"), rows_of("dates", "recent"))
def test_open_means_seen_within_six_months(seen: str, recent: bool) -> None:
    """A bare year counts from its first month."""
    assert is_recent(group("a", open_as_of=seen), TODAY) is recent


def test_the_newest_evidence_comes_first() -> None:
    """Open now or known from earlier, closed funds apart, the rest left out; a fund counts for its own field."""
    found = where_to_ask(groups("all"), TODAY)
    told = {name: [one.slug for one in shelf] for name, shelf in found.items()}
    assert told == {"open_now": ["new", "peers"], "known": ["newer", "old"], "closed_funds": ["shut"]}
    found = where_to_ask(groups("of_fields"), TODAY)
    sectors = ("archives", "any-work", "museums")
    shelves = (found["open_now"], found["known"])
    names = {sector: [[one.slug for one in funds_for(shelf, sector)] for shelf in shelves] for sector in sectors}
    assert names == {"archives": [[], ["own"]], "any-work": [["any"], []], "museums": [[], []]}


def test_what_is_said() -> None:
    """A fund that was seen long ago is no fund that is open; what groups are called stays text."""
    reach = [{"url": "https://www.example.org/?a&b", "label": "<b>"}]
    both = [group("early", open_as_of="2024-01"), group("late", open_as_of="2026-10", sectors=["museums"], reach=reach)]
    both = [replace(one, kind=real_kinds()["groups"]) for one in both]
    answers = where_to_ask_html(both, "answers", TODAY, str)
    assert "We know of no fund for archivists and archive workers that is open now.</strong> Last seen" in answers
    assert "A fund for museum workers that is open now:</strong> <a" in answers
    open_now, _, known = where_to_ask_html(both, "rows", TODAY, str).partition("</ul>")
    assert "Open now" in open_now and "late" in open_now and "early" in known and "early" not in open_now
    assert '?a&amp;b">&lt;b&gt;</a>' in open_now
