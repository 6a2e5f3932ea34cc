"""Books, sheets and drawings as PDF: our own HTML in, Typst in between."""

import re
from functools import reduce
from html import escape
from itertools import takewhile
from pathlib import Path

from mutualaid.adapters.palette import with_colors
from mutualaid.adapters.typst import make_pdf
from mutualaid.core.content.page import Figure
from mutualaid.core.content.presentation import LICENCE
from mutualaid.downloads.book import Book, Chapter
from mutualaid.downloads.sheets import Sheet
from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import Element, parse
from mutualaid.text.markdown import prose_line
from mutualaid.text.typst import content, literal, text

ID = re.compile(r'<(?:h[2-4]|dt) id="([^"]*)"')
STYLE_SHEET = Path("static/css/blocks.css")
ON_PAPER = "text{font-family:'Atkinson Hyperlegible Next';fill:var(--ink)}"
MOST_HIGH_MM, MOST_WIDE_MM = 125, 78
SIZES = {"lead": 10, "all help": 9.6}
SIZE, LARGE = 11, 18
"""The size of letters in points; what somebody leads from is set smaller."""


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


def look_of(theme: Path) -> str:
    """Return the rules for drawings of the site's style sheet, in the colors of light pages."""
    css = (theme / STYLE_SHEET).read_text(encoding="utf-8")
    rules = css.partition("/* -- drawings:")[2].partition("*/")[2].partition("/* --")[0]
    rules = rules.replace(".figure ", "").replace("currentColor", "var(--ink)")
    return with_colors(f"{rules}{ON_PAPER}", theme)


def svg_of(figure: Figure, theme: Path) -> str:
    """Return the drawing of a figure as one SVG file."""
    drawing = figure.drawing
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.view_box}">'
    return f"{head}<style>{look_of(theme)}</style>{drawing.shapes}</svg>"


def exhibit(theme: Path, figure: Figure) -> str:
    """Return a figure with its wall label as Typst."""
    _, _, wide, high = (float(number) for number in figure.drawing.view_box.split())
    width = min(MOST_WIDE_MM, MOST_HIGH_MM * wide / high)
    spoken = f"{figure.title}. {figure.description}"
    setter = Typesetter(is_sheet=True)
    label = ", ".join(setter.content(parse(prose_line(words))) for words in (figure.caption, figure.credit))
    return (
        f"#exhibit({literal(svg_of(figure, theme))}, {literal(spoken)}, {literal(figure.title)}, {label},"
        f" width: {width:.1f}mm)\n\n"
    )


def make_sheet(sheet: Sheet, paper: str, folder: str, *, is_large: bool) -> bytes:
    """Return a sheet as a PDF on a size of paper; `folder` is the theme's folder for print."""
    if sheet.role == "zine":
        return _make_zine(sheet, paper, folder)
    size = LARGE if is_large else SIZES.get(sheet.role, SIZE)
    flags = {"is-large": is_large, "numbered": sheet.role == "lead", "roomy": sheet.role == "printable"}
    flags["dense"], flags["tight"] = sheet.role == "all help", sheet.role == "lead"
    named = ", ".join(f"{name}: {str(flag).lower()}" for name, flag in flags.items())
    head = f"{literal(sheet.title)}, {size}pt, {content(text(sheet.strip))}, paper: {literal(paper)}, {named}"
    head += f", author: {literal(sheet.author)}" if sheet.author else ""
    tree = parse(sheet.html)
    tree.children = [child for child in tree.elements if child.tag != "h1"]
    is_tight = sheet.role == "lead" and not is_large
    setter = Typesetter(deeper=-1, is_sheet=True, is_large=is_large, is_tight=is_tight)
    source = f'#import "sheet.typ": *\n#show: sheet.with({head})\n\n{setter.document(tree)}'
    return make_pdf(source, folder, sheet.licence)


def _make_zine(sheet: Sheet, paper: str, folder: str) -> bytes:
    setter = Typesetter(deeper=-1, is_sheet=True)
    pages = ", ".join(content(setter.document(page)) for page in parse(sheet.html).elements)
    until = sheet.strip.rpartition(". After")
    head = f"{literal(sheet.title)}, {content(text(until[1][2:] + until[2]))}, {content(text(until[0] + '.'))}"
    return make_pdf(f'#import "zine.typ": *\n#zine({head}, paper: {literal(paper)}, {pages})', folder)
