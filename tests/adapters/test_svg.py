"""Drawings carry nothing but shapes and labels: what may be in one, and what is said of the rest."""

from pathlib import Path

import pytest

from mutualaid.adapters.svg import MAX_BYTES, read_drawing, read_drawing_file
from mutualaid.core.content.figure import Drawing
from world import told

START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 400">'


def inside(shapes: str) -> bytes:
    """Return a drawing that holds `shapes`, which stand on its second line."""
    return f"{START}\n{shapes}\n</svg>".encode()


def test_a_drawing() -> None:
    """It is written anew: comments, spaces between shapes and the outer element are gone, words are escaped."""
    shapes = (
        '<!-- note -->\n<g class="d-strong" text-anchor="middle" transform="translate(10 -2.5)">\n'
        '<path d="M2 3h-4.5L6,7z"/>\n<text x="1" y="2">\n  You &amp;\n  <![CDATA[<b>]]></text></g>'
    )
    assert read_drawing(inside(shapes), "one.svg").drawing == Drawing(
        "0 0 360 400",
        '<g class="d-strong" text-anchor="middle" transform="translate(10 -2.5)">'
        '<path d="M2 3h-4.5L6,7z"/><text x="1" y="2">You &amp; &lt;b&gt;</text></g>',
    )


REFUSED = {
    "script": ("<script>alert(1)</script>", ["svg.element", "svg.stray-text"]),
    "style": ("<style>text{}</style>", ["svg.element", "svg.stray-text"]),
    "link": ('<a href="https://example.org"><circle r="2"/></a>', ["svg.element", "svg.element"]),
    "page inside": ("<foreignObject/>", ["svg.element"]),
    "other language": ('<circle xmlns="http://www.w3.org/1999/xhtml" r="2"/>', ["svg.element"]),
    "shape in text": ('<text x="1" y="2"><circle r="2"/></text>', ["svg.element"]),
    "handler": ('<circle onclick="alert(1)" r="2"/>', ["svg.attribute"]),
    "id": ('<circle id="a" r="2"/>', ["svg.attribute"]),
    "size of type": ('<text font-size="9" x="1" y="2">a</text>', ["svg.attribute"]),
    "reference": ('<g xmlns:xlink="http://www.w3.org/1999/xlink"><path xlink:href="x"/></g>', ["svg.attribute"]),
    "class": ('<circle class="card" r="2"/>', ["svg.value"]),
    "turn": ('<g transform="rotate(90)"/>', ["svg.value"]),
    "number": ('<circle r="1e9"/>', ["svg.value"]),
    "line end after a number": ('<circle r="2&#10;"/>', ["svg.value"]),
    "path": ('<path d="url(#a)"/>', ["svg.value"]),
    "anchor": ('<g text-anchor="left"/>', ["svg.value"]),
    "words": ("Hello", ["svg.stray-text"]),
    "instruction": ('<?xml-stylesheet href="a.css"?>', ["svg.instruction"]),
    "syntax": ("<circle>", ["svg.syntax"]),
    "entity": ('<text x="1" y="2">&shape;</text>', ["svg.syntax"]),
}


@pytest.mark.parametrize(("shapes", "codes"), REFUSED.values(), ids=REFUSED)
def test_what_a_drawing_may_not_hold(shapes: str, codes: list[str]) -> None:
    """It is refused as a whole, with the line of what is wrong."""
    reading = read_drawing(inside(shapes), "one.svg")
    assert reading.drawing is None
    assert [one.code for one in reading.problems] == codes
    assert reading.problems[0].place.line == (3 if shapes == "<circle>" else 2)
    assert all(one.message.endswith(".") and one.place.file == "one.svg" for one in reading.problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "svg.value"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600"/>', "svg.value"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 400" onload="x"/>', "svg.attribute"),
        ('<svg viewBox="0 0 360 400"/>', "svg.element"),
        ("<html/>", "svg.element"),
        ("", "svg.syntax"),
        ("\xff", "svg.syntax"),
        ('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg/>', "svg.doctype"),
    ],
)
def test_what_no_drawing_is(text: str, code: str) -> None:
    """The outermost element is one svg on the common sheet; a document type stops the reading."""
    reading = read_drawing(text.encode("latin-1"), "one.svg")
    assert [one.code for one in reading.problems] == [code]


def test_sentences_say_what_may_stand_there() -> None:
    """Each says what is wrong, with its place, and what to do."""
    assert told(read_drawing(inside('<circle fill="red" r="x" cx="1"/>'), "one.svg").problems) == [
        "2:1 svg.attribute `fill` may not stand on <circle>; class, transform, cx, cy, r may. Take it out.",
        "2:1 svg.value `r` may not be 'x'. Write a number from -9999 to 9999 with at most two digits after the point.",
    ]


def test_a_drawing_that_is_too_large_or_missing(tmp_path: Path) -> None:
    """It is not read at all."""
    file = tmp_path / "one.svg"
    assert told(read_drawing_file(file, "one.svg").problems) == [
        "1:1 svg.missing The drawing one.svg is missing. Put it beside its words, or take the words away."
    ]
    file.write_bytes(inside("").ljust(MAX_BYTES + 1))
    assert [one.code for one in read_drawing_file(file, "one.svg").problems] == ["svg.too-large"]
