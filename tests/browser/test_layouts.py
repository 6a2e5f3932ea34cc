"""Every layout in a real browser: accessible, quiet, without requests elsewhere, and never wider than the screen."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from axe_under_test import violations_on
from layouts import NAMES, file_of
from site_under_test import ROOT, BuiltSite, build
from world import World, host_facts

WIDTHS = (320, 360, 768, 1280)
IN_TURN = (((360, "light"), (1280, "dark")), ((360, "dark"), (1280, "light")))
"""Each layout is seen at both widths and in both schemes; which belong together changes from layout to layout."""


@pytest.fixture
def visited(
    browser: Browser, built_site: BuiltSite, request: pytest.FixtureRequest
) -> Iterator[tuple[Page, list[str]]]:
    """The page of a layout, opened at a width and in a colour scheme; and every complaint that opening it caused."""
    name, width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 780},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on(
        "console",
        lambda said: complaints.append(f"console: {said.text}") if said.type in ("error", "warning") else None,
    )
    page.on(
        "request",
        lambda sent: complaints.append(f"request elsewhere: {sent.url}") if _elsewhere(sent.url, built_site) else None,
    )
    page.goto(f"{built_site.address}/{file_of(name, built_site.folder)}", wait_until="load")
    yield page, complaints
    context.close()


def _elsewhere(url: str, site: BuiltSite) -> bool:
    return not url.startswith((site.address, "data:"))


def _seen(name: str, width: int, scheme: str) -> object:
    return pytest.param((name, width, scheme), id=f"{name}-{width}-{scheme}")


ON_A_PHONE = [_seen(name, 360, "light") for name in NAMES]
BOTH_WAYS = [_seen(name, *way) for index, name in enumerate(NAMES) for way in IN_TURN[index % 2]]


@pytest.mark.parametrize("visited", BOTH_WAYS, indirect=True)
def test_axe_finds_nothing(visited: tuple[Page, list[str]]) -> None:
    """WCAG 2.2 A and AA, AAA contrast and best practice: no rule off, no element left out."""
    page, _ = visited
    violations = violations_on(page)
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize("visited", ON_A_PHONE, indirect=True)
def test_opening_a_page_is_quiet(visited: tuple[Page, list[str]]) -> None:
    """No script error, nothing in the console, no request to another site, no cookie, nothing stored."""
    page, complaints = visited
    page.wait_for_load_state("networkidle")
    assert not complaints, complaints
    assert page.context.cookies() == []
    stored = page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage)])")
    assert json.loads(stored) == [[], []]


@pytest.mark.parametrize("visited", ON_A_PHONE, indirect=True)
def test_nothing_is_wider_than_the_screen(visited: tuple[Page, list[str]]) -> None:
    """No page scrolls sideways, down to 320 CSS pixels (which is 400 % zoom on a wide screen)."""
    page, _ = visited
    too_wide = {}
    for screen in WIDTHS:
        page.set_viewport_size({"width": screen, "height": 780})
        width = page.evaluate("document.documentElement.clientWidth")
        reach = page.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            too_wide[screen] = f"{reach - width} px too wide"
    assert too_wide == {}


def test_a_host_that_has_set_up_everything(browser: Browser, world: World, tmp_path: Path) -> None:
    """Addresses that stand alone are large enough, nothing is wider than the screen, and axe finds nothing."""
    world.host(**host_facts("filled"))
    (world.root / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "pelicanconf.py", world.root)
    run = build(tmp_path / "out", world.root, MUTUALAID_DOWNLOADS="none", MUTUALAID_LAST_SWEEP="2027-03-04")
    assert run.returncode == 0, run.stderr
    page = browser.new_page(viewport={"width": 320, "height": 780})
    page.goto((tmp_path / "out" / "about" / "host" / "index.html").as_uri())
    small = page.evaluate(SMALL_TARGETS)
    reach = page.evaluate("document.documentElement.scrollWidth")
    violations = violations_on(page)
    page.close()
    assert (small, reach, violations) == ([], 320, [])


@pytest.mark.parametrize("visited", ON_A_PHONE, indirect=True)
def test_targets_are_large_enough(visited: tuple[Page, list[str]]) -> None:
    """Links and buttons are 44 CSS pixels high, except inside running text; boxes with their label (WCAG 2.5.5)."""
    page, _ = visited
    small = page.evaluate(SMALL_TARGETS)
    assert not small, "\n".join(small)


SMALL_TARGETS = """() => {
  const around = 'p, li, dd, td, th, figcaption, caption';
  const inText = target => target.closest(around) !== null && getComputedStyle(target).display === 'inline'
    && target.closest(around).textContent.trim() !== target.textContent.trim();
  const headline = target => target.matches('.anchor');
  return [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter(target => target.offsetParent !== null && !inText(target) && !headline(target))
    .map(target => [target, (target.matches('[type=checkbox], [type=radio]') && target.closest('label') || target)
      .getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && box.height < 44)
    .map(([target, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${target.outerHTML.slice(0, 140)}`);
}"""
