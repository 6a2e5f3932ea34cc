"""The small book of help today: folded in code, its pages come in order and upright."""

from typing import Any

import pymupdf
import pytest

from paper import SITE_NAME, real_plan

COLUMNS, ROWS = 4, 2
PDF: Any = pymupdf
"""It has no types of its own."""
Place = tuple[int, int]


@pytest.fixture(scope="module")
def paper() -> Any:
    """The one side that is printed."""
    document = PDF.open(stream=real_plan()["downloads/today-to-fold.pdf"].make(), filetype="pdf")
    assert len(document) == 1
    return document[0]


def _lines(paper: Any) -> list[tuple[Place, bool, str, Any]]:
    """Return each line of words with the panel in which it is, and whether it is upright."""
    wide, high = paper.rect.width / COLUMNS, paper.rect.height / ROWS
    found = []
    for block in paper.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            box, words = PDF.Rect(line["bbox"]), "".join(span["text"] for span in line["spans"]).strip()
            if words:
                place = int((box.x0 + box.x1) / 2 // wide), int((box.y0 + box.y1) / 2 // high)
                found.append((place, line["dir"][0] > 0, words, box))
    return found


def _cut(paper: Any) -> tuple[float, float]:
    """Return from which to which column the broken line runs, in the middle of the paper."""
    wide, high = paper.rect.width / COLUMNS, paper.rect.height / ROWS
    (line,) = [one for one in paper.get_drawings() if one["dashes"] not in ("", "[] 0")]
    assert abs(line["rect"].y0 - high) < 1
    return line["rect"].x0 / wide, line["rect"].x1 / wide


def _folded(front: Place, cut: tuple[float, float]) -> list[Place]:
    """Return the panels as pages 1 to 8 of the book that the paper becomes.

    Panels hang together where paper is neither cut nor at its edge. Once the cut is pushed open, each has two
    neighbors: the book is this ring. The page after the front is the one that lies to its right.
    """
    joined = {(column, row): set[Place]() for column in range(COLUMNS) for row in range(ROWS)}
    for column, row in list(joined):
        for other in ((column + 1, row), (column, row + 1)):
            is_cut = other[0] == column and cut[0] - 0.01 <= column and column + 1 <= cut[1] + 0.01
            if other in joined and not is_cut:
                joined[column, row].add(other)
                joined[other].add((column, row))
    assert all(len(others) == 2 for others in joined.values()), "a ring"
    pages = [front, (front[0] + 1, front[1])]
    while len(pages) < COLUMNS * ROWS:
        (following,) = joined[pages[-1]] - set(pages[-2:])
        pages.append(following)
    assert pages[0] in joined[pages[-1]]
    return pages


def test_folded_it_reads_from_one_to_eight(paper: Any) -> None:
    """The front has the title and until when to trust it, pages inside their number, the back the crisis lines."""
    lines = _lines(paper)
    (front,) = {place for place, _, words, _ in lines if words.startswith("Help today")}
    pages = _folded(front, _cut(paper))
    said = [[words for place, _, words, _ in lines if place == page] for page in pages]
    assert "After May 2027 trust the web page, not this" in " ".join(said[0])
    assert [int(number) for page in said[1:7] for number in page if number.isdigit()] == [2, 3, 4, 5, 6, 7]
    assert "988" in " ".join(said[7]) and said[7][0] == "Somebody to talk to now"
    held = [words.removeprefix("•").strip() for words in said[0]]
    order = [words for words in held if words in {"Laid off, or losing work", "An attack over books"}]
    where = [next(number for number, page in enumerate(said[1:], 2) if words in page) for words in order]
    assert where == sorted(where) and len(where) == 2


def test_facing_pages_are_the_same_way_up(paper: Any) -> None:
    """Each panel has one way up, that of its row, and no line leaves its panel."""
    wide, high = paper.rect.width / COLUMNS, paper.rect.height / ROWS
    for (column, row), is_upright, words, box in _lines(paper):
        assert is_upright is (row == 1), words
        panel = PDF.Rect(column * wide, row * high, (column + 1) * wide, (row + 1) * high)
        assert box in panel, words


def test_it_names_no_site(paper: Any) -> None:
    """Like every sheet that may lie on a table."""
    words = paper.get_text().lower()
    assert not [name for name in (SITE_NAME, "mutual-aid", "http", "www.") if name.lower() in words]
