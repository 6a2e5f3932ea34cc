"""The workshop kit in a real browser, as a reader with a phone and a keyboard uses it, with script and without."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from axe_under_test import violations_on
from site_under_test import BuiltSite

KIT = "exercises/kit/index.html"
STORED = "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])"
NOTHING = [[], [], ""]


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, 360 pixels wide, that has stored nothing yet."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def kit(phone: BrowserContext, built_site: BuiltSite) -> Page:
    """The kit's page, just opened."""
    page = phone.new_page()
    page.goto(f"{built_site.address}/{KIT}")
    return page


def _stored(page: Page) -> object:
    return json.loads(page.evaluate(STORED))


def _tick(page: Page, count: int) -> list[str]:
    """Tick the first exercises; return their titles."""
    boxes = page.locator(".kit-picks").first.locator("input")
    for index in range(count):
        boxes.nth(index).check()
    return [text.strip() for text in page.locator(".kit-picks").first.locator("b").all_text_contents()[:count]]


def _plan(page: Page) -> list[str]:
    return [text.partition(" ")[2] for text in page.locator(".kit-what").all_text_contents()]


def _press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).first.press("Enter")


def _no_findings(page: Page) -> None:
    assert violations_on(page) == []


def test_ordering_by_keyboard(kit: Page) -> None:
    """Parts move by buttons alone; the focus goes with them, and each move is announced with its place and the time."""
    first, second, third = _tick(kit, 3)
    assert _plan(kit) == [first, second, third]
    status = kit.get_by_role("status")
    _press(kit, f"Down {first}")
    assert _plan(kit) == [second, first, third]
    expect(status).to_contain_text(f"{first} is now 2 of 3.")
    expect(kit.locator(":focus")).to_have_accessible_name(f"Down {first}")
    kit.keyboard.press("Enter")
    assert _plan(kit) == [second, third, first]
    expect(kit.locator(":focus")).to_have_accessible_name(f"Up {first}")
    _press(kit, f"Take out {second}")
    assert _plan(kit) == [third, first]
    expect(kit.locator("input[type=checkbox]:checked")).to_have_count(2)
    expect(kit.locator(":focus")).to_have_accessible_name(f"Take out {third}")


def test_time_is_added_up(kit: Page) -> None:
    """The total is the sum of the parts, held against the time there is; running times follow order and start."""
    _tick(kit, 2)
    most = [int(box.get_attribute("data-most") or 0) for box in kit.locator(".kit-picks input").all()[:2]]
    kit.get_by_role("button", name="Add a break").press("Enter")
    total = kit.locator(".kit-total")
    expect(total).to_contain_text(f"3 parts, {sum(most) + 10} minutes in all.")
    kit.get_by_label("Minutes you have").fill(str(sum(most) + 9))
    expect(total).to_contain_text("That is 1 minute too long.")
    minutes = kit.locator(".kit-plan input").first
    minutes.fill("1")
    minutes.press("Tab")
    expect(kit.get_by_role("status")).to_contain_text("Its shortest time is")
    kit.get_by_label("Starts at").fill("18:30")
    kit.get_by_label("Minutes you have").fill("20")
    kit.get_by_role("button", name="Down").first.click()
    kit.get_by_role("button", name="Up").first.click()
    assert [text.split(" ")[0] for text in kit.locator(".kit-what").all_text_contents()][:2] == ["6:30", "6:31"]


def test_nothing_is_stored_before_the_reader_asks(kit: Page) -> None:
    """Picking, ordering and making a sheet store nothing; a reload finds an empty list. Then keep, and forget."""
    titles = _tick(kit, 2)
    _press(kit, f"Down {titles[0]}")
    kit.get_by_label("Name on the sheets").fill("Tuesday")
    kit.get_by_role("button", name="Handout").click()
    assert _stored(kit) == NOTHING
    kit.reload()
    assert _plan(kit) == []
    titles = _tick(kit, 2)
    warning = kit.get_by_role("region", name="Before you keep it")
    expect(warning).to_contain_text("On a shared or work computer, do not.")
    warning.get_by_role("button").press("Enter")
    expect(kit.get_by_role("status")).to_have_text("This browser keeps the list now.")
    assert kit.evaluate("Object.keys(localStorage)") == ["mutualaid-kit"]
    kit.reload()
    assert _plan(kit) == titles
    kit.get_by_role("button", name="Forget everything").press("Enter")
    expect(kit.get_by_role("status")).to_contain_text("this site keeps nothing in this browser")
    assert _stored(kit) == NOTHING
    assert _plan(kit) == []
    kit.reload()
    assert _plan(kit) == []


