"""Whether a document keeps a schema, and which rules it breaks. Pure; the schema libraries live here.

Two libraries read each schema. The quick one says only yes or no. Where it says no, the other one says which rules are
broken, and its word counts; a test holds that the quick one never says yes to what the other refuses.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.protocols import Validator

from mutualaid.core.entries import dates
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.kind import Schema
from mutualaid.core.entries.messages import problems_from
from mutualaid.core.entries.problem import Problem, in_reading_order

FORMATS = FormatChecker(formats=())


@FORMATS.checks("edtf")
def _date_exists(value: object) -> bool:
    return not isinstance(value, str) or dates.is_real(value)


def _pattern(_: Validator, pattern: str, value: Any, _schema: Schema) -> Iterator[ValidationError]:
    """Let `$` mean the very end, as JSON Schema has it; Python's own lets one more line end pass."""
    if isinstance(value, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", pattern), value):
        yield ValidationError("does not match")


STRICT: type[Validator] = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Keeper:
    """A schema as both libraries hold it: `quick` answers yes or no, `exact` names each broken rule."""

    schema: Schema
    quick: jsonschema_rs.Draft202012Validator
    exact: Validator

    def is_kept(self, value: Any) -> bool:
        """Whether `value` breaks no rule. Where the quick library says no, the exact one is asked."""
        return self.quick.is_valid(value) or bool(self.exact.is_valid(value))


def validator_for(schema: Schema) -> Keeper:
    """Build what holds a schema once, to be kept: building it for each file costs thirty times the check."""
    quick = jsonschema_rs.Draft202012Validator(dict(schema), formats={"edtf": dates.is_real}, validate_formats=True)
    return Keeper(schema, quick, STRICT(schema, format_checker=FORMATS))


def problems_with(document: Document, schema: Schema, keeper: Keeper) -> tuple[Problem, ...]:
    """Return every broken rule of `schema` in `document`, each sentence once, in reading order."""
    if not isinstance(document.value, Mapping):
        sentence = "The file must hold named fields, each on a line of its own such as `title: A shift-swap board`."
        return (Problem("entry.wrong-type", "The entry", sentence, document.place_of(())),)
    if keeper.quick.is_valid(document.value):
        return ()
    found: dict[tuple[str, str, Any], Problem] = {}
    for error in keeper.exact.iter_errors(document.value):
        for problem in problems_from(error, schema, document):
            found.setdefault((problem.message, problem.where, problem.place), problem)
    return in_reading_order(tuple(found.values()))
