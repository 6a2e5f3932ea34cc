"""Entries as JSON and as tables, with the schemas and the data package that say what such a file holds.

What a schema marks with `x-export: none` is in none of them. The data page says how a cell of CSV is written.
`site` is the site's address, empty where it has none; `about` is what is in `ENVELOPE`.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mutualaid.core.entries.collection import Collection
from mutualaid.core.entries.kind import Kind, Schema, plain
from mutualaid.core.entries.validation import value_at

DATA_VERSION = "1.1.0"
"""As in SemVer: the first number where a field or a value goes, the second where one comes. A test holds it."""
BETWEEN = " | "
BOM = "\ufeff"
LINKS = "sources"
"""The name of the table of links."""
LIKE_A_FORMULA = "=+-@"
APOSTROPHE = "'"
REAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
PATTERNS = {"edtf": REAL_DATE, "iri": r"^https?://\S+$", "isbn": "^97[89](-?[0-9]){10}$"}
"""In place of formats of ours and of those that strict validators don't know."""
ENVELOPE = {
    "site": "The address of the site, for paths in texts. Empty where it has none yet.",
    "data_version": "The version of these files' shape, as in SemVer; not of what is in them.",
    "month": "When the file was made.",
    "licence": "The license of entries that name no other.",
    "attribution": "Whom to name where an entry names nobody.",
}


def _text(title: str, description: str, kind: str = "string") -> Schema:
    return {"title": title, "description": description, "type": kind}


ADDRESS = _text("Address", "Where the entry is on the site. It never changes.")
OF_A_LINK = {
    "entry": _text("Entry", "The address of the entry that lists it."),
    "field": _text("Field", "The field of the entry that lists it."),
    "place": _text("Place", "Its place in that list, from 1.", "integer"),
}


