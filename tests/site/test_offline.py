"""The copy for a disk: whole in itself, within its size, and silent."""

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from mutualaid.site.offline import FOLDER, NOT_HERE, PATH
from site_under_test import BuiltSite
from world import real_kinds, rows_of

LEFT_OUT = re.compile(rf".{{4}}{re.escape(NOT_HERE)}")


@pytest.fixture(scope="module")
def copy(built_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    with zipfile.ZipFile(built_site.folder / PATH) as archive:
        archive.extractall(folder)
    return folder / FOLDER


def test_what_is_in_it(built_site: BuiltSite, copy: Path) -> None:
    """Every page that a reader may come to, with handouts and data; no book, feed or document; and it is light."""
    assert (built_site.folder / PATH).stat().st_size <= 6_000_000
    pages = {file.relative_to(built_site.folder).as_posix() for file in built_site.folder.rglob("index.html")}
    there = {file.relative_to(copy).as_posix() for file in copy.rglob("*") if file.is_file()}
    assert pages <= there
    assert not {name for name in there if name.endswith((".epub", ".zip", ".docx", "feed.xml", "404.html"))}
    assert any(name.endswith("-handout.pdf") for name in there) and "data/groups.csv" in there
    assert {name for name in there if "/" not in name} == {"README.txt", "index.html"}
    words = (copy / "README.txt").read_text(encoding="utf-8")
    assert "index.html" in words and "CC BY-NC-SA 4.0" in words and "Mutual Aid" not in words
    licenses = {file.name for file in (built_site.folder / "theme/fonts").glob("*.txt")}
    assert {file.name for file in (copy / "licenses").iterdir()} == licenses


def test_every_link_leads_to_a_file_of_the_copy(copy: Path) -> None:
    """Links, scripts, styles and icons alike, and each fragment to an element; a link to what is not there is words."""
    assert BuiltSite(copy).broken_links() == []
    left_out = [link for page in BuiltSite(copy).pages() for link in LEFT_OUT.findall(page.read_text(encoding="utf-8"))]
    assert left_out and not [words for words in left_out if words.endswith("</a>")]


def test_it_opens_from_a_disk(browser: Browser, copy: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, offline=True)
    page, said, asked = context.new_page(), list[str](), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("requestfailed", lambda sent: said.append(f"{sent.failure}: {sent.url}"))
    sheet = next(copy.glob("exercises/*/sheet/index.html")).relative_to(copy).as_posix()
    for name in (*rows_of("one-of-each", "opened"), sheet):
        page.goto((copy / name).as_uri(), wait_until="load")
        fonts = page.evaluate("document.fonts.ready.then(all => [...all].filter(one => one.status == 'loaded').length)")
        assert fonts >= 2, name
        assert "Atkinson" in page.evaluate("getComputedStyle(document.body).fontFamily")
    page.goto((copy / "guide/define-your-community/index.html").as_uri())
    box = page.locator("figure.figure svg").first.bounding_box()
    assert box is not None and box["width"] > 200
    page.goto((copy / "index.html").as_uri())
    page.get_by_role("link", name="Exercises").first.click()
    assert page.url.endswith("/exercises/index.html")
    context.close()
    # Requests that the browser breaks off because the test goes on are no fault of the copy.
    assert [words for words in said if not words.startswith("net::ERR_ABORTED")] == []
    files = {url.partition("#")[0] for url in asked if not url.startswith("data:")}
    assert files and all(url.startswith(copy.as_uri() + "/") for url in files)
    assert [url for url in files if not (copy / unquote(url.removeprefix(copy.as_uri() + "/"))).is_file()] == []


def test_its_scripts_work(browser: Browser, copy: Path) -> None:
    page, asked = browser.new_page(), list[str]()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto((copy / "search/index.html").as_uri())
    page.get_by_label("Words to look for").fill("strike fund")
    page.keyboard.press("Enter")
    expect(page.locator(".findings li").first).to_be_visible()
    page.goto((copy / "groups/index.html").as_uri())
    page.locator("[data-facet] button").first.click()
    expect(page.locator(".count h2")).to_contain_text(" of ")
    for kind in real_kinds():
        page.goto((copy / "contribute/draft" / kind / "index.html").as_uri())
        page.locator("#f-title").fill("Write to jo@example.org")
        expect(page.locator("[data-part=understood] dd")).to_have_text("Write to jo@example.org")
        expect(page.locator("[data-part=findings] mark")).to_have_text("jo@example.org")
    page.goto((copy / "exercises/kit/index.html").as_uri())
    page.locator(".kit-picks input").first.check()
    page.get_by_role("button", name="Sheet to lead from").click()
    expect(page.locator(".kit-sheet")).to_contain_text("To say")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()
