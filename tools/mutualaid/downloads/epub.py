"""A book as EPUB 3.3: one archive, the same bytes each time. What its files say is in theme/books/.

Source: EPUB 3.3, W3C Recommendation; EPUB Accessibility 1.1 for the metadata. The book does not say that it conforms
to that standard: nobody has looked at it by hand against WCAG, and only such a look may say so.
"""

import uuid
from dataclasses import replace
from pathlib import Path

from mutualaid.adapters.palette import with_colors
from mutualaid.adapters.typst import make_png
from mutualaid.core.content.presentation import LICENCE
from mutualaid.core.entries.citation import key_of
from mutualaid.downloads.archive import packed
from mutualaid.downloads.book import Book, Chapter
from mutualaid.downloads.templates import FOLDER, render
from mutualaid.text.html_tree import as_xhtml, parse

MIMETYPE = "mimetype"
COVER = (1200, 1600)
"""The size in pixels; some readers show no drawing as a cover, and all of them a picture."""


def pack(book: Book, path: str, theme: Path) -> bytes:
    """Return a book as an EPUB file in the colors of `theme`; `path` names it for good."""
    spine = _spine(book, theme)
    about = {
        "book": book,
        "id": uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, key_of(book.work)), path).urn,
        "licence": LICENCE,
        "spine": spine,
    }
    folder = theme / FOLDER
    nav = Chapter("", "/nav/", "Contents", render(theme, "nav.xhtml", **about))
    files = [
        (MIMETYPE, "application/epub+zip"),
        ("META-INF/container.xml", (folder / "container.xml").read_text(encoding="utf-8")),
        ("book/package.opf", render(theme, "package.opf", **about)),
        ("book/style.css", with_colors((folder / "style.css").read_text(encoding="utf-8"), theme)),
        *((f"book/{chapter.file}", render(theme, "chapter.xhtml", chapter=chapter)) for chapter in (nav, *spine)),
    ]
    cover = make_png(with_colors((folder / "cover.svg").read_text(encoding="utf-8"), theme), COVER)
    contents = [*((name, text.encode()) for name, text in files), ("book/cover.png", cover)]
    return packed(contents, frozenset({MIMETYPE}))


def _spine(book: Book, theme: Path) -> list[Chapter]:
    files = {chapter.address: chapter.file for chapter in book.chapters}
    exhibits = {figure.name: render(theme, "figure.xhtml", figure=figure) for figure in book.figures}

    def to(target: str) -> str:
        place, mark, fragment = target.partition("#")
        if not target.startswith("/"):
            return target
        return files[place] + mark + fragment if place in files else book.site_address and book.site_address + target

    written = (replace(chapter, html=as_xhtml(parse(chapter.html), to, exhibits)) for chapter in book.chapters)
    return [Chapter("titlepage", "/title/", book.title, render(theme, "title.xhtml", book=book)), *written]
