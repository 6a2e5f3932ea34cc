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
    element, parts = _sort_of(kind, steps, schema)
    name = "_".join(steps)
    is_short = name in kind.schema["x-form"].get("short", (name,))
    multiple = element == "dropdown" and "items" in schema
    options = _options(kind, steps, schema.get("items", schema), multiple=multiple) if element == "dropdown" else ()
    return FormField(
        id=name,
        label=_label(kind, steps, schema),
        element=element,
        help=_help(schema, parts, is_short=is_short),
        required=is_required,
        steps=steps,
        options=options,
        multiple=multiple,
        parts=parts,
        is_short=is_short,
    )


def _sort_of(kind: Kind, steps: tuple[str, ...], schema: Schema) -> tuple[Element, tuple[str, ...]]:
    is_list = schema.get("type") == "array"
    one = schema.get("items", {}) if is_list else schema
    match one.get("type"):
        case "string" if "enum" in one:
            return "dropdown", ()
        case "string":
            is_long = takes_line_breaks(one) or (is_list and "x-table" not in one)
            return ("textarea" if is_long else "input"), ()
        case "object":
            parts = _parts(kind, steps, one)
            breaks = any(takes_line_breaks(inner) for inner in one["properties"].values())
            return ("textarea" if is_list or breaks else "input"), parts
        case "integer" if not is_list:
            return "input", ()
    raise _out_of_step(kind, steps, "a form can ask for text, whole numbers, choices, and lists and groups of these")


def _parts(kind: Kind, steps: tuple[str, ...], schema: Schema) -> tuple[str, ...]:
    parts, known = tuple(schema.get("x-line", ())), schema.get("properties", {})
    _need(parts, kind, steps, "a group of fields needs `x-line`, the order of its parts on a line")
    odd = [part for part in parts if part not in known] or (parts if len(set(parts)) < len(parts) else ())
    _need(not odd, kind, steps, f"`x-line` must name its own properties, each once; look at {odd}")
    for part, inner in known.items():
        fits = inner.get("type") in ("string", "integer", "boolean")
        _need(fits, kind, (*steps, part), "a part of a line can be text, a whole number, or yes and no")
    return parts


def _options(kind: Kind, steps: tuple[str, ...], schema: Schema, *, multiple: bool) -> tuple[tuple[str, str], ...]:
    options = options_of(schema)
    labels = [label.casefold() for value, label in options if value]
    why = "it must differ from the others, not be None, and where several can be chosen hold no comma"
    for label in labels:
        is_whole = label == label.strip() and not (multiple and "," in label)
        fits = is_whole and label not in ("none", "_no response_", "") and labels.count(label) == 1
        _need(fits, kind, steps, f"the label “{label}” cannot be a choice; {why}")
    return options


def _label(kind: Kind, steps: tuple[str, ...], schema: Schema) -> str:
    label = str(schema.get("x-form-label") or schema["title"])
    fits = label == label.strip() and not re.search(r"[\n:]|password", label.casefold())
    _need(fits, kind, steps, f"the label “{label}” must be one line without a colon and the word password")
    return label


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
            other = first.get(plain, name)
            raise BrokenCheckout(
                f"The form {form.name}: {name} and {other} have labels that GitHub cannot tell apart, “{label}”. "
                f"Give one of them an x-form-label. {SEE}"
            )
        first[plain] = name


def _need(holds: object, kind: Kind, steps: tuple[str, ...], why: str) -> None:
    if not holds:
        raise _out_of_step(kind, steps, why)


def _out_of_step(kind: Kind, steps: tuple[str, ...], why: str) -> BrokenCheckout:
    return BrokenCheckout(f"No form can be made of the schema of {kind.name}, property {'.'.join(steps)}: {why}. {SEE}")
