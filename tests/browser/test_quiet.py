"""One reader in one browser walks through a page of each layout: what the privacy page says of it is true."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route

from layouts import NAMES, file_of
from site_under_test import BuiltSite

KEPT = """async () => JSON.stringify([
  document.cookie, Object.keys(localStorage), Object.keys(sessionStorage),
  (await indexedDB.databases()).length, await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length,
])"""
UNFOLD = "document.querySelectorAll('details').forEach(part => { part.open = true })"


def test_a_walk_leaves_nothing(visit: Callable[..., Page], built_site: BuiltSite) -> None:
    """Nothing leaves the site, tells where the reader was, or is kept; no script fails, and nothing is amiss."""
    page, sent = visit("about:blank"), list[Request]()
    said: list[str] = []
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108
    page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    for name in NAMES:
        page.goto(f"{built_site.address}/{file_of(name, built_site.folder)}", wait_until="networkidle")
        page.evaluate(UNFOLD)
        page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_load_state("networkidle")
        assert (said, json.loads(page.evaluate(KEPT))) == ([], ["", [], [], 0, [], 0]), name
    assert [one.url for one in sent if not one.url.startswith((f"{built_site.address}/", "data:"))] == []
    assert {one.method for one in sent} == {"GET"}
    pages = [one for one in sent if one.resource_type == "document"]
    assert len(pages) >= len(NAMES)
    assert [one.url for one in pages if "referer" in one.all_headers()] == []


@pytest.mark.parametrize(
    ("name", "script"), [("safety", True), ("contribute", False), ("contribute/takedown", True), ("help/agents", False)]
)
def test_the_way_out(name: str, script: bool, visit: Callable[..., Page]) -> None:
    """The quick exit is in sight on a phone, wherever one has scrolled; it leads to a library and tells it nothing."""
    page = visit(f"{name}/index.html", script=script)
    told: list[dict[str, str]] = []

    def library(route: Route) -> None:
        told.append(route.request.all_headers())
        route.fulfill(body="<title>A library</title>", content_type="text/html")

    page.route("https://www.loc.gov/**", library)
    page.keyboard.press("End")
    way_out = page.get_by_role("link", name="Leave this site")
    box = way_out.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 780 and box["height"] >= 44
    limits = page.get_by_role("link", name="What this cannot hide")
    assert (limits.get_attribute("href") or "").endswith("#now")
    way_out.click()
    assert page.title() == "A library"
    assert len(told) == 1 and "referer" not in told[0]
