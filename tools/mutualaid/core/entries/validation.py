"""Which rules of a schema a document breaks. Pure; the schema library lives here."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.protocols import Validator

from mutualaid.core.entries import dates
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.kind import Schema
from mutualaid.core.entries.messages import problems_from
from mutualaid.core.entries.problem import Problem, in_reading_order

__all__ = ("Validator", "problems_with", "validator_for")
FORMATS = FormatChecker(formats=())


@FORMATS.checks("edtf")
def _date_exists(value: object) -> bool:
    return not isinstance(value, str) or dates.is_real(value)


def _pattern(_: Validator, pattern: str, value: Any, _schema: Schema) -> Iterator[ValidationError]:
    """Let `$` mean the very end, as JSON Schema has it; Python's own lets one more line end pass."""
    if isinstance(value, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", pattern), value):
        yield ValidationError("does not match")


STRICT: type[Validator] = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def validator_for(schema: Schema) -> Validator:
    """Build a schema's validator once, to be kept: building it for each file costs thirty times the check."""
    return STRICT(schema, format_checker=FORMATS)


def problems_with(document: Document, schema: Schema, validator: Validator) -> tuple[Problem, ...]:
    """Return every broken rule of `schema` in `document`, each sentence once, in reading order."""
    if not isinstance(document.value, Mapping):
        sentence = "The file must hold named fields, each on a line of its own such as `title: A shift-swap board`."
        return (Problem("entry.wrong-type", "The entry", sentence, document.place_of(())),)
    found: dict[tuple[str, str, Any], Problem] = {}
    for error in validator.iter_errors(document.value):
        for problem in problems_from(error, schema, document):
            found.setdefault((problem.message, problem.where, problem.place), problem)
    return in_reading_order(tuple(found.values()))
