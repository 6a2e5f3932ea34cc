"""An entry as plain text, in the order of its page, for places that show no page: a comment, a terminal, a mail."""

from collections.abc import Iterator, Mapping
from typing import Any

from mutualaid.core.entries.kind import Schema

ABOUT_THE_FILE = frozenset({"slug", "licence", "added", "intake", "aliases", "same_source", "no_https", "retracted"})


def plain_entry(value: Mapping[str, Any], schema: Schema) -> str:
    """Return the fields that a reader meets, each under its own name."""
    return "\n".join(_lines(value, schema, "")).strip() + "\n"


def _lines(value: Mapping[str, Any], schema: Schema, indent: str) -> Iterator[str]:
    for name, inner in value.items():
        if name in ABOUT_THE_FILE:
            continue
        own = schema.get("properties", {}).get(name, {})
        title = own.get("title", name)
        shown = list(_shown(inner, own, indent + "  "))
        if len(shown) == 1 and not isinstance(inner, Mapping | list | tuple):
            yield f"{indent}{title}: {shown[0].strip()}"
        else:
            yield f"{indent}{title}:"
            yield from shown


def _shown(value: Any, schema: Schema, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _lines(value, schema, indent)
    elif isinstance(value, list | tuple):
        for item in value:
            rows = list(_shown(item, schema.get("items", {}), indent + "  "))
            yield f"{indent}- {rows[0].strip()}" if rows else f"{indent}-"
            yield from rows[1:]
    else:
        word = str(schema.get("x-labels", {}).get(value, value))
        yield from (f"{indent}{line}".rstrip() for line in word.split("\n"))
