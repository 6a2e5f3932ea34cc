"""T4: share what was done without exposing anyone. The draft page in a real browser, on a phone's screen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forms_under_test import project_forms
from mutualaid.adapters.mail import read_letter
from mutualaid.core.forms.answers import Answers
from mutualaid.core.forms.mail_text import Letter
from mutualaid.flows.offline import read_answers
from site_under_test import BuiltSite
from world import real_kinds, rows_of

Open = Callable[..., Page]
PLANTED: dict[str, str] = rows_of("planted", "found")


def _open(visit: Open, site: BuiltSite, kind: str = "examples") -> tuple[Page, list[str]]:
    """Open a draft page; return with it each later request, error and complaint, but for the icon's."""
    page = visit(f"{site.address}/contribute/draft/{kind}/index.html")
    page.wait_for_load_state("networkidle")
    seen: list[str] = []
    page.on("request", lambda sent: None if sent.url.endswith("/mark.svg") else seen.append(sent.url))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda said: seen.append(said.text))
    return page, seen


def test_five_planted_details_are_found_and_nothing_is_sent(visit: Open, built_site: BuiltSite) -> None:
    """Each is marked, its field named, softer words given; and no request, storage or cookie comes of typing."""
    page, seen = _open(visit, built_site)
    page.get_by_label("Title").first.fill("A shift-swap board")
    page.locator("#f-what_was_done").fill(rows_of("planted", "story"))
    expect(page.get_by_role("status")).to_contain_text("5 details may point to somebody")
    rows = page.locator("[data-part=findings] li").all()
    found = {row.locator("mark").inner_text(): row.inner_text() for row in rows}
    assert set(found) == set(PLANTED)
    for words, title in PLANTED.items():
        assert found[words].startswith(f"What was done: {title}. ")
        assert re.search(r"(?:Leave|Write|Kind)\b.*\.$", found[words])
    beside = page.locator("[data-field=what_was_done] .found mark").all_inner_texts()
    assert set(beside) == set(PLANTED)
    assert seen == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_what_is_typed_is_shown_as_text_with_what_is_missing(visit: Open, built_site: BuiltSite) -> None:
    """Each answer is under its question, HTML as words; nothing is called missing before a letter is typed."""
    page, seen = _open(visit, built_site)
    understood, problems = page.locator("[data-part=understood]"), page.locator("[data-part=problems]")
    expect(understood).to_have_text("Nothing is typed yet.")
    expect(problems).to_have_text("Nothing is typed yet.")
    page.locator("#f-served").fill("Us")
    missing = [re.compile(words) for words in ("What was done needs", "Title needs", "4 boxes")]
    expect(problems.locator("li")).to_have_text(missing)
    page.locator("#f-what_was_done").fill("We wrote:\nTitle: a board")
    expect(problems).to_contain_text("looks like a question of this form: “Title: a board”")
    for name in ("served", "what_was_done"):
        page.locator(f"#f-{name}").fill("")
    page.locator("#f-title").fill("<img src=x onerror=alert(1)> & more")
    page.locator("#f-sources").fill("A report | https://example.org/a | 2020\n- <script>alert(1)</script>")
    expect(understood.locator("dd").first).to_have_text("<img src=x onerror=alert(1)> & more")
    expect(understood.locator("dd").nth(1)).to_contain_text("A report · Link: https://example.org/a · ")
    expect(understood.locator("dd").last).to_contain_text("<script>alert(1)</script>")
    assert understood.locator("img, script").count() == 0
    assert seen == []


@pytest.mark.parametrize("kind", real_kinds())
def test_fields_and_boxes_are_those_of_the_form(kind: str, visit: Open) -> None:
    """Without script: labels, order, choices and boxes are the form's; it prints on two sheets, and names no site."""
    form, _ = project_forms()[kind]
    page = visit(f"contribute/draft/{kind}/index.html", script=False)
    asked = page.locator(".asked > label[for], .asked > legend").all_inner_texts()
    labels = [one.strip().removesuffix(" · needed").removesuffix(" needed") for one in asked if one]
    assert labels == [*(field.label for field in form.short), form.consent_block.label]
    first = page.locator(".asks :is(input, textarea)").first
    assert first.get_attribute("name") == form.fields[0].id
    assert page.locator("main :is(input, select, textarea, button)").first.get_attribute("name") == form.fields[0].id
    box = first.bounding_box()
    assert box and box["y"] < 1.1 * 780
    page.locator(".asked-more > summary").click()
    asked = page.locator(".asked-more .asked > :is(label[for], legend)").all_inner_texts()
    assert [one.strip() for one in asked] == [field.label for field in form.fields if not field.is_short]
    for field in form.fields:
        offered = page.locator(f"[name='{field.id}']").evaluate_all("all => all.map(one => one.value)")
        if field.options:
            unset = [] if field.required or field.multiple or field.options[0][0] == "" else [""]
            assert offered == [*(label for _, label in field.options), *unset]
        else:
            assert len(offered) == 1
    boxes = page.locator("[name=consents]").evaluate_all("all => all.map(one => one.parentNode.textContent.trim())")
    assert tuple(boxes) == form.consents
    assert not page.locator(".draft-live").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 4
    page.emulate_media(media="print")
    assert not page.get_by_text("Mutual Aid at Work").first.is_visible()
    assert page.locator(".leave-these").is_visible() and page.locator(".ruled").first.is_visible()


