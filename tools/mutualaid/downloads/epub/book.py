"""E-books: the whole work, and each reading path with the entries that its pages show."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape

from mutualaid.adapters.palette import with_colors
from mutualaid.core.content.conditional_blocks import nobody_runs
from mutualaid.core.content.figure import Figure
from mutualaid.core.content.page import Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.collection import Collection, sortable
from mutualaid.core.entries.entry import Entry
from mutualaid.downloads.download import TakeAway, book_path, key_of
from mutualaid.downloads.epub.archive import Book, Chapter, pack
from mutualaid.downloads.epub.style import COVER, STYLE
from mutualaid.downloads.html import GLOSSARY, Reach, entry_html, glossary_html, page_html
from mutualaid.downloads.material import Material
from mutualaid.text.markdown import prose_line

FORMAT = "EPUB"
GOOD_FOR = "Reading on a phone or an e-reader, at the size and in the colors that you set, without a network."
NAMED = re.compile(r"(?:entry:|::: card )([a-z]+/[a-z0-9-]+)")
LICENCE = "CC BY-NC-SA 4.0, unless an entry names a freer license"


def planned_books(material: Material) -> Iterator[TakeAway]:
    """Plan the whole work, then each reading path."""
    whole = tuple((one, one.entries) for one in material.collections if one.entries)
    pages = _in_order(material)
    file = book_path(material.site_name, ".epub")
    yield _take_away(material, file, material.site_name, material.tagline, pages, whole, "/")
    for path in material.content.paths:
        own = tuple(page for address in path.pages if (page := material.content.page_at(address)))
        yield _take_away(
            material,
            book_path(path.slug, ".epub"),
            path.title,
            path.for_whom,
            own,
            _shown_by(own, material),
            path.address,
        )


def _take_away(
    material: Material,
    file: str,
    title: str,
    subtitle: str,
    pages: Sequence[Page],
    groups: Sequence[tuple[Collection, Sequence[Entry]]],
    belongs_to: str,
) -> TakeAway:
    book = book_of(material, file, title, subtitle, pages, groups)
    key = key_of("epub 2", repr(book))
    return TakeAway(file, f"{title}, as an e-book", FORMAT, GOOD_FOR, belongs_to, key, partial(pack, book))


def book_of(
    material: Material,
    file: str,
    title: str,
    subtitle: str,
    pages: Sequence[Page],
    groups: Sequence[tuple[Collection, Sequence[Entry]]],
) -> Book:
    """Return a book of `pages`, then of entries by kind, a glossary and an index."""
    entries = [entry for _, own in groups for entry in own]
    is_whole = title == material.site_name
    files = {page.address: _file(page.address) for page in pages}
    files |= {collection.kind.address: _file(collection.kind.address) for collection, _ in groups}
    files |= {entry.address: _file(entry.address) for entry in entries} | {GLOSSARY: "glossary.xhtml"}
    reach = Reach(files, material.site_address)
    exhibits = tuple((name, _exhibit(figure)) for name, figure in sorted(material.content.figures.items()))
    chapters = [Chapter("title.xhtml", title, _title_page(material, title, subtitle), "titlepage", 0)]
    written = [Chapter(files[page.address], page.title, page_html(page, material, reach), "chapter") for page in pages]
    guide = sum(page.is_guide for page in pages) if is_whole else len(pages)
    chapters += written[:guide]
    for collection, own in groups:
        chapters.append(_divider(collection, own, reach, material))
        chapters += [
            Chapter(files[entry.address], entry.title, entry_html(entry, material, reach), depth=2) for entry in own
        ]
    chapters += written[guide:]
    glossary = glossary_html(material.content.terms, material, reach)
    chapters.append(Chapter("glossary.xhtml", "Glossary", glossary, "glossary"))
    if entries:
        chapters.append(Chapter("index.xhtml", "Index of entries", _index(entries, reach), "index"))
    host = material.content.host["group"]
    chapters.append(Chapter("colophon.xhtml", "About this book", _colophon(material), "colophon"))
    style, cover = (with_colors(text, material.theme) for text in (STYLE, COVER))
    creator = f"{material.site_name} contributors"
    first = material.today.replace(day=1).isoformat()
    return Book(file, title, subtitle, creator, host, LICENCE, first, tuple(chapters), style, cover, exhibits)


def _in_order(material: Material) -> list[Page]:
    """Return all pages: those of the guide in the order in which the paths name them, then those around it."""
    order = list(dict.fromkeys(address for path in material.content.paths for address in path.pages))
    place = {address: index for index, address in enumerate(order)}
    pages = (page for page in material.content.pages if not page.is_stub)
    return sorted(pages, key=lambda page: (not page.is_guide, place.get(page.address, len(order))))


def _shown_by(pages: Sequence[Page], material: Material) -> tuple[tuple[Collection, tuple[Entry, ...]], ...]:
    """Return, by kind, the entries that the pages link to, show as cards, or name below their text."""
    names = {name for page in pages for name in (*NAMED.findall(page.body), *_drawn(page))}
    groups = (
        (one, tuple(entry for entry in one.entries if f"{one.kind.name}/{entry.slug}" in names))
        for one in material.collections
    )
    return tuple((one, own) for one, own in groups if own)


def _drawn(page: Page) -> Iterator[str]:
    return (f"{kind}/{slug}" for kind, slugs in page.fields.get("draws_in", {}).items() for slug in slugs)


def _file(address: str) -> str:
    return f"{address.strip('/').replace('/', '-') or 'home'}.xhtml"


def _divider(collection: Collection, own: Sequence[Entry], reach: Reach, material: Material) -> Chapter:
    kind = collection.kind
    intro = material.content.intros.get(kind.name)
    links = "".join(f"<li>{_link(entry, reach)}</li>" for entry in own)
    words = escape(intro.promise if intro else kind.description)
    body = f"<h1>{escape(kind.title)}</h1><p>{words}</p><ol>{links}</ol>"
    return Chapter(reach.files[kind.address], kind.title, body, "part")


def _index(entries: Sequence[Entry], reach: Reach) -> str:
    by_topic: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: sortable(entry.title)):
        for topic in entry.fields.get("topics", ()):
            by_topic.setdefault(entry.kind.label("topics", topic), []).append(entry)
    parts = []
    for topic in sorted(by_topic, key=str.casefold):
        links = "".join(f"<li>{_link(entry, reach)}, {entry.kind.singular.lower()}</li>" for entry in by_topic[topic])
        parts.append(f"<h2>{escape(topic)}</h2><ul>{links}</ul>")
    return f"<h1>Index of entries</h1><p>By topic. An entry stands under each of its topics.</p>{''.join(parts)}"


def _link(entry: Entry, reach: Reach) -> str:
    return f'<a href="{reach.to(entry.address)}">{escape(entry.title)}</a>'


def _title_page(material: Material, title: str, subtitle: str) -> str:
    above = "" if title == material.site_name else f'<p class="kind">{escape(material.site_name)}</p>'
    month = dates.in_words(material.today.strftime("%Y-%m"))
    lines = f'<p class="promise">{escape(subtitle)}</p><p>Edition of {month}</p>'
    return f'<section class="title">{above}<h1>{escape(title)}</h1>{lines}</section>'


def _colophon(material: Material) -> str:
    host = material.content.host
    lines = [
        f"This book was made from the same pages and entries as the site {material.site_name}.",
        f"The site stands at {material.site_address}." if material.site_address else "",
        f"It is run by {host['group']}." if host["group"] else nobody_runs(host),
        "Laws, funds and addresses change. Each entry says when it was added and by when to look at it again.",
        "This is information, not legal advice.",
        f"The text is under {LICENCE}. You may copy and change it, not for sale, under the same license.",
        "Think about where you keep this book.",
        "A file on a work device, and a download over a work network, can be seen by others.",
    ]
    return f"<h1>About this book</h1>{''.join(f'<p>{escape(line)}</p>' for line in lines if line)}"


def _exhibit(figure: Figure) -> str:
    """Return a drawing with its wall label as XHTML; the page's own text below it says the same in words."""
    name, title, words = (escape(part) for part in (figure.name, figure.title, figure.description))
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{figure.drawing.view_box}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{title}</title>'
        f'<desc id="{name}-desc">{words}</desc>{figure.drawing.shapes}</svg>'
    )
    label = "".join(f"<p>{prose_line(line)}</p>" for line in (figure.caption, figure.credit))
    return f'<figure class="figure">{drawing}<figcaption><p><strong>{title}</strong></p>{label}</figcaption></figure>'
