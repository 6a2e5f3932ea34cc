"""The readers' tasks, done as they would do them: by a phone 360 px wide, with and without script."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Browser, Page, ViewportSize, expect

from site_under_test import ROOT, BuiltSite
from world import document_of

PHONE: ViewportSize = {"width": 360, "height": 740}
NARROW: ViewportSize = {"width": 320, "height": 740}
"""400 % zoom of a screen 1280 px wide."""
LIGHT_ENOUGH = 100_000
PACKED = (".woff2", ".png", ".zip", ".pdf", ".epub")


@dataclass
class Visit:
    """A page on a phone, and every address that was asked for since it was opened."""

    page: Page
    site: BuiltSite
    script: bool
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a page of the site."""
        self.page.goto(f"{self.site.address}/{path}", wait_until="networkidle")

    def follow(self, words: str) -> None:
        """Tap the link of the main part whose words begin with `words`."""
        self.page.locator("main a", has_text=words).first.click()
        self.page.wait_for_load_state("networkidle")

    def choose(self, words: str) -> None:
        """Tap a way to narrow a list: a button with script, a link to a page of its own without."""
        self.page.locator(".facets").get_by_role("button" if self.script else "link", name=words).click()
        self.page.wait_for_load_state("networkidle")

    def rows(self) -> list[str]:
        """Return the paths, inside the site, of the entries that a narrowed list shows."""
        links = self.page.locator("main h3 a").filter(visible=True).all()
        return [urlsplit(link.evaluate("link => link.href")).path.lstrip("/") for link in links]

    def asked_elsewhere(self) -> list[str]:
        """Return every address that was asked for and is not the site's own."""
        return [address for address in self.asked if not address.startswith((self.site.address, "data:"))]

    def moved(self) -> int:
        """Return the bytes of the site that were asked for, text compressed as every common server does it."""
        files = {self.site.folder / unquote(urlsplit(address).path).lstrip("/") for address in self.asked}
        return sum(_weight(file) for file in files if file.is_file())

    def kept(self) -> list[object]:
        """Return cookies and the keys of whatever the pages stored."""
        stores = "JSON.stringify([...Object.keys(localStorage), ...Object.keys(sessionStorage)])"
        return [*self.page.context.cookies(), *json.loads(self.page.evaluate(stores))]


