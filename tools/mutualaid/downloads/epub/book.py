"""The e-book of the whole work."""

from collections.abc import Iterator, Sequence
from functools import partial
from html import escape

from mutualaid.adapters.palette import with_colors
from mutualaid.core.content.conditional_blocks import nobody_runs
from mutualaid.core.content.figure import Figure
from mutualaid.core.content.page import Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.citation import Edition
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
LICENCE = "CC BY-NC-SA 4.0, unless an entry names a freer license"


def planned_books(material: Material) -> Iterator[TakeAway]:
    """Plan the whole work."""
    whole = tuple((one, one.entries) for one in material.collections if one.entries)
    pages = material.content.in_reading_order()
    file = book_path(material.site_name, ".epub")
    yield _take_away(material, file, material.site_name, material.tagline, pages, whole, "/")


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
    return TakeAway(file, "E-book", FORMAT, GOOD_FOR, belongs_to, key, partial(pack, book))


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
    creator = Edition(material.site_name, host, material.site_address).editors
    first = material.today.replace(day=1).isoformat()
    return Book(file, title, subtitle, creator, host, LICENCE, first, tuple(chapters), style, cover, exhibits)


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
