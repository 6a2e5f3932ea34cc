"""The small book of help today: folded, its pages come in order and upright."""

from typing import Any

import pymupdf
import pytest

from paper import real_plan, site_in

PAGES = {(0, 0): 7, (1, 0): 6, (2, 0): 5, (3, 0): 4, (0, 1): 8, (1, 1): 1, (2, 1): 2, (3, 1): 3}
"""By column and row of a sheet with eight panels, what each is in the book. The upper row is upside down.

Cut between the four panels in the middle and pushed open, the sheet is a ring; the page after 1 lies to its right.
"""
PDF: Any = pymupdf
"""It has no types of its own."""


@pytest.fixture(scope="module")
def paper() -> Any:
    document = PDF.open(stream=real_plan()["downloads/today-to-fold.pdf"].make(), filetype="pdf")
    assert len(document) == 1
    return document[0]


def test_folded_it_reads_from_one_to_eight(paper: Any) -> None:
    """Each panel has one way up, its number and its words; no line leaves it, and no site is named."""
    wide, high = paper.rect.width / 4, paper.rect.height / 2
    said: dict[int, list[str]] = {page: [] for page in range(1, 9)}
    for line in (line for block in paper.get_text("dict")["blocks"] for line in block.get("lines", ())):
        box, words = PDF.Rect(line["bbox"]), "".join(span["text"] for span in line["spans"]).strip()
        column, row = int((box.x0 + box.x1) / 2 // wide), int((box.y0 + box.y1) / 2 // high)
        if words:
            said[PAGES[column, row]].append(words)
            assert (line["dir"][0] > 0) is (row == 1), words
            assert box in PDF.Rect(column * wide, row * high, (column + 1) * wide, (row + 1) * high), words
    assert all([words for words in said[page] if words.isdigit()] == [str(page)] for page in range(2, 8))
    assert said[1][0].startswith("Help today") and "After May 2027 trust the web page, not this" in " ".join(said[1])
    assert "988" in " ".join(said[8]) and said[8][0] == "Somebody to talk to now"
    listed = [words.removeprefix("•").strip() for words in said[1]]
    order = [next(page for page in range(2, 8) if words in said[page]) for words in listed if words in HEADS]
    assert order == sorted(order) and len(order) == len(HEADS)
    assert site_in(" ".join(paper.get_text().split())) == []


HEADS = {"Laid off, or losing work", "An attack over books"}


def test_the_cut_is_in_the_middle(paper: Any) -> None:
    (line,) = [one["rect"] for one in paper.get_drawings() if one["dashes"] not in ("", "[] 0")]
    wide, high = paper.rect.width / 4, paper.rect.height / 2
    assert [line.x0 / wide, line.x1 / wide, line.y0 / high] == pytest.approx([1, 3, 1], abs=0.01)
