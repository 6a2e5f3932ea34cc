"""Dates as exact as their source."""

import datetime as dt

import pytest

from mutualaid.core.entries import dates
from world import rows_of


@pytest.mark.parametrize("text", rows_of("dates", "impossible"))
def test_a_date_that_does_not_exist(text: str) -> None:
    assert not dates.is_real(text)
    with pytest.raises(ValueError, match=r"is not a date of the form|must be in|out of range|no year 0"):
        dates.earliest(text)


@pytest.mark.parametrize(("text", "first", "last", "words"), rows_of("dates", "meanings"))
def test_what_a_date_can_mean(text: str, first: dt.date, last: dt.date, words: str) -> None:
    """A date is a stretch of days, and is never told more exactly than it was given."""
    assert dates.is_real(text)
    assert (dates.earliest(text), dates.latest(text), dates.in_words(text)) == (first, last, words)


@pytest.mark.parametrize(("text", "months", "later"), rows_of("dates", "later"))
def test_months_later(text: str, months: int, later: str) -> None:
    """Months are counted from the last day that the date can mean."""
    assert dates.months_later(text, months) == later
