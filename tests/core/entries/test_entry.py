"""Entries: unchangeable, with the month of the next look and the status as readers should see it."""

import datetime as dt
from typing import Any

import pytest

from mutualaid.core.entries.entry import Entry, accept
from mutualaid.core.entries.kind import Kind
from world import entry, rows_of, tool, tools


def test_accept_freezes() -> None:
    submission = tool(privacy={"who_keeps": "You"}, parts=["bolt", "nut"])
    made = accept(submission)
    held: Any
    assert made.fields["parts"] == ("bolt", "nut")
    for held in (made.fields, made.fields["privacy"]):
        with pytest.raises(TypeError, match="does not support item assignment"):
            held["new"] = "x"
    with pytest.raises(AttributeError):
        made.slug = "other"  # type: ignore[misc]
    submission.value["parts"].append("washer")
    assert made.fields["parts"] == ("bolt", "nut")


def test_law_and_safety_are_looked_at_sooner() -> None:
    """A kind's months hold, unless a topic asks for fewer; what was never edited counts as edited when it was added."""
    calm = entry(topics=["mapping"])
    kind = Kind("tools", {**tools().schema, "x-review-months": 12, "x-review-topics": {"law-and-rights": 6}})
    law = Entry(kind, "law", {**calm.fields, "topics": ("mapping", "law-and-rights"), "added": "2026-01"})
    assert (law.review_months, law.review_by) == (6, "2026-07")
    assert law.is_stale(dt.date(2026, 8, 1)) and not law.is_stale(dt.date(2026, 7, 31))
    assert Entry(kind, "calm", calm.fields).review_months == 12
    assert (entry(added="2026-10").edited, entry(added="2026-10", edited="2026-11").edited) == ("2026-10", "2026-11")


@pytest.mark.parametrize(("changes", "review_by", "stale_from"), rows_of("dates", "reviews"))
def test_review_by(changes: dict[str, Any], review_by: str, stale_from: dt.date) -> None:
    """The kind says after how many months; the month itself still counts as fresh."""
    made = entry(**changes)
    assert made.review_by == review_by
    assert (made.is_stale(stale_from), made.is_stale(stale_from - dt.timedelta(days=1))) == (True, False)


@pytest.mark.parametrize(("status", "as_of", "today", "shown"), rows_of("dates", "statuses"))
def test_status(status: str, as_of: str | None, today: dt.date, shown: str) -> None:
    """Evidence of activity that is two years old says only that it was so; nothing else changes by itself."""
    made = entry(status=status, status_as_of=as_of)
    assert made.status(today) == shown
    assert made.values("status", today) == (shown,)
