"""Our own HTML as Typst: what each element becomes, where links lead, and where there is room to write."""

from typing import Any

import pytest

from mutualaid.adapters.typst import make_pdf
from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import Element, as_xhtml, parse
from mutualaid.text.typst import quoted
from world import PROJECT, rows_of

BOOK = {"address": "/a/", "inside": ["/a/", "/a/#x"]}
HEAD = '#import "write.typ": *\n#set document(title: "A")\n#set text(font: body-font)\n'
PLACES = '#for place in ("/a/", "/a/#x") [#[x]#label(place)]'


@pytest.mark.parametrize("row", rows_of("html", "typst"), ids=lambda row: row["typst"])
def test_elements(row: dict[str, Any]) -> None:
    """On the page /a/ of a book without a site, where the row says nothing else. Typst itself compares."""
    tree = Typesetter(**row.get("in", BOOK)).document(parse(row["html"]))
    whole = as_xhtml(Element("", children=[Element("all", children=tree.children)]), str, {})
    read = f"put(xml(bytes({quoted(whole)})).first(), usual + {row.get('how', '(deeper: 1)')})"
    assert make_pdf(f"{HEAD}#assert.eq({read}, [{row['typst']}])\n{PLACES}", str(PROJECT / "theme/print"))
