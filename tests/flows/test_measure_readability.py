"""The warning for pages that are hard to read."""

from mutualaid.core.content.page import Page
from mutualaid.core.entries.document import Document
from mutualaid.flows.measure_readability import grades, hard_pages

EASY = "We met on Friday. We made tea. Each of us said one thing."
HARD = (
    "Notwithstanding institutional considerations, interdepartmental administrators characteristically "
    "problematize organizational responsibilities throughout comprehensive deliberations."
)


def _page(address: str, body: str) -> Page:
    return Page(address, "guide", {"title": "A page", "promise": "A promise"}, body, 9, Document("a.md", {}, {}))


def test_a_hard_page_is_named_with_its_grade() -> None:
    """The warning carries the figure and the limit; one at its limit gets none."""
    pages = (_page("/guide/easy/", EASY), _page("/guide/hard/", HARD))
    found = grades(pages)
    problems = list(hard_pages(pages, {**found, "/guide/easy/": 9.0}))
    assert [(one.code, one.is_error, one.place.line) for one in problems] == [("page.hard-to-read", False, 9)]
    assert f"reading grade {found['/guide/hard/']}; /guide/hard/ should have at most 9" in problems[0].message
    assert found["/guide/easy/"] < 5 and found["/guide/hard/"] > 9
