"""Typst, the program inside its wheel: source in, a tagged PDF out. No network and no fonts but our own."""

import io
import tempfile
import threading
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pikepdf
import typst

from mutualaid.adapters.palette import palette_typ
from mutualaid.errors import BrokenHouse

STANDARD: Literal["ua-1"] = "ua-1"


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper: its name, what its files' names end with, and its width and height in points (1/72 inch)."""

    name: str
    ending: str
    width: float
    height: float


LETTER = Paper("US Letter", "", 612, 792)
"""What books are laid out on."""
A4 = Paper("A4", "-a4", 595.276, 841.89)


def make_pdf(source: str, folder: str) -> bytes:
    """Return a PDF of `source`; `folder` is the theme's folder for print, with what the source imports and `fonts`.

    Raises BrokenHouse where Typst refuses it, which it also does where a file would break a rule of PDF/UA-1 that it
    knows.
    """
    with _laid_out(source, folder) as pdf:
        return _packed(pdf)


def make_book(source: str, folder: str, paper: Paper) -> bytes:
    """Return a book as a PDF on `paper`; as `make_pdf`, but laid out once for every size of paper.

    The same lines stand on the same pages, and other paper only has wider or narrower edges around them: at both
    sides and above and below alike, on the cover below alone.
    """
    pdf = _laid_out_book(source, folder)
    aside, more = (LETTER.width - paper.width) / 2, paper.height - LETTER.height
    for number, page in enumerate(pdf.pages):
        below = more / 2 if number else more
        edges = (aside, -below, LETTER.width - aside, LETTER.height + more - below)
        page.MediaBox = pikepdf.Array([Decimal(f"{edge:.3f}") for edge in edges])
    return _packed(pdf)


def _packed(pdf: pikepdf.Pdf) -> bytes:
    """Return the same PDF in less than half the bytes: Typst writes each object out, and tags are many objects."""
    packed = io.BytesIO()
    pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


@lru_cache(maxsize=1)
def _laid_out_book(source: str, folder: str) -> pikepdf.Pdf:
    """Return what `_laid_out` does, and hold it for the next size of paper, which the same thread makes."""
    return _laid_out(source, folder)


def _laid_out(source: str, folder: str) -> pikepdf.Pdf:
    files: Any = {file.name: file.read_bytes() for file in sorted(Path(folder).glob("*.typ"))}
    files |= {"palette.typ": palette_typ(Path(folder).parent), "main.typ": source.encode()}
    try:
        loose = _compiler(folder).compile(input=files, format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError as error:
        said = f"Typst made no PDF. Mend the templates in {folder}, or what goes into them. It says: {error}"
        raise BrokenHouse(said) from error
    return _opened(loose if isinstance(loose, bytes) else b"")


def _opened(contents: bytes) -> pikepdf.Pdf:
    """Open a PDF as a file mapped into memory: from bytes, its many objects take half as long again to read."""
    with tempfile.TemporaryFile() as file:
        file.write(contents)
        file.seek(0)
        return pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap)


def _compiler(folder: str) -> typst.Compiler:
    return _compiler_of(folder, threading.get_ident())


@cache
def _compiler_of(folder: str, _thread: int) -> typst.Compiler:
    """Return the compiler of a thread; one compiler does one thing at a time."""
    return typst.Compiler(font_paths=[str(Path(folder) / "fonts")], ignore_system_fonts=True)


@cache
def made_with(folder: str) -> tuple[str | bytes, ...]:
    """Return all that a PDF is made with beside its source: versions, templates and fonts."""
    used = sorted(file for file in Path(folder).rglob("*") if file.suffix in {".typ", ".ttf"})
    parts = (part for file in used for part in (file.name, file.read_bytes()))
    return version("typst"), version("pikepdf"), STANDARD, palette_typ(Path(folder).parent), *parts


def make_png(svg: str, folder: str) -> bytes:
    """Return a drawing as a picture of dots, 200 to the inch at its size on paper, for formats that know no lines."""
    source = '#set page(width: auto, height: auto, margin: 2mm)\n#image("drawing.svg", width: 110mm)\n'
    files: Any = {"main.typ": source.encode(), "drawing.svg": svg.encode()}
    made = _compiler(folder).compile(input=files, format="png", ppi=200)
    return made if isinstance(made, bytes) else b""
