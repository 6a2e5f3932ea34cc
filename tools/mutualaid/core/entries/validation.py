"""Which rules of a schema a document breaks, each as a sentence that a contributor can act on.

The schema library lives here, and its own words never pass.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from jsonschema import Draft202012Validator, ValidationError, protocols, validators

from mutualaid.core.entries.addresses import as_ascii, read_address
from mutualaid.core.entries.dates import read_date
from mutualaid.core.entries.document import Document, Steps
from mutualaid.core.entries.kind import Schema
from mutualaid.core.entries.problem import Problem, in_reading_order, problem_of, shortened
from mutualaid.core.entries.spellings import read_isbn, read_name

TYPE_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list, each item on a line of its own after a hyphen",
    "object": "a group of named fields",
}
Validator = protocols.Validator
NO_WORDS = "does not fit; see the field's description in the schema"
RULES: Mapping[str, tuple[str, str]] = {
    "required": ("missing", ""),
    "dependentRequired": ("missing", ""),
    "additionalProperties": ("unknown-field", ""),
    "type": ("wrong-type", ""),
    "format": ("malformed", ""),
    "x-table": ("not-in-list", ""),
    "enum": ("not-in-list", "must be one of: {}"),
    "const": ("not-allowed", "must be {}"),
    "not": ("not-allowed", "is not wanted here; leave it out"),
    "pattern": ("malformed", NO_WORDS),
    "minLength": ("too-short", "must have at least {} characters"),
    "maxLength": ("too-long", "must have at most {} characters"),
    "minItems": ("too-few", "must list at least {}"),
    "maxItems": ("too-many", "must list at most {}"),
    "uniqueItems": ("repeated", "must not list the same thing twice"),
    "minimum": ("too-small", "must be {} or more"),
    "maximum": ("too-large", "must be {} or less"),
}
"""The end of the code of each rule of a schema, and its sentence, where no function below writes it."""


def _pattern(_: Validator, pattern: str, value: Any, _schema: Schema) -> Iterator[ValidationError]:
    """Let `$` mean the very end, as JSON Schema has it; Python's own lets one more line end pass."""
    if isinstance(value, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", pattern), value):
        yield ValidationError("does not match")


READERS = {"edtf": read_date, "iri": read_address, "isbn": read_isbn}
"""What reads a value of a format as people type it, or says why it cannot."""


def _as_kept(_: Validator, _word: object, value: Any, schema: Schema) -> Iterator[ValidationError]:
    """Let a value pass that is written as it is kept; a web address may have letters of any alphabet."""
    way = schema.get("format", "")
    if isinstance(value, str) and ("x-table" in schema or way in READERS) and value not in schema.get("x-labels", ()):
        meant, fault = READERS[way](value) if way else read_name(value, schema)
        is_kept = meant == value or (way == "iri" and as_ascii(meant) == as_ascii(value))
        if fault or not is_kept:
            yield ValidationError(fault or f"must be written as '{meant}'")


STRICT: type[Validator] = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern, "format": _as_kept, "x-table": _as_kept}
)


def validator_for(schema: Schema) -> Validator:
    """Build a schema's validator once, to be kept: building it for each file costs thirty times the check."""
    return STRICT(schema)


def problems_with(document: Document, validator: Validator) -> tuple[Problem, ...]:
    """Return every broken rule of the schema in `document`, each sentence once, in reading order."""
    if not isinstance(document.value, Mapping):
        return (problem_of("entry.wrong-type", "The entry", document.place_of(())),)
    found: dict[tuple[str, str, Any], Problem] = {}
    errors = list(validator.iter_errors(document.value))
    mistyped = [error.absolute_path for error in errors if error.validator == "type"]
    for error in errors:
        if error.validator != "type" and error.absolute_path in mistyped:
            continue
        for problem in _problems_from(error, cast("Schema", validator.schema), document):
            found.setdefault((problem.message, problem.where, problem.place), problem)
    return in_reading_order(tuple(found.values()))


def _problems_from(error: ValidationError, schema: Schema, document: Document) -> Iterator[Problem]:
    """Yield the problems that one broken rule means; `schema` is the whole of the kind."""
    steps = tuple(error.absolute_path)
    rule = str(error.validator)
    if rule in ("required", "dependentRequired"):
        yield _missing(error, steps, schema, document)
    elif rule == "additionalProperties":
        yield from _unknown(error, steps, schema, document)
    else:
        meant = _meant(error) if rule == "enum" else ""
        sentence = f"{_rule_in_words(error)}{given(error.instance)}{meant}"
        code = "no-such-date" if error.validator_value == "edtf" else RULES.get(rule, ("refused", ""))[0]
        yield problem_at(steps, code, sentence, schema, document)


def problem_at(steps: Steps, rule: str, sentence: str, schema: Schema, document: Document) -> Problem:
    """Return the problem of the value at `steps`; its sentence goes on after the field's name."""
    where = name_of(steps, schema)
    return Problem(f"{code_name(steps)}.{rule}", where, f"{where} {sentence}", document.place_of(steps))


def name_of(steps: Steps, schema: Schema) -> str:
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
    text = repr(shortened(value.replace("\n", " "))) if isinstance(value, str) else str(value).lower()
    return f". You wrote: {text}."


