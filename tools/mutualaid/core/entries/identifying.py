"""What in a text could point to a person or a workplace. Finds and hints; judges nothing, and changes no text."""

import re
import string
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from mutualaid.core.entries.document import Document, Steps
from mutualaid.core.entries.kind import Kind, Schema
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.submission import every
from mutualaid.core.entries.validation import field_at, name_of, value_at
from mutualaid.errors import BrokenCheckout

MARKS = re.compile("[\u0300-\u036f]")
SMALL = {ord(letter): letter.lower() for letter in string.ascii_uppercase}
HIDDEN = "\n"
"""In place of each character of a web address while the words around it are looked at; no pattern holds a line end."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing to look for; `always`: in what is said of published things, too."""

    id: str
    title: str
    within: Literal["words", "marked", "links", "addresses"]
    always: bool
    hint: str
    expressions: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """All that is looked for, in order; `public` holds the (steps, value) pairs that mark a public record.

    `alike` says which plain letter to read in place of one that Unicode does not take apart.
    """

    patterns: tuple[Pattern, ...]
    link: re.Pattern[str]
    public: tuple[tuple[Steps, str], ...]
    alike: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What could point to somebody; `start` and `end` count characters from 0.

    In an entry, `steps` lead to the field, and `field` is its human name.
    """

    pattern: Pattern
    start: int
    end: int
    text: str
    steps: Steps = ()
    field: str = ""

    @property
    def advice(self) -> str:
        """The end of a sentence that quotes the text: what it may be, and what to do."""
        return f"({self.pattern.title.lower()}). {self.pattern.hint}"


def findings(value: Mapping[str, Any], kind: Kind, patterns: Patterns) -> tuple[Finding, ...]:
    """Return what in the fields of an entry could point to somebody, in the order of the entry.

    What describes published things (`x-identifying: public`, or an entry from the public record) is looked at for
    the patterns that always hold alone.
    """
    is_public = any(value_at(steps, value) == mark for steps, mark in patterns.public)
    return tuple(
        replace(found, steps=steps, field=name_of(steps, kind.schema))
        for steps, text, public in _texts(value, kind.schema, is_public)
        for found in find_in(text, patterns, is_public=public)
    )


def find_in(text: str, patterns: Patterns, *, is_public: bool = False) -> tuple[Finding, ...]:
    """Return what is found in one text, in order; where two overlap, that of the earlier pattern stays."""
    plain, places = _plainly(text, patterns)
    links = [(found.start(), found.group()) for found in patterns.link.finditer(plain)]
    words = [(0, patterns.link.sub(lambda found: HIDDEN * len(found.group()), plain))]
    pieces = {"words": words, "marked": words, "links": links, "addresses": [(0, plain.translate(SMALL))]}
    taken = bytearray(len(text))
    kept: list[Finding] = []
    for pattern in patterns.patterns:
        if pattern.always or not is_public:
            for begin, stop in _spans(pattern, pieces[pattern.within]):
                start, end = places[begin], places[stop]
                is_sought = pattern.within != "marked" or text[start:end] != plain[begin:stop]
                if is_sought and not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    kept.append(Finding(pattern, start, end, text[start:end]))
    return tuple(sorted(kept, key=lambda found: found.start))


def with_people(patterns: Patterns, people: Sequence[str]) -> Patterns:
    """Return patterns that first look for `people`, names and addresses of whoever sent a text, in any field."""
    if not people:
        return patterns
    longest_first = sorted((_plainly(person, patterns)[0] for person in people), key=len, reverse=True)
    expression = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in longest_first)})(?!\w)", re.IGNORECASE)
    hint = "Take it out, unless whoever sent it asked to be named."
    sender = Pattern("sender", "Name or address of whoever sent it", "words", True, hint, (expression,))
    return replace(patterns, patterns=(sender, *patterns.patterns))


def as_problem(finding: Finding, document: Document) -> Problem:
    """Return a finding as a warning, at its place in `document`."""
    sentence = f"{finding.field} may point to somebody: {finding.text!r} {finding.advice}"
    place = document.place_of(finding.steps)
    return Problem(f"identifying.{finding.pattern.id}", finding.field, sentence, place, "warning")


def for_browsers(patterns: Patterns) -> dict[str, Any]:
    """Return the patterns as JavaScript needs them, words put in place: see theme/static/js/draft/identifying.js."""
    return {
        "link": patterns.link.pattern,
        "alike": dict(patterns.alike),
        "patterns": [
            {
                **{word: getattr(pattern, word) for word in ("id", "title", "within", "always", "hint")},
                "any": [expression.pattern for expression in pattern.expressions],
            }
            for pattern in patterns.patterns
        ],
    }


def patterns_from(raw: Mapping[str, Any]) -> Patterns:
    """Make patterns of `schemas/identifying-details.yaml`. Raises BrokenCheckout where a pattern is wrong."""
    try:
        named = {name: "|".join(words) for name, words in raw["words"].items()}
        for name, part in raw["parts"].items():
            named[name] = _put_in_place(part, named)
        patterns = tuple(
            Pattern(
                **{name: value for name, value in pattern.items() if name != "any"},
                expressions=tuple(re.compile(_put_in_place(one, named), re.ASCII) for one in pattern["any"]),
            )
            for pattern in raw["patterns"]
        )
        public = tuple((tuple(row["field"]), str(row["is"])) for row in raw["public"])
        return Patterns(patterns, re.compile(raw["link"], re.ASCII), public, dict(raw["alike"]))
    except (KeyError, TypeError, re.error) as error:
        raise BrokenCheckout(
            f"schemas/identifying-details.yaml is not as it should be: {error}. See its head."
        ) from error


def _put_in_place(text: str, named: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda found: named[found[1]], text)


def _plainly(text: str, patterns: Patterns) -> tuple[str, Sequence[int]]:
    """Return a text as the patterns read it, é as e and a full-width ＠ as @, and where each sign of it is."""
    if text.isascii():
        return text, range(len(text) + 1)
    kept = [(at, _plain(sign, patterns.alike)) for at, sign in enumerate(text) if not MARKS.match(sign)]
    return "".join(sign for _, sign in kept), [*(at for at, _ in kept), len(text)]


def _plain(sign: str, alike: Mapping[str, str]) -> str:
    if sign.isascii() or sign > "\uffff":
        return sign
    bare = MARKS.sub("", unicodedata.normalize("NFKD", alike.get(sign, sign)))
    bare = alike.get(bare, bare)
    return bare if len(bare) == 1 and bare.isascii() else sign


def _spans(pattern: Pattern, pieces: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    for expression in pattern.expressions:
        for offset, piece in pieces:
            for found in expression.finditer(piece):
                held = found.group(expression.groups)
                if held:
                    yield offset + found.end() - len(held), offset + found.end()


def _texts(value: Any, schema: Schema, is_public: bool) -> Iterator[tuple[Steps, str, bool]]:
    for steps, text in every(value):
        around = [field_at(steps[:depth], schema) for depth in range(len(steps) + 1)]
        marks = {part.get("x-identifying") for part in around}
        if isinstance(text, str) and "none" not in marks and not any("enum" in part for part in around):
            yield steps, text, is_public or "public" in marks
