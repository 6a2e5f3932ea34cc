"""The readers' tasks, done as they would do them: by a phone 360 px wide, with and without script."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pypdf import PdfReader

from lanes import sample
from site_under_test import BuiltSite

STORED = "JSON.stringify([...Object.keys(localStorage), ...Object.keys(sessionStorage)])"
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass
class Visit:
    """A page on a phone, and every address that was asked for since it was opened."""

    page: Page
    site: BuiltSite
    script: bool
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site.address}/{path}", wait_until="networkidle")

    def follow(self, words: str) -> None:
        self.page.locator("main a", has_text=words).first.click()
        self.page.wait_for_load_state("networkidle")

    def choose(self, words: str) -> None:
        if not self.page.locator(".facets h3").first.is_visible():
            self.page.locator(".facets summary").click()
        self.page.locator(".facets").get_by_role("button" if self.script else "link", name=words).click()
        self.page.wait_for_load_state("networkidle")

    def rows(self) -> list[str]:
        links = self.page.locator("main h3 a").filter(visible=True).all()
        return [urlsplit(link.evaluate("link => link.href")).path.lstrip("/") for link in links]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visit(visit: Callable[..., Page], built_site: BuiltSite, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A reader's visit, once with script and once without; it asks nobody else, and leaves nothing."""
    page = visit("index.html", script=request.param, viewport=PHONE, has_touch=True)
    one = Visit(page, built_site, request.param)
    page.on("request", lambda request: one.asked.append(request.url))
    yield one
    ours = (built_site.address, one.site.address, "data:")  # the icon of the first page may be asked for late
    assert [address for address in one.asked if not address.startswith(ours)] == []
    assert json.loads(page.evaluate(STORED)) == []


def test_ten_quiet_minutes_on_a_phone(visit: Visit) -> None:
    """T1: from home by way of safety to the first page of the guide in two taps; its step is on paper too."""
    visit.open("index.html")
    notice = visit.page.locator("main a[href='safety/index.html']").first.bounding_box()
    assert notice and notice["y"] + notice["height"] <= PHONE["height"], "safety is not on the first screen"
    visit.follow("Read the safety page first")
    assert visit.page.url.endswith("/safety/index.html")
    visit.follow("Continue to")
    assert visit.page.url.endswith("/paths/new-here/jumping-into-mutual-aid/index.html")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator("#ten-minutes + p")).to_be_visible()


def test_laid_off_today(visit: Visit) -> None:
    """T6: in two taps from home to five first steps, a minute of reading for a slow reader; then the law, and money."""
    visit.open("index.html")
    visit.follow("What now?")
    visit.follow("I’m losing work")
    assert visit.page.url.endswith("/help/work/index.html")
    steps = visit.page.locator("main .body ol > li").all_inner_texts()
    assert len(steps) == 5
    assert sum(len(step.split()) for step in steps) <= 150, "more than 60 seconds at 150 words a minute"
    visit.follow("which law")
    visit.page.locator(".body a[href='#private']").first.click()
    expect(visit.page.locator("#private")).to_be_in_viewport()
    visit.open("help/work/index.html")
    visit.follow("where to ask")
    expect(visit.page.locator("main", has_text="We know of").locator("#answers")).to_be_visible()


