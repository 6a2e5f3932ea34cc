"""Our own HTML as Typst: what each element becomes, where links lead, and where there is room to write."""

from typing import Any

import pytest

from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import parse
from world import rows_of

BOOK = {"inside": frozenset({"/a/", "/a/#x"}), "address": "/a/"}
"""The page /a/ of a book without a site."""
ROWS = {row["typst"]: (BOOK, row["html"], row["typst"]) for row in rows_of("html", "typst")} | rows_of("html", "places")


@pytest.mark.parametrize(("setter", "html", "typst"), ROWS.values(), ids=ROWS)
def test_elements(setter: dict[str, Any], html: str, typst: str) -> None:
    """A note is set once; a table has room to write on; what the book lacks is a link to the site."""
    assert Typesetter(**setter).document(parse(html)).strip() == typst
