"""A book as EPUB 3.3: one archive, the same bytes each time.

Source: EPUB 3.3, W3C Recommendation; EPUB Accessibility 1.1 for the metadata. The book does not say that it conforms
to that standard: nobody has looked at it by hand against WCAG, and only such a look may say so.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from mutualaid.adapters.palette import with_colors
from mutualaid.core.content.page import Figure
from mutualaid.core.content.presentation import LICENCE
from mutualaid.core.entries.citation import Edition
from mutualaid.downloads.archive import packed
from mutualaid.downloads.book import Book, Chapter
from mutualaid.downloads.epub.style import COVER, STYLE
from mutualaid.text.html_tree import parse
from mutualaid.text.markdown import prose_line
from mutualaid.text.xhtml import as_xhtml

MIMETYPE = "mimetype"
RIGHTS = f"{LICENCE}, unless an entry names a freer license"
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "mutual-aid-at-work")
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
FEATURES = (
    "structuralNavigation",
    "tableOfContents",
    "readingOrder",
    "alternativeText",
    "longDescription",
    "displayTransformability",
    "index",
)
SUMMARY = (
    "All text can be read aloud, enlarged and recolored. Parts that the site folds are open. Each drawing has a short"
    " description, and the same in words below it. There are no page numbers, pictures of text, sound, video or"
    " flashing. Checked by program; not yet looked at by a person against EPUB Accessibility 1.1."
)


def pack(book: Book, path: str, theme: Path) -> bytes:
    """Return a book as an EPUB file in the colors of `theme`; `path` names it for good."""
    spine = _spine(book)
    files = [
        (MIMETYPE, "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("book/package.opf", _package(book, path, spine)),
        ("book/nav.xhtml", _document("", "Contents", _contents(spine))),
        ("book/style.css", with_colors(STYLE, theme)),
        ("book/cover.svg", with_colors(COVER, theme)),
        *((f"book/{_file(item)}", _document(item.role, item.title, item.html)) for item in spine),
    ]
    return packed(((name, text.encode()) for name, text in files), frozenset({MIMETYPE}))


def _spine(book: Book) -> list[Chapter]:
    """Return the title page and all chapters as XHTML."""
    files = {chapter.address: _file(chapter) for chapter in book.chapters}
    exhibits = {figure.name: _exhibit(figure) for figure in book.figures}

    def to(target: str) -> str:
        place, mark, fragment = target.partition("#")
        if not target.startswith("/"):
            return target
        return files[place] + mark + fragment if place in files else book.site_address and book.site_address + target

    written = (replace(chapter, html=as_xhtml(parse(chapter.html), to, exhibits)) for chapter in book.chapters)
    return [Chapter("titlepage", "/title/", book.title, _title_page(book)), *written]


def _file(chapter: Chapter) -> str:
    return f"{chapter.address.strip('/').replace('/', '-')}.xhtml"


def _title_page(book: Book) -> str:
    above = "" if book.title == book.work else f'<p class="kind">{escape(book.work)}</p>'
    lines = f'<p class="promise">{escape(book.subtitle)}</p><p>{escape(book.edition)}</p>'
    return f'<section class="title">{above}<h1>{escape(book.title)}</h1>{lines}</section>'


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


def _document(role: str, title: str, body: str) -> str:
    mark = f' epub:type="{role}"' if role not in ("", "entry") else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">'
        f'<head><title>{escape(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body{mark}>\n{body}\n</body></html>\n"
    )


def _contents(spine: Sequence[Chapter]) -> str:
    _, first, *_ = spine
    parts: list[list[str]] = []
    for item in spine[1:]:
        link = f'<a href="{_file(item)}">{escape(item.title)}</a>'
        if item.is_below_a_part:
            parts[-1].append(f"<li>{link}</li>")
        else:
            parts.append([link])
    lines = (f"<li>{link}<ol>{''.join(below)}</ol></li>" if below else f"<li>{link}</li>" for link, *below in parts)
    landmarks = "".join(
        f'<li><a epub:type="{item.role}" href="{_file(item)}">{escape(item.title)}</a></li>'
        for item in spine
        if item.role in LANDMARKS
    )
    return (
        f'<nav epub:type="toc" role="doc-toc" aria-label="Contents" id="toc"><h1>Contents</h1>'
        f"<ol>{''.join(lines)}</ol></nav>\n"
        '<nav epub:type="landmarks" hidden="hidden" aria-label="Landmarks"><h2>Landmarks</h2><ol>'
        '<li><a epub:type="toc" href="#toc">Contents</a></li>'
        f'<li><a epub:type="bodymatter" href="{_file(first)}">Start of the text</a></li>{landmarks}</ol></nav>'
    )


LANDMARKS = ("titlepage", "glossary", "index", "colophon")


def _package(book: Book, path: str, spine: Sequence[Chapter]) -> str:
    about = [
        f'<dc:identifier id="id">{uuid.uuid5(NAMES, path).urn}</dc:identifier>',
        f"<dc:title>{escape(book.title)}</dc:title>",
        "<dc:language>en</dc:language>",
        f"<dc:creator>{escape(Edition(book.work, book.publisher, book.site_address).editors)}</dc:creator>",
        f"<dc:publisher>{escape(book.publisher)}</dc:publisher>" if book.publisher else "",
        f"<dc:description>{escape(book.subtitle)}</dc:description>",
        f"<dc:rights>{RIGHTS}</dc:rights>",
        f'<meta property="dcterms:modified">{book.month}-01T00:00:00Z</meta>',
        *_accessibility(has_drawings=bool(book.figures)),
    ]
    manifest = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        '<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>',
        *(_item(f"c{index}", item) for index, item in enumerate(spine, 1)),
    ]
    first, *rest = (f'<itemref idref="c{index}"/>' for index in range(1, len(spine) + 1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        ' unique-identifier="id" xml:lang="en">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        + "\n".join(line for line in about if line)
        + "\n</metadata>\n<manifest>\n"
        + "\n".join(manifest)
        + "\n</manifest>\n<spine>\n"
        + "\n".join((first, '<itemref idref="nav"/>', *rest))
        + "\n</spine>\n</package>\n"
    )


def _item(name: str, item: Chapter) -> str:
    marked = ' properties="svg"' if "<svg " in item.html else ""
    return f'<item id="{name}" href="{_file(item)}" media-type="application/xhtml+xml"{marked}/>'


def _accessibility(*, has_drawings: bool) -> list[str]:
    features = [name for name in FEATURES if has_drawings or name not in ("alternativeText", "longDescription")]
    modes = ("textual", "visual") if has_drawings else ("textual",)
    sentences = SUMMARY if has_drawings else SUMMARY.replace(DRAWINGS, "")
    pairs = [
        *(("accessMode", mode) for mode in modes),
        ("accessModeSufficient", "textual"),
        *(("accessibilityFeature", name) for name in features),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", sentences),
    ]
    return [f'<meta property="schema:{name}">{escape(value)}</meta>' for name, value in pairs]


DRAWINGS = " Each drawing has a short description, and the same in words below it."
