"""The workshop kit in a real browser, as a reader with a phone and a keyboard uses it, with script and without."""

import io
import json
import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from site_under_test import BuiltSite, violations_on

KIT = "exercises/kit/index.html"
LIST = "exercises/index.html"
STORED = "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])"
NOTHING = [[], [], ""]
YES = "Keep them until I close this tab"


@pytest.fixture
def kit(visit: Callable[..., Page]) -> Page:
    return visit(KIT)


def _stored(page: Page) -> object:
    return json.loads(page.evaluate(STORED))


def _tick(page: Page, count: int) -> list[str]:
    boxes = page.locator(".kit-picks").first.locator("input")
    for index in range(count):
        boxes.nth(index).check()
    return [text.strip() for text in page.locator(".kit-picks").first.locator("b").all_text_contents()[:count]]


def _plan(page: Page) -> list[str]:
    return [text.partition(" ")[2] for text in page.locator(".kit-what").all_text_contents()]


def _press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).first.press("Enter")


def _add(page: Page, title: str) -> Locator:
    """The button of an exercise on a list, in whichever state."""
    return page.get_by_role("button", name=re.compile(f"(Add to kit|Take out) {re.escape(title)}"))


def test_ordering_by_keyboard(kit: Page) -> None:
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
    kit.get_by_role("button", name="Copy as text").click()
    kit.get_by_role("button", name="Handout").click()
    assert _stored(kit) == NOTHING
    kit.reload()
    assert _plan(kit) == []
    titles = _tick(kit, 2)
    warning = kit.get_by_role("region", name="Before you keep it")
    expect(warning).to_contain_text("On a shared or work computer, do not.")
    keys = ["mutualaid-kit"]
    for words, who, kept in (("until I close", "tab", [[], keys]), ("on this device", "browser", [keys, []])):
        warning.get_by_role("button", name=words).press("Enter")
        expect(kit.get_by_role("status")).to_have_text(f"This {who} keeps the list now.")
        assert kit.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == kept
        kit.reload()
        assert _plan(kit) == titles
    kit.get_by_role("button", name="Forget everything").press("Enter")
    expect(kit.get_by_role("status")).to_contain_text("this site keeps nothing in this browser")
    assert (_stored(kit), _plan(kit)) == (NOTHING, [])
    kit.reload()
    assert _plan(kit) == []


def test_the_first_add_asks_once_in_place(kit: Page, built_site: BuiltSite) -> None:
    """A yes keeps the picks in this tab; the list keeps its place, the focus stays, and words say what happened."""
    kit.goto(f"{built_site.address}/{LIST}")
    names = kit.locator("main .card h3 a").all_text_contents()
    assert kit.get_by_role("button", name="Add to kit").count() == len(names)
    button = _add(kit, names[2])
    button.press("Enter")
    panel = kit.get_by_role("group", name="Keep your picks while you look around?")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("On a shared or work computer, say no")
    assert _stored(kit) == NOTHING
    kit.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(button).to_be_focused()
    button.press("Enter")
    assert violations_on(kit) == []
    place = kit.evaluate("scrollY")
    panel.get_by_role("button", name=YES).press("Enter")
    expect(button).to_be_focused()
    expect(button).to_have_text(f"Take out {names[2]}")
    expect(button.locator("+ span")).to_have_text("In your kit. Open the kit")
    expect(kit.locator("[aria-live]")).to_have_text(f"{names[2]} is in your kit. Your kit has 1 part.")
    assert abs(kit.evaluate("scrollY") - place) < 300 and kit.url.endswith(LIST)
    assert kit.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [[], ["mutualaid-kit"]]
    kit.locator("main .card h3 a").nth(2).click()
    kit.get_by_role("button", name="Take out").press("Enter")
    expect(kit.get_by_role("button", name="Add to kit")).to_be_focused()
    kit.get_by_role("button", name="Add to kit").press("Enter")
    kit.get_by_role("link", name="Open the kit").click()
    assert _plan(kit) == [names[2]]
    _press(kit, "Forget everything")
    assert _stored(kit) == NOTHING
    kit.goto(f"{built_site.address}/{LIST}")
    expect(kit.get_by_role("button", name="Take out")).to_have_count(0)


