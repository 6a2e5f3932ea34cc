"""Every page that was built, in a real browser: axe finds nothing, in turn at two widths and in two colour schemes."""

import subprocess

from playwright.sync_api import Browser, BrowserContext

from axe_under_test import violations_on
from layouts import NAMES, file_of
from sampling import chosen, pages_of
from site_under_test import ROOT, BuiltSite

WAYS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
SHOWN = 40


def test_axe_finds_nothing_on_any_page(browser: Browser, built_site: BuiltSite) -> None:
    """WCAG 2.2 A, AA and AAA, and best practice, on every page; no rule off, no element left out."""
    pages = [page.relative_to(built_site.folder).as_posix() for page in built_site.pages()]
    layouts = {file_of(name, built_site.folder) for name in NAMES}
    opened = chosen(pages, layouts, pages_of(_changed_files()))
    contexts = [_context(browser, width, scheme) for width, scheme in WAYS]
    faults = []
    for number, path in enumerate(opened):
        page = contexts[number % len(WAYS)].new_page()
        page.goto(f"{built_site.address}/{path}", wait_until="load")
        faults += [f"{path} {WAYS[number % len(WAYS)]}: {fault}" for fault in violations_on(page)]
        page.close()
    assert len(opened) >= len(layouts)
    assert not faults, f"{len(faults)} findings on {len(opened)} pages\n" + "\n".join(faults[:SHOWN])


def _context(browser: Browser, width: int, scheme: str) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 780},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )


def _changed_files() -> list[str]:
    """Return the files of the last commit; none where this is no repository."""
    run = subprocess.run(
        ["git", "show", "--name-only", "--format=", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return run.stdout.split()