def _weight(file: Path) -> int:
    contents = file.read_bytes()
    return len(contents if file.suffix in PACKED else gzip.compress(contents))


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visit(browser: Browser, built_site: BuiltSite, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A reader's visit, once with script and once without."""
    context = browser.new_context(
        viewport=PHONE, java_script_enabled=request.param, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    one = Visit(page, built_site, request.param)
    page.on("request", lambda request: one.asked.append(request.url))
    yield one
    context.close()


def test_ten_quiet_minutes_on_a_phone(visit: Visit) -> None:
    """T1: from home by way of safety to the first page of the guide in four taps, light, and leaving nothing behind."""
    visit.open("index.html")
    notice = visit.page.locator("main a[href='safety/index.html']").first.bounding_box()
    assert notice and notice["y"] + notice["height"] <= PHONE["height"], "safety is not on the first screen"
    visit.follow("Read the safety page first")
    assert visit.page.url.endswith("/safety/index.html")
    visit.follow("Continue to")
    assert visit.page.url.endswith("/paths/new-here/jumping-into-mutual-aid/index.html")
    assert visit.page.locator("#ten-minutes").count() == 1
    assert visit.asked_elsewhere() == []
    assert visit.kept() == []
    for address in ("safety/index.html", "guide/jumping-into-mutual-aid/index.html"):
        visit.asked.clear()
        visit.open(address)
        assert 0 < visit.moved() <= LIGHT_ENOUGH, f"{address}: {visit.moved()} bytes"
        visit.page.set_viewport_size(NARROW)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        visit.page.set_viewport_size(PHONE)


def test_laid_off_today(visit: Visit) -> None:
    """In two taps from home to the five first steps, without scrolling back; a minute of reading for a slow reader."""
    visit.open("index.html")
    visit.follow("What now?")
    visit.follow("I’m losing work")
    assert visit.page.url.endswith("/help/work/index.html")
    steps = visit.page.locator("main .body ol > li").all_inner_texts()
    assert len(steps) == 5
    assert sum(len(step.split()) for step in steps) <= 150, "more than 60 seconds at 150 words a minute"
    assert visit.asked_elsewhere() == [] and visit.kept() == []


def test_help_is_two_screens_long(browser: Browser, built_site: BuiltSite) -> None:
    """The text of each situation, and of the page with their list, fits two screens of a phone 360 by 800."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    tall = {}
    for file in sorted(built_site.folder.glob("help/**/index.html")):
        page.goto(f"{built_site.address}/{file.relative_to(built_site.folder).as_posix()}", wait_until="networkidle")
        box = page.locator("main .body.prose").bounding_box()
        if list(file.parent.glob("notes-*.pdf")) and (not box or box["height"] > 1600):
            tall[file.parent.name] = box
    page.close()
    assert tall == {}


def test_continue_to_is_reached_by_keyboard(visit: Visit) -> None:
    """T1: Tab comes to “Continue to”, and it is seen then: on the screen, covered by nothing, with an outline."""
    visit.open("guide/jumping-into-mutual-aid/index.html")
    onward = visit.page.locator("a.onward").first
    for _ in range(visit.page.locator("a, summary, button, input").count()):
        visit.page.keyboard.press("Tab")
        if onward.evaluate("link => link === document.activeElement"):
            break
    else:
        pytest.fail("Tab never came to “Continue to”.")
    seen = onward.evaluate(
        """link => {
          const box = link.getBoundingClientRect(), style = getComputedStyle(link);
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return {inside: box.top >= 0 && box.bottom <= innerHeight, clear: link.contains(top),
                  outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
        }"""
    )
    assert seen == {"inside": True, "clear": True, "outline": True}


def _pages_on_paper(page: Page) -> int:
    """Return how many pages Chromium prints."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def _whole(text: str) -> str:
    return " ".join(text.split())


def test_lead_an_exercise_on_paper(visit: Visit) -> None:
    """T2: from the exercises by time and people to notes for whoever leads, and to a sheet for everybody, on paper."""
    visit.open("exercises/index.html")
    total = len(visit.rows())
    visit.choose("Up to 45 minutes")
    short = visit.rows()
    expect(visit.page.locator(".count h2")).to_contain_text(f"{len(short)} of {total} exercises")
    assert 0 < len(short) < total
    if visit.script:
        visit.choose("5 to 12 people")
        both = visit.rows()
        expect(visit.page.get_by_role("status")).to_contain_text(f"{len(both)} of {total} exercises")
        assert both and set(both) < set(short)
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
    assert visit.asked_elsewhere() == [] and visit.kept() == []


def test_every_sheet_is_two_pages_at_most(browser: Browser, built_site: BuiltSite) -> None:
    """T2: whichever exercise is led, what is handed out fits one sheet of paper."""
    page = browser.new_page()
    long = {}
    for file in sorted(built_site.folder.glob("exercises/*/sheet/index.html")):
        page.goto(f"{built_site.address}/{file.relative_to(built_site.folder).as_posix()}")
        count = _pages_on_paper(page)
        if not 1 <= count <= 2:
            long[file.parent.parent.name] = count
    page.close()
    assert long == {}


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
    assert visit.asked_elsewhere() == [] and visit.kept() == []


def _cited(visit: Visit) -> None:
    """Open “Cite this” and read it with a parser: credit as chosen, license, and where the page is."""
    page = visit.page
    path = urlsplit(page.url).path.removesuffix("index.html")
    facts = {
        _whole(fact.locator("dt").inner_text()): _whole(fact.locator("dd").inner_text())
        for fact in page.locator("aside .facts > div").all()
    }
    page.locator(".cite summary").click()
    credit = facts["Credit"]
    host = document_of((ROOT / "content" / "host.yaml").read_text(encoding="utf-8")).value
    together = host["group"] or "Editors of this edition of Mutual Aid at Work"
    author = together if credit == "No credit asked for" else credit
    bibtex = page.locator(".cite pre").inner_text()
    [entry] = parse_string(bibtex).entries
    fields = {each.key: each.value for each in entry.fields}
    assert fields["author"].strip("{}") == author
    for whole in (_whole(page.locator(".cite p").inner_text()), bibtex):
        assert facts["License of this text"] in whole
        assert path in whole
