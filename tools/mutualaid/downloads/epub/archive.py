"""The file format EPUB 3.3: chapters in, one archive out, the same bytes each time. It knows nothing of entries.

Source: EPUB 3.3, W3C Recommendation; EPUB Accessibility 1.1 for the metadata. The book does not say that it conforms
to that standard: nobody has looked at it by hand against WCAG, and only such a look may say so.
"""

import uuid
from dataclasses import dataclass, replace
from html import escape

from mutualaid.downloads.archive import packed
from mutualaid.text.xhtml import as_xhtml

MIMETYPE = "mimetype"
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
    "All text can be read aloud, enlarged and recolored. Parts that the site folds stand open. Each drawing has a short"
    " description, and the same in words below it. There are no page numbers, pictures of text, sound, video or"
    " flashing. Checked by program; not yet looked at by a person against EPUB Accessibility 1.1."
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of a book: its file name, title, and body in our own HTML; `type` is an EPUB semantic, or empty.

    `depth` 1 stands in the contents by itself, 2 below the last chapter of depth 1, 0 not at all.
    """

    file: str
    title: str
    body: str
    type: str = ""
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Book:
    """A book before it is packed; `modified` is a day, `path` names it for good, `publisher` may be empty.

    `exhibits` are drawings as XHTML, by name, for `<x-exhibit>`.
    """

    path: str
    title: str
    description: str
    creator: str
    publisher: str
    rights: str
    modified: str
    chapters: tuple[Chapter, ...]
    style: str
    cover: str
    exhibits: tuple[tuple[str, str], ...] = ()


def pack(book: Book) -> bytes:
    """Return the book as an EPUB file. Chapters become XHTML here, so that planning a book costs little."""
    exhibits = dict(book.exhibits)
    book = replace(book, chapters=tuple(replace(one, body=as_xhtml(one.body, exhibits)) for one in book.chapters))
    files = [
        (MIMETYPE, "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("book/package.opf", _package(book)),
        ("book/nav.xhtml", _document("Contents", _contents(book), "")),
        ("book/style.css", book.style),
        ("book/cover.svg", book.cover),
        *((f"book/{one.file}", _document(one.title, one.body, one.type)) for one in book.chapters),
    ]
    return packed(((name, text.encode()) for name, text in files), frozenset({MIMETYPE}))


def _document(title: str, body: str, kind: str) -> str:
    mark = f' epub:type="{kind}"' if kind else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">'
        f'<head><title>{escape(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body{mark}>\n{body}\n</body></html>\n"
    )


def _contents(book: Book) -> str:
    items: list[str] = []
    inner: list[str] = []
    for chapter in reversed(book.chapters):
        link = f'<a href="{chapter.file}">{escape(chapter.title)}</a>'
        if chapter.depth > 1:
            inner.append(f"<li>{link}</li>")
        elif chapter.depth:
            below = f"<ol>{''.join(reversed(inner))}</ol>" if inner else ""
            items.append(f"<li>{link}{below}</li>\n")
            inner = []
    body = next(chapter for chapter in book.chapters if chapter.depth)
    marked = [one for one in book.chapters if one.type in LANDMARKS]
    landmarks = "".join(
        f'<li><a epub:type="{one.type}" href="{one.file}">{escape(one.title)}</a></li>' for one in marked
    )
    return (
        f'<nav epub:type="toc" role="doc-toc" aria-label="Contents" id="toc"><h1>Contents</h1>'
        f"<ol>{''.join(reversed(items))}</ol></nav>\n"
        '<nav epub:type="landmarks" hidden="hidden" aria-label="Landmarks"><h2>Landmarks</h2><ol>'
        '<li><a epub:type="toc" href="#toc">Contents</a></li>'
        f'<li><a epub:type="bodymatter" href="{body.file}">Start of the text</a></li>{landmarks}</ol></nav>'
    )


LANDMARKS = ("titlepage", "glossary", "index", "colophon")


def _package(book: Book) -> str:
    identifier = uuid.uuid5(NAMES, book.path).urn
    about = [
        f'<dc:identifier id="id">{identifier}</dc:identifier>',
        f"<dc:title>{escape(book.title)}</dc:title>",
        "<dc:language>en</dc:language>",
        f"<dc:creator>{escape(book.creator)}</dc:creator>",
        f"<dc:publisher>{escape(book.publisher)}</dc:publisher>" if book.publisher else "",
        f"<dc:description>{escape(book.description)}</dc:description>",
        f"<dc:rights>{escape(book.rights)}</dc:rights>",
        f'<meta property="dcterms:modified">{book.modified}T00:00:00Z</meta>',
        *_accessibility(book),
    ]
    manifest = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        '<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>',
        *(_item(f"c{index}", chapter) for index, chapter in enumerate(book.chapters, 1)),
    ]
    first, *rest = (f'<itemref idref="c{index}"/>' for index in range(1, len(book.chapters) + 1))
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


def _item(name: str, chapter: Chapter) -> str:
    marked = ' properties="svg"' if "<svg " in chapter.body else ""
    return f'<item id="{name}" href="{chapter.file}" media-type="application/xhtml+xml"{marked}/>'


def _accessibility(book: Book) -> list[str]:
    has_drawings = any("<svg " in chapter.body for chapter in book.chapters)
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
