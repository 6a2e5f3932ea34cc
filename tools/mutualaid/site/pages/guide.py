"""Pages that people wrote: their bodies rendered, their place on reading paths, what they draw in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mutualaid.core.content.figure import Figure
from mutualaid.core.content.page import Page, ReadingPath
from mutualaid.core.content.presentation import present_page
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.site.context import SiteContext
from mutualaid.site.pages.cite import cite_page
from mutualaid.site.renderer import PageMeta
from mutualaid.site.views import PageLink, Row, row_of
from mutualaid.text.markdown import Surroundings, each_heading, guide_html, plain_text, prose
from mutualaid.text.urls import linker_from

FOUND_AS = {"guide": "Guide page", "help": "Help"}
View = Mapping[str, Any]
"""What the template gets of a page that people wrote; its title and promise are in `PageMeta`."""


@dataclass(frozen=True, slots=True)
class RenderedBodies:
    """All pages rendered: views by address, the pages that draw in each entry, and what leads nowhere."""

    views: Mapping[str, View]
    drawn_in_by: Mapping[str, tuple[PageLink, ...]]
    problems: tuple[Problem, ...]


def render_bodies(site: SiteContext, own_addresses: frozenset[str]) -> RenderedBodies:
    """Render what people wrote on every page; `own_addresses` are those of pages that the site makes itself."""
    bodies = _Bodies(site, own_addresses | {page.address for page in site.content.pages})
    views = {page.address: bodies.view(page) for page in site.content.pages}
    drawn = {name: tuple(links) for name, links in bodies.drawn_in_by.items()}
    return RenderedBodies(views, drawn, tuple(bodies.problems))


def make_page(site: SiteContext, page: Page, view: View) -> None:
    """Make a page that people wrote."""
    meta = PageMeta(
        page.title,
        page.address,
        page.promise,
        page.section,
        bool(page.fields.get("quick_exit")),
        is_listed=not page.is_stub,
        found_as="" if page.is_stub else FOUND_AS.get(page.section, "About this site"),
        tab_title=page.fields.get("tab_title", ""),
    )
    site.renderer.render_page(
        "page.html",
        meta,
        guide=view,
        files=site.files.get(page.address, ()),
        structured=site.json_ld.guide(meta, page),
        citation=cite_page(site.edition, page),
    )


def make_guide_index(site: SiteContext) -> None:
    """Make the list of all paths and pages of the guide."""
    pages = tuple(site.link(page.address) for page in site.guide)
    paths = tuple(path_view(site, path) for path in site.content.paths)
    meta = PageMeta("The guide", "/guide/", "Every page of the guide, and paths through it.", "guide")
    site.renderer.render_page("guide_index.html", meta, paths=paths, pages=pages)


def make_path(site: SiteContext, path: ReadingPath) -> None:
    """Make the page of a reading path."""
    meta = PageMeta(path.title, path.address, path.for_whom, "guide", found_as="Path")
    site.renderer.render_page(
        "path.html",
        meta,
        reading_path=path_view(site, path),
        files=site.files.get(path.address, ()),
        structured=site.json_ld.reading_path(meta, path, lambda address: site.link(address).title),
    )


def path_view(site: SiteContext, path: ReadingPath) -> View:
    """Return what templates get of a reading path."""
    pages = tuple(site.link(address) for address in path.pages)
    return {"title": path.title, "for_whom": path.for_whom, "address": path.address, "pages": pages}


class _Bodies:
    def __init__(self, site: SiteContext, addresses: frozenset[str]) -> None:
        self.content, self.entries, self.addresses, self.today = site.content, site.entries, addresses, site.today
        self.renderer = site.renderer
        self.terms = {term.id: (term.term, plain_text(prose(term.definition))) for term in self.content.terms}
        self.drawn_in_by: dict[str, list[PageLink]] = {}
        self.problems: list[Problem] = []

    def view(self, page: Page) -> View:
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
        on_shelves = (link.address.strip("/") for _, links in shelves for link in links)
        for name in dict.fromkeys((*shown, *on_shelves)):
            self.drawn_in_by.setdefault(name, []).append(PageLink(page.title, page.address))
        paths = [path for path in self.content.paths if page.address in path.pages]
        first = paths[0] if paths else None
        back, onward = self._around(page, first)
        others = [(path.title, link) for path in paths[1:] if (link := self._around(page, path)[1])]
        if onward is None and others:
            onward = others[0][1]
        fields = page.fields
        return {
            "shown": presented,
            "after": fields.get("after", ()),
            "body": body,
            "is_sheet": "sheet" in fields,
            "take_with_you": fields.get("take_with_you", ()),
            "onward": onward,
            "back": back,
            "also": tuple((title, link) for title, link in others if link != onward),
            "path": first,
            "number": first.pages.index(page.address) + 1 if first else 0,
            "route": self._route(page, first),
            "draws_in": tuple(row_of(self.entries[name], self.today) for name in presented.drawn_in),
            "shelf": shelves,
            "shelved": sum(len(links) for _, links in shelves),
            "toc": tuple(each_heading(around, 2)),
        }

    def _surroundings(self, page: Page) -> Surroundings:
        card: Callable[[Row], str] = self.renderer.macro("parts/card.html", "card", page.address)
        figure: Callable[[Figure], str] = self.renderer.macro("parts/figure.html", "figure", page.address)
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

    def _shelves(self, page: Page, shown: Mapping[str, None]) -> Iterator[tuple[str, tuple[PageLink, ...]]]:
        """Yield, by kind, the entries whose topics are those of a page and that the page does not show otherwise."""
        topics = set(page.fields.get("shelf", ()))
        for kind in dict.fromkeys(entry.kind.name for entry in self.entries.values()):
            found = [
                entry
                for name, entry in self.entries.items()
                if entry.kind.name == kind and name not in shown and entry.fields["topics"][0] in topics
            ]
            if found:
                yield found[0].kind.title, tuple(PageLink(entry.title, entry.address) for entry in found)

    def _around(self, page: Page, path: ReadingPath | None) -> tuple[PageLink | None, PageLink | None]:
        before, after = path.around(page.address) if path else (None, None)
        return self._link(before), self._link(after)

    def _link(self, address: str | None, current: str = "") -> PageLink | None:
        page = self.content.page_at(address) if address else None
        return PageLink(page.title, page.address, page.promise, page.address == current) if page else None

    def _route(self, page: Page, path: ReadingPath | None) -> tuple[PageLink, ...]:
        links = (self._link(address, page.address) for address in (path.pages if path else ()))
        return tuple(link for link in links if link)
