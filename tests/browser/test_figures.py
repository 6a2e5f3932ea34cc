"""Every drawing on its page in a real browser: letters large enough, inside the sheet, and never over one another."""

import pytest
from playwright.sync_api import Browser

from site_under_test import BuiltSite, script
from world import PROJECT

NAMES = sorted(file.stem for file in (PROJECT / "content" / "images").glob("*.svg"))


@pytest.fixture(scope="module")
def homes(open_site: BuiltSite) -> dict[str, str]:
    return {
        name: page.relative_to(open_site.folder).as_posix()
        for page in open_site.pages()
        for name in NAMES
        if f'id="{name}-figure-title"' in page.read_text(encoding="utf-8")
    }


@pytest.mark.parametrize("width", [320, 1280])
def test_labels(width: int, browser: Browser, open_site: BuiltSite, homes: dict[str, str]) -> None:
    """No label is under 16 px, leaves the sheet or covers another one."""
    page = browser.new_page(viewport={"width": width, "height": 780})
    faults = []
    for name in NAMES:
        page.goto(f"{open_site.address}/{homes[name]}")
        page.evaluate("document.fonts.ready.then(() => 0)")
        faults += [f"{name}: {fault}" for fault in page.evaluate(script("labels"), name)]
    page.close()
    assert faults == []
