"""Every page that was built, in a real browser: axe finds nothing, in turn at two widths and in two colour schemes."""

from itertools import cycle

from playwright.sync_api import Browser

from site_under_test import BuiltSite, violations_on

SHOWN = 40


def test_axe_finds_nothing_on_any_page(browser: Browser, built_site: BuiltSite) -> None:
    """WCAG 2.2 A, AA and AAA, and best practice, on every page; no rule off, no element left out."""
    contexts = [
        browser.new_context(
            viewport={"width": width, "height": 780},
            color_scheme="dark" if is_dark else "light",
            reduced_motion="reduce",
        )
        for width in (360, 1280)
        for is_dark in (False, True)
    ]
    faults = []
    moved = 'http-equiv="refresh"'  # such a page is left before it can be looked at
    there = [file for file in built_site.pages() if moved not in file.read_text(encoding="utf-8")]
    for file, context in zip(there, cycle(contexts), strict=False):
        path = file.relative_to(built_site.folder).as_posix()
        page = context.new_page()
        page.goto(f"{built_site.address}/{path}")
        faults += [f"{path} {page.viewport_size}: {fault}" for fault in violations_on(page)]
        page.close()
    assert not faults, f"{len(faults)} findings\n" + "\n".join(faults[:SHOWN])
