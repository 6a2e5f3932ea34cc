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
CASES = {name: (inside(shapes), code, said) for name, shapes, code, *said in REFUSED["inside"]}
CASES |= {repr(text): (text.encode("latin-1"), code, []) for text, code in REFUSED["whole"]}


@pytest.mark.parametrize(("text", "code", "said"), CASES.values(), ids=CASES)
def test_what_a_drawing_may_not_hold(text: bytes, code: str, said: list[str]) -> None:
    """It is refused as a whole, with the line of what is wrong; a sentence says what may be there."""
    found = read_drawing(text, "one.svg")
    assert isinstance(found, Problem) and found.code == code
    assert found.place.line == (1 if b"\n" not in text else 3 if b"<circle>" in text else 2)
    assert found.message.endswith(".") and found.place.file == "one.svg"
    assert not said or found.message == said[0]


def test_a_drawing(tmp_path: Path) -> None:
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
