"""Our own HTML as Typst: what each element becomes, where links lead, and where there is room to write."""

from typing import Any

import pytest

from mutualaid.adapters.typst import make_pdf
from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import Element, as_xhtml, parse
from mutualaid.text.typst import quoted
from world import PROJECT, rows_of

ROWS = rows_of("html", "typst")
INSIDE = frozenset({"/a/", "/a/#x"})


def expect(html: str, typst: str, setter: Typesetter, how: str) -> None:
    """Typst itself compares what it reads with what it's expected to be."""
    tree = Element("", children=[Element("all", children=setter.document(parse(html)).children)])
    head = '#import "write.typ": *\n#set document(title: "A")\n#set text(font: body-font)\n'
    read = f"put(xml(bytes({quoted(as_xhtml(tree, str, {}))})).first(), usual + {how})"
    labels = "#for place in ('/a/', '/a/#x') { [#[x]#label(place)] }".replace("'", '"')
    assert make_pdf(f"{head}#assert.eq({read}, [{typst}])\n{labels}", str(PROJECT / "theme/print"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["typst"])
def test_elements(row: dict[str, str]) -> None:
    """On the page /a/ of a book without a site."""
    expect(row["html"], row["typst"], Typesetter(INSIDE, address="/a/"), "(deeper: 1)")


PLACES = rows_of("html", "places")


@pytest.mark.parametrize(("setter", "how", "html", "typst"), PLACES.values(), ids=PLACES)
def test_places(setter: dict[str, Any], how: str, html: str, typst: str) -> None:
    """A note is set once; a table has room to write on; on a sheet a source has its address beside it.

    Where the site has an address, what the book lacks is a link to it.
    """
    expect(html, typst, Typesetter(**setter), how)
