"""What is around a page's text."""

from mutualaid.core.content.page import Page
from mutualaid.core.content.presentation import present_page
from mutualaid.core.entries.document import Document
from world import TODAY


def test_the_entries_below_its_text() -> None:
    fields = {"title": "A", "draws_in": {"groups": ["b", "a"], "resources": ["c", "gone"]}}
    page = Page("/a/", "guide", fields, "", 1, Document("a.md", {}))
    entries = ("groups/a", "groups/b", "resources/c")
    assert page.draws_in == ("groups/b", "groups/a", "resources/c", "resources/gone")
    assert present_page(page, ["groups/a"], entries, TODAY).drawn_in == ("groups/b", "resources/c")
