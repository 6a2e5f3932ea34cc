"""What to look at again this month: entries and pages whose time to review has passed, or soon will."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from mutualaid.core.content.page import Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.core.pipeline.escaping import ROOM, defused, fitting
from mutualaid.core.upkeep.tracking_issue import TrackingIssue, wanted

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
    live = (one for one in entries if not one.is_retracted and not one.is_retired and "reviewed" not in one.fields)
    rows = [Due(NEVER, one.title, f"submissions/{one.kind.name}/{one.slug}.yaml", one.review_by) for one in live]
    return tuple(sorted(rows, key=lambda one: (one.by, one.file)))


def listed_in(body: str) -> tuple[str, ...]:
    return tuple(_ROW.findall(body))


def review_list(
    found: Sequence[Due], before: str, month: str, repository: str, never: Sequence[Due] = ()
) -> TrackingIssue:
    """Return the month's list. `before` is its body so far: what was on it and is due no more is ticked.

    `never` is all that nobody ever reviewed; the first of it are listed below what is due.
    """
    due_files = {item.file for item in found}
    groups: dict[str, list[str]] = {}
    left = {item.file: item for item in (*found, *[item for item in never if item.file not in due_files][:AT_ONCE])}
    for file, item in left.items():
        row = f"- [ ] {_edit(item, repository)}, by {dates.in_words(item.by)} <!-- {file} -->"
        groups.setdefault(item.group, []).append(row)
    done = [f"- [x] `{file}` <!-- {file} -->" for file in listed_in(before) if file not in left]
    counts = {"count": len(due_files), "never": len(never)}
    title = f"To look at again in {dates.in_words(month)}"
    return wanted(TOPIC, month, title, is_open=bool(left), groups=groups, done=fitting(done, ROOM // 3), **counts)


def _edit(one: Due, repository: str) -> str:
    words = re.sub(r"[\[\]\\`*_]", "", defused(one.title))
    if not repository:
        return f"{words} (`{one.file}`)"
    return f"[{words}](https://github.com/{repository}/edit/main/{quote(one.file)})"
