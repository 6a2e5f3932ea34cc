"""Dates as exact as their source: year, year and month, or day (EDTF level 0). No clock."""

import calendar
import datetime as dt
import re
from functools import lru_cache

_NAMES = "January February March April May June July August September October November December"
MONTHS = ("", *_NAMES.split())
"""English whatever the locale: the words around them are."""
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_SPANISH = re.split(" ", "- enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
_MONTHS = {
    name.casefold()[:letters]: at
    for names in (_SPANISH, MONTHS)
    for at, name in enumerate(names)
    for letters in range(3, len(name) + 1)
}
_PASSED_OVER = {
    *re.findall(r"\w+", "st nd rd th of the de del on in since published updated posted copyright 年 月 日"),
    *(name.casefold()[:letters] for name in _DAYS for letters in range(3, len(name) + 1)),
}
_ORDERS = {
    "y": "y", "yM": "ym", "My": "my", "yn": "ym", "ny": "my",
    "nMy": "dmy", "Mny": "mdy", "yMn": "ymd", "ynn": "ymd", "nny": "mdy",
}  # fmt: skip
"""What is the year, month and day where a year `y`, the name of a month `M` and other numbers `n` are in a row."""
_PATTERN = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)


def is_real(text: str) -> bool:
    """Whether `text` names a year, month or day that exists: 2021-02-30 does not."""
    try:
        earliest(text)
    except ValueError:
        return False
    return True


def read_date(text: str) -> tuple[str, str]:
    """Return the date that people mean by such as `March 15, 2020` and '', or '' and why it means none, or two."""
    plain = re.sub(r"(?<=\d)T\d\d:.*|^\(c\)", "", text.strip(), flags=re.IGNORECASE).casefold()
    plain = re.sub(r"^((?:19|20)\d\d)(\d\d)(\d\d)$", r"\1-\2-\3", plain)
    words = re.findall(r"[0-9]+|[^\W\d_]+|[^\w\s,.\-/()'’‘\"“”©:–—]", plain)
    words = [word for word in words if word not in _PASSED_OVER]
    order = _ORDERS.get("".join(map(_sort_of, words)), "")
    numbers = [_MONTHS.get(word) or int(word) for word in words] if order else []
    if order == "mdy" and words[0].isdecimal() and numbers[0] != numbers[1]:
        first, second, year = numbers
        if max(first, second) < len(MONTHS):
            either = f"`{year}-{first:02d}-{second:02d}` or `{year}-{second:02d}-{first:02d}`"
            return "", f"must say which number is the month. Write {either}"
        order = "dmy" if second < len(MONTHS) else order
    found = dict(zip(order, numbers, strict=False))
    date = "-".join(f"{found[part]:0{4 if part == 'y' else 2}d}" for part in "ymd" if part in found)
    if is_real(date):
        return date, ""
    return "", "must be a date that exists, no more exact than its source. Write it as 2020, 2020-04 or 2020-04-15"


def _sort_of(word: str) -> str:
    """Return `M` for the name of a month, `y` for a year, `n` for another number, `?` for anything else."""
    return "M" if word in _MONTHS else {4: "y", 2: "n", 1: "n"}.get(len(word) if word.isdecimal() else 0, "?")


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
def _parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what the text leaves out."""
    if not _PATTERN.fullmatch(text):
        raise ValueError(f"{text!r} is not a date of the form 2020, 2020-04 or 2020-04-15")
    dt.date.fromisoformat(f"{text}-01-01"[: len("2020-04-15")])
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    return year, month, day
