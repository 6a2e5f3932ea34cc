"""Saying and hearing. Talk goes to standard error; standard output holds the YAML alone, to be kept or piped."""

import sys
from collections.abc import Iterable
from io import TextIOWrapper

from mutualaid.core.characters import with_stand_ins
from mutualaid.core.problem import Problem, as_line

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


def tell_plainly(problems: Iterable[Problem]) -> None:
    """Say problems to somebody who has just typed the answer: their place is plain."""
    for problem in problems:
        say(f"{'Please mend' if problem.is_error else 'Look again'}: {problem.message}")


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
