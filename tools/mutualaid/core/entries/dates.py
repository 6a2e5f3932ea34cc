"""Dates as exact as their source: year, year and month, or day (EDTF level 0). No clock."""

import calendar
import datetime as dt
import re
from functools import lru_cache

_NAMES = "January February March April May June July August September October November December"
MONTHS = ("", *_NAMES.split())
"""English whatever the locale: the words around them are."""
_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def is_real(text: str) -> bool:
    """Whether `text` names a year, month or day that exists: 2021-02-30 does not."""
    try:
        earliest(text)
    except ValueError:
        return False
    return True


def earliest(text: str) -> dt.date:
    """Return the first day that `text` can mean. Raises ValueError where there is none."""
    year, month, day = _parts(text)
    return dt.date(year, month or 1, day or 1)


def latest(text: str) -> dt.date:
    """Return the last day that `text` can mean. Raises ValueError where there is none."""
    year, month, day = _parts(text)
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def in_words(text: str) -> str:
    """Return `April 15, 2020`, `April 2020` or `2020`, never more exact than `text` is."""
    year, month, day = _parts(text)
    if not month:
        return str(year)
    return f"{MONTHS[month]} {day}, {year}" if day else f"{MONTHS[month]} {year}"


def months_later(text: str, months: int) -> str:
    """Return the month, as `2026-11`, that comes `months` after the month of `text`'s last day."""
    day = latest(text)
    count = day.year * 12 + (day.month - 1) + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _PATTERN.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date of the form 2020, 2020-04 or 2020-04-15")
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        raise ValueError("there is no year 0")
    dt.date(year, 1 if month is None else month, 1 if day is None else day)
    return year, month, day
