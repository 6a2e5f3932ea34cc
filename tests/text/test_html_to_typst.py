"""Our own HTML as Typst: what each element becomes, where links lead, and where there is room to write."""

from typing import Any

import pytest

from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import parse
from world import rows_of

ROWS = rows_of("html", "typst")
INSIDE = frozenset({"/a/", "/a/#x"})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["typst"])
def test_elements(row: dict[str, str]) -> None:
    """On the page /a/ of a book without a site."""
    assert Typesetter(INSIDE, address="/a/").document(parse(row["html"])).strip() == row["typst"]


PLACES = rows_of("html", "places")


@pytest.mark.parametrize(("setter", "html", "typst"), PLACES.values(), ids=PLACES)
def test_places(setter: dict[str, Any], html: str, typst: str) -> None:
    """A note is set once; a table has room to write on; on a sheet a source has its address beside it.

    Where the site has an address, what the book lacks is a link to it.
    """
    assert Typesetter(**setter).document(parse(html)).strip() == typst