@pytest.mark.parametrize("refuses", [False, True])
def test_one_exercise_comes_along(kit: Page, built_site: BuiltSite, refuses: bool) -> None:
    """After a no, and where a browser refuses to store: nothing is kept, nor is a word in the address; it is said."""
    if refuses:
        kit.add_init_script("Storage.prototype.setItem = () => { throw new Error('refused') }")
    kit.goto(f"{built_site.address}/{LIST}")
    name = kit.locator("main .card h3 a").first.text_content()
    kit.get_by_role("button", name="Add to kit").first.click()
    kit.get_by_role("button", name=YES if refuses else "No, open the kit with this one").click()
    kit.wait_for_url(lambda url: url.endswith(KIT))
    assert (_plan(kit), _stored(kit)) == ([name], NOTHING)
    if refuses:
        _press(kit, "Keep this list on this device")
    said = "This browser would not keep it. Print it instead." if refuses else "What you add on other pages isn’t kept"
    expect(kit.get_by_role("status")).to_contain_text(said)


def test_narrowing(kit: Page) -> None:
    """By time and people; a choice that would change nothing, or leave nothing, isn't offered; the plan stays."""
    titles = _tick(kit, 1)
    rows = kit.locator("[data-held]")
    total = rows.count()
    offered = kit.locator("#kit-time option:not([disabled])")
    assert offered.count() > 2
    for value in [one.get_attribute("value") or "" for one in offered.all()][1:]:
        kit.get_by_label("Time", exact=True).select_option(value)
        shown = rows.filter(visible=True)
        assert 0 < shown.count() < total
        assert all(value in (row.get_attribute("data-held") or "").split() for row in shown.all())
        expect(kit.get_by_role("status")).to_have_text(f"{shown.count()} of {total} exercises")
        expect(kit.locator("#own-exercises")).to_have_text(f"{shown.count()} of {total} exercises")
        for people in kit.locator("#kit-people option:not([disabled])").all()[1:]:
            choice = people.get_attribute("value") or ""
            held = [(row.get_attribute("data-held") or "").split() for row in shown.all()]
            assert 0 < len([row for row in held if choice in row]) < len(held)
    assert _plan(kit) == titles


def _sheet(kit: Page, words: str) -> Locator:
    kit.get_by_role("button", name=words).press("Enter")
    expect(kit.locator(".kit-out")).to_be_focused()
    return kit.locator(".kit-sheet")


def test_sheets(kit: Page) -> None:
    """Words to say, and each step in full, are on the one to lead from alone; neither names the site."""
    titles = _tick(kit, 3)
    links = kit.locator(".kit-picks .plain-link[href$='.html']").all()[:3]
    addresses = [link.get_attribute("href") or "" for link in links]
    lead = _sheet(kit, "Sheet to lead from")
    expect(lead).to_contain_text("To say")
    expect(lead).to_contain_text("To bring")
    steps = [" ".join(step.split()) for step in lead.locator(".step").all_inner_texts()]
    _printed(kit)
    assert violations_on(kit) == []
    kit.keyboard.press("Escape")
    expect(kit.locator(":focus")).to_have_accessible_name("Sheet to lead from")
    handout = _sheet(kit, "Handout")
    text = handout.inner_text()
    assert all(title in text for title in titles)
    assert "To say" not in text and "To bring" not in text and "To lead" not in text
    assert "Mutual Aid" not in text and "/" not in text.replace("CC BY", "")
    assert kit.title() == "Handout"
    assert handout.locator("a").count() == 0
    assert violations_on(kit) == []
    kit.emulate_media(media="print")
    assert "Mutual Aid" not in kit.locator("body").inner_text()
    base, wanted = kit.url, []
    for address in addresses:
        kit.goto(urljoin(base, address.replace("index.html", "lead/index.html")))
        wanted += [" ".join(step.split()) for step in kit.locator(".steps .step").all_inner_texts()]
    assert steps == wanted
    assert any("To lead" in step for step in steps)


