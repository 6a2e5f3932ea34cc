"""From a schema to its form. The schema is the one source of the fields; nothing here knows a field by name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mutualaid.core.entries.kind import Kind, Schema, takes_line_breaks
from mutualaid.core.forms.line_items import YES, ends_of, item_text, options_of, shape_of_line
from mutualaid.core.forms.model import Element, Form, FormField
from mutualaid.errors import BrokenCheckout


def form_of(kind: Kind) -> Form:
    """Build the form of a kind, or of one of the forms that make no entry.

    Raises BrokenCheckout, which names the property, where the schema asks for what GitHub's forms cannot ask for.
    """
    words = kind.schema.get("x-form")
    if not isinstance(words, Mapping) or not words.get("title") or not words.get("notice"):
        raise BrokenCheckout(f"The schema of {kind.name} needs `x-form` with a title and a notice. {SEE}")
    consents = words.get("consents", {})
    fields = [field for name, schema in kind.fields.items() for field in _fields(kind, name, schema)]
    short = words.get("short", ())
    _need({field.id for field in fields} >= set(short), kind, ("x-form",), f"`short` names no fields: {short}")
    fields.sort(key=lambda field: short.index(field.id) if field.id in short else len(short))
    form = Form(
        name=kind.name,
        title=str(words["title"]),
        description=kind.description,
        issue_title=kind.singular,
        notice=str(words["notice"]),
        fields=tuple(fields),
        consent_block=FormField(
            id="consents",
            label=str(consents.get("title", "")),
            element="checkboxes",
            help=str(consents.get("description", "")),
            required=False,
            steps=(),
            options=tuple((sentence, sentence) for sentence in consents.get("sentences", ())),
        ),
    )
    _labels_differ(form)
    return form


SEE = "See schemas/README.md."


def _fields(kind: Kind, name: str, schema: Schema) -> Iterator[FormField]:
    way, required = schema.get("x-form"), name in kind.schema.get("required", ()) and "x-propose" not in schema
    if way is None:
        yield _field(kind, (name,), schema, is_required=required)
    elif way != "none":
        can_be = way == "parts" and schema.get("type") == "object"
        _need(can_be, kind, (name,), f"`x-form: {way}` is none of: none, and for a group of fields, parts")
        for part, inner in schema["properties"].items():
            if inner.get("x-form") != "none":
                needed = required and part in schema.get("required", ())
                yield _field(kind, (name, part), inner, is_required=needed)


def _field(kind: Kind, steps: tuple[str, ...], schema: Schema, *, is_required: bool) -> FormField:
    one, is_list, name = schema.get("items", schema), schema.get("type") == "array", "_".join(steps)
    for why, holds in _rules(schema, one, is_list=is_list):
        _need(holds, kind, steps, why)
    is_short = name in kind.schema["x-form"].get("short", (name,))
    parts = tuple(one.get("x-line", ()))
    breaks = any(map(takes_line_breaks, one.get("properties", {"": one}).values()))
    text: Element = "textarea" if breaks or (is_list and "x-table" not in one) else "input"
    return FormField(
        id=name,
        label=_label(schema),
        element="dropdown" if "enum" in one else text,
        help=_help(schema, parts, is_short=is_short),
        required=is_required,
        steps=steps,
        options=options_of(one) if "enum" in one else (),
        multiple=is_list and "enum" in one,
        parts=parts,
        is_short=is_short,
    )


def _label(schema: Schema) -> str:
    return str(schema.get("x-form-label") or schema["title"])


def _rules(schema: Schema, one: Schema, *, is_list: bool) -> Iterator[tuple[str, object]]:
    """Yield what a form needs of a field, or of `one` of its items, each with whether it has it."""
    sort, parts, known, label = one.get("type"), one.get("x-line", ()), one.get("properties", {}), _label(schema)
    choices = [choice.casefold() for value, choice in options_of(one) if value] if "enum" in one else []
    repeated = {choice for choice in choices if choices.count(choice) > 1}
    unfit = [choice for choice in choices if choice != choice.strip() or (is_list and "," in choice)]
    unfit += [choice for choice in choices if choice in {"none", "_no response_", "", *repeated}]
    odd = [part for part in parts if part not in known] or (parts if len(set(parts)) < len(parts) else ())
    long = [name for name, inner in known.items() if inner.get("type") not in ("string", "integer", "boolean")]
    is_askable = sort in ("string", "object") or (sort == "integer" and not is_list)
    yield "a form can ask for text, whole numbers, choices, and lists and groups of these", is_askable
    is_line = label == label.strip() and not re.search(r"[\n:]|password", label.casefold())
    yield f"the label “{label}” must be one line without a colon and the word password", is_line
    yield "a group of fields needs `x-line`, the order of its parts on a line", parts or sort != "object"
    yield f"`x-line` must name its own properties, each once; look at {odd}", not odd
    yield f"a part of a line can be text, a whole number, or yes and no; look at {long}", not long
    why = "it must differ from the others, not be None, and where several can be chosen hold no comma"
    yield f"the label “{next(iter(unfit), '')}” cannot be a choice; {why}", not unfit


def _help(schema: Schema, parts: tuple[str, ...], *, is_short: bool) -> str:
    """Return the help, and how the answer is written; a short form leaves out which further parts a line may have."""
    said = [str(schema.get("x-form-help") or schema["description"])]
    is_list = schema.get("type") == "array"
    if schema.get("format") == "edtf":
        said.append("Write it as 2020, 2020-04 or 2020-04-15, as far as you know it.")
    if parts:
        said.extend(_help_with_line(schema["items"] if is_list else schema, schema["examples"][0], is_list, is_short))
    elif is_list and "enum" in schema["items"]:
        said.append(f"Choose up to {schema['maxItems']}." if "maxItems" in schema else "Choose all that fit.")
    elif is_list and "x-table" not in schema["items"]:
        said.append("One a line.")
    return " ".join(said)


def _help_with_line(item: Schema, example: Any, is_list: bool, is_short: bool) -> Iterator[str]:
    shown = item_text(example[0] if is_list else example, item)
    yield f"{'One a line, its' if is_list else 'Its'} parts with a bar between: `{shape_of_line(item)}`."
    yield f"For example: `{shown}`."
    further = ", ".join(
        f"`{title}: {YES if item['properties'][name]['type'] == 'boolean' else '…'}`"
        for name, title in ends_of(item).items()
    )
    if further and not is_short:
        yield f"After them, each after a bar, you may add {further}."
    if any(takes_line_breaks(inner) for inner in item["properties"].values()):
        yield "To go on with an item on a new line, begin that line with two spaces."


def _labels_differ(form: Form) -> None:
    """GitHub tells fields apart by label, and so do we: no two may read alike, boxes included."""
    first: dict[str, str] = {}
    asked: list[tuple[str, str]] = [(field.id, field.label) for field in form.fields]
    asked += [("consents", label) for label in (form.consent_block.label, *form.consents) if form.consents]
    for name, label in asked:
        plain = re.sub(r"[^a-z0-9_-]+", "-", label.casefold()).strip("-")
        if not plain or plain in first:
            both = f"{name} and {first.get(plain, name)} have labels that GitHub cannot tell apart, “{label}”"
            raise BrokenCheckout(f"The form {form.name}: {both}. Give one of them an x-form-label. {SEE}")
        first[plain] = name


def _need(holds: object, kind: Kind, steps: tuple[str, ...], why: str) -> None:
    if not holds:
        named = f"the schema of {kind.name}, property {'.'.join(steps)}"
        raise BrokenCheckout(f"No form can be made of {named}: {why}. {SEE}")
