"""Entries as JSON and CSV, with the schema that says what such a file holds.

What a schema marks with `x-export: none` is in none of them. The data page says how a cell of CSV is written.
"""

import csv
import io
import json
from typing import Any

from mutualaid.core.entries.collection import Collection
from mutualaid.core.entries.kind import Kind, Schema, plain

BETWEEN = " | "
LIKE_A_FORMULA = "=+-@"
APOSTROPHE = "'"
REAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def as_json(collection: Collection, licence_url: str) -> str:
    """Return a collection as JSON: its licence and every entry with its address."""
    names = exported_fields(collection.kind)
    whole = {
        "collection": collection.kind.name,
        "title": collection.kind.title,
        "licence": licence_url,
        "entries": [
            {"address": entry.address, **{name: plain(value) for name, value in entry.fields.items() if name in names}}
            for entry in collection.entries
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_csv(collection: Collection) -> str:
    """Return a collection as CSV (RFC 4180), a column a field."""
    names = ["address", *exported_fields(collection.kind)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for entry in collection.entries:
        writer.writerow([entry.address, *(_cell(entry.fields.get(name, "")) for name in names[1:])])
    return text.getvalue()


def schema_of_json(kind: Kind, own_address: str = "") -> str:
    """Return the JSON Schema of a collection's JSON file; it refers to nothing outside itself."""
    fields = exported_fields(kind)
    entry = {
        "type": "object",
        "additionalProperties": False,
        "required": ["address", *(name for name in kind.schema["required"] if name in fields)],
        "properties": {
            "address": {
                "title": "Address",
                "description": "Where the entry is on the site. It never changes.",
                "type": "string",
                "pattern": f"^/{kind.name}/[a-z0-9-]+/$",
            },
            **{name: _for_others(field) for name, field in fields.items()},
        },
        **({"allOf": _for_others(kind.schema["allOf"])} if "allOf" in kind.schema else {}),
    }
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": own_address} if own_address else {}),
        "title": kind.title,
        "description": kind.description,
        "type": "object",
        "additionalProperties": False,
        "required": ["collection", "title", "licence", "entries"],
        "properties": {
            "collection": {"const": kind.name},
            "title": {"const": kind.title},
            "licence": {"type": "string", "description": "The license of entries that name no other."},
            "entries": {"type": "array", "items": entry},
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def exported_fields(kind: Kind) -> dict[str, Schema]:
    """Return the fields that may be published, by name, in the order of the schema."""
    return {name: field for name, field in kind.fields.items() if field.get("x-export") != "none"}


def columns_of(kind: Kind) -> tuple[dict[str, str], ...]:
    """Return name, title, description and shape of each field of a kind, for people who use the data."""
    return tuple(
        {
            "name": name,
            "title": str(field["title"]),
            "description": str(field["description"]),
            "shape": _shape(field),
            "is_required": "always" if name in kind.schema["required"] else "sometimes",
        }
        for name, field in exported_fields(kind).items()
    )


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return _guarded(json.dumps(value, ensure_ascii=False) if _has_trap(value) else BETWEEN.join(value))
    if isinstance(value, str | int):
        return _guarded(str(value))
    return json.dumps(plain(value), ensure_ascii=False)


def _has_trap(words: tuple[str, ...]) -> bool:
    """Whether words joined by bars would be read back as others."""
    is_odd = any(BETWEEN in word or word != word.strip() or not word for word in words)
    return is_odd or not words or words[0].startswith("[")


def _guarded(text: str) -> str:
    looks_guarded = text[:1] == APOSTROPHE and text[1:2] != "" and text[1] in LIKE_A_FORMULA + APOSTROPHE
    return APOSTROPHE + text if (text and text[0] in LIKE_A_FORMULA) or looks_guarded else text


def _shape(field: Schema) -> str:
    if field.get("format") == "edtf":
        return "date"
    if field.get("type") == "array":
        return "list of words" if field["items"].get("type") == "string" else "list of groups"
    names = {"object": "group", "integer": "number", "boolean": "true or left out"}
    return "word from a list" if "enum" in field else names.get(str(field.get("type")), "text")


def _for_others(schema: Any) -> Any:
    """Return a schema without the keywords that only this project understands; a date carries its pattern."""

    def kept(whole: Schema) -> dict[str, Any]:
        # A table has thousands of names, of which the entries have a few.
        shown = {"x-unset"} if "x-table" in whole else {"x-labels", "x-unset"}
        left = {name: value for name, value in whole.items() if name in shown or name[:2] != "x-"}
        if left.get("format") == "edtf":
            del left["format"]
            left["pattern"] = REAL_DATE
        return left

    return plain(schema, kept)
