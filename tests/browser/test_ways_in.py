"""Ways in, in a real browser on a phone: search, narrowing a list, meanings of words, with script and without."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from site_under_test import BuiltSite, script, violations_on
from world import rows_of

Open = Callable[..., Page]
QUERIES: list[tuple[str, int, str]] = rows_of("searches", "queries")
BOX = "Words to look for"


def _asked(page: Page) -> list[str]:
    """Return a list of each request from now on, whole, but for the icon, which a new fragment may ask for."""
    asked: list[str] = []

    def note(sent: Request) -> None:
        whole = f"{sent.url} {sent.post_data or ''} {json.dumps(sent.headers)}"
        if not sent.url.endswith("/theme/images/mark.svg"):
            asked.append(whole)

    page.wait_for_load_state("networkidle")
    page.on("request", note)
    return asked


def _is_clean(page: Page) -> None:
    assert violations_on(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _look_for(page: Page, words: str) -> Locator:
    page.get_by_label(BOX).fill(words)
    page.keyboard.press("Enter")
    said = page.locator("[role=status]")
    expect(said).to_contain_text(words)
    return said


def test_search_by_keyboard(visit: Open) -> None:
    page = visit("search/index.html", scheme="dark")
    _look_for(page, "workers")
    expect(page.locator(".findings li")).to_have_count(20)
    page.get_by_role("button", name="more of").press("Enter")
    expect(page.locator(".findings li").nth(20).locator("a")).to_be_focused()
    said = _look_for(page, "pod map")
    assert re.fullmatch(r"\d+ results for “pod map”\.", said.inner_text())
    first = page.locator(".findings li").first
    assert first.locator("h3").inner_text() and first.locator("p").inner_text() and first.locator("dd").inner_text()
    _is_clean(page)


def test_no_request_tells_what_was_looked_for(visit: Open) -> None:
    """The same files are asked for whatever the words are; no request holds one, and the index waits for the focus."""
    seen = []
    for words in ("zoological rhubarb", "strike"):
        page = visit("search/index.html")
        asked = _asked(page)
        with page.expect_request(re.compile("search-index")):
            page.get_by_label(BOX).focus()
        _look_for(page, words)
        page.wait_for_load_state("networkidle")
        assert not [each for each in asked if any(word in each for word in words.split())]
        places = [urlsplit(each.split(" ")[0]) for each in asked]
        assert {each.query for each in places} == {""}
        seen.append(sorted({each.path for each in places}))
        before = len(asked)
        _look_for(page, "burnout")
        page.wait_for_load_state("networkidle")
        assert asked[before:] == []
        assert urlsplit(page.url).query == "" and "burnout" in urlsplit(page.url).fragment
        page.go_back()
        expect(page.locator("[role=status]")).to_contain_text(f"“{words}”")
        expect(page.get_by_label(BOX)).to_have_value(words)
    assert seen[0] == seen[1]
    assert [re.sub(r"\.\w+\.js$", "", path) for path in seen[0]] == ["/theme/js/minisearch", "/theme/js/search-index"]


SHIFTS = """window.moved = 0
const add = one => { if (!one.hadRecentInput) window.moved += one.value }
new PerformanceObserver(list => list.getEntries().forEach(add))
  .observe({type: 'layout-shift', buffered: true})"""


@pytest.mark.parametrize(
    "address",
    ["search/index.html#q=strike", "search/index.html#q=qwertz", "exercises/index.html#time=up-to-15-minutes"],
)
def test_nothing_moves(address: str, visit: Open, built_site: BuiltSite) -> None:
    """What script adds while a page opens moves nothing that a reader sees (at most 0.05, as web.dev counts it)."""
    page = visit("about:blank")
    page.add_init_script(SHIFTS)
    page.goto(f"{built_site.address}/{address}", wait_until="networkidle")
    expect(page.locator("[data-busy]")).to_have_count(0)
    page.wait_for_timeout(300)
    assert page.evaluate("moved") <= 0.05


def test_what_people_type(visit: Open) -> None:
    """The best page is among the first three, whatever word people have for it; the page about a word is the first."""
    page = visit("search/index.html")
    missed = []
    for words, count, wanted in QUERIES:
        _look_for(page, words)
        addresses = page.locator(".findings li a").evaluate_all("all => all.map(link => link.href)")[:count]
        if not any(re.search(wanted, urlsplit(address).path) for address in addresses):
            missed.append((words, addresses))
    assert missed == []


def test_nothing_found_leads_on(visit: Open) -> None:
    page = visit("search/index.html#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    said = page.locator("[role=status]")
    expect(said).to_contain_text("<img src=x")
    assert page.locator("main img").count() == 0
    said = _look_for(page, "strike qwertz")
    expect(said).to_contain_text("No page has all of these words")
    assert 0 < page.locator(".findings li").count() <= 20
    for words in ("qwertz", "zoological rhubarb"):
        said = _look_for(page, words)
        assert "Nothing was found" in said.inner_text() and "plainer word" in said.inner_text()
    expect(page.get_by_role("link", name="Site map").first).to_be_visible()
    _is_clean(page)


def test_search_without_script(visit: Open) -> None:
    page = visit("search/index.html", script=False)
    expect(page.locator("noscript .notice", has_text="Search needs script.")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    main = page.locator("main")
    for name in ("Site map", "Exercises", "Examples", "Resources", "Groups and funds", "Glossary", "Topics"):
        expect(main.get_by_role("link", name=name, exact=True)).to_be_visible()


def _unfold(page: Page) -> Page:
    page.locator(".facets summary").click()
    return page


def _shown(page: Page) -> int:
    return page.locator("main [data-held]:visible").count()


@pytest.mark.parametrize("kind", ["exercises", "examples", "resources", "groups"])
def test_each_choice_shows_what_its_page_shows(visit: Open, built_site: BuiltSite, kind: str) -> None:
    page = _unfold(visit(f"{kind}/index.html"))
    for list_ in page.locator("[data-facet]").all():
        button = list_.get_by_role("button").first
        slug, name = list_.get_attribute("data-facet"), button.locator("span").first.inner_text()
        button.click()
        found = [link.get_attribute("href") for link in page.locator("[data-held]:visible h3 a").all()]
        choice = page.evaluate("new URLSearchParams(location.hash.slice(1)).toString().split('=')[1]")
        file = built_site.folder / kind / str(slug) / choice / "index.html"
        theirs = re.findall(r'<h3><a href="\.\./\.\./([^"]+)"', file.read_text(encoding="utf-8"))
        assert found == theirs, name
        button.click()


def test_two_facets_at_once(visit: Open) -> None:
    page = _unfold(visit("exercises/index.html"))
    asked = _asked(page)
    total = _shown(page)
    page.get_by_role("button", name="Up to 45 minutes").press("Enter")
    middle = _shown(page)
    people = page.get_by_role("button", name="5 to 12 people")
    top = people.bounding_box()
    people.press("Space")
    after = people.bounding_box()
    assert top and after and abs(top["y"] - after["y"]) <= 2, "the choice moved away from under the finger"
    both = _shown(page)
    assert 0 < both <= middle <= total
    counted = f"{both} of {total} exercises"
    expect(page.locator("[role=status]")).to_contain_text(counted)
    expect(page.locator(".count h2")).to_contain_text(counted)
    assert urlsplit(page.url).query == "" and asked == []
    _is_clean(page)
    page.get_by_role("button", name=f"See {counted}").press("Enter")
    expect(page.locator(".count h2")).to_be_focused()
    again = visit(f"exercises/index.html#{urlsplit(page.url).fragment}")
    assert _shown(again) == both
    page.go_back()
    expect(page.locator("[role=status]")).to_contain_text(f"{middle} of {total}")
    page.get_by_role("button", name=f"Show all {total}").press("Enter")
    assert _shown(page) == total and "#" not in page.url


def test_no_row_fits(visit: Open) -> None:
    """A choice that would leave nothing isn't offered; an address that asks for one says so, and how to go on."""
    choices = visit("examples/index.html", script=True).locator("[data-facet] > li")
    asked = visit("examples/index.html", script=False).evaluate(script("never-together"))
    page = visit(f"examples/index.html#{asked}")
    expect(page.get_by_text("is all of this at once")).to_be_visible()
    _is_clean(page)
    page.locator(".nothing button").first.click()
    assert 0 < _shown(page) < choices.page.locator("[data-held]").count()
    for choice in choices.page.locator("[data-choice], .choice").all():
        assert choice.locator("span").last.inner_text() != "0"
    page.locator(".facets summary").click()
    offered = page.locator(".choice:visible:not([aria-pressed=true])")
    counts = [int(words.split()[0]) for words in offered.locator("> span:last-child").all_inner_texts()]
    assert counts and all(counts)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("kind", ["exercises", "examples", "resources", "groups"])
