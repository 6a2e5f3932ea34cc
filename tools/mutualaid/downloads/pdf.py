"""Books, sheets and drawings as PDF: our own HTML in, Typst in between."""

import re
from functools import reduce
from html import escape
from pathlib import Path

from mutualaid.adapters.palette import with_colors
from mutualaid.adapters.typst import make_pdf
from mutualaid.core.content.page import Figure
from mutualaid.core.content.presentation import LICENCE
from mutualaid.downloads.book import Book
from mutualaid.downloads.sheets import Sheet
from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import Element, as_xhtml, parse
from mutualaid.text.markdown import prose_line
from mutualaid.text.room import CIRCLES
from mutualaid.text.typst import literal, quoted, shown

ID = re.compile(r'<(?:h[2-4]|dt) id="([^"]*)"')
STYLE_SHEET = Path("static/css/blocks.css")
ON_PAPER = "text{font-family:'Atkinson Hyperlegible Next';fill:var(--ink)}"
MOST_HIGH_MM, MOST_WIDE_MM = 125, 78


def make_book(book: Book, paper: str, folder: str) -> bytes:
    """Return a book as a PDF on a size of paper; `folder` is the theme's folder for print."""
    inside = frozenset(
        address
        for chapter in book.chapters
        for address in (chapter.address, *(f"{chapter.address}#{name}" for name in ID.findall(chapter.html)))
    )
    latin = [(escape(title), escape(words)) for title, words in book.romanized.items()]
    exhibits = {figure.name: exhibit(Path(folder).parent, figure) for figure in book.figures}
    chapters: list[Element | str] = []
    for chapter in book.chapters:
        html = reduce(lambda html, pair: html.replace(*pair), latin, chapter.html)
        tree = Typesetter(inside, book.site_address, chapter.address, exhibits).document(parse(html))
        deeper, is_long = str(int(chapter.is_below_a_part)), str("data-minutes=" in html)
        about = {"address": chapter.address, "role": chapter.role, "deeper": deeper, "is-long": is_long}
        chapters.append(Element("chapter", about, tree.children))
    head = ", ".join(map(literal, (book.work, book.title, book.subtitle, book.edition)))
    year, month = map(int, book.month.split("-"))
    head += f", author: {literal(book.editors)}, month: (year: {year}, month: {month}), paper: {literal(paper)}"
    short = str(book.is_short).lower()
    return make_pdf(f'#import "book.typ": *\n#book-of({_xml(chapters)}, {short}, {head})', folder, LICENCE)


def _xml(children: list[Element | str]) -> str:
    return quoted(as_xhtml(Element("", children=[Element("all", children=children)]), str, {}))


def look_of(theme: Path) -> str:
    """Return the rules for drawings of the site's style sheet, in the colors of light pages."""
    css = (theme / STYLE_SHEET).read_text(encoding="utf-8")
    rules = css.partition("/* -- drawings:")[2].partition("*/")[2].partition("/* --")[0]
    rules = rules.replace(".figure ", "").replace("currentColor", "var(--ink)")
    return with_colors(f"{rules}{ON_PAPER}", theme)


def exhibit(theme: Path, figure: Figure) -> Element:
    box = figure.drawing.view_box
    _, _, wide, high = (float(number) for number in box.split())
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><style>{look_of(theme)}</style>'
    about = {
        "title": shown(figure.title),
        "alt": shown(f"{figure.title}. {figure.description}"),
        "wide": f"{min(MOST_WIDE_MM, MOST_HIGH_MM * wide / high):.1f}",
        "svg": f"{head}{figure.drawing.shapes}</svg>",
    }
    label = (Typesetter().document(parse(prose_line(words))) for words in (figure.caption, figure.credit))
    return Element("figure", about, [Element("p", children=tree.children) for tree in label])


def make_sheet(sheet: Sheet, paper: str, folder: str, *, is_large: bool) -> bytes:
    tree = Typesetter().document(parse(sheet.html))
    for space in tree.every("div", "room"):
        if space.attributes["data-draw"] == "circles":
            space.attributes["data-svg"], space.children = CIRCLES, []
    inner = _xml([child for child in tree.elements if child.tag != "h1"])
    if sheet.role == "zine":
        strip, mark, until = sheet.strip.rpartition(". After")
        head = f"{inner}, {literal(sheet.title)}, {literal(mark[2:] + until)}, {literal(strip + '.')}"
        return make_pdf(f'#import "zine.typ": *\n#zine({head}, paper: {literal(paper)})', folder)
    head = f"{inner}, {literal(sheet.title)}, {literal(sheet.strip)}, role: {literal(sheet.role)}"
    head += f", is-large: {str(is_large).lower()}, paper: {literal(paper)}"
    head += f", author: {literal(sheet.author)}" if sheet.author else ""
    return make_pdf(f'#import "sheet.typ": *\n#sheet-of({head})', folder, sheet.licence)
