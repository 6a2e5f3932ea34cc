"""Data files: what they hold, what never leaves the house, and that entries come back from them as they were."""

import csv
import io
import json
import os
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from mutualaid.core.entries import json_csv
from mutualaid.core.entries.collection import Collection, gather
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.kind import Schema, plain
from mutualaid.flows.load_entries import load_entries
from world import PROJECT, TODAY, entry, real_kinds, tools

PROSE = ("title", "description", "examples")
KINDS = tuple(real_kinds())
SITE = "https://www.example.org"
ABOUT = dict.fromkeys(json_csv.ENVELOPE, "A word") | {"site": SITE}


def from_csv(collection: Collection) -> list[dict[str, Any]]:
    """Return the entries that the table and the table of links hold together, by the rules on the data page."""
    kind, tables = collection.kind, (json_csv.as_csv(collection, SITE), json_csv.links_as_csv([collection], SITE))
    rows, links = (csv.DictReader(io.StringIO(text.removeprefix(json_csv.BOM), newline="")) for text in tables)
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        own = found[row.pop("address")] = {}
        for name, value in _values(row, json_csv.columns_of(kind)).items():
            field, _, part = name.partition(".")
            own |= {field: own.get(field, {}) | {part: value}} if part else {field: value}
    for row in links:
        entry, field, _ = (row.pop(name) for name in ("entry", "field", "place"))
        found[entry].setdefault(field, []).append(_values(row, json_csv.columns_of_links([kind])))
    return [*found.values()]


def _values(row: Mapping[str, str], columns: Mapping[str, Schema]) -> dict[str, Any]:
    return {name: _value(cell, columns[name]) for name, cell in row.items() if cell}


def _value(cell: str, field: Schema) -> Any:
    is_guarded = cell[:1] == json_csv.APOSTROPHE and cell[1:2] in {*json_csv.LIKE_A_FORMULA, json_csv.APOSTROPHE}
    text = cell[1:] if is_guarded else cell
    match field.get("type"):
        case "integer":
            return int(text)
        case "boolean":
            return text == "true"
        case "array" if field["items"].get("type") == "string" and not text.startswith("["):
            return text.split(json_csv.BETWEEN)
        case "array" | "object":
            return json.loads(text)
    return text


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return load_entries(PROJECT, TODAY).entries


@pytest.mark.parametrize("kind", KINDS)
def test_every_real_entry_comes_back(entries: tuple[Entry, ...], kind: str) -> None:
    """From JSON, and from CSV by the rules on the data page: each field has its value, and there are no others."""
    collection = gather(real_kinds()[kind], entries, TODAY)
    left_out = {name for name, schema in collection.kind.fields.items() if schema.get("x-export") == "none"}
    kept = [one.fields.items() for one in collection.entries]
    before = [{name: plain(value) for name, value in fields if name not in left_out} for fields in kept]
    assert before and from_csv(collection) == before
    read = json.loads(json_csv.as_json(collection, ABOUT))["entries"]
    assert [one.pop("address") for one in read] == [SITE + one.address for one in collection.entries]
    assert read == before


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_holds_for_the_file_and_stands_alone(entries: tuple[Entry, ...], kind: str) -> None:
    schema = json_csv.schema_of_json(real_kinds()[kind], SITE)
    text = json.dumps(schema)
    assert "$ref" not in text and "retraction" not in text and '"x-' not in text and '"format"' not in text
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    whole = json.loads(json_csv.as_json(gather(real_kinds()[kind], entries, TODAY), ABOUT))
    assert whole["schema"] == schema["$id"] == f"{SITE}/data/{kind}.schema.json"
    assert [error.message for error in validator.iter_errors(whole)] == []
    whole["entries"][0]["added"] = "soon"
    assert not validator.is_valid(whole)
    del whole["entries"][0]["added"]
    assert not validator.is_valid(whole)


def test_a_change_of_shape_raises_the_version() -> None:
    """Whoever uses the files again learns of it: tests/expected/data.txt has the version and what it was for."""
    kinds = tuple(real_kinds().values())
    shapes = {kind.name: [json_csv.schema_of_json(kind, SITE), json_csv.schema_of_entry(kind)] for kind in kinds}
    shapes["package"] = [json_csv.package_of(kinds, ABOUT)]
    lines = [f"{name} {sha256(_bare(shape).encode()).hexdigest()}" for name, shape in shapes.items()]
    file = PROJECT / "tests/expected/data.txt"
    was, *before = file.read_text(encoding="utf-8").splitlines()
    if os.environ.get("MUTUALAID_BLESS") and was != json_csv.DATA_VERSION:
        was, before = json_csv.DATA_VERSION, lines
        file.write_text("\n".join([was, *before]) + "\n", encoding="utf-8")
    changed = [line.split()[0] for line in lines if line not in before]
    assert (was, changed) == (json_csv.DATA_VERSION, []), (
        "The shape of the data is another. Raise DATA_VERSION in core/entries/json_csv.py (the first number if a field "
        "or value is gone or means something else, else the second), name the new version in CHANGELOG.md with what "
        "changed, and run: make bless"
    )
    assert f"Data {json_csv.DATA_VERSION}" in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


def _bare(shape: Any) -> str:
    """Return a schema without the words that are for people, and that change no file."""
    if isinstance(shape, dict):
        kept = {name: inner for name, inner in shape.items() if name not in PROSE or isinstance(inner, dict)}
        return f"{{{','.join(f'{name}:{_bare(inner)}' for name, inner in sorted(kept.items()))}}}"
    return f"[{','.join(map(_bare, shape))}]" if isinstance(shape, list | tuple) else repr(shape)


@example("=", ["[a"])
@given(some.text(min_size=1), some.lists(some.text(min_size=1), min_size=1, max_size=4))
def test_any_text_and_list_comes_back_from_csv(text: str, words: list[str]) -> None:
    fields = {"slug": "ladder", "title": text, "topics": tuple(words)}
    collection = Collection(tools(), (Entry(tools(), "ladder", fields),), (), ())
    assert from_csv(collection) == [{**fields, "topics": words}]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("-5", "'-5"), ("@here", "'@here"), ("'=x", "''=x"), ("'twas", "'twas"), ("a=b", "a=b")],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    collection = gather(tools(), [entry(title=text + " and more")], TODAY)
    (row,) = csv.DictReader(io.StringIO(json_csv.as_csv(collection, ""), newline=""))
    assert row["title"] == cell + " and more"
