"""Chapters of e-books in a real browser: axe finds nothing, and no page is wider than a phone."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from site_under_test import BuiltSite, violations_on
from world import rows_of

OF_THE_SITE = {"region", "landmark-one-main", "scrollable-region-focusable"}
"""Rules about pages of a site: a chapter has no menus to tell from its text, and its reader scrolls by other ways."""


@pytest.fixture(scope="module")
def book(built_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    with zipfile.ZipFile(built_site.folder / "downloads/mutual-aid-at-work.epub") as archive:
        archive.extractall(folder)
    return folder / "book"


def test_chapters(visit: Callable[..., Page], book: Path) -> None:
    """One of each sort: title, contents, a page with a table, one with a drawing, a list, an exercise, the index."""
    page = visit("about:blank")
    exercise = next(book.glob("exercises-*.xhtml")).stem
    for name in (*rows_of("one-of-each", "chapters"), exercise):
        page.goto((book / f"{name}.xhtml").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        said = [fault for fault in violations_on(page) if fault.partition(":")[0] not in OF_THE_SITE]
        assert said == [], name
