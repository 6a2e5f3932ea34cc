"""What a rule is: a behaviour of GitHub that we rely on, with its source, which can be switched off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from mutualaid.errors import HouseError
from mutualaid.rehearsal.world import World

P = ParamSpec("P")
R = TypeVar("R")
DOCS = "https://docs.github.com/"


class Refusal(HouseError):
    """GitHub says no: a status, its sentence, and more about it: a reason in plain words, or an error by its parts."""

    def __init__(
        self, status: int, said: str, /, reason: str = "", *, headers: Mapping[str, str] | None = None, **error: str
    ) -> None:
        super().__init__(": ".join(filter(None, (said, reason or error.get("message", "")))))
        self.status = status
        self.message = said
        self.headers = headers or {}
        self.errors: list[Any] = [reason] if reason else [error] if error else []


@dataclass(frozen=True, slots=True)
class Rule(Generic[P, R]):
    """A behaviour of GitHub. Called with the world first; switched off, it does what `without` does instead."""

    name: str
    says: str
    reference: str
    holds: Callable[Concatenate[World, P], R]
    without: Callable[..., Any]

    def __call__(self, world: World, *arguments: P.args, **named: P.kwargs) -> R:
        """Apply the rule in this world."""
        if self.name in world.off:
            instead: R = self.without(world, *arguments, **named)
            return instead
        return self.holds(world, *arguments, **named)


def rule(reference: str, without: Callable[..., Any]) -> Callable[[Callable[Concatenate[World, P], R]], Rule[P, R]]:
    """Make a rule of a function; its name and docstring become the rule's. The reference is a page or plain words."""

    def made(holds: Callable[Concatenate[World, P], R]) -> Rule[P, R]:
        says = " ".join((holds.__doc__ or "").split())
        where = reference if " " in reference else DOCS + reference
        return Rule(holds.__name__.replace("_", "-"), says, where, holds, without)

    return made


def nothing(*_: object, **__: object) -> None:
    """Stand in for a refusal that is switched off."""


def always(value: object) -> Callable[..., Any]:
    """Stand in for a question whose rule is switched off."""

    def answer(*_: object, **__: object) -> object:
        return value

    return answer
