"""One request to one answer: who asks, what for, may they, do it.

An operation is a function; its parameters are what a request may hold, so a name that the fake doesn't know is refused
and never overlooked.
"""

import contextlib
import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl, unquote, urlencode

from fake_github import shapes
from fake_github.repository import NAME, OWNER, Actor, Refusal, Repository

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
NO_RIGHT = "Must have admin rights to Repository."
WITH_SLASHES = dict.fromkeys(("ref", "branch", "basehead"), ".+")
READERS: Mapping[Any, Callable[[str], Any]] = {
    int: int,
    dt.datetime: lambda text: dt.datetime.fromisoformat(text).astimezone(dt.UTC),
}
"""How a query's text becomes a field of this type."""
PLACE = re.compile(r"/repos/([^/]+/[^/]+)/?(.*)")


@dataclass(frozen=True, slots=True)
class Response:
    """What is sent back; `data` None is an empty body."""

    status: int
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that is sent a page at a time; `under` names the key that holds it."""

    items: Sequence[Any]
    shape: Callable[[Any], shapes.Shape]
    under: str = ""


@dataclass(slots=True)
class Operation:
    """What a request does, by GitHub's name for it, and what one needs for it.

    It decorates a function that takes the repository, the actor and, by its name, each field that a request may hold in
    its address, its query or its body; and that returns what is sent back: data, None for nothing, or a Listing.
    `request` is the method and the address below the repository's, `needs` what a token needs: a right and its level;
    `role` is what a person needs. What is hidden is answered 404 to others.
    """

    name: str
    request: str
    needs: str = "metadata: read"
    role: str = "none"
    status: int = 200
    is_hidden: bool = False
    notifies: bool = False
    run: Callable[..., Any] = field(init=False)
    address: re.Pattern[str] = field(init=False)
    fields: dict[str, Any] = field(init=False)
    required: Set[str] = field(init=False)

    def __call__(self, function: F) -> F:
        hints = get_type_hints(function)
        self.run, self.fields = function, dict(list(hints.items())[2:-1])
        self.required = self.fields.keys() - (function.__kwdefaults__ or {}).keys()
        parts = {name: "[0-9]+" if kind is int else "[^/]+" for name, kind in self.fields.items()} | WITH_SLASHES
        self.address = re.compile(re.sub(r"{(\w+)}", lambda part: f"(?P<{part[1]}>{parts[part[1]]})", self.request))
        if hints["return"] is Listing:
            self.fields |= {"per_page": int, "page": int}
        OPERATIONS[self.name] = self
        return function


OPERATIONS: dict[str, Operation] = {}


def answer(repo: Repository, method: str, target: str, token: str, body: bytes) -> tuple[Response, Operation | None]:
    operation = None
    try:
        actor = _actor(repo, token)
        path, _, query = target.partition("?")
        moved = next((issue for issue in repo.issues.values() if path == f"/repos/{issue.moved_to}"), None)
        if moved and method == "GET":
            return Response(200, shapes.issue(repo, moved)), None
        operation, values = match(method, path)
        given = {**dict(parse_qsl(query, keep_blank_values=True)), **_read(body), **values}
        return perform(repo, actor, operation, given, repo.address + path), operation
    except Refusal as refusal:
        return Response(refusal.status, refusal.data, refusal.headers), operation


def perform(
    repo: Repository, actor: Actor, operation: Operation, given: Mapping[str, Any], address: str = ""
) -> Response:
    values = _values(operation, given)
    _allow(repo, actor, operation, values)
    for act in repo.before.pop(operation.name, ()):
        act()
    size, page = values.pop("per_page", 0), values.pop("page", 1)
    data = operation.run(repo, actor, **values)
    if not isinstance(data, Listing):
        return Response(operation.status, data)
    size = size or (30 if repo.holds("lists-stop-at-thirty") else 1_000_000)
    size = min(size, 100) if repo.holds("pages-hold-a-hundred") else size
    shown = [data.shape(item) for item in data.items[(page - 1) * size : page * size]]
    query = urlencode({**values, "per_page": size, "page": page + 1})
    link = {"Link": f'<{address}?{query}>; rel="next"'} if page * size < len(data.items) else {}
    return Response(operation.status, {data.under: shown} if data.under else shown, link)


def _actor(repo: Repository, token: str) -> Actor:
    if token not in repo.tokens and repo.holds("bad-tokens-are-refused"):
        raise Refusal(401, "Bad credentials")
    return repo.tokens.get(token) or Actor("stranger")


def _allow(repo: Repository, actor: Actor, operation: Operation, values: Mapping[str, Any]) -> None:
    """Refuse what a token has no right to, or a person no role for. A pull request is an issue to its comments."""
    right, _, level = operation.needs.partition(": ")
    is_pull = right == "issues" and values.get("issue_number") in repo.pulls
    given = {(actor.rights or {}).get(name) for name in (right, "pull_requests" if is_pull else "")}
    if actor.rights is not None and not given & {"write", level} and repo.holds("token-rights-are-held"):
        raise Refusal(403, "Resource not accessible by integration")
    if actor.is_workflow or repo.has_role(actor, operation.role):
        return
    if operation.is_hidden and repo.holds("hidden-things-are-not-found"):
        raise Refusal(404, "Not Found")
    if not operation.is_hidden and repo.holds("roles-are-held"):
        raise Refusal(403, NO_RIGHT)


def found(item: T | None, status: int = 404, message: str = "Not Found") -> T:
    """Return what was looked for. Raises Refusal where it isn't there."""
    if item is None:
        raise Refusal(status, message)
    return item


def unknown(what: str) -> Refusal:
    """Return the refusal of what the real GitHub may know, and this one does not."""
    return Refusal(501, f"The fake does not know {what}. See tools/fake_github/README.md.")


def match(method: str, path: str) -> tuple[Operation, dict[str, Any]]:
    """Find the operation that a method and an address name, and what the address holds. Raises Refusal."""
    place = PLACE.fullmatch(f"/repos/{OWNER}/{NAME}/graphql" if path == "/graphql" else path)
    if place and place[1].lower() != f"{OWNER}/{NAME}".lower():
        raise Refusal(404, "Not Found")
    for operation in OPERATIONS.values():
        fits = operation.address.fullmatch(f"{method} {place[2]}") if place else None
        if fits:
            return operation, {name: unquote(part) for name, part in fits.groupdict().items()}
    raise unknown(f"{method} {path}")


def _read(body: bytes) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        fields = json.loads(body or b"{}")
        if isinstance(fields, dict):
            return fields
    raise Refusal(400, "Problems parsing JSON")


def check_names(where: str, given: Set[str], required: Set[str], known: Set[str]) -> None:
    """Refuse what would be overlooked, and what is missing. Raises Refusal."""
    if names := given - known:
        raise unknown(f"{', '.join(sorted(names))} of {where}")
    for name in required - given:
        raise Refusal(422, f"Invalid request.\n\n{json.dumps(name)} wasn't supplied.")


def _values(operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
    check_names(operation.name, given.keys(), operation.required, operation.fields.keys())
    values = dict(given)
    for name, kind in ((name, operation.fields[name]) for name in given):
        if isinstance(given[name], str) and kind in READERS:
            with contextlib.suppress(ValueError):
                values[name] = READERS[kind](given[name])
        if not _fits(values[name], kind):
            raise unknown(f"{name}={json.dumps(given[name])} of {operation.name}")
    return values


def _fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a type; what a list or a mapping holds is not looked at."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return any(_fits(value, part) for part in parts)
    return value in parts if origin is Literal else isinstance(value, origin or kind)