def test_the_first_screen_of_a_list_has_an_entry(visit: Open, kind: str, script: bool) -> None:
    """On a phone what narrows the list is folded above it, and the first entry's title is on the first screen."""
    page = visit(f"{kind}/index.html", script=script)
    assert not page.locator(".facets h3").first.is_visible()
    title, folded = page.locator("[data-list] h3").first.bounding_box(), page.locator(".facets summary").bounding_box()
    assert title and folded and folded["y"] < title["y"] and title["y"] + title["height"] <= 780
    _is_clean(page) if script else None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_closed_group_says_so_readably(visit: Open, scheme: str) -> None:
    """Its status has a ground of its own, and words that differ from it; others say since when they are unconfirmed."""
    page = visit("groups/index.html", scheme=scheme)
    ink, ground = page.locator('.rows .status[data-status="closed"]').first.evaluate(
        "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    )
    assert ink != ground and not ground.endswith(", 0)")
    expect(page.locator('.rows .status[data-status="unknown"]').first).to_contain_text("Not confirmed since ")


def test_sorting(visit: Open) -> None:
    page = visit("exercises/index.html")
    titles = page.locator("[data-list] h3")
    first = titles.all_inner_texts()
    expect(page.get_by_role("button", name="Time", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Title", exact=True).click()
    by_title = titles.all_inner_texts()
    assert by_title != first and sorted(by_title) == sorted(first)
    assert page.url.endswith("#sort=title") and "order of title" in page.locator("[role=status]").inner_text()
    filed = [re.sub(r"^(the|an?) ", "", title.lower().lstrip("“")) for title in by_title]
    assert filed == sorted(filed)
    page.get_by_role("button", name="Date added", exact=True).click()
    months = page.locator("[data-sort]").evaluate_all("rows => rows.map(row => row.dataset.sort.slice(0, 7))")
    assert months == sorted(months, reverse=True)
    page.go_back()
    assert titles.all_inner_texts() == by_title
    page.get_by_role("button", name="Time", exact=True).click()
    assert titles.all_inner_texts() == first and "#" not in page.url


def test_a_facet_page_leads_to_both(visit: Open) -> None:
    page = _unfold(visit("exercises/time/up-to-45-minutes/index.html"))
    link = page.get_by_role("link", name="5 to 12 people")
    count = int(re.findall(r"\d+", link.inner_text())[-1])
    link.click()
    expect(page.locator(".count h2")).to_contain_text(f"{count} of")
    assert _shown(page) == count
    assert urlsplit(page.url).path == "/exercises/index.html"


def test_a_meaning_opens_in_place(visit: Open) -> None:
    page = visit("guide/learn-what-people-need/index.html", scheme="dark")
    word = page.locator("button.term:visible").first
    word.focus()
    page.keyboard.press("Enter")
    meaning = page.locator(".meaning:popover-open")
    expect(meaning).to_be_visible()
    _is_clean(page)
    page.keyboard.press("Tab")
    expect(meaning.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(word).to_be_focused()
    word.click()
    meaning.get_by_role("link").click()
    assert urlsplit(page.url).path == "/glossary/index.html"
    expect(page.locator(f"[id='{urlsplit(page.url).fragment}']")).to_be_in_viewport()


def test_a_word_without_script(visit: Open) -> None:
    """Without script the same word is a link to the glossary, and what is folded is on paper, as it is with script."""
    page = visit("guide/learn-what-people-need/index.html", script=False)
    _prints_open(page)
    page.emulate_media(media="screen")
    page.locator("a.term:visible").first.click()
    assert urlsplit(page.url).path == "/glossary/index.html" and urlsplit(page.url).fragment
    page = visit("guide/learn-what-people-need/index.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    _prints_open(page)


def _prints_open(page: Page) -> None:
    page.emulate_media(media="print")
    for part in page.locator("main .body details > div").all():
        box = part.bounding_box()
        assert box and box["height"] > 0


UNFOLD = """() => document.querySelectorAll('details').forEach(part => {
  const isMore = /^(Learn more|Sources and notes|Menu)/.test(part.querySelector('summary').innerText);
  part.open ||= !isMore && !part.querySelector('.printable');
})"""


def test_pages_are_as_long_as_agreed(visit: Open, built_site: BuiltSite) -> None:
    """Eight phone screens of a guide page, two of a text of help; all is unfolded but sources, “Learn more”, sheets."""
    page = visit("index.html", viewport={"width": 360, "height": 800})
    guide = {file.parent.name for file in built_site.folder.glob("guide/*/index.html")} | {"safety"}
    assert len(guide) == 16
    tall = {}
    for file in sorted(built_site.folder.rglob("index.html")):
        place = file.relative_to(built_site.folder).parts
        is_guide = file.parent.name in guide and place[0] in ("guide", "safety", "paths")
        if is_guide or (place[0] == "help" and list(file.parent.glob("notes-*.pdf"))):
            page.goto(f"{built_site.address}/{'/'.join(place)}")
            page.evaluate(UNFOLD) if is_guide else None
            part = page.locator("html" if is_guide else "main .body.prose")
            height = part.evaluate("one => document.fonts.ready.then(() => one.getBoundingClientRect().height)")
            if height > (8 if is_guide else 2) * 800:
                tall["/".join(place)] = height
    assert tall == {}


@pytest.mark.parametrize("script", [True, False])
def test_a_link_opens_what_it_leads_to(visit: Open, script: bool) -> None:
    page = visit("guide/agree-how-you-work/index.html", script=script)
    note, part = page.locator("#note-1"), page.locator("#privacy ~ .folded [id=leaving]")
    expect(note).to_be_hidden()
    page.locator("summary", has_text="Choose how you decide").click()
    page.get_by_role("link", name="Note 1").first.click()
    expect(note).to_be_visible()
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert note.locator("p").evaluate(size) < page.locator("main .prose > p").first.evaluate(size)
    expect(part).to_be_hidden()
    page.goto(f"{page.url.partition('#')[0]}#leaving")
    expect(part).to_be_visible()
    page.emulate_media(media="print")
    assert all(box.bounding_box() for box in page.locator(".printable, .footnotes, .imprint .slip").all())


@pytest.mark.parametrize("width", [360, 1280])
def test_you_are_here(visit: Open, width: int) -> None:
    """The path is beside a page, in view to the end, or on a phone under it; it marks this page."""
    page = visit("paths/new-here/define-your-community/index.html", script=False)
    page.set_viewport_size({"width": width, "height": 780})
    title = page.locator("h1").inner_text()
    rail, main = page.locator(".route-rail").bounding_box(), page.locator("main").bounding_box()
    assert rail and main
    beside, under = rail["x"] >= main["x"] + main["width"], rail["y"] >= main["y"] + main["height"]
    assert (beside, under) == ((True, False) if width == 1280 else (False, True))
    expect(page.locator(".route-rail [aria-current=page]")).to_have_text(title)
    for part in (".body.prose > h2:last-of-type", ".takeaway") if beside else ():
        page.locator(part).first.scroll_into_view_if_needed()
        expect(page.locator(".route [aria-current]")).to_be_in_viewport()
        expect(page.locator(".beside .slip caption")).to_be_in_viewport()


@pytest.mark.parametrize("touch", [True, False])
def test_links_to_parts_are_seen(visit: Open, touch: bool) -> None:
    """A part's own link is seen by touch always, and by mouse and keyboard when one comes to it."""
    page = visit("guide/define-your-community/index.html", has_touch=touch, is_mobile=touch)
    seen, link = "link => getComputedStyle(link).opacity", page.locator("h2 .anchor").first
    assert link.evaluate(seen) == ("1" if touch else "0")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert link.evaluate(seen) == "1"
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment
