"""How much of what points to somebody the patterns find, and how often they are right, on lines written before them."""

import re
from hashlib import sha256

import pytest

from mutualaid.core.entries.identifying import find_in
from world import PROJECT, SAMPLES, identifying_details, rows_of

MEANT = rows_of("meant", "patterns")
"""What each pattern looks for, in the words of the lines. The page of a group leads to its account, and invites."""


Judged = list[tuple[str, bool]]
"""What was to be found, and whether it was; or what was found, and whether it was right."""


def judged(text: str, hits: str) -> tuple[Judged, Judged]:
    """Return what should have been found in a line, and what was found; `hits` are `what: words`, with bars between."""
    found = [(MEANT[one.pattern.id], one.start, one.end) for one in find_in(text, identifying_details())]
    split = [(what, words) for what, _, words in (hit.partition(":") for hit in hits.split(" | ")) if words]
    wanted = [(what, text.index(words), text.index(words) + len(words)) for what, words in split]
    pairs = [(one, other) for one in wanted for other in found if one[0] in other[0]]
    met = [(one, other) for one, other in pairs if other[1] < one[2] and one[1] < other[2]]
    asked = [(one[0], any(one is hit for hit, _ in met)) for one in wanted]
    return asked, [(other[0][0], any(other is hit for _, hit in met)) for other in found]


@pytest.fixture(scope="module")
def unseen() -> list[tuple[str, Judged, Judged]]:
    """What came of the half that was not looked at: of each class every other line, in an order without meaning."""
    text = (SAMPLES / "identifying-lines.tsv").read_text(encoding="utf-8")
    split = [row.split("\t") for row in text.splitlines() if not row.startswith("#")]
    ordered = sorted(split, key=lambda row: (row[0], sha256(row[1].encode()).hexdigest()))
    return [(of, *judged(line, hits)) for of, line, hits in ordered[1::2]]


ROW = re.compile(r"\| ([a-z, ]+) \| \d+ of \d+ \| (\d+) of (\d+) \| (\d+) of (\d+) \|")
ROWS = {
    row[1]: tuple(int(figure) for figure in row.groups()[1:])
    for row in ROW.finditer((PROJECT / "docs" / "threat-model.md").read_text(encoding="utf-8").casefold())
}
OF_CLASS = {"names with accents, apostrophes or hyphens": "marks", "lines in spanish": "spanish"}


@pytest.mark.parametrize("row", ROWS)
def test_as_good_as_the_document_says(row: str, unseen: list[tuple[str, Judged, Judged]]) -> None:
    """As many are found as docs/threat-model.md says, and no more hints are wrong."""
    found, wanted, right, given = ROWS[row]

    def of_row(of: str, seen: Judged) -> list[bool]:
        return [is_good for what, is_good in seen if (of == OF_CLASS[row] if row in OF_CLASS else what == row)]

    asked = [is_good for of, seen, _ in unseen for is_good in of_row(of, seen)]
    told = [is_good for of, _, seen in unseen for is_good in of_row(of, seen)]
    assert len(asked) == wanted
    assert sum(asked) >= found
    assert told.count(False) <= given - right


def test_innocent_lines_are_left_alone(unseen: list[tuple[str, Judged, Judged]]) -> None:
    """Titles, numbers of books, years and places get a hint in few lines; each kind with a goal has its row."""
    innocent = [seen for of, _, seen in unseen if of == "none"]
    assert len(innocent) == 68
    assert sum(any(not is_good for _, is_good in seen) for seen in innocent) <= 4
    assert {*OF_CLASS, "mail", "phone", "address", "handle", "date", "invitation", "name"} == set(ROWS)


def test_what_the_fresh_lines_taught() -> None:
    """Of 74 lines and of 40 nothing is missed, and one hint is for a name that its label forgot."""
    texts = [(SAMPLES / f"identifying-lines-{name}.tsv").read_text(encoding="utf-8") for name in (2, 3)]
    split = [row.split("\t") for text in texts for row in text.splitlines() if not row.startswith("#")]
    missed = [line for _, line, hits in split if not all(is_good for _, is_good in judged(line, hits)[0])]
    wrong = [line for _, line, hits in split if not all(is_good for _, is_good in judged(line, hits)[1])]
    assert missed == []
    assert wrong == ["Ping Priya's work inbox: pdas2@hq.example.museum"]
