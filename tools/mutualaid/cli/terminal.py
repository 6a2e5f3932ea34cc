"""What the commands share: saying and hearing, exit statuses, the checkout, today, GitHub."""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from mutualaid.core.entries.problem import Problem, as_line
from mutualaid.core.entries.shown import with_stand_ins
from mutualaid.errors import Misuse

if TYPE_CHECKING:
    from mutualaid.adapters.github.client import Client

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
FINE, PROBLEMS, BROKEN, HELD_BACK = 0, 1, 2, 3

YES = ("y", "yes")


class StoppedError(Exception):
    """Nobody is there any more to answer."""


def say(text: str) -> None:
    """Say something to whoever sits there. Characters that could command a terminal are taken out."""
    print(with_stand_ins(text), file=sys.stderr, flush=True)


def show(text: str) -> None:
    """Print what is to be kept, on standard output."""
    print(with_stand_ins(text), end="", flush=True)


def tell(problems: Iterable[Problem]) -> None:
    """Say problems with their places, a line each."""
    for problem in problems:
        say(as_line(problem))


def hear(prompt: str) -> str:
    """Ask for one line. Raises StoppedError where there is nobody, or no more, to hear."""
    print(prompt, file=sys.stderr, end="", flush=True)
    try:
        return input()
    except EOFError:
        raise StoppedError from None


def whole_input() -> bytes:
    """Return all of standard input."""
    return sys.stdin.buffer.read()


def is_watched() -> bool:
    """Whether somebody sits at the terminal who can answer."""
    return sys.stdin.isatty()


def be_lenient() -> None:
    """Take and print what no encoding has: a letter that cannot be shown is no reason to stop."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def root_of(options: argparse.Namespace) -> Path:
    """Return the checkout. Raises Misuse where it is none."""
    root: Path = options.root.resolve()
    if not (root / "schemas").is_dir():
        raise Misuse(f"{root} is not a checkout of the project: it has no folder schemas/. Go there, or pass --root.")
    return root


def this_day() -> dt.date:
    """Return the date in UTC."""
    return dt.datetime.now(tz=dt.UTC).date()


def many(count: int, one: str) -> str:
    """Return a count with its noun."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def github_at(needs: str = "a token that may write issues and contents") -> "Client":
    """Return the repository on GitHub that the environment names. Raises Misuse."""
    from mutualaid.adapters.github.client import Client

    names = ("GITHUB_REPOSITORY", "GITHUB_TOKEN")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise Misuse(f"{' and '.join(missing)} must be set: owner/name, and {needs}.")
    address = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    return Client(address, *(os.environ[name] for name in names))
