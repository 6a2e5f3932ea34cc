"""Long lists: pages of 200 rows, one script with all rows whatever is chosen."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from site_under_test import built
from world import checkout_of

MADE = 250
HEAVIEST = 150_000


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with 250 made-up resources beside the real ones, each about as long as they come."""
    checkout = checkout_of(tmp_path_factory.mktemp("long"))
    folder = checkout / "submissions" / "resources"
    text = (folder / "1-2-4-all.yaml").read_text(encoding="utf-8")
    for number in range(MADE):
        own = re.sub(r"(?m)^slug: .*", f"slug: made-up-{number}", text)
        own = re.sub(r"(?m)^title: .*", f"title: Made-up work number {number}, with a title of some length", own)
        own = re.sub(r"https?://\S+", f"https://www.example.org/{number}", own)
        (folder / f"made-up-{number}.yaml").write_text(own, encoding="utf-8")
    return built(checkout / "output", checkout, MUTUALAID_DOWNLOADS="none").folder


def test_no_page_of_a_long_list_is_heavy(long_site: Path) -> None:
    """Each row is on one plain page and once in the script; no list is over 150 kB; a guide page names 24 of a kind."""
    pages = [long_site / "resources" / "index.html", *sorted((long_site / "resources").glob("page-*/index.html"))]
    rows = sum(page.read_text(encoding="utf-8").count("data-held") for page in pages)
    (script,) = (long_site / "theme" / "js").glob("rows-*.js")
    told = json.loads(script.read_text(encoding="utf-8").removeprefix("globalThis.listRows="))
    assert len(pages) == 2 and rows == len(told) > MADE and script.name in pages[0].read_text(encoding="utf-8")
    lists = [*pages, *(long_site / "resources").rglob("topic/**/index.html")]
    lists += [*long_site.glob("changes/**/index.html"), *long_site.glob("site-map/**/index.html")]
    assert {page.relative_to(long_site).as_posix() for page in lists if page.stat().st_size > HEAVIEST} == set()
    guide = [page.read_text(encoding="utf-8") for page in long_site.glob("guide/*/index.html")]
    assert max(text.count("/made-up-") for text in guide) <= 24 and "among all resources" in "".join(guide)
    assert 'href="page-2/index.html"' in (long_site / "changes" / "index.html").read_text(encoding="utf-8")


def test_narrowing_a_long_list(long_site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto((long_site / "resources" / "index.html").as_uri())
    assert not [name for name in asked if name.startswith("rows-")]
    rows, heading = page.locator("[data-list] > li"), page.locator(".count h2")
    assert rows.count() == 200
    medium = page.locator("[data-facet=medium]").get_by_role("button", name="Exercise by others")
    medium.click()
    expect(heading).to_contain_text("Exercise by others")
    assert len([name for name in asked if name.startswith("rows-")]) == 1
    total = int(heading.locator("b").inner_text())
    assert total > MADE and rows.count() == 50
    page.get_by_role("button", name="Show 50 more").click()
    assert rows.count() == 100
    page.locator("[data-facet=access] .choice:visible").last.click()
    assert len([name for name in asked if name.startswith("rows-")]) == 1
    page.get_by_role("button", name="Show all").click()
    expect(rows).to_have_count(200)
    page.goto((long_site / "resources" / "page-2" / "index.html").as_uri())
    page.locator("[data-facet=medium] a").first.click()
    expect(heading).to_contain_text("Medium:")
    page.close()