def json_file(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def json_lines(items: Iterable[Any]) -> str:
    """Return a list as a file of JSON, each item on a line of its own: a tenth of the time that indenting takes."""
    rows = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"[\n{rows}\n]\n" if rows else "[]\n"


def as_json(collection: Collection, about: Mapping[str, str]) -> str:
    names, kind = exported_fields(collection.kind), collection.kind
    schema = f"{about['site'] and about['site'] + '/data/'}{kind.name}.schema.json"
    entries = [
        {"address": about["site"] + entry.address}
        | {name: plain(value) for name, value in entry.fields.items() if name in names}
        for entry in collection.entries
    ]
    head = {"collection": kind.name, "title": kind.title, **about, "schema": schema}
    lines = [f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n" for name, value in head.items()]
    return f'{{\n{"".join(lines)} "entries": {json_lines(entries)}}}\n'


def as_csv(collection: Collection, site: str) -> str:
    """Return a collection as CSV (RFC 4180): one entry a row, without what is in the table of links."""
    columns = columns_of(collection.kind)
    places = [tuple(name.split(".")) for name in columns][1:]
    rows = (
        (site + entry.address, *(value_at(steps, entry.fields) for steps in places)) for entry in collection.entries
    )
    return _table(columns, rows)


def links_as_csv(collections: Sequence[Collection], site: str) -> str:
    """Return every source, and every other link in a list, as CSV: one a row."""
    columns = columns_of_links([collection.kind for collection in collections])
    rows = (
        (site + entry.address, field, place, *(item.get(name) for name in [*columns][len(OF_A_LINK) :]))
        for collection in collections
        for entry in collection.entries
        for field in _of_links(collection.kind)
        for place, item in enumerate(entry.fields.get(field, ()), 1)
    )
    return _table(columns, rows)


def _table(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return a table, with the mark by which a spreadsheet knows UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([columns, *([_cell(value) for value in row] for row in rows)])
    return BOM + text.getvalue()


def columns_of(kind: Kind) -> dict[str, Schema]:
    """Return the columns of a kind's table: a field each, and of a group of fields one a part, as `credit.name`."""
    columns = {"address": ADDRESS}
    for name, field in exported_fields(kind).items():
        if field.get("type") == "object":
            columns |= {f"{name}.{part}": inner for part, inner in field["properties"].items()}
        elif name not in _of_links(kind):
            columns[name] = field
    return columns


def columns_of_links(kinds: Iterable[Kind]) -> dict[str, Schema]:
    """Return the columns of the table of links: where each is, then the parts that any of them has."""
    columns = dict(OF_A_LINK)
    for field in (kind.fields[name] for kind in kinds for name in _of_links(kind)):
        columns |= field["items"]["properties"]
    return columns


def _of_links(kind: Kind) -> list[str]:
    fields = exported_fields(kind).items()
    return [name for name, field in fields if "url" in field.get("items", {}).get("properties", {})]


def package_of(kinds: Sequence[Kind], about: Mapping[str, str]) -> dict[str, Any]:
    """Return the data package of all tables and their columns. Source: Frictionless, Data Package 1."""
    tables = [(kind.name, columns_of(kind), ("address", *kind.schema["required"])) for kind in kinds]
    tables.append((LINKS, columns_of_links(kinds), (*OF_A_LINK,)))
    own = {"profile": "tabular-data-resource", "encoding": "utf-8"}
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            **own,
            "schema": {"fields": [_column(*one, needed) for one in fields.items()]},
        }
        for name, fields, needed in tables
    ]
    return {
        "profile": "tabular-data-package",
        "name": "entries",
        "version": about["data_version"],
        "created": f"{about['month']}-01T00:00:00Z",
        **({"homepage": about["site"]} if about["site"] else {}),
        "licenses": [{"path": about["licence"]}],
        "contributors": [{"title": about["attribution"], "role": "publisher"}],
        "resources": resources,
    }


def _column(name: str, field: Schema, required: Sequence[str]) -> dict[str, Any]:
    """Return a column of a table schema. What is more than one word or number in a cell is text there."""
    rules = {rule: field[rule] for rule in ("enum", "minimum", "maximum") if rule in field}
    rules |= {"pattern": REAL_DATE} if field.get("format") == "edtf" else {}
    return {
        "name": name,
        "type": field["type"] if field["type"] in ("integer", "boolean") else "string",
        "title": field["title"],
        "description": f"{field['description']} ({_shape(field)})",
        "constraints": rules | {"required": name in required},
    }


def topics_of(kinds: Iterable[Kind]) -> list[dict[str, str]]:
    """Return the list of topics: each with its id, which never changes, and how it is called."""
    topics = {topic: kind.label("topics", topic) for kind in kinds for topic in kind.fields["topics"]["items"]["enum"]}
    return [{"id": topic, "label": label} for topic, label in topics.items()]


def schema_of_entry(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of one entry as its file in the repository holds it, but for what is not published."""
    fields = exported_fields(kind)
    properties = {name: _for_others(field) for name, field in fields.items()}
    conditions = {"allOf": _for_others(kind.schema["allOf"])} if "allOf" in kind.schema else {}
    needed = [name for name in kind.schema["required"] if name in fields]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_object(kind.singular, properties, needed),
        **conditions,
    }


def schema_of_json(kind: Kind, site: str) -> dict[str, Any]:
    """Return the JSON Schema of a collection's JSON file; it refers to nothing outside itself."""
    entry = schema_of_entry(kind)
    place = {"$schema": entry.pop("$schema")} | ({"$id": f"{site}/data/{kind.name}.schema.json"} if site else {})
    entry["required"].insert(0, "address")
    address = {**ADDRESS, "pattern": f"^{re.escape(site)}/{kind.name}/[a-z0-9-]+/$"}
    entry["properties"] = {"address": address, **entry["properties"]}
    properties = {
        "collection": {"const": kind.name},
        "title": {"const": kind.title},
        **{name: {"description": words, "type": "string"} for name, words in ENVELOPE.items()},
        "schema": {"description": "The address of this schema.", "type": "string"},
        "entries": {"type": "array", "items": entry},
    }
    return {**place, "description": kind.description, **_object(kind.title, properties, [*properties])}


def _object(title: str, properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    own = {"title": title, "type": "object", "additionalProperties": False}
    return {**own, "required": required, "properties": properties}


def exported_fields(kind: Kind) -> dict[str, Schema]:
    """Return the fields that may be published, by name, in the order of the schema."""
    return {name: field for name, field in kind.fields.items() if field.get("x-export") != "none"}


def _cell(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
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
    """Return a schema in JSON Schema's own words: labels are titles of constants, formats are patterns.

    Fields that a condition asks for are named in it, as strict validators want.
    """
    if isinstance(schema, list | tuple):
        return [_for_others(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    kept = {name: _for_others(value) for name, value in schema.items() if name[:2] != "x-"}
    if "format" in kept:
        kept["pattern"] = PATTERNS[kept.pop("format")]
    if "enum" in kept and (labels := schema.get("x-labels")):
        kept["oneOf"] = [{"const": value, "title": str(labels[value])} for value in kept.pop("enum")]
    if "required" in kept and "type" not in kept:
        kept["properties"] = dict.fromkeys(kept["required"], True) | kept.get("properties", {})
    return kept