def _pages_on_paper(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def _whole(text: str) -> str:
    return " ".join(text.split())


def test_lead_an_exercise_on_paper(visit: Visit) -> None:
    """T2: from the exercises by time to notes for whoever leads, and to a sheet for everybody, on paper."""
    visit.open("exercises/index.html")
    total = len(visit.rows())
    visit.choose("Up to 45 minutes")
    short = visit.rows()
    expect(visit.page.locator(".count h2")).to_contain_text(f"{len(short)} of {total} exercises")
    assert 0 < len(short) < total
    card = visit.page.locator("main .card").filter(visible=True).first
    facts = _whole(card.locator("dl").inner_text())
    most = int(re.findall(r"(\d+) min", facts)[0])
    assert most <= 45 and "People" in facts
    card.locator("h3 a").click()
    visit.follow("Lead")
    steps = [int(text.split()[0]) for text in visit.page.locator(".steps .minutes").all_inner_texts()]
    expect(visit.page.locator("[data-shape=steps]")).to_contain_text(f"{len(steps)} steps, {sum(steps)} minutes in all")
    assert sum(steps) == most
    notes = [_whole(note) for note in visit.page.locator(".lead-note p").all_inner_texts()]
    notes = [note for note in notes if note != "To lead"]
    assert notes
    title = visit.page.locator("h1").inner_text()
    assert _pages_on_paper(visit.page) > 0
    visit.follow("Sheet to write on")
    sheet = _whole(visit.page.locator("body").inner_text())
    assert title in sheet
    assert [note for note in notes if note in sheet] == []
    assert 1 <= _pages_on_paper(visit.page) <= 2


@pytest.mark.property
def test_every_sheet_is_two_pages_at_most(browser: Browser, built_site: BuiltSite) -> None:
    """T2: whichever exercise is led, what is handed out fits one sheet of paper; a commit draws eight of them."""
    page = browser.new_page()
    sheets = sorted(built_site.folder.glob("exercises/*/sheet/index.html"))
    for file in sample(sheets, 8):
        page.goto(f"{built_site.address}/{file.relative_to(built_site.folder).as_posix()}")
        assert 1 <= _pages_on_paper(page) <= 2, file.parent.parent.name
    page.close()


def test_share_without_exposing_anyone(visit: Visit, open_site: BuiltSite) -> None:
    """T4: from Contribute to a draft; what points to somebody is named, then gone; it leaves as text or on paper."""
    visit.site = open_site
    page = visit.page
    visit.open("contribute/index.html")
    visit.follow("draft page")
    visit.follow("Share an example")
    assert str(page.locator("main a[href^='mailto:']").first.get_attribute("href")).startswith("mailto:private@")
    if not visit.script:
        page.locator(".leave-these summary").click()
        expect(page.locator(".leave-these li").first).to_be_visible()
        assert 1 <= _pages_on_paper(page) <= 4
        visit.follow("how to send it on paper")
        expect(page.locator("#write + p")).to_be_visible()
        return
    page.locator("#f-title").fill("A board for swapping shifts")
    for story, count in (("Ana Lopez put up a board.", 1), ("Somebody put up a board.", 0)):
        page.locator("#f-what_was_done").fill(story)
        expect(page.locator("[data-part=findings] li")).to_have_count(count)
    page.get_by_label("Told by somebody who was there").check()
    for box in page.locator("[name=consents]").all():
        box.check()
    expect(page.locator("[data-part=problems] li")).to_have_count(0)
    expect(page.get_by_label("The whole text")).to_have_value(re.compile("Somebody put up a board"))


def _leads_to_an_exercise(visit: Visit, row: str) -> bool:
    near = (visit.site.folder / row).read_text(encoding="utf-8").partition('id="own-near"')[2]
    return "/exercises/" in near.partition("</section>")[0]


def _like_mine(visit: Visit) -> None:
    """Come from the home page to an example in three taps or fewer: by search, and without script by a facet."""
    visit.open("index.html")
    if visit.script:
        visit.page.get_by_role("navigation", name="Site").get_by_role("link", name="Search").click()
        visit.page.get_by_label("Words to look for").fill("strike fund")
        visit.page.keyboard.press("Enter")
        expect(visit.page.get_by_role("status")).to_contain_text("results for")
    else:
        visit.follow("Examples")
        visit.choose("Museum")
    like = next(row for row in visit.rows() if row.startswith("examples/") and _leads_to_an_exercise(visit, row))
    visit.page.locator(f"main h3 a[href*='{Path(like).parent.name}/']").filter(visible=True).first.click()
    visit.page.wait_for_load_state("networkidle")


def test_find_a_case_judge_it_cite_it(visit: Visit) -> None:
    """T3: a case like mine in three taps; what is reported of it and what is not; related; citable."""
    _like_mine(visit)
    page = visit.page
    expect(page.locator(".entry-head .tab")).to_have_text("Example")
    said = page.locator("main section", has=page.get_by_role("heading", name="What is not reported", exact=True))
    assert re.search(r"We (don’t know|looked for) ", _whole(said.inner_text()))
    reviewed = page.locator("aside div", has=page.locator("dt", has_text="Reviewed"))
    assert _whole(reviewed.locator("dd").inner_text())
    _cited(visit)
    exercise = page.locator(".near .card", has=page.locator(".tab", has_text="Exercise"))
    title = exercise.locator("h3").inner_text()
    exercise.locator("h3 a").click()
    expect(page.locator("h1")).to_have_text(title)
    _cited(visit)
    assert {urlsplit(address).query.partition("=")[0] for address in visit.asked} <= {"", "ts"}, "a query was sent"
    assert [address for address in visit.asked if "strike" in urlsplit(address).query] == []


def _cited(visit: Visit) -> None:
    """Open “Cite this”: in words and for a program it has the license, and where the page is."""
    page = visit.page
    path = urlsplit(page.url).path.removesuffix("index.html")
    terms = page.locator("aside .facts > div", has=page.locator("dt", has_text="License of this text"))
    page.locator(".cite summary").click()
    for whole in (page.locator(".cite p"), page.locator(".cite pre")):
        assert terms.locator("dd").inner_text() in _whole(whole.inner_text())
        assert path in whole.inner_text()


def test_an_example_in_zotero(visit: Visit, open_site: BuiltSite) -> None:
    """T10: its button reads title, author, month and address from the page; two taps on are files with the same."""
    visit.site = open_site
    page = visit.page
    visit.open("examples/pay-sheet-before-a-union/index.html")
    read = page.locator("meta[name^=citation_]").evaluate_all("all => all.map(one => [one.name.slice(9), one.content])")
    named = dict(read)
    assert named["title"] == page.locator("h1").inner_text() and re.match(r"20\d\d/\d\d$", named["publication_date"])
    assert named["public_url"] == "https://example.org/guide/examples/pay-sheet-before-a-union/"
    page.locator(".cite summary").click()
    page.locator(".cite a", has_text="Files for Zotero").click()
    items = json.loads(page.request.get(_there(page, "entries.csl.json")).text())
    (item,) = (one for one in items if one.get("URL") == named["public_url"])
    author = named["author"].replace("\xa0", " ").removesuffix(",")  # a comma behind tells Zotero that it is a body
    assert (item["title"], item["author"]) == (named["title"], [{"literal": author}])
    entry = page.request.get(_there(page, "entries.bib")).text().partition(f"url = {{{named['public_url']}}}")[0]
    assert f"title = {{{{{named['title']}}}}}" in entry.rpartition("@misc")[2]


def _there(page: Page, file: str) -> str:
    return str(page.locator(f"main a[href$='{file}']").first.evaluate("link => link.href"))


def test_the_whole_as_e_book_and_as_book(visit: Visit) -> None:
    """T11: one tap from home; both have the same parts in the same order, and no chapter of the contents is missing."""
    visit.open("index.html")
    whole = {}
    for name in ("Book", "E-book"):
        with visit.page.expect_download() as download:
            visit.page.locator(f"main a[href*='downloads/']:text-matches('^{name} ')").evaluate(
                "link => { link.download = ''; link.click() }"
            )
        whole[name] = Path(download.value.path()).read_bytes()
    outline = [part.title for part in PdfReader(io.BytesIO(whole["Book"])).outline if not isinstance(part, list)]
    with zipfile.ZipFile(io.BytesIO(whole["E-book"])) as archive:
        toc = html.fromstring(archive.read("book/nav.xhtml")).xpath("(//nav)[1]")[0]
        opened = [html.fromstring(archive.read(f"book/{link.partition('#')[0]}")) for link in toc.xpath(".//a/@href")]
    titles = [" ".join(chapter.xpath("string((//h1)[1])").split()) for chapter in opened]
    assert titles == [" ".join(link.text_content().split()) for link in toc.xpath(".//a")]
    assert [*outline, "About this book"] == [" ".join(link.text_content().split()) for link in toc.xpath("ol/li/a")]


def test_a_fund_for_archivists_that_is_open_now(visit: Visit) -> None:
    """T7: two taps from help to a plain answer, yes or no, with a month beside each fund that takes requests."""
    visit.open("help/index.html")
    visit.page.locator("main a[href$='where-to-ask/index.html']").first.click()
    visit.page.wait_for_load_state("networkidle")
    answer = _whole(visit.page.locator("main strong", has_text="archivists").first.inner_text())
    assert re.search(r"We know of (no fund|\d+ funds?|a fund) for archivists", answer)
    visit.open("groups/index.html")
    visit.choose("Takes requests")
    for row in visit.rows():
        visit.page.goto(f"{visit.site.address}/{row}")
        assert re.search(r"20\d\d", _whole(visit.page.locator(".entry-head").inner_text())), row


def test_have_a_story_taken_off(visit: Visit, open_site: BuiltSite) -> None:
    """T9: from an entry to whom to write, in private first; with script the address of the entry is filled in."""
    visit.site = open_site
    visit.open("examples/pay-sheet-before-a-union/index.html")
    visit.page.get_by_role("link", name="Ask for removal").first.click()
    visit.page.wait_for_load_state("networkidle")
    ways = visit.page.locator("[data-asks] a").evaluate_all("links => links.map(link => link.href)")
    assert ways[0].startswith("mailto:private@example.org?subject=Remove"), "the private way comes first"
    assert "template=take-down.yml" in ways[-1]
    if visit.script:
        address = "https://example.org/guide/examples/pay-sheet-before-a-union/"
        expect(visit.page.locator("[data-about]")).to_have_text(address)
        assert all(way.endswith(quote(address, safe="")) for way in ways)


def test_printed_links_say_where_they_lead(visit: Visit) -> None:
    visit.open("guide/money-and-stuff/index.html")
    visit.page.emulate_media(media="print")
    shown = visit.page.locator("main a[href^=http]").evaluate_all(
        "links => links.map(link => [link.href, getComputedStyle(link, '::after').content])"
    )
    assert shown and [link for link, after in shown if "attr(href)" not in after and link not in after] == []
