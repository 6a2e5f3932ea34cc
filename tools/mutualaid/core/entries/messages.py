"""From a broken schema rule to a sentence that a contributor can act on. The library's own words never pass."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jsonschema.exceptions import ValidationError

from mutualaid.core.entries.document import Document, Steps
from mutualaid.core.entries.problem import Problem

TYPE_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list, each item on a line of its own after a hyphen",
    "object": "a group of named fields",
}
QUOTED = 60
CODES = {
    "required": "missing",
    "dependentRequired": "missing",
    "additionalProperties": "unknown-field",
    "type": "wrong-type",
    "enum": "not-in-list",
    "const": "not-allowed",
    "not": "not-allowed",
    "pattern": "malformed",
    "format": "no-such-date",
    "minLength": "too-short",
    "maxLength": "too-long",
    "minItems": "too-few",
    "maxItems": "too-many",
    "uniqueItems": "repeated",
    "minimum": "too-small",
    "maximum": "too-large",
}


def problems_from(error: ValidationError, schema: Mapping[str, Any], document: Document) -> Iterator[Problem]:
    """Yield the problems that one broken rule stands for; `schema` is the whole of the kind."""
    steps = tuple(error.absolute_path)
    rule = str(error.validator)
    if rule in ("required", "dependentRequired"):
        yield from _missing(error, steps, schema, document)
    elif rule == "additionalProperties":
        yield from _unknown(error, steps, schema, document)
    else:
        where = name_of(steps, schema)
        sentence = f"{where} {_rule_in_words(error)}{given(error.instance)}"
        yield Problem(f"{code_name(steps)}.{CODES.get(rule, 'refused')}", where, sentence, document.place_of(steps))


def name_of(steps: Steps, schema: Mapping[str, Any]) -> str:
    """Return the human name of the value at `steps`, such as `Steps 2, Minutes`."""
    names: list[str] = []
    for step in steps:
        if isinstance(step, int):
            schema = schema.get("items", {})
            if names:
                names[-1] = f"{names[-1]} {step + 1}"
        else:
            schema = schema.get("properties", {}).get(step, {})
            names.append(str(schema.get("title", f"`{step}`")))
    return ", ".join(names) or "The entry"


def code_name(steps: Steps) -> str:
    """Return the part of a code that names the field, such as `steps.minutes`; list positions are left out."""
    return ".".join(step.replace("_", "-") for step in steps if isinstance(step, str)) or "entry"


def given(value: Any) -> str:
    """Return the end of a sentence that quotes what was written, shortened."""
    if isinstance(value, Mapping | list) or value == "":
        return "."
    text = str(value).replace("\n", " ")
    text = f"{text[:QUOTED]}…" if len(text) > QUOTED else text
    return f". You wrote: {text!r}." if isinstance(value, str) else f". You wrote: {str(value).lower()}."


def _missing(error: ValidationError, steps: Steps, schema: Mapping[str, Any], document: Document) -> Iterator[Problem]:
    instance: Any = error.instance
    rule: Any = error.validator_value
    name = error.message.split("'")[1]
    if error.validator == "dependentRequired":
        name = next(
            needed
            for present, all_needed in rule.items()
            if present in instance
            for needed in all_needed
            if needed not in instance
        )
    whole = (*steps, name)
    where = name_of(whole, schema)
    field = field_at(whole, schema)
    hint = str(field.get("description", "")).strip()
    example = _example(field)
    sentence = f"{where} is missing. Add a line `{name}:`{example}. {hint}".strip()
    yield Problem(f"{code_name(whole)}.missing", where, sentence, document.place_of(steps))


def _unknown(error: ValidationError, steps: Steps, schema: Mapping[str, Any], document: Document) -> Iterator[Problem]:
    known = list(field_at(steps, schema).get("properties", {}))
    instance: Any = error.instance
    for name in instance:
        if name in known:
            continue
        near = difflib.get_close_matches(str(name), known, n=1)
        cure = f"Did you mean `{near[0]}`?" if near else f"The fields here are: {', '.join(known)}."
        where = name_of(steps, schema)
        yield Problem(
            f"{code_name(steps)}.unknown-field",
            where,
            f"{where} has no field named `{name}`. {cure}",
            document.place_of_key((*steps, name)),
        )


def _rule_in_words(error: ValidationError) -> str:
    own = error.schema.get("x-sentence") if isinstance(error.schema, Mapping) else None
    if error.validator == "type":
        return _type_in_words(error)
    if error.validator == "format":
        return "must be a date that exists, in quotes, such as '2020', '2020-04' or '2020-04-15'"
    if own:
        return str(own)
    say = WORDS.get(str(error.validator))
    return say(error.validator_value) if say else "does not fit; see the field's description in the schema"


def _type_in_words(error: ValidationError) -> str:
    wanted = TYPE_NAMES.get(str(error.validator_value), str(error.validator_value))
    if error.validator_value == "string" and isinstance(error.instance, int):
        return f"must be text: put quotes around it, '{str(error.instance).lower()}'"
    if error.instance == "":
        return f"must be {wanted}, and is empty: fill it in, or leave the whole line out"
    return f"must be {wanted}"


def _listed(values: Sequence[Any]) -> str:
    return ", ".join(str(value) for value in values)


WORDS: Mapping[str, Callable[[Any], str]] = {
    "enum": lambda values: f"must be one of: {_listed(values)}",
    "const": lambda value: f"must be {str(value).lower() if isinstance(value, bool) else value}",
    "not": lambda _: "is not wanted here; leave it out",
    "minLength": lambda least: f"must have at least {least} characters",
    "maxLength": lambda most: f"must have at most {most:,} characters",
    "minItems": lambda least: f"must list at least {least}",
    "maxItems": lambda most: f"must list at most {most}",
    "uniqueItems": lambda _: "must not list the same thing twice",
    "minimum": lambda least: f"must be {least} or more",
    "maximum": lambda most: f"must be {most} or less",
}


def field_at(steps: Steps, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of the value at `steps`, empty where there is none."""
    for step in steps:
        schema = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
    return schema


def _example(field: Mapping[str, Any]) -> str:
    examples = field.get("examples") or [None]
    return f" (for example `{examples[0]}`)" if isinstance(examples[0], str | int) else ""