def _fill(page: Page) -> dict[str, str]:
    page.locator("#f-title").fill("A shift-swap board")
    page.get_by_label("Told by somebody who was there").check()
    if not page.get_by_label("Public library").is_visible():
        page.locator(".asked-more > summary").click()
    page.get_by_label("Public library").check()
    page.get_by_label("Archive", exact=True).check()
    page.locator("#f-what_was_done").fill("We put up a board.\n\n  - It stayed.")
    page.get_by_label("The people described have agreed").check()
    expect(page.get_by_label("The whole text")).to_have_value(re.compile("It stayed"))
    return {
        "title": "A shift-swap board",
        "origin": "Told by somebody who was there",
        "workplace": "Public library, Archive",
        "what_was_done": "We put up a board.\n\n  - It stayed.",
    }


def test_the_four_exits(visit: Open, open_site: BuiltSite, tmp_path: Path) -> None:
    page, seen = _open(visit, open_site)
    typed = _fill(page)
    form, _ = project_forms()["examples"]
    wanted = Answers({field.id: typed.get(field.id, "") for field in form.fields}, (False, False, True, False))

    with page.expect_download() as download:
        page.get_by_role("button", name="Save draft.txt").click()
    download.value.save_as(tmp_path / "draft.txt")
    (tmp_path / "mail.txt").write_text(page.get_by_label("The whole text").input_value(), encoding="utf-8")
    for name in ("draft.txt", "mail.txt"):
        letter = read_letter(tmp_path / name)
        assert isinstance(letter, Letter)
        answers, reading = read_answers(letter, form)
        assert answers == wanted
        assert reading.left_out == ()

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Your answers, one by one").click()
    page.get_by_role("button", name="Copy “Title”").click()
    expect(page.get_by_role("status")).to_have_text("“Title” is copied. Next: For whom.")
    assert page.evaluate("navigator.clipboard.readText()") == "A shift-swap board"
    expect(page.locator(".answers li", has_text="Where the story")).to_contain_text("Choose: Told by somebody who")
    rows = page.locator(".answers li > p:first-child").all_inner_texts()
    assert rows == [field.label for field in form.short]
    added = page.get_by_label("What you typed under “More that you can say”")
    expect(added).to_have_value("### Kind of workplace\n\nPublic library, Archive")
    page.get_by_label("Archive", exact=True).uncheck()
    page.get_by_label("Public library").uncheck()
    expect(added).to_be_hidden()

    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.get_by_role("button", name="Print this").click()
    assert page.evaluate("window.printed")
    assert [one for one in seen if not one.startswith("blob:")] == []

    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } })")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_role("status")).to_contain_text("The text is selected")
    assert page.evaluate("getSelection().toString()") == page.get_by_label("The whole text").input_value()


def test_kept_only_when_asked_and_forgotten_at_once(visit: Open, built_site: BuiltSite) -> None:
    """A draft comes back after it was asked to be kept; one button takes it from the page and from the browser."""
    page, _ = _open(visit, built_site)
    _fill(page)
    page.reload()
    expect(page.locator("#f-title")).to_have_value("")
    _fill(page)
    page.get_by_label("Keep what I type").check()
    assert page.evaluate("Object.keys(localStorage)") == ["mutualaid-draft"]
    page.reload()
    expect(page.locator("#f-title")).to_have_value("A shift-swap board")
    expect(page.get_by_label("Archive", exact=True)).to_be_checked()
    page.get_by_role("button", name="Forget this draft").press("Enter")
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator("#f-title")).to_have_value("")
    page.reload()
    expect(page.locator("#f-title")).to_have_value("")


def test_a_hint_leads_to_its_field(visit: Open, built_site: BuiltSite) -> None:
    page, _ = _open(visit, built_site)
    page.locator(".asked-more > summary").click()
    page.locator("#f-summary").fill("Call 312-555-0143")
    page.locator(".asked-more > summary").click()
    link = page.locator("[data-part=findings] a")
    expect(link).to_have_text("In one sentence")
    link.press("Enter")
    assert page.evaluate("document.activeElement.id") == "f-summary"
    box, bar = page.locator("#f-summary").bounding_box(), page.locator(".leave").bounding_box()
    assert box and bar and box["y"] >= bar["y"] + bar["height"]
