"""What the books hold, for paper and for e-readers alike: the whole work, a reading path with what its pages show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mutualaid.core.content.conditional_blocks import nobody_runs
from mutualaid.core.content.page import Figure, Page, ReadingPath
from mutualaid.core.content.presentation import LICENCE, present_page
from mutualaid.core.entries import dates
from mutualaid.core.entries.collection import Collection, sortable
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.on_paper import lacking
from mutualaid.core.entries.presentation import present
from mutualaid.downloads.material import Material, page_body


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

    @property
    def file(self) -> str:
        return f"{self.address.strip('/').replace('/', '-')}.xhtml"


@dataclass(frozen=True, slots=True)
class Book:
    """A book before it is made. `work` is the name of the site, `month` that of the edition, as `2026-11`.

    In a short one no entry begins a page. `romanized` holds titles in Latin letters by those that paper cannot show.
    """

    work: str
    title: str
    subtitle: str
    publisher: str
    editors: str
    month: str
    site_address: str
    chapters: tuple[Chapter, ...]
    figures: tuple[Figure, ...]
    is_short: bool = False
    romanized: Mapping[str, str] = field(default_factory=dict)

    @property
    def edition(self) -> str:
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
    pages = material.content.in_reading_order()
    guide = BookPart(
        "/guide/",
        "The guide",
        "Pages to read in any order. Begin with safety.",
        [page for page in pages if page.is_guide],
    )
    about = BookPart(
        "/about-this-work/",
        "About this work",
        "Who made it, how it is checked, and how to take part.",
        [page for page in pages if not page.is_guide and not page.is_help],
    )
    first = BookPart("/help-today/", "Help today", "What to do first.", [page for page in pages if page.is_help])
    collections = (_collection(one, one.entries, material) for one in material.collections)
    return _book(material, material.site_name, material.tagline, (first, guide, *collections, about))


def short_edition(material: Material) -> Book:
    """Return a thin book to begin with: what content/short-edition.yaml names, without a glossary and an index."""
    short, content = material.content.short_edition, material.content
    named = [address.partition("#") for address in short.pages]
    pages = [page for address, _, _ in named if (page := content.page_at(address))]
    sections = {address: section for address, _, section in named if section}
    first = BookPart("/short-edition/", "First steps", short.for_whom, pages, sections, is_short=True)
    collections = (replace(part, is_short=True) for part in _of_entries(short.entries, material))
    return _book(material, short.title, short.for_whom, (first, *collections))


def path_book(path: ReadingPath, material: Material) -> Book:
    pages = [page for address in path.pages if (page := material.content.page_at(address))]
    shown = {name for page in pages for name in (*page_body(page, material)[1], *page.draws_in)}
    first = BookPart(path.address, "The path", path.for_whom, pages)
    in_order = [name for name in material.entries if name in shown]
    return _book(material, path.title, path.for_whom, (first, *_of_entries(in_order, material)))


def _of_entries(names: Iterable[str], material: Material) -> Iterator[BookPart]:
    entries = [material.entries[name] for name in names if name in material.entries]
    for one in material.collections:
        yield _collection(one, [entry for entry in entries if entry.kind.name == one.kind.name], material)


def _collection(collection: Collection, entries: Sequence[Entry], material: Material) -> BookPart:
    kind = collection.kind
    intro = material.content.intros.get(kind.name)
    return BookPart(kind.address, kind.title, intro.promise if intro else kind.description, entries)


def _book(material: Material, title: str, subtitle: str, parts: Iterable[BookPart]) -> Book:
    parts = [part for part in parts if part.items]
    content, write, group = material.content, material.write, material.content.host["group"]
    work, address = material.site_name, material.site_address
    chapters = [chapter for part in parts for chapter in _chapters(part, material)]
    entries = [item for part in parts for item in part.items if isinstance(item, Entry)]
    pages = {item.address: item for part in parts for item in part.items if isinstance(item, Page)}
    is_short = any(part.is_short for part in parts)
    if not is_short:
        chapters.append(Chapter("glossary", "/glossary/", "Glossary", str(write.glossary(content.terms, pages))))
    if entries and not is_short:
        chapters.append(Chapter("index", "/index-of-entries/", "Index of entries", _index_html(entries, material)))
    colophon = str(write.colophon(work, address, group, nobody_runs(content.host), LICENCE, is_short))
    chapters.append(Chapter("colophon", "/about-this-book/", "About this book", colophon))
    shown = "".join(chapter.html for chapter in chapters)
    figures = (figure for name, figure in sorted(content.figures.items()) if f'<x-exhibit name="{name}">' in shown)
    month, editors = material.today.strftime("%Y-%m"), material.edition.editors
    latin = {one.title: one.fields["romanized"] for one in entries if "romanized" in one.fields and lacking(one.title)}
    return Book(work, title, subtitle, group, editors, month, address, tuple(chapters), tuple(figures), is_short, latin)


def _chapters(part: BookPart, material: Material) -> Iterator[Chapter]:
    yield Chapter("part", part.address, part.title, str(material.write.part(part)))
    for item in part.items:
        if isinstance(item, Entry):
            shown = present(item, material.today, material.entries)
            html = str(material.write.entry(item, shown, part.is_short))
        elif item.address in part.sections:
            html = _section_html(item, part.sections[item.address], material)
        else:
            html = _page_html(item, material)
        yield Chapter("entry" if isinstance(item, Entry) else "chapter", item.address, item.title, html)


def _section_html(page: Page, section: str, material: Material) -> str:
    """Return one section of a page under the page's title: from its heading to the next one as high, with its notes."""
    body = page_body(page, material)[0]
    inner, notes, below = body.partition('<section class="footnotes"')
    first = inner.index(f'<h2 id="{section}"')
    last = inner.find("<h2 ", first + 1)
    shown = inner[first:] if last < 0 else inner[first:last]
    return str(material.write.section(page, shown, notes + below))


def _page_html(page: Page, material: Material) -> str:
    """Return a page; a figure is an `<x-exhibit name="…">`."""
    body, cards = page_body(page, material)
    shown = present_page(page, cards, material.entries, material.today)
    return str(material.write.page(page, shown, body, [material.entries[name] for name in shown.drawn_in]))


def _index_html(entries: Iterable[Entry], material: Material) -> str:
    ordered = sorted(entries, key=lambda entry: sortable(entry.title))
    by_topic: dict[str, list[Entry]] = {}
    for entry in ordered:
        for topic in entry.fields.get("topics", ()):
            by_topic.setdefault(entry.kind.label("topics", topic), []).append(entry)
    return str(material.write.index(ordered, sorted(by_topic.items(), key=lambda topic: topic[0].casefold())))
