"""A single value as a person types it: text, a whole number with its unit, yes or no, or the label of a choice."""

import re
from collections.abc import Iterable
from typing import Any

from mutualaid.core.entries.kind import Schema

YES, NO = "yes", "no"
_YES, _NO = (YES, "true"), (NO, "false")
_NUMBER = re.compile(r"([0-9]{1,9})\s*([^\W\d]*)\.?")


def scalar_text(value: Any, schema: Schema) -> str:
    """Write a value as a person would type it."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int):
        one, many = (*schema.get("x-form-units", ()), "", "")[:2]
        return f"{value} {one if value == 1 else many}".strip()
    return str(schema.get("x-labels", {}).get(value, value))


def scalar_from(text: str, schema: Schema) -> str | int | bool | None:
    """Return the value that `text` stands for; None where it stands for none."""
    if "enum" in schema:
        labels = schema.get("x-labels", {})
        return chosen(text, ((str(value), str(labels.get(value, value))) for value in schema["enum"]))
    match schema.get("type"):
        case "boolean":
            word = text.casefold()
            return word in _YES if word in (*_YES, *_NO) else None
        case "integer":
            found = _NUMBER.fullmatch(text)
            units = ("", *(str(unit).casefold() for unit in schema.get("x-form-units", ())))
            return int(found[1]) if found and found[2].casefold() in units else None
    return text


def chosen(text: str, options: Iterable[tuple[str, str]]) -> str | None:
    """Return the value of the option whose label, or else whose value, `text` is; capital letters do not count."""
    known = tuple(options)
    for value, label in known:
        if label == text:
            return value
    by_label = {label.casefold(): value for value, label in known}
    by_value = {value.casefold(): value for value, _ in known if value}
    word = text.strip().casefold()
    return by_label.get(word, by_value.get(word))


def wanted(schema: Schema) -> str:
    """Return how a sentence says what the value must be."""
    match schema.get("type"):
        case "boolean":
            return f"must be {YES}, or be left out"
        case "integer":
            example = scalar_text((schema.get("examples") or [10])[0], schema)
            return f"must be a whole number, for example `{example}`"
    return "must be one of the choices in the list"
