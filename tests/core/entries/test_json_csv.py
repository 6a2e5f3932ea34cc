"""Data files: what they hold, what never leaves the house, and that entries come back from them as they were."""

import csv
import io
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from mutualaid.core.entries.collection import Collection, gather
from mutualaid.core.entries.entry import Entry, accept
from mutualaid.core.entries.json_csv import (
    APOSTROPHE,
    BETWEEN,
    LIKE_A_FORMULA,
    as_csv,
    as_json,
    columns_of,
    exported_fields,
    schema_of_json,
)
from mutualaid.core.entries.kind import Kind, Schema, every_field, plain
from mutualaid.flows.load_entries import load_entries
from world import PROJECT, TODAY, entry, real_kinds, tool, tools

OFFLINE = tool(intake={"channel": "offline"}, retraction={"hash": "00ff00ff"})
KINDS = tuple(real_kinds())
LICENCE = "https://www.example.org/licence"


def from_csv(text: str, kind: Kind) -> list[dict[str, Any]]:
    fields = exported_fields(kind)
    return [
        {name: _value(cell, fields[name]) for name, cell in row.items() if name in fields and cell}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def _value(cell: str, field: Schema) -> Any:
    is_guarded = cell[:1] == APOSTROPHE and cell[1:2] != "" and cell[1] in LIKE_A_FORMULA + APOSTROPHE
    text = cell[1:] if is_guarded else cell
    match field.get("type"):
        case "integer":
            return int(text)
        case "boolean":
            return text == "true"
        case "array" if field["items"].get("type") == "string" and not text.startswith("["):
            return text.split(BETWEEN)
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
    before = [
        {name: plain(value) for name, value in one.fields.items() if name not in left_out} for one in collection.entries
    ]
    assert before and from_csv(as_csv(collection), real_kinds()[kind]) == before
    read = json.loads(as_json(collection, LICENCE))["entries"]
    assert [{name: value for name, value in one.items() if name != "address"} for one in read] == before


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_holds_for_the_file_and_stands_alone(entries: tuple[Entry, ...], kind: str) -> None:
    """It is a schema, refers to nothing, tells nothing of removal codes, accepts the file and refuses a broken one."""
    schema = json.loads(schema_of_json(real_kinds()[kind], f"https://www.example.org/data/{kind}.schema.json"))
    text = json.dumps(schema)
    assert "$ref" not in text and "retraction" not in text and "x-form" not in text and '"edtf"' not in text
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    whole = json.loads(as_json(gather(real_kinds()[kind], entries, TODAY), LICENCE))
    assert [error.message for error in validator.iter_errors(whole)] == []
    whole["entries"][0]["added"] = "soon"
    assert not validator.is_valid(whole)
    del whole["entries"][0]["added"]
    assert not validator.is_valid(whole)


@example("=", ["[a"])
@given(some.text(min_size=1), some.lists(some.text(min_size=1), min_size=1, max_size=4))
def test_any_text_and_list_comes_back_from_csv(text: str, words: list[str]) -> None:
    fields = {"slug": "ladder", "title": text, "topics": tuple(words)}
    collection = Collection(tools(), (Entry(tools(), "ladder", fields),), (), ())
    assert from_csv(as_csv(collection), tools()) == [{**fields, "topics": words}]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("-5", "'-5"), ("@here", "'@here"), ("'=x", "''=x"), ("'twas", "'twas"), ("a=b", "a=b")],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    """A spreadsheet shows the text, and a reader of the file gets it back."""
    collection = gather(tools(), [entry(title=text + " and more")], TODAY)
    (row,) = csv.DictReader(io.StringIO(as_csv(collection), newline=""))
    assert row["title"] == cell + " and more"


def test_what_is_kept_of_a_removal_code_stays_in_the_house() -> None:
    """Neither JSON nor CSV nor the list of columns has it; pages, forms and the check of each kind pass it over."""
    collection = gather(tools(), [accept(OFFLINE)], TODAY)
    (own,) = json.loads(as_json(collection, LICENCE))["entries"]
    assert set(own) == {"address", *OFFLINE.value} - {"retraction"}
    rows = list(csv.DictReader(io.StringIO(as_csv(collection))))
    assert rows[0]["intake"] == '{"channel": "offline"}'
    assert "retraction" not in rows[0]
    assert "retraction" not in {column["name"] for column in columns_of(tools())}
    assert "00ff00ff" not in as_json(collection, LICENCE) + as_csv(collection)
    for kind in real_kinds().values():
        marks = {word: mark for word, mark in kind.fields["retraction"].items() if word.startswith("x-")}
        assert marks == dict.fromkeys(("x-show", "x-form", "x-export", "x-identifying"), "none")
        assert "retraction" not in kind.schema["required"]
        kept_in = {steps[0] for steps, field in every_field(kind.schema) if field.get("x-export")}
        assert kept_in == {"retraction", "aliases"}
