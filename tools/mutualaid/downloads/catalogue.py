"""Every file that the site offers, planned but not made: books, sheets on paper, documents to change."""

from collections.abc import Iterator
from functools import partial
from importlib.metadata import version

from mutualaid.adapters.palette import palette_typ
from mutualaid.adapters.typst import made_with
from mutualaid.downloads.book import Book, path_book, short_edition, whole_work
from mutualaid.downloads.docx import TEMPLATE, make_docx
from mutualaid.downloads.download import Download, book_path, key_of, made_by_code
from mutualaid.downloads.epub import pack
from mutualaid.downloads.material import PAPERS, Material
from mutualaid.downloads.pdf import look_of, make_book, make_sheet
from mutualaid.downloads.sheets import sheets_of
from mutualaid.downloads.templates import FOLDER

ON_SCREEN = "Reading on a phone or an e-reader, at the size and in the colors that you set, without a network."
LARGE_PRINT = "The same in letters of 18 points."
TO_CHANGE = {
    "handout": ("Handout to change", "To change before you print it, in Word, LibreOffice or Google Docs."),
    "lead": ("Exercise to change", "The whole exercise with notes for whoever leads, to make your own."),
}


def planned(material: Material) -> Iterator[Download]:
    """Yield every download that is made before the site's pages are printed."""
    whole = whole_work(material)
    yield _pdf(whole, material.site_name, "/", material)
    yield _epub(whole, material)
    yield _pdf(short_edition(material), "short-edition", "/", material, title="Short edition")
    for path in material.content.paths:
        yield _pdf(path_book(path, material), path.slug, path.address, material)
    paper, folder, documents = material.paper, str(material.theme / "print"), []
    for sheet in sheets_of(material):
        for is_large in (False,) if sheet.role in ("all help", "zine") else (False, True):
            key = key_of(made_by_code(), repr(sheet), paper, str(is_large), *made_with(folder))
            make = partial(make_sheet, sheet, paper, folder, is_large=is_large)
            name, file = f"{sheet.name}{', large print' * is_large}", f"{sheet.path}{'-large-print' * is_large}.pdf"
            yield Download(file, name, "PDF", LARGE_PRINT if is_large else sheet.good_for, sheet.owner, key, make)
        if sheet.role in TO_CHANGE:
            name, use = TO_CHANGE[sheet.role]
            template = material.theme / FOLDER / TEMPLATE
            key = key_of(made_by_code(), version("python-docx"), repr(sheet), template.read_bytes())
            make = partial(make_docx, template, sheet.title, sheet.html, sheet.strip)
            documents.append(Download(f"{sheet.path}.docx", name, "DOCX", use, sheet.owner, key, make))
    yield from documents


def _pdf(book: Book, name: str, address: str, material: Material, title: str = "Book") -> Download:
    paper, folder = material.paper, str(material.theme / "print")
    use = f"To read from start to end, on {PAPERS[paper]} paper or without a network."
    key = key_of(made_by_code(), repr(book), paper, look_of(material.theme), *made_with(folder))
    return Download(book_path(name, ".pdf"), title, "PDF", use, address, key, partial(make_book, book, paper, folder))


def _epub(book: Book, material: Material) -> Download:
    path, theme = book_path(material.site_name, ".epub"), material.theme
    templates = (file.read_bytes() for file in sorted((theme / FOLDER).iterdir()))
    key = key_of(made_by_code(), repr(book), version("typst"), palette_typ(theme), *templates)
    return Download(path, "E-book", "EPUB", ON_SCREEN, "/", key, partial(pack, book, path, theme))
