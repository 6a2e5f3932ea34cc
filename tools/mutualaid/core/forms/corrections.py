"""Corrections by a form of their own: which entry is meant, and the entry with what changes and all else as it was."""

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from mutualaid.core.entries.kind import Kind, in_schema_order
from mutualaid.core.entries.problem import Problem, shortened
from mutualaid.core.entries.validation import field_at
from mutualaid.core.forms.answers import Answers, lines_of, typed_in
from mutualaid.core.forms.model import CORRECTS, Form
from mutualaid.core.forms.plain_text import text_parts
from mutualaid.core.forms.to_entry import Shaped, answers_of, shape

CREDIT = "credit_name"
TAKEN_OUT = "-"
CHANGES, SOURCES = "changes", "sources"


def place_of(address: str, kinds: Container[str]) -> tuple[str, str] | None:
    """Return kind and slug that the address of a page names, whatever is around them; None where it names none."""
    parts = [part for part in re.split(r"[?#]", address.strip(), maxsplit=1)[0].split("/") if part]
    pairs = [pair for pair in pairwise(parts) if pair[0] in kinds]
    return pairs[-1] if pairs else None


def lines_in(typed: Answers, form: Form, kind: Kind) -> Answers | str:
    """Return what the lines `Label: new text` of a correction say, as answers to the form of the entry's `kind`.

    A label is the form's or the page's. An answer of one line ends at an empty line; other words change nothing. A
    label that comes twice is returned instead.
    """
    places: dict[str, int] = {}
    for place, asked in enumerate(form.fields):
        for label in (asked.label, str(field_at(asked.steps, kind.schema)["title"])):
            places.setdefault(label.casefold(), place)
    parts, _ = text_parts(lines_of(typed.values.get(CHANGES, "")), places)
    found = [(form.fields[part.place], part) for part in parts]
    ids = [asked.id for asked, _ in found]
    values = {asked.id: typed_in(part, asked).text for asked, part in found}
    first = typed.lines.get(CHANGES, 1) - 1
    twice = next((asked.label for asked, _ in found if ids.count(asked.id) > 1), "")
    return twice or Answers(values, lines={asked.id: first + part.line for asked, part in found})


def corrected(lines: Answers, entry: Mapping[str, Any], form: Form, kind: Kind, said: Mapping[str, Any]) -> Shaped:
    """Return the entry with what the `lines` say in place of what it says, and what the correction's form `said`.

    A line with nothing but a hyphen takes the answer out. What nobody speaks of stays.
    """
    values = {
        name: _kept(lines.values.get(name, ""), was) for name, was in answers_of(entry, form, kind).values.items()
    }
    shaped = shape(
        Answers(values, (True,) * len(form.consents), lines.lines), form, kind, {}, "", str(entry["slug"]), ()
    )
    asked = {field.steps[0] for field in form.fields}
    kept = {name: inner for name, inner in entry.items() if name not in asked}
    value = {**shaped.value, **kept, **{name: said[name] for name in said if name != SOURCES}}
    had = value.get(SOURCES, ())
    known = {source.get("url", source["title"]) for source in had}
    new = [source for source in said.get(SOURCES, ()) if source.get("url", source.get("title")) not in known]
    if new and SOURCES in kind.fields:
        value[SOURCES] = [*had, *new]
    value = {name: inner for name, inner in value.items() if inner is not None}
    return replace(shaped, value=in_schema_order(value, kind.schema))


def _kept(typed: str, was: str) -> str:
    return "" if typed.strip() == TAKEN_OUT else typed if typed.strip() else was


def said_in(value: Mapping[str, Any], kind: Kind, month: str) -> dict[str, Any]:
    """Return the fields of an entry that a correction's own choices set (`x-sets`), and the sources that it names.

    `$name` goes for that answer; where it was left out, for the `month` in which it was sent. '' takes a field out.
    """
    chosen = [schema["x-sets"][value[name]] for name, schema in kind.fields.items() if "x-sets" in schema]
    sets = {name: inner for each in chosen for name, inner in each.items()}
    said = {
        name: value.get(inner[1:], month) if inner.startswith("$") else inner or None for name, inner in sets.items()
    }
    return {**said, **{name: value[name] for name in (SOURCES,) if name in value}}


def not_correctable(why: str, form: Form, typed: Answers, named: str = "") -> Problem:
    """Say why the entry that `typed` names is not corrected; `named` is what to do here.

    Of one that was removed it is said neither why, nor what it was.
    """
    facts = {"typed": shortened(typed.values.get(CORRECTS, "").strip(), 100), "named": named}
    return form.problem(f"{CORRECTS}.{why}", form.fields[0].label, typed.lines.get(CORRECTS, 1), **facts)
