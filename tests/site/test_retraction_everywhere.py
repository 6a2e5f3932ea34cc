"""Retract one entry: its words are in no file of any format. A small site with everything on, searched whole."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from pypdf import PdfReader

from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.entries.removal_code import kept_of
from paper import small_world
from site_under_test import build

WORD = "quokkaphone"
"""Stands in nothing else, and is too short to be parted at the end of a line."""
SLUG = "cut-it-down"
KEPT = kept_of(bytes(range(16)), bytes(range(16, 32)))
FORMATS = {".html", ".js", ".json", ".csv", ".bib", ".xml", ".pdf", ".epub", ".zip", ".docx"}


def _texts(name: str, contents: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text of a file, and of each file inside it."""
    suffix = Path(name).suffix
    if suffix == ".pdf":
        reader = PdfReader(io.BytesIO(contents))
        pages = (page.extract_text() for page in reader.pages)
        outline = " ".join(str(value) for value in (reader.metadata or {}).values())
        yield name, "".join((*pages, outline)).replace("\n", "").replace("\xad", "")
    elif suffix == ".docx":
        document = Document(io.BytesIO(contents))
        yield name, " ".join(one.text for one in document.paragraphs) + document.core_properties.title
    if suffix in (".zip", ".epub", ".docx"):
        with zipfile.ZipFile(io.BytesIO(contents)) as archive:
            for inner in archive.namelist():
                yield from _texts(f"{name}:{inner}", archive.read(inner))
    elif suffix not in (".pdf", ".woff2"):
        yield name, contents.decode(errors="replace")


def _holding(output: Path, *words: str) -> set[str]:
    """Return the files that hold one of the words, in any case."""
    return {
        name
        for file in output.rglob("*")
        if file.is_file()
        for name, text in _texts(file.relative_to(output).as_posix(), file.read_bytes())
        if any(word in text.casefold() for word in words)
    }


def test_a_retracted_entry_is_in_no_file(tmp_path: Path) -> None:
    """Before, every format holds it, and none what is kept of its removal code; after, its page is a tombstone."""
    world = small_world(tmp_path)
    world.page(
        "guide/start/second.md",
        f"See [this](entry:exercises/{SLUG}).\n\n::: card exercises/{SLUG}\n:::\n",
        draws_in={"exercises": [SLUG]},
    )
    world.path("new-here", "/guide/first/", "/guide/second/")
    text = f"We say {WORD} here."
    file = world.entry(
        "exercises",
        SLUG,
        title=f"A {WORD} way",
        summary=f"You will have a {WORD} in the end.",
        facilitator_notes=text,
        minutes_min=30,
        minutes_max=30,
        intake={"channel": "offline"},
        retraction=KEPT,
    )
    output = tmp_path / "output"
    run = build(output, world.root)
    assert run.returncode == 0, run.stderr
    before = _holding(output, WORD)
    assert {Path(name.partition(":")[0]).suffix for name in before} >= FORMATS
    assert _holding(output, KEPT["salt"], KEPT["hash"], KEPT["scheme"]) == set()

    file.write_text(write_yaml({"slug": SLUG, "retracted": "2026-11"}), encoding="utf-8")
    second = world.root / "content/guide/start/second.md"
    second.write_text(second.read_text(encoding="utf-8").partition("draws_in")[0] + "---\nWords.\n", encoding="utf-8")
    run = build(output, world.root)
    assert run.returncode == 0, run.stderr
    assert _holding(output, WORD) == set()
    tombstone = (output / f"exercises/{SLUG}/index.html").read_text(encoding="utf-8")
    assert "Removed" in tombstone and "November 2026" in tombstone and "noindex" in tombstone
    assert not [path for path in output.rglob(f"*{SLUG}*") if path.is_file()]
