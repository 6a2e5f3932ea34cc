"""A problem: one thing that somebody can fix, said kindly, with its place in a file. No exception lives here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Literal

QUOTED = 60


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: `line` and `column` count from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` names the rule and never changes; `where` is the human name of the field; `message` is a sentence."""

    code: str
    where: str
    message: str
    place: Place
    weight: Literal["error", "warning"] = "error"

    @property
    def is_error(self) -> bool:
        """Whether the entry cannot be published with it."""
        return self.weight == "error"


@cache
def sentences(package: str, name: str) -> Mapping[str, str]:
    """Return what a file of a package says under each of its headings of the second level."""
    source = (files(package) / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^## (.+)\n\n([\s\S]+?)\s*(?=^## |\Z)", source, re.MULTILINE))


def filled(package: str, file: str, name: str, /, *facts: object, **named: object) -> str:
    """Return what a file of a package says under a heading, as one line, with what is in braces filled in."""
    return " ".join(sentences(package, file)[name].split()).format(*facts, **named)


def problem_of(
    name: str, where: str, place: Place, /, weight: Literal["error", "warning"] = "error", **facts: object
) -> Problem:
    """Return a problem in the words of problems.md; `name` is its code, with what tells two of one code apart."""
    return Problem(name.partition(" ")[0], where, filled(__package__, "problems.md", name, **facts), place, weight)


def shortened(text: str, most: int = QUOTED) -> str:
    """Return text of at most so many characters, with … where some are left out."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def in_reading_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Sort by file, line and column; problems at one place keep their order."""
    return tuple(sorted(problems, key=lambda problem: problem.place))


def within(problems: Iterable[Problem], names: Iterable[str]) -> tuple[Problem, ...]:
    """Return the problems of the files `names`, or of files below them where they are folders."""
    wanted = tuple(names)
    return tuple(
        problem
        for problem in problems
        if any(PurePosixPath(problem.place.file).is_relative_to(name) for name in wanted)
    )


def as_line(problem: Problem) -> str:
    """Render for a terminal, always as one line: `file:line:column: code: sentence`."""
    place = problem.place
    mark = "" if problem.is_error else "warning: "
    return f"{place.file}:{place.line}:{place.column}: {problem.code}: {mark}{problem.message}".replace("\n", " ")


def as_mapping(problem: Problem) -> dict[str, str | int]:
    """Render for JSON: flat keys `file, line, column, code, weight, where, message`."""
    own = asdict(problem)
    return {**own.pop("place"), **own}


def as_annotation(problem: Problem) -> str:
    """Render as a GitHub workflow command, which shows the problem beside the line of the file.

    Source: GitHub Docs, "Workflow commands for GitHub Actions", setting an error or warning message.
    """
    place = problem.place
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": problem.code}
    listed = ",".join(f"{name}={str(value).translate(IN_PROPERTY)}" for name, value in properties.items())
    return f"::{problem.weight} {listed}::{problem.message.translate(IN_MESSAGE)}"


IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTY = IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})