def test_the_same_request_whatever_is_picked(kit: Page) -> None:
    """No request tells what was picked; where the texts don't load, the page says so, and a second press works."""
    asked: list[str] = []
    kit.on("request", lambda request: asked.append(request.url) if "/js/" in request.url else None)
    kit.route("**/kit-sheets.*", lambda route: route.abort())
    titles = _tick(kit, 1)
    _press(kit, "Sheet to lead from")
    expect(kit.get_by_role("status")).to_contain_text("did not load")
    assert _plan(kit) == titles
    kit.unroute("**/kit-sheets.*")
    _sheet(kit, "Sheet to lead from")
    sheets = []
    for index in (0, 4):
        kit.reload()
        asked.clear()
        kit.locator(".kit-picks input").nth(index).check()
        assert asked == []
        _sheet(kit, "Sheet to lead from")
        sheets.append(asked.copy())
        kit.keyboard.press("Escape")
        _sheet(kit, "Handout")
        assert asked == sheets[-1]
    assert len(sheets[0]) == 2 and sheets[0] == sheets[1]


def test_copy_as_text(kit: Page) -> None:
    kit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    titles = _tick(kit, 2)
    most = [int(box.get_attribute("data-most") or 0) for box in kit.locator(".kit-picks input").all()[:2]]
    kit.get_by_label("Starts at").fill("12:00")
    _press(kit, "Copy as text")
    expect(kit.get_by_role("status")).to_have_text("The plan is copied as text.")
    expect(kit.locator(":focus")).to_have_accessible_name("Copy as text")
    copied = kit.evaluate("navigator.clipboard.readText()")
    parts = zip(("12:00", f"12:{most[0]:02}"), titles, most, strict=False)
    assert copied.splitlines()[3:] == [f"{at} {title} ({minutes} minutes)" for at, title, minutes in parts]
    assert "Mutual Aid" not in copied
    kit.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    _press(kit, "Copy as text")
    box = kit.get_by_label("The plan as text")
    expect(box).to_be_focused()
    assert box.input_value() == copied == kit.evaluate("getSelection().toString()")
    expect(kit.get_by_role("status")).to_contain_text("The text is selected")
    assert violations_on(kit) == []


def _tab_to(page: Page, target: str) -> int:
    for count in range(1, 60):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement.matches(target)", target):
            return count
    raise AssertionError(f"Tab did not come to {target} in sixty presses.")


def _staff_room(page: Page, site: BuiltSite) -> list[str]:
    page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    page.goto(f"{site.address}/{LIST}")
    return page.locator("main .card h3 a").all_text_contents()[1:4]


def _printed(kit: Page) -> list[str]:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(kit.pdf(prefer_css_page_size=True))).pages]
    assert [page for page in pages if len(page.split()) < 40] == []
    return pages


def _is_printed(kit: Page, order: list[str]) -> None:
    assert kit.evaluate("printed") == 1
    first, *others = _printed(kit)
    assert len(others) <= 5 and all(name in " ".join(first.split()) for name in order)
    assert kit.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_hour_in_the_staff_room(kit: Page, built_site: BuiltSite) -> None:
    """T8: three exercises of 20 minutes each, by thumb on a phone: picked on the list, put in order, printed."""
    names = _staff_room(kit, built_site)
    for name in names:
        _add(kit, name).click()
        if name == names[0]:
            kit.get_by_role("button", name=YES).click()
        expect(_add(kit, name)).to_be_focused()
    kit.get_by_role("link", name="Open the kit").last.click()
    kit.locator(".kit-bar a").click()
    expect(kit.locator(".kit-what").first).to_be_in_viewport()
    for index in range(3):
        kit.locator(".kit-plan input").nth(index).fill("20")
    kit.get_by_label("Minutes you have").fill("60")
    kit.get_by_role("button", name=f"Up {names[2]}").click()
    expect(kit.locator(".kit-total")).to_have_text("3 parts, 60 minutes in all. That fills your time.")
    order = [names[0], names[2], names[1]]
    assert _plan(kit) == order
    kit.get_by_role("button", name="Sheet to lead from").click()
    kit.get_by_role("button", name="Print").click()
    _is_printed(kit, order)


