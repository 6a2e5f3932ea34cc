"""What to look at again this month: entries and pages whose time to review has passed, or soon will."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from mutualaid.core.content.page import Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.core.pipeline.escaping import defused
from mutualaid.core.pipeline.limits import ROOM, fitting
from mutualaid.core.upkeep.tracking_issue import LATER, WantedList, said

TOPIC = "review"
PAGES = "pages"
_ROW = re.compile(r"^- \[[ x]\] .*<!-- ([^\s<>]+) -->$", re.MULTILINE)
NEVER = "never reviewed"
AT_ONCE = 12
"""So many of those that nobody ever reviewed are listed at once; the next come up as these are done."""


class Due(NamedTuple):
    """Something to look at; `group` is its kind, or `pages`; `by` the month by which to look."""

    group: str
    title: str
    file: str
    by: str


def due(entries: Iterable[Entry], pages: Iterable[Page], month: str) -> tuple[Due, ...]:
    """Return what should be looked at in `month` (`2026-11`): by then, before, or in the month after. Oldest first."""
    until = dates.months_later(month, 1)
    found = [
        Due(entry.kind.name, entry.title, f"submissions/{entry.kind.name}/{entry.slug}.yaml", entry.review_by)
        for entry in entries
        if not entry.is_retracted and not entry.is_retired and entry.review_by <= until
    ]
    found += [
        Due(PAGES, page.title, page.document.file, page.review_by)
        for page in pages
        if page.review_by and page.review_by <= until
    ]
    return tuple(sorted(found, key=lambda one: (one.group, one.by, one.file)))


def never_reviewed(entries: Iterable[Entry]) -> tuple[Due, ...]:
    """Return the entries that nobody has looked at since they came, the oldest first."""
    live = (one for one in entries if not one.is_retracted and not one.is_retired and "reviewed" not in one.fields)
    rows = [Due(NEVER, one.title, f"submissions/{one.kind.name}/{one.slug}.yaml", one.review_by) for one in live]
    return tuple(sorted(rows, key=lambda one: (one.by, one.file)))


def listed_in(body: str) -> tuple[str, ...]:
    return tuple(_ROW.findall(body))


def review_list(
    found: Sequence[Due], before: str, month: str, repository: str, never: Sequence[Due] = ()
) -> WantedList:
    """Return the month's list. `before` is its body so far: what was on it and is due no more is ticked.

    `never` is all that nobody ever reviewed; the first of it are listed below what is due.
    """
    due_files = {item.file for item in found}
    found = (*found, *[item for item in never if item.file not in due_files][:AT_ONCE])
    left = {item.file for item in found}
    done = [file for file in listed_in(before) if file not in left]
    title = f"To look at again in {dates.in_words(month)}"
    rows = [*_rows(found, repository)]
    ticked = fitting([f"- [x] `{file}` <!-- {file} -->" for file in done], ROOM // 3)
    done_rows = ["### Done", "", *ticked, ""] if done else []
    opening = _opening(len(due_files), len(never))
    rest = ROOM - len(opening) - sum(len(row) + 1 for row in done_rows)
    words = "\n".join([opening, "", *fitting(rows, rest, LATER), *done_rows])
    return WantedList(TOPIC, month, title, words, not found)


def _opening(count: int, never: int) -> str:
    if not count and not never:
        return said("review nothing")
    entries = "One entry was" if never == 1 else f"{never} entries were"
    first = f" **{entries} never reviewed by anybody** since they came; the first are listed below." if never else ""
    return said("review", things={0: "Nothing has", 1: "One thing has"}.get(count, f"{count} things have"), first=first)


def _rows(found: Sequence[Due], repository: str) -> Iterator[str]:
    for group in dict.fromkeys(item.group for item in found):
        yield f"### {group.capitalize()}"
        yield ""
        yield said(f"look {group}")
        yield ""
        for item in found:
            if item.group == group:
                yield f"- [ ] {_edit(item, repository)}, by {dates.in_words(item.by)} <!-- {item.file} -->"
        yield ""


def _edit(one: Due, repository: str) -> str:
    words = re.sub(r"[\[\]\\`*_]", "", defused(one.title))
    if not repository:
        return f"{words} (`{one.file}`)"
    return f"[{words}](https://github.com/{repository}/edit/main/{quote(one.file)})"
