"""One request to one answer: who asks, is it described, may they, do it, is the answer described."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from mutualaid.rehearsal.description import Mismatch, Operation, github
from mutualaid.rehearsal.rules import access, limits
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.world import Actor, World

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in."""

    method: str
    target: str
    token: str | None = None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back; `data` None is an empty body."""

    status: int
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A request that has been understood: what an operation gets to see."""

    world: World
    actor: Actor
    operation: Operation
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    address: str

    def number(self, name: str) -> int:
        """Read a number in the address; anything else is not found."""
        if not self.path[name].isdecimal():
            raise Refusal(404, "Not Found")
        return int(self.path[name])


@dataclass(frozen=True, slots=True)
class Deed:
    """What an operation does, and what one needs for it: a right (of a workflow's token) and a role (of a person)."""

    do: Callable[[Call], Answer]
    right: str = "metadata"
    level: str = "read"
    role: str = "none"
    is_hidden: bool = False


def perform(world: World, deeds: Mapping[str, Deed], asked: Asked) -> Answer:
    """Answer one request that came over HTTP: counted, limited, and never with an exception."""
    actor = Actor(None)
    documentation = "https://docs.github.com/rest"
    try:
        actor = access.bad_tokens_are_refused(world, asked.token)
        world.asked.setdefault(actor.name, []).append(world.clock)
        operation, path = _operation(world, asked)
        documentation = operation.documentation
        limits.requests_are_limited(world, actor)
        limits.creating_is_limited(world, actor, notifies=operation.notifies)
        answer = carry_out(world, deeds, actor, operation, path, asked)
    except Refusal as refusal:
        answer = _refused(refusal, documentation)
    except Mismatch as mismatch:
        answer = Answer(500, {"message": f"The stand-in does not match GitHub's description. {mismatch}"})
    return Answer(answer.status, answer.data, {**_limit_headers(world, actor), **answer.headers})


def carry_out(
    world: World, deeds: Mapping[str, Deed], actor: Actor, operation: Operation, path: Mapping[str, str], asked: Asked
) -> Answer:
    """Do what an operation does for somebody. Raises Refusal, and Mismatch where request or answer is misshapen."""
    described = github()
    query = described.read_query(operation, dict(parse_qsl(urlsplit(asked.target).query, keep_blank_values=True)))
    body = described.read_body(operation, json.loads(asked.body) if asked.body else None)
    deed = deeds[operation.name]
    address = world.address + urlsplit(asked.target).path
    call = Call(world, actor, operation, path, query, body, address)
    _may(call, deed)
    for act in world.before.pop(operation.name, ()):
        act()
    try:
        answer = deed.do(call)
    except Refusal as refusal:
        described.check_answer(operation, refusal.status, _refused(refusal, operation.documentation).data)
        raise
    described.check_answer(operation, answer.status, answer.data)
    return answer


def page(call: Call, items: Sequence[T], shape: Callable[[T], dict[str, Any]], *, under: str | None = None) -> Answer:
    """Answer one page of a list, with the addresses of its neighbours; `under` names the key that holds it."""
    size = limits.pages_hold_a_hundred(call.world, limits.lists_stop_at_thirty(call.world, call.query.get("per_page")))
    number = max(call.query.get("page") or 1, 1)
    last = max(-(-len(items) // size), 1)
    shown = [shape(item) for item in items[(number - 1) * size : number * size]]
    data: Any = shown if under is None else {"total_count": len(items), under: shown}
    wanted = {"next": number + 1, "last": last} if number < last else {}
    wanted |= {"prev": number - 1, "first": 1} if number > 1 else {}
    links = (f'<{call.address}?{_query(call, target)}>; rel="{name}"' for name, target in wanted.items())
    return Answer(200, data, {"Link": ", ".join(links)} if wanted else {})


def found(one: T | None) -> T:
    """Return what was looked for. Raises Refusal 404 where it is not there."""
    if one is None:
        raise Refusal(404, "Not Found")
    return one


def _operation(world: World, asked: Asked) -> tuple[Operation, dict[str, str]]:
    matched = github().match(asked.method, urlsplit(asked.target).path)
    if matched is None:
        sentence = f"{asked.method} {asked.target} is not in the slice of GitHub's description; see slice.py."
        raise Refusal(501, sentence)
    own = (world.owner.lower(), world.name.lower())
    path = matched[1]
    if "repo" in path and (path["owner"].lower(), path["repo"].lower()) != own:
        place = f"{path['owner']}/{path['repo']}".lower(), int(path.get("issue_number") or 0)
        if matched[0].name != "issues/get" or all(one.moved_to != place for one in world.issues.values()):
            raise Refusal(404, "Not Found")
    return matched


def _may(call: Call, deed: Deed) -> None:
    world, actor = call.world, call.actor
    access.nobody_may_write(world, actor, is_write=call.operation.method != "GET")
    rights = (deed.right, "pull_requests") if _is_pull(call) and deed.right == "issues" else (deed.right,)
    access.token_rights_are_held(world, actor, rights, deed.level)
    if deed.is_hidden:
        access.hidden_things_are_not_found(world, actor, deed.role)
    elif deed.role != "none":
        access.roles_are_held(world, actor, deed.role)


def _is_pull(call: Call) -> bool:
    number = call.path.get("issue_number", "")
    return number.isdecimal() and int(number) in call.world.pulls


def _query(call: Call, number: int) -> str:
    plain = {name: str(value).lower() if isinstance(value, bool) else value for name, value in call.query.items()}
    return urlencode({**plain, "page": number})


def _refused(refusal: Refusal, documentation: str) -> Answer:
    data: dict[str, Any] = {"message": refusal.message, "documentation_url": documentation}
    if refusal.errors:
        data["errors"] = refusal.errors
    return Answer(refusal.status, {**data, "status": str(refusal.status)}, refusal.headers)


def _limit_headers(world: World, actor: Actor) -> dict[str, str]:
    allowed, asked = limits.allowance(actor), limits.asked_this_hour(world, actor)
    told = {"limit": allowed, "remaining": max(allowed - asked, 0), "used": asked, "resource": "core"}
    headers = {f"X-RateLimit-{name.title()}": str(value) for name, value in told.items()}
    return {**headers, "X-RateLimit-Reset": str(int(world.clock.timestamp()) + 3600)}