def test_an_hour_by_keyboard(kit: Page, built_site: BuiltSite) -> None:
    """T12: the same by keys alone, the first by search; from the first box of the kit to print in at most 30 stops."""
    names = _staff_room(kit, built_site)
    kit.goto(f"{built_site.address}/index.html")
    _tab_to(kit, "nav a[href='search/index.html']")
    kit.keyboard.press("Enter")
    kit.wait_for_url(lambda url: url.endswith("/search/index.html"))
    _tab_to(kit, "[role=search] input")
    kit.keyboard.type(names[0])
    kit.keyboard.press("Enter")
    expect(kit.locator(".findings h3 a").first).to_have_text(names[0])
    _tab_to(kit, ".findings h3 a")
    kit.keyboard.press("Enter")
    expect(kit.locator("h1")).to_have_text(names[0])
    for name in names:
        _add(kit, name).press("Enter")
        if name == names[0]:
            kit.keyboard.press("Tab")
            kit.keyboard.press("Enter")
        expect(_add(kit, name)).to_be_focused()
        if name == names[0]:
            kit.goto(f"{built_site.address}/{LIST}")
    kit.keyboard.press("Tab")
    kit.keyboard.press("Enter")
    kit.wait_for_url(lambda url: url.endswith(KIT))
    assert _plan(kit) == names
    kit.locator(".kit-picks input").first.focus()
    stops = _tab_to(kit, ".kit-go")
    kit.keyboard.press("Enter")
    expect(kit.locator("#plan")).to_be_focused()
    for _ in range(3):
        stops += _tab_to(kit, ".kit-plan input")
        kit.keyboard.press("ControlOrMeta+a")
        kit.keyboard.type("20")
    stops += _tab_to(kit, "[data-act=up]")
    kit.keyboard.press("Enter")
    stops += _tab_to(kit, "#kit-have")
    kit.keyboard.type("60")
    expect(kit.locator(".kit-total")).to_have_text("3 parts, 60 minutes in all. That fills your time.")
    stops += _tab_to(kit, "[data-do=lead]")
    kit.keyboard.press("Enter")
    expect(kit.locator(".kit-out")).to_be_focused()
    stops += _tab_to(kit, ".kit-ways button")
    kit.keyboard.press("Enter")
    assert stops <= 30
    _is_printed(kit, [names[0], names[2], names[1]])


def test_it_fits_any_screen(visit: Callable[..., Page]) -> None:
    """On a wide one the plan stays in sight; at 320 pixels nothing scrolls sideways, and targets are 44 pixels high."""
    page = visit(KIT, viewport={"width": 1280, "height": 800})
    far = page.locator(".kit-picks").first.locator("input").nth(20)
    far.check()
    expect(page.locator(".kit-what")).to_be_in_viewport(ratio=1)
    expect(far).to_be_focused()
    expect(far).to_be_in_viewport(ratio=1)
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 780})
        assert violations_on(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for target in page.locator(".kit-work button, .kit-plan input, .kit-fields :is(input, select), .kit-pick").all():
        box = target.bounding_box()
        assert box is None or box["height"] >= 44, target.evaluate("target => target.outerHTML")


def test_without_script(visit: Callable[..., Page]) -> None:
    page = visit(KIT, script=False)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_text("Only lines that you ticked are printed")).to_be_visible()
    titles = _tick(page, 2)
    page.emulate_media(media="print")
    shown = [one.inner_text() for one in page.locator(".kit-pick b").all() if one.is_visible()]
    assert shown == titles
    expect(page.get_by_text("All together they take")).to_be_visible()
