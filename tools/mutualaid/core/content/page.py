"""Pages that people write: the guide and the pages around it; reading paths; glossary; law; who runs the edition."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mutualaid.core.entries import dates
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.problem import Problem, problem_of

LawRow = Mapping[str, Any]
OLD_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Page:
    """A page as written: its front matter in `fields`, its `body` in Markdown, and where the body starts.

    `is_stub`: it tells of a way to send something that is not open in this copy, so only its own address leads to it.
    """

    address: str
    section: str
    fields: Mapping[str, Any]
    body: str
    body_line: int
    document: Document
    is_stub: bool = False

    @property
    def title(self) -> str:
        return str(self.fields["title"])

    @property
    def promise(self) -> str:
        return str(self.fields["promise"])

    @property
    def is_guide(self) -> bool:
        return self.section == "guide"

    @property
    def is_help(self) -> bool:
        return self.section == "help"

    @property
    def draws_in(self) -> tuple[str, ...]:
        """The entries that the page names below its text, as `kind/slug`."""
        return tuple(f"{kind}/{slug}" for kind, slugs in self.fields.get("draws_in", {}).items() for slug in slugs)

    @property
    def review_by(self) -> str:
        """The month by which the page should be looked at again, or empty where it has no sources to go stale."""
        start = self.fields["reviewed"]["on"] if "reviewed" in self.fields else self.fields.get("sources_checked")
        return dates.months_later(str(start), self.review_months) if start else ""

    @property
    def review_months(self) -> int:
        """After how many months the page should be looked at again: 6 for law and safety, 12 for links, else 24."""
        return int(self.fields.get("review_months", 24))

    def is_stale(self, today: dt.date) -> bool:
        return bool(self.review_by) and dates.latest(self.review_by) < today


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """An ordered route through pages; `pages` holds their addresses, `rank` its place among paths."""

    slug: str
    rank: int
    title: str
    for_whom: str
    pages: tuple[str, ...]
    document: Document

    @property
    def address(self) -> str:
        return f"/paths/{self.slug}/"

    @property
    def own_addresses(self) -> dict[str, str]:
        return {page: f"{self.address}{page.strip('/').rpartition('/')[2]}/" for page in self.pages}


@dataclass(frozen=True, slots=True)
class ShortEdition:
    """A book for somebody who begins: the addresses of its pages in order, and its entries as `kind/slug`."""

    title: str
    for_whom: str
    pages: tuple[str, ...]
    entries: tuple[str, ...]
    document: Document


class Drawing(NamedTuple):
    """The box that a drawing is made in, and its shapes and labels as SVG that holds nothing else."""

    view_box: str
    shapes: str


class Figure(NamedTuple):
    """A drawing with its title, a description for whoever does not see it, a caption, and whose work it is."""

    name: str
    title: str
    description: str
    caption: str
    credit: str
    drawing: Drawing


class Term(NamedTuple):
    """A word of the glossary."""

    id: str
    term: str
    definition: str
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All that people wrote around the entries."""

    pages: tuple[Page, ...]
    paths: tuple[ReadingPath, ...]
    short_edition: ShortEdition
    terms: tuple[Term, ...]
    intros: Mapping[str, Page]
    host: Mapping[str, str]
    home: Mapping[str, Any]
    law: Document
    figures: Mapping[str, Figure] = field(default_factory=dict)
    search: Mapping[str, Any] = field(default_factory=dict)

    def page_at(self, address: str) -> Page | None:
        return next((page for page in self.pages if page.address == address), None)

    def in_reading_order(self) -> tuple[Page, ...]:
        """Return all pages but stubs: help, then the guide as the paths name its pages, by rank, then all others."""
        place: dict[str, int] = {}
        for path in self.paths:
            for address in path.pages:
                place.setdefault(address, len(place))

        def order(page: Page) -> tuple[bool, bool, str, int]:
            rank = place.get(page.address, len(place))
            return not page.is_help, not page.is_guide, page.fields.get("sheet", "~"), rank

        return tuple(sorted((page for page in self.pages if not page.is_stub), key=order))


def overdue(law: Document, today: dt.date) -> Iterator[Problem]:
    for index, row in enumerate(law.value["rows"]):
        if dates.latest(row["good_until"]) < today:
            until, place = dates.in_words(row["good_until"]), law.place_of(("rows", index, "good_until"))
            yield problem_of("law.overdue", "Good until", place, "warning", name=row["name"], until=until)


def rests(row: LawRow) -> bool:
    kinds = [source["kind"] for source in row.get("sources", ())]
    return "official" in kinds or "own" in kinds or len(kinds) > 1


def is_past(row: LawRow, today: dt.date) -> bool:
    return dates.latest(min(dates.months_later(row["as_of"], OLD_MONTHS), row["good_until"])) < today
