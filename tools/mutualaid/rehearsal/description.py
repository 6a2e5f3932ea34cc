"""GitHub's own description of its REST answers: which operation an address names, and whether shapes are as described.

It is read from `github-openapi.json`, which `slice.py` cuts. Shapes only: behaviour stands in `rules/`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.exceptions import best_match

from mutualaid.errors import HouseError
from mutualaid.rehearsal.slice import SLICE

# GitHub may answer these to any request, so operations do not list them.
ALWAYS = {"400", "401", "403", "404", "429", "501", "503"}
# GitHub's description leaves these out, though it does so: statuses, a bare list as body, an older address.
UNDESCRIBED = {
    (name, "422"): {"$ref": "#/schemas/basic-error"}
    for name in ("actions/create-workflow-dispatch", "repos/create-commit-status")
}
BARE_LISTS = {"issues/add-labels": "labels", "issues/set-labels": "labels"}
OLD_STATUSES = re.compile(r"(/repos/[^/]+/[^/]+)/statuses/([^/]+)")
WITH_SLASHES = {"ref", "branch", "base", "head", "environment_name"}
BASIC_ERROR = {"$ref": "#/schemas/basic-error"}
LONGEST = 300
FIRST_ERROR = 400
# Shapes of these are made once, never changed and sent often: a value that was found good is not looked at again.
OFTEN = {f"#/schemas/{name}" for name in ("full-repository", "minimal-repository", "repository", "simple-user")}
MOST_HELD = 2000


class Mismatch(HouseError):
    """A request or an answer is not as GitHub describes it: a mistake in the caller, or in the stand-in."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One request that GitHub describes."""

    name: str
    method: str
    address: re.Pattern[str]
    documentation: str
    notifies: bool
    query: Mapping[str, Any]
    body: Any
    body_required: bool
    answers: Mapping[str, Any]


class Description:
    """The slice of GitHub's description that is in use."""

    def __init__(self, slice_: Mapping[str, Any]) -> None:
        self.version: str = slice_["version"]
        # The more of an address is fixed, the sooner it is tried.
        ordered = sorted(slice_["operations"].items(), key=lambda each: -len(re.sub(r"{\w+}", "", each[1]["address"])))
        self.operations = {name: _operation(name, whole) for name, whole in ordered}
        self._events: Mapping[str, Any] = slice_["events"]
        self._schemas = slice_["schemas"]
        self._validator = _validator(self._schemas)
        self._quick: dict[int, tuple[Any, jsonschema_rs.Draft202012Validator]] = {}

    def match(self, method: str, address: str) -> tuple[Operation, dict[str, str]] | None:
        """Find the operation that a method and a path name, with the path's variable parts."""
        if method == "GET":
            address = OLD_STATUSES.sub(r"\1/commits/\2/statuses", address)
        for operation in self.operations.values():
            found = operation.method == method and operation.address.fullmatch(address)
            if found:
                return operation, {name: unquote(part) for name, part in found.groupdict().items()}
        return None

    def read_query(self, operation: Operation, query: Mapping[str, str]) -> dict[str, Any]:
        """Turn a query into values of the described types. Raises Mismatch."""
        unknown = query.keys() - operation.query.keys()
        if unknown:
            raise Mismatch(f"{operation.name} has no query parameter {', '.join(sorted(unknown))}.")
        values = {name: _typed(text, operation.query[name]) for name, text in query.items()}
        for name, value in values.items():
            self._hold(value, operation.query[name], f"{operation.name}, query parameter {name}")
        return values

    def read_body(self, operation: Operation, body: Any) -> dict[str, Any]:
        """Hold a request's body to its description. Raises Mismatch, also for a name that GitHub would overlook."""
        if operation.body is None and body is not None:
            raise Mismatch(f"{operation.name} takes no body; it was given {_shown(body)}.")
        if body is None and not operation.body_required:
            return {}
        if isinstance(body, list) and operation.name in BARE_LISTS:
            body = {BARE_LISTS[operation.name]: body}
        self._hold(body, operation.body, f"{operation.name}, the request")
        named = set(_property_names(operation.body))
        unknown = body.keys() - named
        if unknown:
            raise Mismatch(f"{operation.name} has no field {', '.join(sorted(unknown))}; GitHub would overlook it.")
        return dict(body)

    def check_answer(self, operation: Operation, status: int, answer: Any) -> None:
        """Hold an answer to its description. Raises Mismatch."""
        described = operation.answers.get(str(status)) or UNDESCRIBED.get((operation.name, str(status)))
        if described is None and str(status) not in operation.answers:
            if str(status) not in ALWAYS:
                raise Mismatch(f"{operation.name} never answers {status}, says GitHub's description.")
            described = BASIC_ERROR
        if described is None and status >= FIRST_ERROR:
            # GitHub's description leaves the bodies of some refusals out.
            described = BASIC_ERROR
        if described is None:
            if answer is not None:
                raise Mismatch(f"{operation.name} answers {status} without a body; it had {_shown(answer)}.")
            return
        self._hold(answer, described, f"{operation.name}, the answer {status}")

    def check_event(self, name: str, payload: Any) -> None:
        """Hold an event's outer layer to its description. Raises Mismatch."""
        if name not in self._events:
            raise Mismatch(f"GitHub's description, as cut here, has no event {name}.")
        self._hold(payload, self._events[name], f"the event {name}")

    def _hold(self, value: Any, schema: Any, where: str) -> None:
        if not isinstance(schema, Mapping) or not schema:
            return
        if self._is_plainly_right(value, schema):
            return
        error = best_match(self._validator.descend(value, schema))
        if error:
            steps = "/".join(str(step) for step in error.absolute_path) or "the whole"
            raise Mismatch(f"{where}: {steps}: {error.message[:LONGEST]}")

    def _is_plainly_right(self, value: Any, schema: Mapping[str, Any]) -> bool:
        """Ask the quick library; only its yes counts, and what it does not like the exact one looks at."""
        known = self._quick.get(id(schema))
        if known is None or known[0] is not schema:
            whole = {**schema, "schemas": self._schemas}
            quick = jsonschema_rs.Draft202012Validator(whole, formats=QUICK_FORMATS, validate_formats=True)
            known = self._quick[id(schema)] = (schema, quick)
        return known[1].is_valid(value)