def _missing(error: ValidationError, steps: Steps, schema: Schema, document: Document) -> Problem:
    name = error.message.split("'")[1]
    whole = (*steps, name)
    field = field_at(whole, schema)
    example = next(iter(field.get("examples", ())), None)
    shown = f" (for example `{example}`)" if isinstance(example, str | int) else ""
    sentence = f"is missing. Add a line `{name}:`{shown}. {str(field.get('description', '')).strip()}".strip()
    return replace(problem_at(whole, "missing", sentence, schema, document), place=document.place_of(steps))


def _unknown(error: ValidationError, steps: Steps, schema: Schema, document: Document) -> Iterator[Problem]:
    known = field_at(steps, schema).get("properties", {})
    instance: Any = error.instance
    above = ""
    for name in instance:
        if name not in known:
            near = difflib.get_close_matches(str(name).casefold(), known, n=1)
            cure = f"Did you mean `{near[0]}`?" if near else f"The fields here are: {', '.join(known)}."
            if ":" in name:
                cure = "Put a space after the colon."
            elif above and not near and name in known[above].get("items", known[above]).get("properties", ()):
                cure = f"If it belongs to `{above}`, indent it to be under the lines above it."
            problem = problem_at(steps, "unknown-field", f"has no field named `{name}`. {cure}", schema, document)
            yield replace(problem, place=document.place_of_key((*steps, name)))
        else:
            above = name


def _rule_in_words(error: ValidationError) -> str:
    own = error.schema.get("x-sentence") if isinstance(error.schema, Mapping) else None
    rule, value = str(error.validator), error.validator_value
    if rule == "type":
        return _type_in_words(error)
    if rule in ("format", "x-table"):
        return error.message
    if rule == "maxLength" and isinstance(error.instance, str):
        own = f"{own or RULES[rule][1].format(f'{value:,}')}; it has {len(error.instance):,} of {value:,}"
    if own:
        return f"{own}{_marred(error)}"
    if isinstance(value, list | tuple):
        shown = ", ".join(map(str, value))
    else:
        shown = f"{value:,}" if rule == "maxLength" else str(value).lower() if isinstance(value, bool) else str(value)
    return RULES.get(rule, ("", NO_WORDS))[1].format(shown)


def _marred(error: ValidationError) -> str:
    """Return what mars a text that could be right otherwise, to go on after the sentence of its rule."""
    text, rule, wanted = cast("Any", error.instance), error.validator, cast("Any", error.validator_value)
    if text == "":
        return ", and is empty: fill it in, or leave the line out"
    whole = " ".join(text.split()) if isinstance(text, str) and "\n" in text else ""
    if whole and (whole in wanted if rule == "enum" else rule == "pattern" and re.search(wanted, whole)):
        return ", and has line ends: write it as one line, or begin it with `>-`"
    return ""


def _meant(error: ValidationError) -> str:
    """Return which words of a list somebody is likely to mean: by their labels, without commas, or nearly right."""
    text, schema = str(error.instance).casefold(), cast("Schema", error.schema)
    parts = re.split(r"[\s,;]+", text)
    if len(parts) > 1 and set(parts) <= set(schema["enum"]):
        return f" Put a comma between them: {', '.join(f'`{part}`' for part in parts)}."
    names = {str(label).casefold(): name for name, label in schema.get("x-labels", {}).items()}
    names |= {str(name): name for name in schema["enum"]}
    near = difflib.get_close_matches(text if text in names else re.sub(r"[\s_]+", "-", text), names, 1, 0.8)
    return f" Did you mean `{names[near[0]]}`?" if near else ""


def _type_in_words(error: ValidationError) -> str:
    wanted, value = TYPE_NAMES.get(str(error.validator_value), str(error.validator_value)), error.instance
    schema, text = cast("Schema", error.schema), value if isinstance(value, str) else ""
    more = "" if value or value == 0 else ", and is empty: fill it in, or leave the whole line out"
    match error.validator_value:
        case "string" if isinstance(value, int):
            more = f": put quotes around it, '{str(value).lower()}'"
        case "string" if "enum" in schema:
            more = ", one word of the list alone: take the brackets, the hyphen or the colon out"
        case "string":
            more = ", but brackets, a hyphen or a colon make it something else: put the whole in quotes"
        case "boolean" if schema.get("const"):
            wanted = "`true`, in small letters and without quotes, or be left out"
        case "integer" if text:
            more = ", in digits alone, without quotes or words"
        case "array" if re.match("[-•·–—*]|.* - ", text):
            more = ": begin each item with a plain hyphen (-), and put a space after the hyphen"
        case "array" if text and "enum" in schema.get("items", {}):
            more = f", or in brackets: [{shortened(text.strip('()'))}]"
        case "object" if text:
            name = "url" if "://" in text else next(iter(schema.get("required", schema["properties"])))
            more = f", such as `{name}: {shortened(text)}`"
    return f"must be {wanted}{more}"


def value_at(steps: Steps, value: Any) -> Any:
    """Return the value at `steps`, none of them in a list; None where there is none."""
    for step in steps:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def field_at(steps: Steps, schema: Schema) -> Schema:
    """Return the schema of the value at `steps`, empty where there is none."""
    for step in steps:
        schema = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
    return schema
