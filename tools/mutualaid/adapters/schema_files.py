"""The folder `schemas/`: kinds, and the schemas of content files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mutualaid.adapters.yaml_text import read_yaml
from mutualaid.core.kind import Kind, Schema, inlined, kind_from
from mutualaid.core.problem import as_line
from mutualaid.errors import BrokenHouse

SHARED = "common.schema.yaml"
ENDING = ".schema.yaml"


def read_kinds(folder: Path) -> tuple[tuple[Kind, ...], Schema]:
    """Return every kind, in the order of the file names, and the schema of a retracted entry."""
    shared = {SHARED: _read(folder / SHARED)}
    names = sorted(file.name for file in folder.glob(f"*{ENDING}") if file.name != SHARED)
    kinds = tuple(kind_from(name.removesuffix(ENDING), _read(folder / name), shared) for name in names)
    return kinds, inlined(shared[SHARED]["$defs"]["retracted"], shared, SHARED)


def read_content_schemas(folder: Path) -> Mapping[str, Schema]:
    """Return the schemas in `schemas/content/` by name, references put in place."""
    shared = {SHARED: _read(folder / SHARED)}
    return {
        file.name.removesuffix(ENDING): inlined(_read(file), shared)
        for file in sorted((folder / "content").glob(f"*{ENDING}"))
    }


def _read(file: Path) -> Mapping[str, Any]:
    try:
        reading = read_yaml(file.read_text(encoding="utf-8"), file.name)
    except FileNotFoundError:
        raise BrokenHouse(f"{file.name} is missing from schemas/. Restore it from the repository.") from None
    if reading.document is None or not isinstance(reading.document.value, Mapping):
        said = "; ".join(as_line(problem) for problem in reading.problems)
        raise BrokenHouse(f"schemas/{file.name} cannot be read: {said}")
    return reading.document.value
