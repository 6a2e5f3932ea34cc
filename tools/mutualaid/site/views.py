"""What templates are handed: rows of lists, links to pages, entries with their surroundings."""

import datetime as dt
from dataclasses import dataclass

from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Fact, Link, Status, card_of, status_of


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of the site."""

    title: str
    address: str
    promise: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in a list or on a card."""

    title: str
    address: str
    summary: str
    singular: str
    kind: str
    facts: tuple[Fact, ...]
    status: Status | None
    is_retired: bool


@dataclass(frozen=True, slots=True)
class KindView:
    """A collection, as menus name it."""

    name: str
    title: str
    singular: str
    address: str
    count: int
    description: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry's page; `view` is `read`, `lead` or `sheet`."""

    kind: KindView
    slug: str
    title: str
    summary: str
    address: str
    view: str
    views: tuple[PageLink, ...]
    topics: tuple[Link, ...]
    drawn_in_by: tuple[PageLink, ...]
    near: tuple[Row, ...]


def row_of(entry: Entry, today: dt.date) -> Row:
    """Return an entry as a row."""
    return Row(
        entry.title,
        entry.address,
        entry.summary,
        entry.kind.singular,
        entry.kind.name,
        card_of(entry, today),
        status_of(entry, today),
        entry.is_retired,
    )
