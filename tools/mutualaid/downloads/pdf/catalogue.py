"""Every PDF that the site offers: books, and sheets in normal and in large print."""

from collections.abc import Iterator
from functools import partial

from mutualaid.adapters.typst import made_with, make_pdf
from mutualaid.downloads.download import TakeAway, book_path, key_of
from mutualaid.downloads.material import PAPERS, Material
from mutualaid.downloads.pdf.book import Plan, book_source, path_plan, read_page, short_plan, whole_plan
from mutualaid.downloads.pdf.sheets import LARGE, NORMAL, handout, has_sheets, lead_sheet, printable_sheet, printables

LARGE_PRINT, LARGE_ENDING = "large print", "-large-print"


def planned_pdfs(material: Material) -> Iterator[TakeAway]:
    """Yield every PDF of the site."""
    folder = print_folder(material)
    pages = {page.address: read_page(page, material) for page in material.content.pages}
    yield _book(whole_plan(material, pages), material.site_name, "/", material, folder)
    short = short_plan(material.content.short_edition, material, pages)
    yield _book(short, "short-edition", "/", material, folder, title="Short edition")
    for path in material.content.paths:
        yield _book(path_plan(path, material, pages), path.slug, path.address, material, folder)
    for entry in material.entries.values():
        if has_sheets(entry):
            yield from _exercise(entry.slug, material, folder, f"{entry.kind.name}/{entry.slug}")
    for page in material.content.pages:
        for name, title, inner in printables(pages[page.address].tokens):
            for look, ending, said in ((NORMAL, "", ""), (LARGE, LARGE_ENDING, f", {LARGE_PRINT}")):
                file = f"{page.address.strip('/')}/{name}{ending}.pdf"
                use = "One sheet to print." if look is NORMAL else "The same in letters of 18 points."
                source = printable_sheet(page, title, inner, look, material.paper)
                yield _sheet(file, f"{title}{said}", use, page.address, source, folder)


def print_folder(material: Material) -> str:
    """Return the theme's folder of templates and fonts for paper."""
    return str(material.theme / "print")


def _book(plan: Plan, name: str, address: str, material: Material, folder: str, title: str = "Book") -> TakeAway:
    source = book_source(plan, material)
    use = f"To read from start to end, on {PAPERS[material.paper]} paper or without a network."
    key = key_of("pdf", source, *made_with(folder))
    make = partial(make_pdf, source, folder)
    return TakeAway(book_path(name, ".pdf"), title, "PDF", use, address, key, make, is_heavy=True)


def _exercise(slug: str, material: Material, folder: str, name: str) -> Iterator[TakeAway]:
    entry = material.entries[name]
    sheets = (
        ("handout", "Handout", handout, "For each person, to write on."),
        ("to-lead", "Sheet to lead from", lead_sheet, "For whoever leads: steps, words to say, what can go wrong."),
    )
    for ending, title, write, use in sheets:
        for look, more, said in ((NORMAL, "", ""), (LARGE, LARGE_ENDING, f" in {LARGE_PRINT}")):
            source = write(entry, material, look)
            path = f"{name}/{slug}-{ending}{more}.pdf"
            told = use if look is NORMAL else "The same in letters of 18 points."
            yield _sheet(path, f"{title}{said}", told, entry.address, source, folder)


def _sheet(path: str, title: str, use: str, address: str, source: str, folder: str) -> TakeAway:
    key = key_of("pdf", source, *made_with(folder))
    return TakeAway(path, title, "PDF", use, address, key, partial(make_pdf, source, folder))
