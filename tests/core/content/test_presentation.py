"""What is around a page's text."""

from dataclasses import replace
from typing import Any

import pytest

from mutualaid.core.content.page import Page
from mutualaid.core.content.presentation import present_page
from mutualaid.core.entries.document import Document
from world import TODAY

PAGE = Page("/a/", "guide", {"title": "A"}, "", 1, Document("a.md", {}))


def _page(**fields: Any) -> Page:
    return replace(PAGE, fields={**PAGE.fields, **fields})


def test_the_entries_below_its_text() -> None:
    """Those that the page names, in its order, without what is gone and what its text shows already."""
    page = _page(draws_in={"groups": ["b", "a"], "resources": ["c", "gone"]})
    entries = ("groups/a", "groups/b", "resources/c")
    assert page.draws_in == ("groups/b", "groups/a", "resources/c", "resources/gone")
    assert present_page(page, ["groups/a"], entries, TODAY).drawn_in == ("groups/b", "resources/c")


@pytest.mark.parametrize(
    ("months", "risk"), [(6, "It speaks of law or safety"), (12, "Contacts, funds"), (24, "Parts of it may")]
)
def test_notices(months: int, risk: str) -> None:
    """A page past its date says what that may mean; a hard topic is named."""
    old = _page(sources_checked="2020-01", review_months=months, content_note=["job-loss", "death"])
    shown = present_page(old, (), (), TODAY)
    assert shown.content_note == "this page speaks of job loss, death."
    (stale,) = shown.notices
    assert stale.title == "This page is past its date"
    assert stale.text.startswith(f"Its sources have not been looked at again in time. {risk}")
    assert present_page(PAGE, (), (), TODAY).notices == ()


def test_imprint() -> None:
    """Dates where they are known, and words where they are not; a stub has none."""
    facts = present_page(_page(sources_checked="2026-10"), (), (), TODAY).imprint
    assert [(fact.label, fact.text) for fact in facts] == [
        *(("Sources checked", "October 2026"), ("Reviewed", "Not yet reviewed by a person in the field")),
        *(("Look at again by", "October 2028"), ("License", "CC BY-NC-SA 4.0")),
    ]
    assert present_page(replace(PAGE, is_stub=True), (), (), TODAY).imprint == ()
