"""Every drawing on its page in a real browser: letters large enough, inside the sheet, and never over one another."""

import pytest
from playwright.sync_api import Browser

from site_under_test import BuiltSite
from world import PROJECT

NAMES = sorted(file.stem for file in (PROJECT / "content" / "images").glob("*.svg"))
LEAST = 16
# Labels in pixels, measured against their sheet. A line of type is higher than its letters, so two may touch a little.
LOOK = """name => {
  const svg = document.getElementById(`${name}-figure-title`).parentNode, sheet = svg.getBoundingClientRect()
  const labels = [...svg.querySelectorAll('text')].map(text => ({ words: text.textContent,
    size: parseFloat(getComputedStyle(text).fontSize) * sheet.width / svg.viewBox.baseVal.width,
    box: text.getBoundingClientRect() }))
  const small = labels.filter(({ size }) => size < LEAST).map(({ words, size }) => `${words}: ${size} px`)
  const out = labels.filter(({ box }) => box.left < sheet.left || box.right > sheet.right
    || box.top < sheet.top - 1 || box.bottom > sheet.bottom + 1).map(({ words }) => `${words}: off the sheet`)
  const over = labels.flatMap((one, index) => labels.slice(index + 1).filter(({ box }) =>
    Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left) > 1 &&
    Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top) > 0.35 * one.size
  ).map(({ words }) => `${one.words}: over ${words}`))
  return [...small, ...out, ...over]
}""".replace("LEAST", str(LEAST))


@pytest.fixture(scope="module")
def homes(open_site: BuiltSite) -> dict[str, str]:
    """The page that shows each figure."""
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
        faults += [f"{name}: {fault}" for fault in page.evaluate(LOOK, name)]
    page.close()
    assert faults == []
