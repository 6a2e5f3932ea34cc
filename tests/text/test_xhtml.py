"""Our own HTML as XHTML."""

import pytest

from mutualaid.text.html_tree import as_xhtml, parse
from world import rows_of


@pytest.mark.parametrize("row", rows_of("html", "xhtml"), ids=lambda row: row["xhtml"])
def test_html_becomes_xhtml(row: dict[str, str]) -> None:
    targets = {"/b/": "b.xhtml"}
    tree = parse(row["html"])
    assert as_xhtml(tree, lambda target: targets.get(target, ""), {"pod": "<figure/>"}) == row["xhtml"]
