"""Every layout by keyboard alone and as its accessibility tree, on a phone; see docs/accessibility.md."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from layouts import NAMES, file_of
from site_under_test import BuiltSite

STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']"
LANDMARK = r"^\s*- '?(banner|main|contentinfo|navigation|region|complementary|search|form)(.*?)'?:?$"
HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const ring = each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const target = ring(one) ? one : one.closest('label') ?? one;
  const box = [...target.getClientRects()].find(each => each.width && each.height) ?? target.getBoundingClientRect();
  const style = getComputedStyle(target), room = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
  // A browser brings the line to type on into sight, not the whole box; and a frame may be taller than a phone.
  const height = one.matches('textarea') ? 44 : Math.min(box.height, innerHeight - 2 * room) + room;
  const down = Math.min(Math.max(box.y + Math.min(height, box.height) / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(box.x + box.width / 2, down);
  const is_tall = box.height + 2 * room > innerHeight;
  return {
    place: [...document.querySelectorAll('*')].indexOf(one),
    words: `${one.tagName} ${(one.getAttribute('aria-label') || one.innerText || one.id).trim().slice(0, 60)}`,
    has_ring: ring(target),
    is_whole: is_tall || one.matches('.skip') || box.top - room >= 0 && box.top + height <= innerHeight,
    is_clear: target.contains(top) || top !== null && top.contains(target),
  };
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page 360 pixels wide, with script."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(params=NAMES)
def layout(phone: Page, built_site: BuiltSite, request: pytest.FixtureRequest) -> Page:
    """A page of each layout, just opened."""
    phone.goto(f"{built_site.address}/{file_of(request.param, built_site.folder)}", wait_until="load")
    return phone


def test_tab_goes_through_everything(layout: Page) -> None:
    """From the skip link to the end in the order of reading, each stop in sight, with its outline, under nothing."""
    stops: list[dict[str, Any]] = []
    for _ in range(layout.locator(STOPS).count() + 9):
        layout.keyboard.press("Tab")
        here = layout.evaluate(HERE)
        if here is None:
            break
        if not stops or here["place"] != stops[-1]["place"]:  # A field for a time has a stop for each of its parts.
            stops.append(here)
    else:
        pytest.fail(f"Tab never left the page: {stops[-3:]}")
    assert stops and stops[0]["words"] == "A Skip to the page"
    assert [stop["place"] for stop in stops] == sorted({stop["place"] for stop in stops})
    amiss = [stop for stop in stops if not (stop["has_ring"] and stop["is_whole"] and stop["is_clear"])]
    assert amiss == []


def test_the_skip_link_skips(layout: Page) -> None:
    """The first stop leads past what each page begins with: the next stop lies in the main part, or after it."""
    layout.keyboard.press("Tab")
    layout.keyboard.press("Enter")
    layout.wait_for_url(lambda url: url.endswith("#main"))
    layout.keyboard.press("Tab")
    order = "document.querySelector('main').compareDocumentPosition(document.activeElement)"
    ahead = f"({order} & Node.DOCUMENT_POSITION_FOLLOWING) > 0"
    is_end = "document.activeElement.matches('body, .skip')"  # A sheet has nothing to stop at after its head.
    assert layout.evaluate(f"{is_end} || {ahead}")


def test_the_tree_reads_well(layout: Page) -> None:
    """One h1, no level left out, landmarks of a kind told apart, links and headings named once and by words."""
    tree = layout.locator("html").aria_snapshot()
    headings = re.findall(r"heading \"((?:[^\"\\]|\\.)*)\".*?\[level=(\d)\]", tree)
    levels = [int(level) for _, level in headings]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [name for name, _ in headings if "Link to this" in name] == []
    kinds = re.findall(
        r"^\s*- '?(banner|main|contentinfo|navigation|region|complementary|search)(.*?)'?:?$", tree, re.M
    )
    assert [each for each, count in Counter(kinds).items() if count > 1] == []
    assert [each for each in kinds if each[0] in ("navigation", "region") and not each[1]] == []
    assert len(kinds) <= 20, kinds
    links = re.findall(r"link(?: \"((?:[^\"\\]|\\.)*)\")?(?: \[[^]]*\])*'?:", tree)
    vague = {"", "here", "click here", "more", "read more", "learn more", "link", "this page"}
    assert [name for name in links if name.strip().lower() in vague] == []


def test_the_menu_opens_in_place(phone: Page, built_site: BuiltSite) -> None:
    """“Menu” opens a list over the page, without script; Tab goes on into it, and each kind of entry is in it."""
    phone.goto(f"{built_site.address}/groups/index.html")
    menu = phone.locator(".menu")
    expect(menu.get_by_role("link", name="Resources")).to_be_hidden()
    menu.locator("summary").press("Enter")
    phone.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    for name in ("The guide", "Exercises", "Examples", "Resources", "Groups and funds", "Contribute"):
        expect(menu.get_by_role("link", name=name, exact=True)).to_be_in_viewport()
