"""Pages and reading paths as values."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from mutualaid.core.content.page import Content, Page, ReadingPath, ShortEdition
from mutualaid.core.entries.document import KEY, Document
from mutualaid.core.entries.problem import Place
from world import rows_of

NOTHING = Document("a.md", {})


@pytest.mark.parametrize(("fields", "review_by", "stale_from"), rows_of("dates", "pages"))
def test_when_to_look_at_a_page_again(fields: dict[str, Any], review_by: str, stale_from: dt.date | None) -> None:
    """A review counts before a check of sources; a page without either never goes stale."""
    page = Page("/a/", "guide", {"title": "A", **fields}, "", 1, NOTHING)
    assert (page.title, page.review_by) == ("A", review_by)
    first = stale_from or dt.date.max
    assert (page.is_stale(first), page.is_stale(first - dt.timedelta(days=1))) == (bool(stale_from), False)


def test_the_reading_order() -> None:
    names = {"/about/": "about", "/now/": "help", **dict.fromkeys(("/z/", "/c/", "/b/", "/a/"), "guide")}
    names["/stub/"] = "contribute"
    pages = [Page(address, section, {"title": address}, "", 1, NOTHING) for address, section in names.items()]
    pages[-1] = replace(pages[-1], is_stub=True)
    first = ReadingPath("new", 1, "New", "All.", ("/a/", "/b/"), NOTHING)
    second = ReadingPath("next", 2, "Next", "All.", ("/b/", "/c/", "/about/"), NOTHING)
    short = ShortEdition("Short", "All.", ("/c/",), (), NOTHING)
    order = Content(tuple(pages), (first, second), short, (), {}, {}, {}, NOTHING).in_reading_order()
    assert [page.address for page in order] == ["/now/", "/a/", "/b/", "/c/", "/z/", "/about/"]


def test_the_place_of_a_value() -> None:
    document = Document("a.yaml", {}, lambda: {(): (1, 1), ("a",): (2, 5), ("a", 0): (3, 7), (KEY, "a"): (2, 1)})
    assert document.place_of(("a", 0)) == document.place_of_key(("a", 0)) == Place("a.yaml", 3, 7)
    assert document.place_of(("a", 1, "x")) == Place("a.yaml", 2, 5)
    assert document.place_of(("b",)) == Place("a.yaml", 1, 1)
    assert NOTHING.place_of(("a",)) == Place("a.md", 1, 1)
    assert document.place_of_key(("a",)) == Place("a.yaml", 2, 1)
