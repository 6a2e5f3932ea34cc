"""The readers' tasks, done as they would do them: by a phone 360 px wide, with and without script."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from site_under_test import BuiltSite

PHONE: ViewportSize = {"width": 360, "height": 740}
NARROW: ViewportSize = {"width": 320, "height": 740}
"""400 % zoom of a screen 1280 px wide."""
LIGHT_ENOUGH = 100_000
PACKED = (".woff2", ".png", ".zip", ".pdf", ".epub")


@dataclass
class Visit:
    """A page on a phone, and every address that was asked for since it was opened."""

    page: Page
    site: BuiltSite
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a page of the site."""
        self.page.goto(f"{self.site.address}/{path}", wait_until="networkidle")

    def follow(self, words: str) -> None:
        """Tap the link of the main part whose words begin with `words`."""
        self.page.locator("main a", has_text=words).first.click()
        self.page.wait_for_load_state("networkidle")

    def asked_elsewhere(self) -> list[str]:
        """Return every address that was asked for and is not the site's own."""
        return [address for address in self.asked if not address.startswith((self.site.address, "data:"))]

    def moved(self) -> int:
        """Return the bytes of the site that were asked for, text compressed as every common server does it."""
        files = {self.site.folder / unquote(urlsplit(address).path).lstrip("/") for address in self.asked}
        return sum(_weight(file) for file in files if file.is_file())

    def kept(self) -> list[object]:
        """Return cookies and the keys of whatever the pages stored."""
        stores = "JSON.stringify([...Object.keys(localStorage), ...Object.keys(sessionStorage)])"
        return [*self.page.context.cookies(), *json.loads(self.page.evaluate(stores))]


def _weight(file: Path) -> int:
    contents = file.read_bytes()
    return len(contents if file.suffix in PACKED else gzip.compress(contents))


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visit(browser: Browser, built_site: BuiltSite, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A reader's visit, once with script and once without."""
    context = browser.new_context(
        viewport=PHONE, java_script_enabled=request.param, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    one = Visit(page, built_site)
    page.on("request", lambda request: one.asked.append(request.url))
    yield one
    context.close()


def test_ten_quiet_minutes_on_a_phone(visit: Visit) -> None:
    """T1: from home by way of safety to the first page of the guide in four taps, light, and leaving nothing behind."""
    visit.open("index.html")
    notice = visit.page.locator("main a[href='safety/index.html']").first.bounding_box()
    assert notice and notice["y"] + notice["height"] <= PHONE["height"], "safety is not on the first screen"
    visit.follow("Read the safety page first")
    assert visit.page.url.endswith("/safety/index.html")
    visit.follow("Continue to")
    assert visit.page.url.endswith("/guide/jumping-into-mutual-aid/index.html")
    assert visit.page.locator("#ten-minutes").count() == 1
    assert visit.asked_elsewhere() == []
    assert visit.kept() == []
    for address in ("safety/index.html", "guide/jumping-into-mutual-aid/index.html"):
        visit.asked.clear()
        visit.open(address)
        assert 0 < visit.moved() <= LIGHT_ENOUGH, f"{address}: {visit.moved()} bytes"
        visit.page.set_viewport_size(NARROW)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        visit.page.set_viewport_size(PHONE)


def test_continue_to_is_reached_by_keyboard(visit: Visit) -> None:
    """T1: Tab comes to “Continue to”, and it is seen then: on the screen, covered by nothing, with an outline."""
    visit.open("guide/jumping-into-mutual-aid/index.html")
    onward = visit.page.locator("a.onward").first
    for _ in range(visit.page.locator("a, summary, button, input").count()):
        visit.page.keyboard.press("Tab")
        if onward.evaluate("link => link === document.activeElement"):
            break
    else:
        pytest.fail("Tab never came to “Continue to”.")
    seen = onward.evaluate(
        """link => {
          const box = link.getBoundingClientRect(), style = getComputedStyle(link);
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return {inside: box.top >= 0 && box.bottom <= innerHeight, clear: link.contains(top),
                  outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
        }"""
    )
    assert seen == {"inside": True, "clear": True, "outline": True}
