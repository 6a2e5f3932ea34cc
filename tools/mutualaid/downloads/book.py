"""What the books hold, for paper and for e-readers alike: the whole work, a reading path with what its pages show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from mutualaid.core.content.conditional_blocks import nobody_runs
from mutualaid.core.content.page import Figure, Page, ReadingPath
from mutualaid.core.content.presentation import LICENCE
from mutualaid.core.entries import dates
from mutualaid.core.entries.collection import Collection
from mutualaid.core.entries.entry import Entry
from mutualaid.downloads.html import (
    entry_html,
    glossary_html,
    index_html,
    page_body,
    page_html,
    part_html,
    section_html,
    short_entry_html,
)
from mutualaid.downloads.material import Material

ABOUT, GLOSSARY, INDEX, COLOPHON = "/about-this-work/", "/glossary/", "/index-of-entries/", "/about-this-book/"
SHORTENED = (
    "It is the short edition. Of exercises and groups it leaves out sources, notes for whoever leads, and what can go"
    " wrong; the site and the whole book have them."
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a book: its address, its title, and our own HTML from its heading on.

    `role` is `part`, `chapter`, `entry`, `glossary`, `index` or `colophon`.
    """

    role: str
    address: str
    title: str
    html: str

    @property
    def is_below_a_part(self) -> bool:
        """Whether it belongs to the part before it, so that its headings are one level deeper."""
        return self.role in ("chapter", "entry")


@dataclass(frozen=True, slots=True)
class Book:
    """A book before it is made. `work` is the name of the site, `month` that of the edition, as `2026-11`.

    In a short one no entry begins a page.
    """

    work: str
    title: str
    subtitle: str
    publisher: str
    month: str
    site_address: str
    chapters: tuple[Chapter, ...]
    figures: tuple[Figure, ...]
    is_short: bool = False

    @property
    def edition(self) -> str:
        """The edition in words."""
        return f"Edition of {dates.in_words(self.month)}"


@dataclass(frozen=True, slots=True)
class BookPart:
    """A part of a book, with the pages or entries that it holds.

    Of the pages whose address is in `sections` it holds that section alone. A short part leaves out of entries what
    only somebody needs who leads, and where they come from.
    """

    address: str
    title: str
    promise: str
    items: Sequence[Page | Entry]
    sections: Mapping[str, str] = field(default_factory=dict)
    is_short: bool = False


def whole_work(material: Material) -> Book:
    """Return the guide in reading order, every entry, the glossary, and the pages around."""
    pages = material.content.in_reading_order()
    guide = BookPart(
        "/guide/", "The guide", "Pages to read in any order. Begin with safety.", _guide(pages, is_guide=True)
    )
    words = "Who made it, how it is checked, and how to take part."
    about = BookPart(ABOUT, "About this work", words, _guide(pages, is_guide=False))
    collections = (_collection(one, one.entries, material) for one in material.collections)
    return _book(material, material.site_name, material.tagline, (guide, *collections, about))


def short_edition(material: Material) -> Book:
    """Return a thin book to begin with: what content/short-edition.yaml names, without a glossary and an index."""
    short, content = material.content.short_edition, material.content
    named = [address.partition("#") for address in short.pages]
    pages = [page for address, _, _ in named if (page := content.page_at(address))]
    sections = {address: section for address, _, section in named if section}
    first = BookPart("/short-edition/", "First steps", short.for_whom, pages, sections, is_short=True)
    chosen = [material.entries[name] for name in short.entries if name in material.entries]
    collections = (
        _collection(one, [entry for entry in chosen if entry.kind.name == one.kind.name], material)
        for one in material.collections
    )
    parts = (first, *(replace(part, is_short=True) for part in collections))
    return _book(material, short.title, short.for_whom, parts)


def path_book(path: ReadingPath, material: Material) -> Book:
    """Return the pages of a reading path in order, and in full the entries that they show."""
    pages = [page for address in path.pages if (page := material.content.page_at(address))]
    shown = {name for page in pages for name in (*page_body(page, material)[1], *page.draws_in)}
    collections = (
        _collection(one, [entry for entry in one.entries if f"{one.kind.name}/{entry.slug}" in shown], material)
        for one in material.collections
    )
    return _book(
        material, path.title, path.for_whom, (BookPart(path.address, "The path", path.for_whom, pages), *collections)
    )


def _guide(pages: Iterable[Page], *, is_guide: bool) -> list[Page]:
    return [page for page in pages if page.is_guide is is_guide]


def _collection(collection: Collection, entries: Sequence[Entry], material: Material) -> BookPart:
    kind = collection.kind
    intro = material.content.intros.get(kind.name)
    return BookPart(kind.address, kind.title, intro.promise if intro else kind.description, entries)


def _book(material: Material, title: str, subtitle: str, parts: Iterable[BookPart]) -> Book:
    parts = [part for part in parts if part.items]
    content = material.content
    chapters = [chapter for part in parts for chapter in _chapters(part, material)]
    entries = [item for part in parts for item in part.items if isinstance(item, Entry)]
    pages = {item.address: item for part in parts for item in part.items if isinstance(item, Page)}
    is_short = any(part.is_short for part in parts)
    if not is_short:
        chapters.append(Chapter("glossary", GLOSSARY, "Glossary", glossary_html(content.terms, pages)))
    if entries and not is_short:
        chapters.append(Chapter("index", INDEX, "Index of entries", index_html(entries)))
    chapters.append(Chapter("colophon", COLOPHON, "About this book", _colophon(material, is_short=is_short)))
    shown = "".join(chapter.html for chapter in chapters)
    figures = (figure for name, figure in sorted(content.figures.items()) if f'<x-exhibit name="{name}">' in shown)
    month = material.today.strftime("%Y-%m")
    address, group = material.site_address, content.host["group"]
    return Book(material.site_name, title, subtitle, group, month, address, tuple(chapters), tuple(figures), is_short)


def _chapters(part: BookPart, material: Material) -> Iterator[Chapter]:
    yield Chapter("part", part.address, part.title, part_html(part.title, part.promise, part.items))
    for item in part.items:
        if isinstance(item, Page) and item.address in part.sections:
            section = section_html(item, part.sections[item.address], material)
            yield Chapter("chapter", item.address, item.title, section)
        elif isinstance(item, Page):
            yield Chapter("chapter", item.address, item.title, page_html(item, material))
        else:
            write = short_entry_html if part.is_short else entry_html
            yield Chapter("entry", item.address, item.title, write(item, material))


def _colophon(material: Material, *, is_short: bool) -> str:
    host, site = material.content.host, material.site_address
    lines = (
        f"This book was made from the same pages and entries as the site {material.site_name}.",
        SHORTENED if is_short else "",
        f"The site is at {site}." if site else "",
        f"It is run by {host['group']}." if host["group"] else nobody_runs(host),
        "Laws, funds and addresses change. Each entry says when it was added and by when to look at it again.",
        "This is information, not legal advice.",
        f"The text is under {LICENCE}, unless an entry names a freer license.",
        "You may copy, print and change it, not for sale, under the same license.",
        "Think about where you keep this book.",
        "A printed copy, a file on a work device and a download from a work network can all be seen by others.",
    )
    return f"<h1>About this book</h1>{''.join(f'<p>{escape(line)}</p>' for line in lines if line)}"