@cache
def github() -> Description:
    """Return the description, read once."""
    return Description(json.loads(SLICE.read_text(encoding="utf-8")))


def _operation(name: str, whole: Mapping[str, Any]) -> Operation:
    pattern = re.escape(whole["address"]).replace(r"\{", "{").replace(r"\}", "}")
    address = re.compile(re.sub(r"{(\w+)}", _part, pattern))
    query, answers = whole["query"], whole["answers"]
    notifies, body = whole.get("notifies", False), whole.get("body")
    required = whole.get("body_required", False)
    return Operation(name, whole["method"], address, whole["documentation"], notifies, query, body, required, answers)


def _part(match: re.Match[str]) -> str:
    name = match.group(1)
    if name == "path":
        # A file's; the top folder's is empty.
        return "(?P<path>.*?)"
    return f"(?P<{name}>.+?)" if name in WITH_SLASHES else f"(?P<{name}>[^/]+)"


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if kind == "boolean" and text in {"true", "false"}:
        return text == "true"
    return text


def _property_names(schema: Any) -> Iterator[str]:
    yield from schema.get("properties", ())
    for key in ("oneOf", "anyOf", "allOf"):
        for each in schema.get(key, ()):
            yield from _property_names(each)


def _shown(value: Any) -> str:
    return json.dumps(value)[:LONGEST]


def _validator(schemas: Mapping[str, Any]) -> Any:
    """Make a validator that follows `#/schemas/…` by itself: much quicker than through a registry."""
    by_reference = {f"#/schemas/{name}": schema for name, schema in schemas.items()}

    held: dict[tuple[str, int], Any] = {}

    def follow(validator: Any, reference: str, value: Any, _: Any) -> Iterator[ValidationError]:
        key = (reference, id(value))
        if reference in OFTEN and held.get(key) is value:
            return
        is_good = True
        for error in validator.descend(value, by_reference[reference]):
            is_good = False
            yield error
        if reference in OFTEN and is_good:
            if len(held) > MOST_HELD:
                held.clear()
            held[key] = value

    extend: Any = validators.extend
    kind = extend(Draft202012Validator, {"$ref": follow})
    return kind({}, format_checker=_formats())


def _formats() -> FormatChecker:
    checker = FormatChecker(())
    checker.checks("date-time", ValueError)(_is_date_time)
    checker.checks("uri", ValueError)(_is_address)
    return checker


def _is_date_time(value: object) -> bool:
    if isinstance(value, str):
        datetime.fromisoformat(value)
    return True


def _is_address(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


def _is_date_time_that_exists(text: str) -> bool:
    try:
        return _is_date_time(text)
    except ValueError:
        return False


QUICK_FORMATS = {"date-time": _is_date_time_that_exists, "uri": _is_address}