def test_adding_from_an_exercise(kit: Page, built_site: BuiltSite) -> None:
    """Without consent, a link brings one exercise along and leaves no word in the address; with it, the list grows."""
    kit.goto(f"{built_site.address}/exercises/index.html")
    links = kit.get_by_role("link", name="Add to kit")
    names = kit.locator("main .card h3 a").all_text_contents()
    assert links.count() == len(names)
    links.first.click()
    assert _plan(kit) == [names[0]]
    assert kit.url.endswith("/exercises/kit/index.html")
    assert _stored(kit) == NOTHING
    kit.get_by_role("button", name="Keep this list").click()
    kit.goto(f"{built_site.address}/exercises/index.html")
    second = kit.locator("main .card").nth(1).locator(".kit-add")
    second.click()
    expect(second).to_have_text(f"In your kit: {names[1]}")
    second.click()
    assert _plan(kit) == names[:2]


def _sheet(kit: Page, words: str) -> Locator:
    kit.get_by_role("button", name=words).press("Enter")
    expect(kit.locator(":focus")).to_have_id("kit-sheet-title")
    return kit.locator(".kit-sheet")


def test_sheets(kit: Page) -> None:
    """Times stand on both; words to say only on the one to lead from; neither names the site, nor does its file."""
    titles = _tick(kit, 2)
    lead = _sheet(kit, "Sheet to lead from")
    expect(lead).to_contain_text("To say")
    expect(lead).to_contain_text("To bring")
    _no_findings(kit)
    kit.get_by_role("button", name="Back to the kit").press("Enter")
    expect(kit.locator(":focus")).to_have_accessible_name("Sheet to lead from")
    handout = _sheet(kit, "Handout")
    text = handout.inner_text()
    assert all(title in text for title in titles)
    assert "To say" not in text and "To bring" not in text
    assert "Mutual Aid" not in text and "/" not in text.replace("CC BY", "")
    assert kit.title() == "Handout"
    assert handout.locator("a").count() == 0
    _no_findings(kit)
    kit.emulate_media(media="print")
    assert "Mutual Aid" not in kit.locator("body").inner_text()


def test_with_parts_in_it_is_accessible_and_fits(kit: Page) -> None:
    """Nothing found by axe, no sideways scrolling at 320 pixels, every target 44 pixels high."""
    _tick(kit, 2)
    _no_findings(kit)
    kit.set_viewport_size({"width": 320, "height": 780})
    assert kit.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for target in kit.locator(".kit-work button, .kit-plan input, .kit-fields input, .kit-pick").all():
        box = target.bounding_box()
        assert box is None or box["height"] >= 44, target.evaluate("target => target.outerHTML")


def test_from_a_disk(phone: BrowserContext, built_site: BuiltSite) -> None:
    """Opened as a file, the page does the same, and asks for nothing but files."""
    page = phone.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto((built_site.folder / KIT).as_uri())
    titles = _tick(page, 2)
    assert _plan(page) == titles
    assert all(url.startswith("file:") for url in sent)


def test_without_script(browser: Browser, built_site: BuiltSite) -> None:
    """All exercises with their times can be ticked; on paper only ticked ones stand, with room for the sum."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{built_site.address}/{KIT}")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_text("Only lines that you ticked are printed")).to_be_visible()
    titles = _tick(page, 2)
    page.emulate_media(media="print")
    shown = [one.inner_text() for one in page.locator(".kit-pick b").all() if one.is_visible()]
    assert shown == titles
    expect(page.get_by_text("All together they take")).to_be_visible()
    context.close()
