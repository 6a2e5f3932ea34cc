"""A book as Typst."""

import re
from functools import reduce
from html import escape
from itertools import takewhile
from pathlib import Path

from mutualaid.adapters.typst import make_pdf
from mutualaid.core.content.presentation import LICENCE
from mutualaid.downloads.book import Book, Chapter
from mutualaid.downloads.pdf.drawing import exhibit
from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import Element, parse
from mutualaid.text.typst import content, literal

ID = re.compile(r'<(?:h[2-4]|dt) id="([^"]*)"')


def make_book(book: Book, paper: str, folder: str) -> bytes:
    """Return a book as a PDF on a size of paper; `folder` is the theme's folder for print."""
    return make_pdf(book_source(book, paper, Path(folder).parent), folder, LICENCE)


def book_source(book: Book, paper: str, theme: Path) -> str:
    """Return a book as Typst source, with drawings in the colors of `theme`."""
    inside = frozenset(
        address
        for chapter in book.chapters
        for address in (chapter.address, *(f"{chapter.address}#{name}" for name in ID.findall(chapter.html)))
    )
    latin = [(escape(title), escape(words)) for title, words in book.romanized.items()]
    exhibits = {figure.name: exhibit(theme, figure) for figure in book.figures}
    made = {
        chapter.address: _chapter(
            chapter,
            reduce(lambda html, pair: html.replace(*pair), latin, chapter.html),
            Typesetter(inside, book.site_address, chapter.address, chapter.is_below_a_part, exhibits),
            is_short=book.is_short,
        )
        for chapter in book.chapters
    }
    imprint = made.pop(book.chapters[-1].address)
    head = ", ".join(map(literal, (book.work, book.title, book.subtitle, book.edition)))
    year, month = map(int, book.month.split("-"))
    about = f"author: {literal(book.editors)}, month: (year: {year}, month: {month}), paper: {literal(paper)}"
    start = f"#show: body => book({head}, {content(imprint)}, {about}, body)"
    return "\n\n".join(('#import "book.typ": *', start, *made.values()))


def _chapter(chapter: Chapter, html: str, setter: Typesetter, *, is_short: bool) -> str:
    tree = parse(html)
    head = [*takewhile(lambda element: element.tag == "h1" or element.name in ("kind", "promise"), tree.elements)]
    rest = tree.children[len(head) :]
    facts = next((number for number, one in enumerate(rest, 1) if isinstance(one, Element) and one.name == "facts"), 0)
    if chapter.role != "entry":
        facts = 0
    kept = f"#keep{content(setter.document(Element('', children=rest[:facts])))}\n\n" if facts else ""
    written = kept + setter.document(Element("", children=rest[facts:]))
    if chapter.role == "colophon":
        return written
    words = ", ".join((literal(chapter.address), *map(setter.content, head)))
    flags = ""
    if chapter.role == "entry":
        is_long = "data-minutes=" in chapter.html
        flags = f", {str(is_long).lower()}, {str(is_long and not is_short).lower()}"
    return f"#{chapter.role}({words}{flags}, {content(written)})"
