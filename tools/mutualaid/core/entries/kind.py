"""A kind: what sort of thing is offered, with its fields, from its schema. Adding one adds no Python."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

from mutualaid.errors import BrokenCheckout

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Band:
    """One step of a facet over numbers, both ends inclusive."""

    slug: str
    label: str
    least: int = 0
    most: float = inf


@dataclass(frozen=True)
class FacetRule:
    """How a collection can be narrowed by `field`; with `bands`, by number or year, up to `upper` if named.

    `labels` are those that read better on a page of their own than the field's.
    """

    field: str
    title: str
    bands: tuple[Band, ...] = ()
    upper: str = ""
    slug: str = ""
    labels: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Kind:
    """Read from `schemas/<name>.schema.yaml`, references already put in place."""

    name: str
    schema: Schema

    @property
    def title(self) -> str:
        return str(self.schema["title"])

    @property
    def singular(self) -> str:
        return str(self.schema["x-singular"])

    @property
    def description(self) -> str:
        return str(self.schema["description"])

    @property
    def address(self) -> str:
        return f"/{self.name}/"

    @cached_property
    def fields(self) -> Mapping[str, Schema]:
        return dict(self.schema["properties"])

    @cached_property
    def facet_rules(self) -> tuple[FacetRule, ...]:
        """The ways to narrow the collection, in order; a form alone has none."""
        rules = [{"slug": rule["field"].replace("_", "-"), **rule} for rule in self.schema.get("x-facets", ())]
        bands = [tuple(Band(**band) for band in rule.get("bands", ())) for rule in rules]
        return tuple(FacetRule(**{**rule, "bands": own}) for rule, own in zip(rules, bands, strict=True))

    def labels(self, field: str) -> Mapping[str, str]:
        schema = self.fields[field]
        return schema.get("x-labels") or schema.get("items", {}).get("x-labels") or {}

    def label(self, field: str, value: Any) -> str:
        """Return how `value` of `field` is called on a page; a value without a label is its own text."""
        labels = self.labels(field)
        start, _, rest = str(value).partition("-")
        return str(labels.get(value) or (f"{labels[start]} ({rest})" if start in labels else value))


def kind_from(name: str, schema: Schema, shared: Mapping[str, Schema], *, makes_entries: bool = True) -> Kind:
    """Put shared definitions in place and make sure that the schema carries all that pages and forms need.

    `shared` holds other schemas by their `$id`. A kind that makes no entries is a form, without cards and facets.
    Raises BrokenCheckout where a reference leads nowhere, or a field lacks a title, description or example.
    """
    file = f"schemas/{name if makes_entries else f'forms/{name}'}.schema.yaml"
    whole = inlined(schema, shared)
    words = ("x-facts", "x-facets", "x-order", "x-review-months") if makes_entries else ("x-form",)
    needed = ("title", "description", "x-singular", "properties", "required", *words)
    missing = [word for word in needed if word not in whole]
    if missing:
        raise BrokenCheckout(f"{file} lacks {', '.join(missing)}. See schemas/README.md.")
    for steps, field in every_field(whole):
        for word in ("title", "description", "examples"):
            if word not in field:
                raise BrokenCheckout(f"{file}: {'.'.join(steps)} has no {word}. Every field needs one.")
        bare = [str(value) for value in field.get("enum", ()) if value not in field.get("x-labels", {})]
        if bare:
            said = f"{file}: {'.'.join(steps)} has no x-labels for {', '.join(bare)}."
            raise BrokenCheckout(f"{said} Say how each value is called on a page.")
    facets = (rule["field"] for rule in whole.get("x-facets", ()))
    for named in (*whole["x-facts"], whole["x-order"], *facets) if makes_entries else ():
        if named not in whole["properties"]:
            raise BrokenCheckout(f"{file} names the field {named}, which it does not define.")
    for rule in whole.get("x-facets", ()) if makes_entries else ():
        field = whole["properties"][rule["field"]]
        if not (rule.get("bands") or {"enum", "x-table"} & {*field, *field.get("items", ())}):
            raise BrokenCheckout(f"{file}: a facet over {rule['field']} needs bands, or a field with enum or x-table.")
    return Kind(name, whole)


def inlined(schema: Any, shared: Mapping[str, Schema], within: str = "") -> Any:
    """Return `schema` with every `$ref` replaced by what it names; words beside a `$ref` win over it."""

    def put(whole: Schema) -> Schema:
        if "$ref" not in whole:
            return whole
        file, _, steps = str(whole["$ref"]).partition("#/")
        target: Any = shared.get(file or within)
        for step in steps.split("/"):
            target = target.get(step) if isinstance(target, Mapping) else None
        if target is None:
            raise BrokenCheckout(f"The reference {whole['$ref']} leads nowhere. It must name a definition in a schema.")
        beside = {key: value for key, value in whole.items() if key != "$ref"}
        return {**inlined(target, shared, file or within), **beside}

    return plain(schema, put)


def plain(value: Any, change: Callable[[Mapping[str, Any]], Any] = dict) -> Any:
    """Return a value as lists and dictionaries, with each mapping changed, the inner ones first."""
    if isinstance(value, Mapping):
        return change({key: plain(inner, change) for key, inner in value.items()})
    return [plain(inner, change) for inner in value] if isinstance(value, list | tuple) else value


def every_field(schema: Schema, steps: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Yield each property, nested ones and list items too, with the names that lead to it."""
    for name, field in schema.get("properties", {}).items():
        if isinstance(field, Mapping):
            yield (*steps, name), field
            yield from every_field(field, (*steps, name))
    if isinstance(schema.get("items"), Mapping):
        yield (*steps, "each"), schema["items"]
        yield from every_field(schema["items"], (*steps, "each"))


def takes_line_breaks(schema: Schema) -> bool:
    """Whether a text may run over several lines: no list of values, no date, and no pattern that forbids it."""
    is_text = schema.get("type") == "string" and not {"enum", "format", "x-table"} & set(schema)
    return is_text and re.search(schema.get("pattern", ""), "words\nwords") is not None


def in_schema_order(value: Any, schema: Schema) -> Any:
    """Return `value` with the keys of each group of fields in the order of its schema; unknown ones come last."""
    if isinstance(value, Mapping):
        known = schema.get("properties", {})
        names = (*(name for name in known if name in value), *(name for name in value if name not in known))
        return {name: in_schema_order(value[name], known.get(name, {})) for name in names}
    if isinstance(value, list | tuple):
        return [in_schema_order(item, schema.get("items", {})) for item in value]
    return value
