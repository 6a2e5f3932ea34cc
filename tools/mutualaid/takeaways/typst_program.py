"""Typst, the program inside its wheel: source in, a tagged PDF out. No network and no fonts but our own."""

import io
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pikepdf
import typst

from mutualaid.errors import BrokenHouse
from mutualaid.takeaways.takeaway import key_of

STANDARD: Literal["ua-1"] = "ua-1"


def make_pdf(source: str, folder: str) -> bytes:
    """Return a PDF of `source`; `folder` is the theme's folder for print, with what the source imports and `fonts`.

    Raises BrokenHouse where Typst refuses it, which it also does where a file would break a rule of PDF/UA-1 that it
    knows.
    """
    files: Any = {file.name: file.read_bytes() for file in sorted(Path(folder).glob("*.typ"))}
    files["main.typ"] = source.encode()
    try:
        loose = _compiler(folder).compile(input=files, format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError as error:
        said = f"Typst made no PDF. Mend the templates in {folder}, or what goes into them. It says: {error}"
        raise BrokenHouse(said) from error
    return _packed(loose if isinstance(loose, bytes) else b"")


def _packed(loose: bytes) -> bytes:
    """Return the same PDF in less than half the bytes: Typst writes each object out, and tags are many objects."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(loose)) as pdf:
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


@cache
def _compiler(folder: str) -> typst.Compiler:
    return typst.Compiler(font_paths=[str(Path(folder) / "fonts")], ignore_system_fonts=True)


@cache
def tools_key(folder: str) -> str:
    """Return the hash of all that a PDF is made with beside its source: Typst, templates and fonts."""
    used = sorted(file for file in Path(folder).rglob("*") if file.suffix in {".typ", ".ttf"})
    parts = (part for file in used for part in (file.name, file.read_bytes()))
    return key_of(version("typst"), version("pikepdf"), STANDARD, *parts)


def make_png(svg: str, folder: str) -> bytes:
    """Return a drawing as a picture of dots, 200 to the inch at its size on paper, for formats that know no lines."""
    source = '#set page(width: auto, height: auto, margin: 2mm)\n#image("drawing.svg", width: 110mm)\n'
    files: Any = {"main.typ": source.encode(), "drawing.svg": svg.encode()}
    made = _compiler(folder).compile(input=files, format="png", ppi=200)
    return made if isinstance(made, bytes) else b""
