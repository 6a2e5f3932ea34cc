"""Drawings carry nothing but shapes and labels: what may be in one, and what is said of the rest."""

from pathlib import Path

import pytest

from mutualaid.adapters.svg import MAX_BYTES, read_drawing, read_drawing_file
from mutualaid.core.content.page import Drawing
from mutualaid.core.entries.problem import Problem
from world import rows_of


def inside(shapes: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 1052">\n{shapes}\n</svg>'.encode()


REFUSED = rows_of("drawings")
INSIDE = REFUSED["inside"]
ONE_MAY = "`fill` may not be on <circle>; class, transform, cx, cy, r may. Take it out."
A_NUMBER = "`r` may not be 'x'. Write a number from -9999 to 9999 with at most two digits after the point."


@pytest.mark.parametrize(("shapes", "code"), [row[1:] for row in INSIDE], ids=[row[0] for row in INSIDE])
def test_what_a_drawing_may_not_hold(shapes: str, code: str) -> None:
    """It is refused as a whole, with the line of what is wrong."""
    found = read_drawing(inside(shapes), "one.svg")
    assert isinstance(found, Problem) and found.code == code
    assert found.place.line == (3 if shapes == "<circle>" else 2)
    assert found.message.endswith(".") and found.place.file == "one.svg"


@pytest.mark.parametrize(("shapes", "said"), [('<circle fill="red"/>', ONE_MAY), ('<circle r="x"/>', A_NUMBER)])
def test_sentences_say_what_may_be_there(shapes: str, said: str) -> None:
    found = read_drawing(inside(shapes), "one.svg")
    assert isinstance(found, Problem) and found.message == said


@pytest.mark.parametrize(("text", "code"), REFUSED["whole"])
def test_what_no_drawing_is(text: str, code: str) -> None:
    """The outermost element is one svg on the common sheet; a document type stops the reading."""
    found = read_drawing(text.encode("latin-1"), "one.svg")
    assert isinstance(found, Problem) and found.code == code


def test_a_drawing(tmp_path: Path) -> None:
    """It is written anew: comments, spaces between shapes and the outer element are gone, words are escaped."""
    shapes = (
        '<!-- note -->\n<g class="d-strong" text-anchor="middle" transform="translate(10 -2.5)">\n'
        '<path d="M2 3h-4.5L6,7z"/>\n<text x="1" y="2">\n  You &amp;\n  <![CDATA[<b>]]></text></g>'
    )
    assert read_drawing(inside(shapes), "one.svg") == Drawing(
        "0 0 360 1052",
        '<g class="d-strong" text-anchor="middle" transform="translate(10 -2.5)">'
        '<path d="M2 3h-4.5L6,7z"/><text x="1" y="2">You &amp; &lt;b&gt;</text></g>',
    )
    file = tmp_path / "one.svg"
    file.write_bytes(inside("").ljust(MAX_BYTES + 1))
    for place, code in ((file, "svg.too-large"), (tmp_path / "none.svg", "svg.missing")):
        found = read_drawing_file(place, "one.svg")
        assert isinstance(found, Problem) and found.code == code
