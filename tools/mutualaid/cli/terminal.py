"""What the commands share: saying and hearing, exit statuses, the checkout, today, GitHub."""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from mutualaid.core.entries.hidden_characters import with_stand_ins
from mutualaid.core.entries.problem import Problem, as_line, sentences
from mutualaid.errors import Misuse

if TYPE_CHECKING:
    from mutualaid.adapters.github.client import Client

FINE, PROBLEMS, BROKEN, HELD_BACK = 0, 1, 2, 3
"""Exit statuses; an error has its own `exitcode`."""
Run = Callable[[argparse.Namespace], int]
Option: TypeAlias = tuple[tuple[str, ...], dict[str, Any]]
COMMANDS: dict[str, tuple[Run, str, tuple[Option, ...]]] = {}
"""By its name: what carries a command out, its line of help, and its options."""


def option(*names: str, **settings: Any) -> Option:
    return names, settings


def command(name: str, words: str, *options: Option) -> Callable[[Run], Run]:
    def add(run: Run) -> Run:
        COMMANDS[name] = run, words, options
        return run

    return add


def said(name: str, **facts: object) -> str:
    return sentences(__package__, "messages.md")[name].format(**facts)


def say(text: str) -> None:
    """Say something to whoever sits there. Characters that could command a terminal are taken out."""
    print(with_stand_ins(text), file=sys.stderr, flush=True)


def show(text: str) -> None:
    print(with_stand_ins(text), end="", flush=True)


def tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        say(as_line(problem))


def hear(prompt: str) -> str:
    """Ask for one line, and return it without spaces around; '' where there is nobody, or no more, to hear."""
    print(prompt, file=sys.stderr, end="", flush=True)
    return sys.stdin.readline().strip()


def root_of(options: argparse.Namespace) -> Path:
    root: Path = options.root.resolve()
    if not (root / "schemas").is_dir():
        raise Misuse(f"{root} is not a checkout of the project: it has no folder schemas/. Go there, or pass --root.")
    return root


def this_day() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def many(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"


def github_at(needs: str = "a token that may write issues and contents") -> "Client":
    """Return the repository on GitHub that the environment names. Raises Misuse."""
    names = ("GITHUB_REPOSITORY", "GITHUB_TOKEN")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise Misuse(f"{' and '.join(missing)} must be set: owner/name, and {needs}.")
    return github_of(*(os.environ[name] for name in names))


def github_of(repository: str, token: str, variable: str = "GITHUB_TOKEN") -> "Client":
    from mutualaid.adapters.github.client import Client

    if not (token.isascii() and token.isprintable()) or " " in token:  # it would come to light in the middle of HTTP
        raise Misuse(f"{variable} must be a token as GitHub shows it, without spaces or an ellipsis. Copy it again.")
    address = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    return Client(address, repository, token, os.environ.get("GITHUB_RUN_ID", ""))
