"""Retract one entry: its words are in no file of any format. A small site with everything on, searched whole."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from pypdf import PdfReader

from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.entries.removal_code import kept_of
from paper import plan_of
from site_under_test import built, small_checkout
from world import World

WORD = "quokkaphone"
"""Stands in nothing else, and is too short to be parted at the end of a line."""
SLUG = "cut-it-down"
KEPT = kept_of(bytes(range(16)))
FORMATS = {".html", ".js", ".json", ".csv", ".bib", ".xml", ".zip"}
"""Those of the site; what is planned as a download adds its own."""


def _texts(name: str, contents: bytes) -> Iterator[tuple[str, str]]:
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


def _read(output: Path) -> dict[str, str]:
    files = ((file.relative_to(output).as_posix(), file) for file in output.rglob("*") if file.is_file())
    return {name: text.casefold() for path, file in files for name, text in _texts(path, file.read_bytes())}


def test_a_retracted_entry_is_in_no_file(world: World, tmp_path: Path) -> None:
    """Before, every format holds it, and none what is kept of its removal code; after, its page is a tombstone."""
    small_checkout(world)
    world.page("about/licence.md")
    body = f"See [this](entry:exercises/{SLUG}).\n\n::: card exercises/{SLUG}\n:::\n"
    world.page("guide/start/second.md", body, draws_in={"exercises": [SLUG]})
    for page in ("safety", "contribute/index", "contribute/takedown", "about/review", "about/privacy"):
        place = "guide/before/safety.md" if page == "safety" else f"{page}.md"
        world.page(place, **({"address": "/safety/"} if page == "safety" else {}))
    world.path("new-here", "/guide/first/", "/guide/second/")
    words = {"title": f"A {WORD} way", "summary": f"You will have a {WORD}.", "facilitator_notes": f"Say {WORD} here."}
    own = {"minutes_min": 30, "minutes_max": 30, "intake": {"channel": "offline"}, "retraction": KEPT}
    file = world.entry("exercises", SLUG, **words, **own)
    world.entry("resources", "other", title="Another work")
    output, planned = tmp_path / "output", plan_of(world)
    built(output, world.root)
    before = _read(output)
    formats = FORMATS | {Path(path).suffix for path in planned}
    assert {Path(name.partition(":")[0]).suffix for name, text in before.items() if WORD in text} >= formats
    assert [name for name, text in before.items() if KEPT in text] == []

    file.write_text(write_yaml({"slug": SLUG, "retracted": "2026-11"}), encoding="utf-8")
    second = world.root / "content/guide/start/second.md"
    second.write_text(second.read_text(encoding="utf-8").partition("draws_in")[0] + "---\nWords.\n", encoding="utf-8")
    built(output, world.root)
    assert [name for name, text in _read(output).items() if WORD in text] == []
    tombstone = (output / f"exercises/{SLUG}/index.html").read_text(encoding="utf-8")
    assert "Removed" in tombstone and "November 2026" in tombstone and "noindex" in tombstone
    assert not [path for path in output.rglob(f"*{SLUG}*") if path.is_file()]
