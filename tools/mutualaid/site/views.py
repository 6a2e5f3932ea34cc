"""What templates get: rows of lists, links to pages, kinds as menus name them."""

import datetime as dt
from dataclasses import dataclass

from mutualaid.core.entries.collection import Collection
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Fact, Status, card_of, status_of


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


def kind_view(collection: Collection) -> KindView:
    """Return a collection as menus name it."""
    kind = collection.kind
    return KindView(kind.name, kind.title, kind.singular, kind.address, len(collection.entries), kind.description)


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
