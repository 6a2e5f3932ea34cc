"""One page of each layout, found in the built site, so that the tests do not name entries that may change."""

from pathlib import Path

from world import SAMPLES, document_of

LAYOUTS: dict[str, str] = document_of((SAMPLES / "layouts.yaml").read_text(encoding="utf-8")).value
NAMES = tuple(LAYOUTS)


def file_of(name: str, folder: Path) -> str:
    found = max(folder.glob(LAYOUTS[name]), key=lambda file: file.stat().st_size, default=None)
    assert found, f"The built site has no page of the layout: {name}"
    return found.resolve().relative_to(folder.resolve()).as_posix()
