"""Every layout in a real browser: accessible, by keyboard alone, and never wider than the screen.

See docs/accessibility.md. That opening a page is quiet is asked of each layout in test_quiet.py.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from layouts import NAMES, file_of
from site_under_test import BuiltSite, script, violations_on

WAYS = ((360, "light"), (1280, "dark"), (360, "dark"), (1280, "light"))
"""Each layout is seen one way in `make test`, the next layout another way, and all ways in `make test-slow`.

Nothing is lost by that: `make audit` opens every page there is, and tests/project/test_theme.py computes each contrast.
"""
VIEWS = [
    pytest.param(
        (name, width, scheme),
        id=f"{name}-{width}-{scheme}",
        marks=() if number == index % len(WAYS) else pytest.mark.slow,
    )
    for index, name in enumerate(NAMES)
    for number, (width, scheme) in enumerate(WAYS)
]
ON_A_PHONE = pytest.mark.parametrize("opened", [(name, 360, "light") for name in NAMES], ids=NAMES, indirect=True)
MANY_STOPS = ("site map", "downloads")
"""Lists of hundreds of plain links, as other layouts have a dozen; Tab goes through them in `make test-slow`."""
STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']"


@pytest.fixture
def opened(visit: Callable[..., Page], built_site: BuiltSite, request: pytest.FixtureRequest) -> Page:
    name, width, scheme = request.param
    return visit(file_of(name, built_site.folder), viewport={"width": width, "height": 780}, scheme=scheme)


@pytest.mark.parametrize("opened", VIEWS, indirect=True)
def test_axe_finds_nothing(opened: Page) -> None:
    """WCAG 2.2 A and AA, AAA contrast and best practice: no rule off, no element left out."""
    assert violations_on(opened) == []


@ON_A_PHONE
def test_it_fits_a_finger_and_a_screen(opened: Page) -> None:
    """Nothing scrolls sideways at 320 CSS pixels (400 % zoom); what isn't in running text is 44 high (WCAG 2.5.5)."""
    assert opened.evaluate(script("small-targets")) == []
    cut_off = "tables => tables.filter(table => table.scrollWidth > table.clientWidth).map(table => table.innerText)"
    assert opened.locator("main .table:not(.printable *)").evaluate_all(cut_off) == []
    too_wide = {}
    for screen in (320, 360, 768, 1280):
        opened.set_viewport_size({"width": screen, "height": 780})
        width, reach = opened.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollWidth]")
        if reach > width:
            too_wide[screen] = f"{reach - width} px too wide"
    assert too_wide == {}


def test_a_host_that_has_set_up_everything(visit: Callable[..., Page], open_site: BuiltSite) -> None:
    page = visit(f"{open_site.address}/about/host/index.html", viewport={"width": 320, "height": 780})
    assert (page.evaluate(script("small-targets")), violations_on(page)) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(
    "opened",
    [
        pytest.param((name, 360, "light"), id=name, marks=pytest.mark.slow if name in MANY_STOPS else ())
        for name in NAMES
    ],
    indirect=True,
)
def test_tab_goes_through_everything(opened: Page) -> None:
    """From the skip link to the end in the order of reading, each stop in sight, with its outline, under nothing."""
    stops: list[dict[str, Any]] = []
    for _ in range(opened.locator(STOPS).count() + 9):
        opened.keyboard.press("Tab")
        here = opened.evaluate(script("stop"))
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


@ON_A_PHONE
def test_a_screen_reader_finds_its_way(opened: Page) -> None:
    tree = opened.locator("html").aria_snapshot()
    assert re.findall(r"heading \"[^\"]*Link to this", tree) == []
    kinds = re.findall(
        r"^\s*- '?(banner|main|contentinfo|navigation|region|complementary|search)(.*?)'?:?$", tree, re.M
    )
    assert [each for each, count in Counter(kinds).items() if count > 1] == []
    assert [each for each in kinds if each[0] in ("navigation", "region") and not each[1]] == []
    assert len(kinds) <= 20, kinds
    links = re.findall(r"link(?: \"((?:[^\"\\]|\\.)*)\")?(?: \[[^]]*\])*'?:", tree)
    vague = {"", "here", "click here", "more", "read more", "learn more", "link", "this page"}
    assert [name for name in links if name.strip().lower() in vague] == []
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.wait_for_url(lambda url: url.endswith("#main"))
    opened.keyboard.press("Tab")
    order = "document.querySelector('main').compareDocumentPosition(document.activeElement)"
    ahead = f"({order} & Node.DOCUMENT_POSITION_FOLLOWING) > 0"
    is_end = "document.activeElement.matches('body, .skip')"  # A sheet has nothing to stop at after its head.
    assert opened.evaluate(f"{is_end} || {ahead}"), "the next stop lies in the main part, or after it"


@pytest.mark.parametrize("opened", [("collection as rows", 360, "light")], indirect=True)
def test_the_menu_opens_in_place(opened: Page) -> None:
    menu = opened.locator(".menu")
    expect(menu.get_by_role("link", name="Resources")).to_be_hidden()
    menu.locator("summary").press("Enter")
    opened.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    for name in ("The guide", "Exercises", "Examples", "Resources", "Groups and funds", "Contribute"):
        expect(menu.get_by_role("link", name=name, exact=True)).to_be_in_viewport()
