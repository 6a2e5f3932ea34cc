"""A phone for each test: a browser of its own, 360 pixels wide, that has stored nothing yet."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from site_under_test import BuiltSite


@pytest.fixture
def visit(browser: Browser, built_site: BuiltSite) -> Iterator[Callable[..., Page]]:
    """Open a page of the site, or another address, as options of Playwright say; no script fails, no cookie is left."""
    contexts = []

    def at(address: str, *, script: bool = True, scheme: str = "light", **options: Any) -> Page:
        known: dict[str, Any] = {"viewport": {"width": 360, "height": 780}, "reduced_motion": "reduce", **options}
        contexts.append(browser.new_context(java_script_enabled=script, color_scheme=scheme, **known))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.goto(address if ":" in address else f"{built_site.address}/{address}")
        return page

    yield at
    for context in contexts:
        assert context.cookies() == []
        context.close()
