"""Chapters of e-books in a real browser: axe finds nothing, and no page is wider than a phone."""

import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_under_test import BuiltSite

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_THE_SITE = {"region", "landmark-one-main", "scrollable-region-focusable"}
"""Rules about pages of a site: a chapter has no menus to tell from its text, and its reader scrolls by other ways."""
CHAPTERS = (
    "title",
    "nav",
    "safety",
    "guide-agree-how-you-work",
    "guide-define-your-community",
    "exercises",
    "index-of-entries",
    "guide",
)


@pytest.fixture(scope="module")
def book(built_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole work, unpacked."""
    folder = tmp_path_factory.mktemp("book")
    with zipfile.ZipFile(built_site.folder / "downloads/mutual-aid-at-work.epub") as archive:
        archive.extractall(folder)
    return folder / "book"


def test_chapters(browser: Browser, book: Path) -> None:
    """One of each sort: title, contents, a page with a table, one with a drawing, a list, an exercise, the index."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    exercise = next(book.glob("exercises-*.xhtml")).stem
    for name in (*CHAPTERS, exercise):
        page.goto((book / f"{name}.xhtml").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        page.add_script_tag(path=AXE)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
        said = [one for one in found["violations"] if one["id"] not in OF_THE_SITE]
        brief = [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in said]
        assert said == [], f"{name}: {json.dumps(brief, indent=1)}"
    context.close()
