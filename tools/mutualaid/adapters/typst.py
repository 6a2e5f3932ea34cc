"""Typst, the program inside its wheel: source in, a tagged PDF out. No network and no fonts but our own."""

import io
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typst

from mutualaid.adapters.palette import palette_typ
from mutualaid.errors import BrokenCheckout

if TYPE_CHECKING:
    import pikepdf

STANDARDS: Sequence[Literal["a-2a", "ua-1"]] = ("a-2a", "ua-1")


def make_pdf(source: str, folder: str, licence: str = "") -> bytes:
    """Return a PDF of `source`; `folder` is the theme's folder for print, with what the source imports and `fonts`.

    Typst writes each object out, and tags are many objects, so they are packed into less than half the bytes. Raises
    BrokenCheckout where Typst refuses the source, also because the file would break a rule of PDF/A-2a or PDF/UA-1 that
    it knows. Typst has no words for a license, so it is written into the data about the file here.
    """
    import pikepdf

    files: Any = {file.name: file.read_bytes() for file in sorted(Path(folder).glob("*.typ"))}
    files |= {"palette.typ": palette_typ(Path(folder).parent), "main.typ": source.encode()}
    try:
        loose = _compiler(folder, threading.get_ident()).compile(input=files, format="pdf", pdf_standards=[*STANDARDS])
    except typst.TypstError as error:
        raise BrokenCheckout(
            f"Typst made no PDF. Fix the templates in {folder}, or what goes into them. It says: {error}"
        ) from error
    packed = io.BytesIO()
    with _opened(loose if isinstance(loose, bytes) else b"") as pdf:
        if licence:
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
                about["dc:rights"] = licence
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


def make_png(drawing: str, size: tuple[int, int], fill: str = "#ffffff", margin: int = 0) -> bytes:
    page = f'#set page(width: {size[0]}pt, height: {size[1]}pt, margin: {margin}pt, fill: rgb("{fill}"))'
    files: Any = {"main.typ": f'{page}\n#image("drawing.svg", width: 100%)'.encode(), "drawing.svg": drawing.encode()}
    made = typst.compile(files, format="png", ppi=72)
    return made if isinstance(made, bytes) else b""


def _opened(contents: bytes) -> "pikepdf.Pdf":
    """Open a PDF as a file mapped into memory: from bytes, its many objects take half as long again to read."""
    import pikepdf

    with tempfile.TemporaryFile() as file:
        file.write(contents)
        file.seek(0)
        return pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap)


@cache
def _compiler(folder: str, _thread: int) -> typst.Compiler:
    """Return the compiler of a thread; one compiler does one thing at a time."""
    return typst.Compiler(font_paths=[str(Path(folder) / "fonts")], ignore_system_fonts=True)


@cache
def made_with(folder: str) -> tuple[str | bytes, ...]:
    used = sorted(file for file in Path(folder).rglob("*") if file.suffix in {".typ", ".ttf"})
    parts = (part for file in used for part in (file.name, file.read_bytes()))
    return version("typst"), version("pikepdf"), *STANDARDS, palette_typ(Path(folder).parent), *parts
