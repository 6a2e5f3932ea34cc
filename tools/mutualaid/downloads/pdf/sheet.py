"""A sheet as a PDF, in normal or in large print."""

from mutualaid.adapters.typst import make_pdf
from mutualaid.downloads.sheets import Sheet
from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import parse
from mutualaid.text.typst import content, literal, text

SIZES = {"lead": 10, "all help": 9.6}
SIZE, LARGE = 11, 18
"""The size of letters in points; what somebody leads from is set smaller."""


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
