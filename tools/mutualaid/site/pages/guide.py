"""Pages that people wrote: their bodies rendered, their place on reading paths, what they draw in."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from mutualaid.core.content.figure import Figure
from mutualaid.core.content.page import Content, Page, ReadingPath
from mutualaid.core.content.presentation import PresentedPage, present_page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.site.renderer import Press
from mutualaid.site.views import PageLink, Row, row_of
from mutualaid.text.markdown import Heading, Surroundings, each_heading, guide_html, plain_text, prose
from mutualaid.text.urls import linker_from


@dataclass(frozen=True, slots=True)
class PlaceOnPath:
    """Where a page stands on its first reading path; `index` counts from 1."""

    title: str
    address: str
    index: int
    total: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The entries of one kind that stand on a page's topics and that the page does not show otherwise."""

    title: str
    entries: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class GuideView:
    """A page as its template is handed it."""

    title: str
    promise: str
    shown: PresentedPage
    after: tuple[str, ...]
    body: Markup
    take_with_you: tuple[str, ...]
    onward: PageLink | None
    back: PageLink | None
    also: tuple[tuple[str, PageLink], ...]
    place: PlaceOnPath | None
    route: tuple[PageLink, ...]
    draws_in: tuple[Row, ...]
    shelf: tuple[Shelf, ...]
    shelved: int
    toc: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """All pages rendered: views by address, the pages that draw in each entry, and what leads nowhere."""

    views: Mapping[str, GuideView]
    drawn_in_by: Mapping[str, tuple[PageLink, ...]]
    problems: tuple[Problem, ...]


def bind(
    content: Content, entries: Mapping[str, Entry], press: Press, pages_made: frozenset[str], today: dt.date
) -> Bound:
    """Render every page; `entries` are keyed `kind/slug`, `pages_made` are addresses that the site makes itself."""
    binder = _Binder(content, entries, press, pages_made | {page.address for page in content.pages}, today)
    views = {page.address: binder.view(page) for page in content.pages}
    drawn = {name: tuple(links) for name, links in binder.drawn_in_by.items()}
    return Bound(views, drawn, tuple(binder.problems))


class _Binder:
    def __init__(
        self, content: Content, entries: Mapping[str, Entry], press: Press, addresses: frozenset[str], today: dt.date
    ) -> None:
        self.content, self.entries, self.press, self.addresses, self.today = content, entries, press, addresses, today
        self.terms = {term.id: (term.term, plain_text(prose(term.definition))) for term in content.terms}
        self.drawn_in_by: dict[str, list[PageLink]] = {}
        self.problems: list[Problem] = []

    def view(self, page: Page) -> GuideView:
        """Render one page."""
        around = self._surroundings(page)
        body = guide_html(page.body, around)
        for complaint in around.complaints:
            place = Place(page.document.file, page.body_line + complaint.line - 1)
            self.problems.append(Problem(f"page.{complaint.rule}", "The text", complaint.sentence, place))
        self._name_the_missing(page)
        presented = present_page(page, around.cards, self.entries, self.today)
        shown = dict.fromkeys((*around.entries, *presented.drawn_in))
        shelves = tuple(self._shelves(page, shown))
        on_shelves = (link.address.strip("/") for shelf in shelves for link in shelf.entries)
        for name in dict.fromkeys((*shown, *on_shelves)):
            self.drawn_in_by.setdefault(name, []).append(PageLink(page.title, page.address))
        paths = [path for path in self.content.paths if page.address in path.pages]
        first = paths[0] if paths else None
        back, onward = self._around(page, first)
        others = [(path.title, link) for path in paths[1:] if (link := self._around(page, path)[1])]
        if onward is None and others:
            onward = others[0][1]
        fields = page.fields
        return GuideView(
            page.title,
            page.promise,
            presented,
            tuple(fields.get("after", ())),
            body,
            tuple(fields.get("take_with_you", ())),
            onward,
            back,
            tuple((title, link) for title, link in others if link != onward),
            self._place(page, first),
            self._route(page, first),
            tuple(row_of(self.entries[name], self.today) for name in presented.drawn_in),
            shelves,
            sum(len(shelf.entries) for shelf in shelves),
            tuple(each_heading(around, 2)),
        )

    def _surroundings(self, page: Page) -> Surroundings:
        card: Callable[[Row], str] = self.press.macro("parts/card.html", "card", page.address)
        figure: Callable[[Figure], str] = self.press.macro("parts/figure.html", "figure", page.address)
        figures = self.content.figures
        return Surroundings(
            to=linker_from(page.address),
            page_exists=self.addresses.__contains__,
            entry_address=lambda name: self.entries[name].address if name in self.entries else None,
            term_exists=self.terms.__contains__,
            card=lambda name: str(card(row_of(self.entries[name], self.today))),
            figure=lambda name: str(figure(figures[name])) if name in figures else None,
            meaning=lambda name: self.terms.get(name, ("", "")),
        )

    def _name_the_missing(self, page: Page) -> None:
        for name in page.draws_in:
            if name not in self.entries:
                kind, _, slug = name.partition("/")
                place = page.document.place_of(("draws_in", kind, page.fields["draws_in"][kind].index(slug)))
                sentence = f"No entry {name} exists. Name one that does, or take the line out."
                self.problems.append(Problem("draws-in.no-such-entry", "Entries drawn in", sentence, place))

    def _shelves(self, page: Page, shown: Mapping[str, None]) -> Iterator[Shelf]:
        topics = set(page.fields.get("shelf", ()))
        for kind in dict.fromkeys(entry.kind.name for entry in self.entries.values()):
            found = [
                entry
                for name, entry in self.entries.items()
                if entry.kind.name == kind and name not in shown and entry.fields["topics"][0] in topics
            ]
            if found:
                links = (PageLink(entry.title, entry.address) for entry in found)
                yield Shelf(found[0].kind.title, tuple(links))

    def _around(self, page: Page, path: ReadingPath | None) -> tuple[PageLink | None, PageLink | None]:
        before, after = path.around(page.address) if path else (None, None)
        return self._link(before), self._link(after)

    def _link(self, address: str | None, current: str = "") -> PageLink | None:
        page = self.content.page_at(address) if address else None
        return PageLink(page.title, page.address, page.promise, page.address == current) if page else None

    def _place(self, page: Page, path: ReadingPath | None) -> PlaceOnPath | None:
        if path is None:
            return None
        return PlaceOnPath(path.title, path.address, path.pages.index(page.address) + 1, len(path.pages))

    def _route(self, page: Page, path: ReadingPath | None) -> tuple[PageLink, ...]:
        links = (self._link(address, page.address) for address in (path.pages if path else ()))
        return tuple(link for link in links if link)
