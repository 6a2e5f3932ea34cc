"""How much of what points to somebody the patterns find, and how often they are right, on lines written before them."""

import re
from dataclasses import dataclass
from hashlib import sha256

import pytest

from mutualaid.core.entries.identifying import find_in
from world import PROJECT, SAMPLES, identifying_details

MEANT = {
    "handle": ("handle",),
    "profile": ("handle", "invitation"),
    "invitation": ("invitation",),
    "e-mail": ("mail",),
    "phone": ("phone",),
    "street-address": ("address",),
    "room": ("room",),
    "meeting-time": ("meeting",),
    "full-date": ("date",),
    "exact-headcount": ("count",),
    "exact-sum": ("sum",),
    "name": ("name",),
    "marked-name": ("name",),
    "name-pair": ("name", "workplace"),
    "sole-title": ("title",),
    "workplace": ("workplace",),
    "shared-document": ("document",),
    "tracking": (),
}
"""What each pattern looks for, in the words of the lines. The page of a group leads to its account, and invites."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its class, and what should be found in it: what, and the words."""

    of: str
    text: str
    wanted: tuple[tuple[str, str], ...]


def lines(*, aside: bool) -> tuple[Line, ...]:
    """Return one half of the lines: of each class every other one, in an order that no meaning gives."""
    split = [
        row.split("\t")
        for row in (SAMPLES / "identifying-lines.tsv").read_text(encoding="utf-8").splitlines()
        if not row.startswith("#")
    ]
    ordered = sorted(split, key=lambda row: (row[0], sha256(row[1].encode()).hexdigest()))
    return tuple(
        Line(
            of,
            text,
            tuple((what, words) for what, _, words in (hit.partition(":") for hit in hits.split(" | ")) if words),
        )
        for of, text, hits in ordered[aside::2]
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What one thing to be found came to: whether a pattern found it. Or one finding: whether it was right."""

    line: Line
    what: str
    words: str
    is_good: bool


def judged(line: Line) -> tuple[list[Seen], list[Seen]]:
    """Return what should have been found in a line, and what was found."""
    found = [(MEANT[one.pattern.id], one.start, one.end, one.text) for one in find_in(line.text, identifying_details())]
    wanted = [(what, line.text.index(words), line.text.index(words) + len(words), words) for what, words in line.wanted]
    asked = [
        Seen(line, what, words, any(what in of and begin < end and start < stop for of, begin, stop, _ in found))
        for what, start, end, words in wanted
    ]
    given = [
        Seen(line, of[0], words, any(what in of and begin < end and start < stop for what, begin, stop, _ in wanted))
        for of, start, end, words in found
    ]
    return asked, given


ROW = re.compile(r"\| ([a-z, ]+) \| \d+ of \d+ \| (\d+) of (\d+) \| (\d+) of (\d+) \|")
ROWS = {
    row[1]: tuple(int(figure) for figure in row.groups()[1:])
    for row in ROW.finditer((PROJECT / "docs" / "threat-model.md").read_text(encoding="utf-8").casefold())
}
OF_CLASS = {"names with accents, apostrophes or hyphens": "marks", "lines in spanish": "spanish"}


@pytest.fixture(scope="module")
def unseen() -> list[tuple[list[Seen], list[Seen]]]:
    """What came of the half that was not looked at."""
    return [judged(line) for line in lines(aside=True)]


def test_the_table_is_whole() -> None:
    """Each kind of detail that was set a goal has a row."""
    assert {*OF_CLASS, "mail", "phone", "address", "handle", "date", "invitation", "name"} == set(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_as_good_as_the_document_says(row: str, unseen: list[tuple[list[Seen], list[Seen]]]) -> None:
    """As many are found as docs/threat-model.md says, and no more hints are wrong."""
    found, wanted, right, given = ROWS[row]

    def is_meant(seen: Seen) -> bool:
        return seen.line.of == OF_CLASS[row] if row in OF_CLASS else seen.what == row

    asked = [seen.is_good for both in unseen for seen in both[0] if is_meant(seen)]
    told = [seen.is_good for both in unseen for seen in both[1] if is_meant(seen)]
    assert len(asked) == wanted
    assert sum(asked) >= found
    assert told.count(False) <= given - right


def test_innocent_lines_are_left_alone(unseen: list[tuple[list[Seen], list[Seen]]]) -> None:
    """Titles, numbers of books, years and places get a hint in few lines."""
    innocent = [given for (_, given), line in zip(unseen, lines(aside=True), strict=True) if line.of == "none"]
    assert len(innocent) == 68
    assert sum(any(not seen.is_good for seen in given) for given in innocent) <= 4
