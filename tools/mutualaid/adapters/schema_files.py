"""The folder `schemas/`: kinds, forms that make no entry, schemas of content files, identifying details."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mutualaid.adapters.yaml import read_yaml
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.identifying import Patterns, patterns_from
from mutualaid.core.entries.kind import Kind, Schema, inlined, kind_from
from mutualaid.core.entries.problem import as_line
from mutualaid.core.entries.spellings import Table, in_schema, table_of
from mutualaid.errors import BrokenCheckout

SHARED = "common.schema.yaml"
CONSENTS = "consents.yaml"
ENDING = ".schema.yaml"
OWN_WORDS = "identifying-words.yaml"
"""An edition's own words for the check for details, and the address of the site they are for."""


def read_kinds(folder: Path) -> tuple[tuple[Kind, ...], Schema]:
    """Return every kind, in the order of the file names, and the schema of a retracted entry."""
    shared = _shared(folder)
    names = sorted(file.name for file in folder.glob(f"*{ENDING}") if file.name != SHARED)
    kinds = tuple(kind_from(name.removesuffix(ENDING), _read(folder / name), shared) for name in names)
    return kinds, inlined(shared[SHARED]["$defs"]["retracted"], shared, SHARED)


def read_form_kinds(folder: Path) -> tuple[Kind, ...]:
    shared = _shared(folder)
    files = sorted((folder / "forms").glob(f"*{ENDING}"))
    return tuple(kind_from(file.name.removesuffix(ENDING), _read(file), shared, makes_entries=False) for file in files)


def read_chooser(folder: Path) -> tuple[Mapping[str, str], ...]:
    """Return the links shown where the forms are offered: name, address on the site, and what it is about."""
    return tuple(_read(folder / CONSENTS)["chooser"])


def read_content_schemas(folder: Path) -> Mapping[str, Schema]:
    shared = {SHARED: _read(folder / SHARED)}
    files = {file.name.removesuffix(ENDING): _read(file) for file in sorted((folder / "content").glob(f"*{ENDING}"))}
    return {name: inlined(schema, {**shared, "": schema}) for name, schema in files.items()}


def read_identifying_details(folder: Path) -> Patterns:
    """Return the patterns of `schemas/identifying-details.yaml`, with the edition's own words."""
    raw, own = _read(folder / "identifying-details.yaml"), read_schema_file(folder / OWN_WORDS).value
    both = {part: {**own.get(part, {}), **raw.get(part, {})} for part in ("words", "parts")}
    return patterns_from({**raw, **both})


def _shared(folder: Path) -> Mapping[str, Schema]:
    return {name: _read(folder / name) for name in (SHARED, CONSENTS)}


def _read(file: Path) -> Mapping[str, Any]:
    return dict(in_schema(read_schema_file(file).value, lambda name: _table(file.with_name(f"{name}.tsv"))))


@cache
def _table(file: Path) -> Table:
    return table_of(file.read_text(encoding="utf-8"))


def read_schema_file(file: Path) -> Document:
    """Return a file of `schemas/` as it is. Raises BrokenCheckout where it cannot be read."""
    if not file.is_file():
        raise BrokenCheckout(f"{file.name} is missing from schemas/. Restore it from the repository.")
    reading = read_yaml(file.read_text(encoding="utf-8"), f"schemas/{file.name}")
    if reading.document is None or not isinstance(reading.document.value, Mapping):
        said = "; ".join(as_line(problem) for problem in reading.problems)
        raise BrokenCheckout(f"schemas/{file.name} cannot be read: {said}")
    return reading.document
