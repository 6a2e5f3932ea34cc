"""Cuts a text into sections at known headings, in their order: in exactly one way, or not at all.

A heading counts wherever its line stands alone, inside code fences too, so every true heading is a candidate. The
true cut is therefore always among the possible ones; where only one is possible, it is the true one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Positions = list[list[int]]


@dataclass(frozen=True, slots=True)
class Section:
    """The lines under one heading; `line` is the number of the heading's own line, counted from 1."""

    heading: str
    line: int
    lines: tuple[str, ...]

    def filled(self) -> list[tuple[int, str]]:
        """Return the lines that hold more than white space, each with its number."""
        return [(number, text) for number, text in enumerate(self.lines, self.line + 1) if text.strip()]


@dataclass(frozen=True, slots=True)
class Cut:
    """`sections` in the order of the headings; empty where there is no way to cut, or more than one.

    `missing` are headings that stand nowhere; `before` the numbers of lines above the first heading; `ambiguous` the
    headings that could stand on several lines; `astray` the headings that stand only where their order is broken.
    """

    sections: tuple[Section, ...] = ()
    missing: tuple[str, ...] = ()
    before: tuple[int, ...] = ()
    ambiguous: tuple[tuple[str, tuple[int, ...]], ...] = ()
    astray: tuple[tuple[str, tuple[int, ...]], ...] = ()


def lines_of(text: str) -> list[str]:
    """Split at line ends of any system, and at nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def cut(text: str, headings: Sequence[str]) -> Cut:
    """Cut `text` at `headings`, which are all different; the first must be the first line that is not empty."""
    lines = lines_of(text)
    places = _places(lines, headings)
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    missing = tuple(heading for heading, found in zip(headings, places, strict=True) if not found)
    if missing:
        return Cut(missing=missing)
    if places[0][0] != first:
        return Cut(before=tuple(number + 1 for number in range(first, places[0][0]) if lines[number].strip()))
    places[0] = [first]
    reached = _reached(places)
    if not reached[-1]:
        return Cut(astray=_named(headings, [[] if ok else own for ok, own in zip(reached, places, strict=True)])[:1])
    possible = _possible(reached)
    ambiguous = _named(headings, [found if len(found) > 1 else [] for found in possible])
    if ambiguous:
        return Cut(ambiguous=ambiguous)
    return Cut(sections=_sections(lines, headings, [found[0] for found in possible]))


def fits(text: str, headings: Sequence[str]) -> bool:
    """Whether there is at least one way to cut `text`."""
    found = cut(text, headings)
    return bool(found.sections or found.ambiguous)


def _places(lines: Sequence[str], headings: Sequence[str]) -> Positions:
    order = {heading: index for index, heading in enumerate(headings)}
    places: Positions = [[] for _ in headings]
    for number, line in enumerate(lines):
        index = order.get(line.rstrip()) if line.startswith("#") else None
        if index is not None:
            places[index].append(number)
    return places


def _reached(places: Positions) -> Positions:
    """Keep the lines of each heading to which a chain of all earlier headings leads."""
    reached: Positions = []
    least = -1
    for own in places:
        kept = [number for number in own if number > least]
        reached.append(kept)
        if not kept:
            return [*reached, *([] for _ in places[len(reached) :])]
        least = kept[0]
    return reached


def _possible(reached: Positions) -> Positions:
    """Keep the lines of each heading from which a chain leads on through all later ones."""
    possible: Positions = []
    most = float("inf")
    for own in reversed(reached):
        kept = [number for number in own if number < most]
        possible.append(kept)
        most = kept[-1]
    return possible[::-1]


def _named(headings: Sequence[str], found: Positions) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple(
        (heading, tuple(number + 1 for number in own)) for heading, own in zip(headings, found, strict=True) if own
    )


def _sections(lines: Sequence[str], headings: Sequence[str], starts: Sequence[int]) -> tuple[Section, ...]:
    spans = pairwise((*starts, len(lines)))
    return tuple(
        Section(heading, start + 1, tuple(lines[start + 1 : end]))
        for heading, (start, end) in zip(headings, spans, strict=True)
    )
