"""Drawings carry nothing but shapes and labels: what may be in one, and what is said of the rest."""

from pathlib import Path

import pytest

from mutualaid.adapters.svg import MAX_BYTES, read_drawing, read_drawing_file
from mutualaid.core.content.page import Drawing
from mutualaid.core.entries.problem import Problem

START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 400">'


def inside(shapes: str) -> bytes:
    return f"{START}\n{shapes}\n</svg>".encode()


REFUSED = {
    "script": ("<script>alert(1)</script>", "svg.element"),
    "style": ("<style>text{}</style>", "svg.element"),
    "picture": ('<image x="1" y="2"/>', "svg.element"),
    "link": ('<a href="https://example.org"><circle r="2"/></a>', "svg.element"),
    "use": ('<use href="#x"/>', "svg.element"),
    "page inside": ("<foreignObject/>", "svg.element"),
    "movement": ("<animate/>", "svg.element"),
    "title": ("<title>Mine</title>", "svg.element"),
    "svg inside": ('<svg viewBox="0 0 360 400"/>', "svg.element"),
    "other language": ('<circle xmlns="http://www.w3.org/1999/xhtml" r="2"/>', "svg.element"),
    "no language": ('<circle xmlns="" r="2"/>', "svg.element"),
    "shape in text": ('<text x="1" y="2"><circle r="2"/></text>', "svg.element"),
    "handler": ('<circle onclick="alert(1)" r="2"/>', "svg.attribute"),
    "style attribute": ('<circle style="fill:red" r="2"/>', "svg.attribute"),
    "id": ('<circle id="a" r="2"/>', "svg.attribute"),
    "color": ('<circle fill="#f00" r="2"/>', "svg.attribute"),
    "size of type": ('<text font-size="9" x="1" y="2">a</text>', "svg.attribute"),
    "reference": ('<g xmlns:xlink="http://www.w3.org/1999/xlink"><path xlink:href="x"/></g>', "svg.attribute"),
    "class": ('<circle class="card" r="2"/>', "svg.value"),
    "turn": ('<g transform="rotate(90)"/>', "svg.value"),
    "number": ('<circle r="1e9"/>', "svg.value"),
    "unit": ('<circle r="2px"/>', "svg.value"),
    "line end after a number": ('<circle r="2&#10;"/>', "svg.value"),
    "path": ('<path d="url(#a)"/>', "svg.value"),
    "anchor": ('<g text-anchor="left"/>', "svg.value"),
    "words": ("Hello", "svg.stray-text"),
    "syntax": ("<circle>", "svg.syntax"),
    "entity": ('<text x="1" y="2">&shape;</text>', "svg.syntax"),
}


@pytest.mark.parametrize(("shapes", "code"), REFUSED.values(), ids=REFUSED)
def test_what_a_drawing_may_not_hold(shapes: str, code: str) -> None:
    """It is refused as a whole, with the line of what is wrong."""
    found = read_drawing(inside(shapes), "one.svg")
    assert isinstance(found, Problem) and found.code == code
    assert found.place.line == (3 if shapes == "<circle>" else 2)
    assert found.message.endswith(".") and found.place.file == "one.svg"


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
    found = read_drawing(text.encode("latin-1"), "one.svg")
    assert isinstance(found, Problem) and found.code == code


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        ('<circle fill="red"/>', "`fill` may not be on <circle>; class, transform, cx, cy, r may. Take it out."),
        (
            '<circle r="x"/>',
            "`r` may not be 'x'. Write a number from -9999 to 9999 with at most two digits after the point.",
        ),
    ],
)
def test_sentences_say_what_may_be_there(shapes: str, sentence: str) -> None:
    found = read_drawing(inside(shapes), "one.svg")
    assert isinstance(found, Problem) and found.message == sentence


def test_a_drawing(tmp_path: Path) -> None:
    """It is written anew: comments, spaces between shapes and the outer element are gone, words are escaped."""
    shapes = (
        '<!-- note -->\n<g class="d-strong" text-anchor="middle" transform="translate(10 -2.5)">\n'
        '<path d="M2 3h-4.5L6,7z"/>\n<text x="1" y="2">\n  You &amp;\n  <![CDATA[<b>]]></text></g>'
    )
    assert read_drawing(inside(shapes), "one.svg") == Drawing(
        "0 0 360 400",
        '<g class="d-strong" text-anchor="middle" transform="translate(10 -2.5)">'
        '<path d="M2 3h-4.5L6,7z"/><text x="1" y="2">You &amp; &lt;b&gt;</text></g>',
    )
    file = tmp_path / "one.svg"
    missing = read_drawing_file(file, "one.svg")
    assert isinstance(missing, Problem) and missing.code == "svg.missing"
    file.write_bytes(inside("").ljust(MAX_BYTES + 1))
    large = read_drawing_file(file, "one.svg")
    assert isinstance(large, Problem) and large.code == "svg.too-large"
