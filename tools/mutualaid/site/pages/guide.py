"""Pages that people wrote, and the glossary: their bodies rendered, their place on paths, what they draw in."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from mutualaid.core.content.page import Page, ReadingPath
from mutualaid.core.content.presentation import present_page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.kind import Kind
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.site.context import SiteContext
from mutualaid.site.kept_pages import Job
from mutualaid.site.pages.cite import cite_view
from mutualaid.site.renderer import HERE, PageMeta
from mutualaid.text.markdown import Heading, Surroundings, guide_html, linked, plain_text, prose, text_and_notes
from mutualaid.text.urls import linker_from

FOUND_AS = {"guide": "Guide page", "help": "Help"}
SHOWN = re.compile("\x02(.*?)\x02")
"""Where a text shows an entry or a table; no text of a page holds these signs."""
View = Mapping[str, Any]
"""What the template gets of a page that people wrote; its title and promise are in `PageMeta`."""


def job_of_page(site: SiteContext, page: Page, view: View) -> Job:
    """Return what makes a page that people wrote. Whatever it shows must be in the parts."""
    shown = (*view["draws_in"], *(entry for _, own in view["shelf"] for entry in own))
    parts = (page.address, view["body"], view["notes"], site.said_of_files(page.address), site.kept.content)
    return partial(_make_page, site, page, view), (*shown, *parts)


def _make_page(site: SiteContext, page: Page, view: View) -> None:
    """Make a page, and the same once more on each path that it is on."""
    paths = [path for path in site.content.paths if page.address in path.pages]
    for path in (None, *paths):
        address = path.own_addresses[page.address] if path else page.address
        is_hidden = page.is_stub or path is not None
        meta = PageMeta(
            page.title,
            address,
            page.promise,
            page.section,
            bool(page.fields.get("quick_exit")),
            is_listed=not is_hidden,
            found_as="" if is_hidden else FOUND_AS.get(page.section, "About this site"),
            tab_title=page.fields.get("tab_title", ""),
        )
        to = linker_from(address, path.own_addresses if path else None)
        site.renderer.render_page(
            "page.html",
            meta,
            to,
            guide={**view, "body": linked(view["body"], to), "notes": linked(view["notes"], to)},
            path=path,
            walks=[(one, site.pages_of(one), one.pages.index(page.address)) for one in ([path] if path else paths)],
            files=site.files.get(page.address, ()),
            structured={} if path else site.json_ld.guide(meta, page),
            **cite_view(site.edition.page(page.title, page.address, str(page.fields.get("edited", "")))),
        )


def make_guide_index(site: SiteContext) -> None:
    meta = PageMeta("The guide", "/guide/", "Every page of the guide, and paths through it.", "guide", found_as=HERE)
    site.renderer.render_page("guide_index.html", meta, paths=site.content.paths, pages=site.guide)


def make_glossary(site: SiteContext) -> None:
    meta = PageMeta("Glossary", "/glossary/", "Words that this site uses, in plain English.", "guide", found_as=HERE)
    site.renderer.render_page("glossary.html", meta, terms=site.content.terms, page_at=site.content.page_at)


def make_path(site: SiteContext, path: ReadingPath) -> None:
    meta = PageMeta(path.title, path.address, path.for_whom, "guide", found_as="Path")
    pages, files = site.pages_of(path), site.files.get(path.address, ())
    structured = site.json_ld.reading_path(meta, path, pages)
    to = linker_from(path.address, path.own_addresses)
    site.renderer.render_page("path.html", meta, to, pages=pages, files=files, structured=structured)


class Bodies:
    """All pages that people wrote, rendered.

    `views` are by address, `drawn_in_by` the pages that draw in each entry, `problems` what leads nowhere;
    `own_addresses` are those of pages that the site has.
    """

    def __init__(self, site: SiteContext, own_addresses: set[str]) -> None:
        self.site, self.addresses = site, own_addresses
        self._table = site.surroundings(str).table
        self.terms = {term.id: (term.term, plain_text(prose(term.definition))) for term in site.content.terms}
        self.drawn_in_by: dict[str, list[Page]] = {}
        self.problems: list[Problem] = []
        self.views = {page.address: self._view(page) for page in site.content.pages}

    def _view(self, page: Page) -> View:
        entries, around = self.site.entries, self._surroundings()
        body, notes = text_and_notes(self._html(page, around))
        for complaint in around.complaints:
            place = Place(page.document.file, page.body_line + complaint.line - 1)
            self.problems.append(Problem(f"page.{complaint.rule}", "The text", complaint.sentence, place))
        self._name_the_missing(page)
        presented = present_page(page, around.cards, entries, self.site.today)
        shown = dict.fromkeys((*around.entries, *presented.drawn_in))
        shelves = tuple(self._shelves(page, shown))
        on_shelves = (entry.address.strip("/") for _, own in shelves for entry in own)
        for name in dict.fromkeys((*shown, *on_shelves)):
            self.drawn_in_by.setdefault(name, []).append(page)
        return {
            "address": page.address,
            "fields": page.fields,
            "shown": presented,
            "body": body,
            "notes": notes,
            "draws_in": tuple(entries[name] for name in presented.drawn_in),
            "shelf": shelves,
            "shelved": sum(len(own) for _, own in shelves),
            "toc": tuple(heading for heading in around.headings if heading.level == 2),  # noqa: PLR2004
        }

    def _html(self, page: Page, around: Surroundings) -> str:
        """Render a page's text, or take what was rendered before; what it shows of entries is put in each time."""
        kept = self.site.kept.texts
        key = kept.key_of(page.address, page.body, [*self.site.entries], sorted(self.addresses))
        found = kept.find(key)
        if found:
            html, headings, around.entries, around.cards = found
            around.headings = [Heading(*heading) for heading in headings]
        else:
            html = str(guide_html(page.body, around))
            if not around.complaints:
                kept.now[key] = html, around.headings, around.entries, around.cards
        return SHOWN.sub(lambda found: self._shown(*found[1].split()), html)

    def _shown(self, name: str, part: str = "") -> str:
        return self._table(name, part) if part else str(self.site.renderer.row("card", self.site.entries[name], True))

    def _surroundings(self) -> Surroundings:
        """Return what a page may refer to. Its links are addresses on the site, since it is read in several places."""
        figure = self.site.renderer.macro("parts/figure.html", "figure")
        figures = self.site.content.figures
        return self.site.surroundings(
            str,
            page_exists=self.addresses.__contains__,
            card="\x02{}\x02".format,
            table=lambda block, part: self._table(block, part) and f"\x02{block} {part}\x02",
            figure=lambda name: str(figure(figures[name])) if name in figures else None,
            meaning=lambda name: self.terms.get(name, ("", "")),
        )

    def _name_the_missing(self, page: Page) -> None:
        for name in page.draws_in:
            if name not in self.site.entries:
                kind, _, slug = name.partition("/")
                place = page.document.place_of(("draws_in", kind, page.fields["draws_in"][kind].index(slug)))
                sentence = f"No entry {name} exists. Name one that does, or take the line out."
                self.problems.append(Problem("draws-in.no-such-entry", "Entries drawn in", sentence, place))

    def _shelves(self, page: Page, shown: Mapping[str, None]) -> Iterator[tuple[Kind, list[Entry]]]:
        """Yield, by kind, the entries whose topics are those of a page and that the page does not show otherwise."""
        topics = set(page.fields.get("shelf", ()))
        for collection in self.site.collections:
            kind = collection.kind
            rest = (entry for entry in collection.entries if f"{kind.name}/{entry.slug}" not in shown)
            found = [entry for entry in rest if entry.fields["topics"][0] in topics]
            if found:
                yield kind, found
