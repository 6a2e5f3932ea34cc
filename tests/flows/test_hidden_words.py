"""Words that no reader sees: refused at each door, by the form, by letter and in a file, with field and line."""

import datetime as dt

import pytest

from desk import form_body
from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.mail_text import Letter
from mutualaid.core.pipeline.situation import NeedsFix, Ready
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.load_content import load_content
from mutualaid.flows.load_entries import load_entries
from mutualaid.flows.offline import consider, read_answers
from mutualaid.flows.read_offer import SubmittedForm, take_in_form
from offline_letters import said_yes
from paper import STEPS
from world import PROJECT, TODAY, World

CHECKOUT = load_checkout(PROJECT)
NOTHING_SEEN = {
    "zero-width spaces": "\u200b\u200b\u200b",
    "tag characters": "\U000e0041\U000e0042\U000e0043",
    "soft hyphens": "\u00ad\u00ad\u00ad",
    "joiners": "\u200d\u200c\u200d",
    "word joiners": "\u2060\u2060\u2060",
    "Hangul fillers": "\u3164\uffa0\u115f\u1160",
    "Khmer vowels of no look": "\u17b4\u17b5\u17b4",
    "variation selectors": "\ufe0f\ufe0e\U000e0100",
    "Mongolian selectors": "\u180b\u180e\u180c",
    "operators": "\u2061\u2062\u2063\u2064",
    "a joiner of graphemes": "\u034f\u034f\u034f",
    "entities by number": "&#x200b;&#8203;&#xE0041;",
    "entities by name": "&ZeroWidthSpace;&shy;&NoBreak;",
    "entities of spaces": "&nbsp;&emsp;&#160;",
    "an empty link": "[](https://www.example.org/nothing)",
    "a link of spaces": "[ &nbsp; ](https://www.example.org/a(b)c)",
    "accents alone": "\u0301\u0302\u0303",
    "Braille without a dot": "\u2800\u2800\u2800",
    "characters of nobody's": "\ue000\ue001\uf8ff",
    "bullets alone": "- - -",
}
HIDDEN_TAILS = {
    "tag characters": "\U000e0020\U000e0049\U000e0047\U000e004e\U000e004f\U000e0052\U000e0045",
    "a zero-width space": "\u200bshelf",
    "a soft hyphen": "\u00adshelf",
    "a filler": " \u3164shelf",
    "a selector behind a letter": "\ufe0f shelf",
    "tags behind a flag": " \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f\U000e0041",
    "selectors behind an ideograph": "\u845b\U000e0100\U000e0101\U000e0102",
    "right to left by an entity": "&#x202e;evil",
    "right to left by a long entity": "&#008238;evil",
    "a mark of direction by name": "&rlm;shelf",
    "a link without words": " [](https://www.example.org/a)",
}
SAMPLES = {**NOTHING_SEEN, **{f"behind words, {name}": f"A shelf of food{tail}" for name, tail in HIDDEN_TAILS.items()}}
THERE_RIGHTLY = {
    "a family": "Shelf \U0001f469\u200d\U0001f469\u200d\U0001f466",
    "a heart and a firefighter": "Shelf \u2764\ufe0f\u200d\U0001f525 \U0001f469\U0001f3fd\u200d\U0001f692",
    "a flag of joined emoji": "Shelf \U0001f3f3\ufe0f\u200d\U0001f308",
    "a flag of tags": "Shelf \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "a key": "Shelf 1\ufe0f\u20e3 and \u2122\ufe0f",
    "Persian": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 PDF\u200c\u0647\u0627",
    "Hindi and Malayalam": "\u0915\u094d\u200d\u0937 and \u0930\u094d\u200c\u0915 and \u0d23\u0d4d\u200d",
    "Mongolian": "\u1820\u180b and more",
    "a Japanese name": "\u845b\U000e0100\u57ce\u5e02",
    "a query": "Shelf ?a=1&copy=2",
    "signs": "What now?! R&D &amp; “…”",
}


def where_and_what(problems: tuple[Problem, ...]) -> set[tuple[str, int]]:
    return {(one.where, one.place.line) for one in problems if one.is_error}


@pytest.mark.parametrize("title", SAMPLES.values(), ids=SAMPLES)
def test_in_a_file(world: World, title: str) -> None:
    """The check names file, line and column, and nothing is published."""
    file = world.entry("resources", "shelf", title=title)
    line = next(at for at, text in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if "title:" in text)
    loaded = load_entries(world.root, TODAY)
    found = [one for one in loaded.problems if one.is_error]
    assert found and loaded.entries == ()
    assert {(one.place.file, one.place.line) for one in found} == {("submissions/resources/shelf.yaml", line)}


@pytest.mark.parametrize("title", SAMPLES.values(), ids=SAMPLES)
def test_in_a_form(title: str) -> None:
    body = form_body("Another").replace("\n\nAnother\n", f"\n\n{title}\n")
    outcome = take_in_form(CHECKOUT, SubmittedForm(body, 7, dt.datetime(2026, 11, 20, tzinfo=dt.UTC)), TODAY)
    assert isinstance(outcome, NeedsFix)
    line = body.split("\n").index(title) + 1
    assert where_and_what(outcome.problems) == {("Title", line)}


@pytest.mark.parametrize("title", SAMPLES.values(), ids=SAMPLES)
def test_in_a_letter(title: str) -> None:
    form, answers = CHECKOUT.forms["examples"], said_yes()
    letter = write_form(Answers({**answers.values, "title": title}, answers.consents), form)
    read, _ = read_answers(Letter(letter), form)
    assert isinstance(read, Answers)
    assert {where for where, _ in where_and_what(consider(CHECKOUT, form, read, TODAY).problems)} == {"Title"}


@pytest.mark.parametrize("prompt", NOTHING_SEEN.values(), ids=NOTHING_SEEN)
def test_inside_a_list(world: World, prompt: str) -> None:
    file = world.entry(
        "exercises", "chart", handout=[{"prompt": "One", "lines": 1}, {"prompt": prompt, "lines": 2}], **STEPS
    )
    text = file.read_text(encoding="utf-8")
    place = text.count("\n", 0, text.index("prompt:", text.index("lines: 1"))) + 1
    assert {one.place.line for one in load_entries(world.root, TODAY).problems if one.is_error} == {place}


@pytest.mark.parametrize("title", THERE_RIGHTLY.values(), ids=THERE_RIGHTLY)
def test_what_is_rightly_there(world: World, title: str) -> None:
    """Emoji, Persian and Indic words and rare names are fine, in a form and in a file."""
    body = form_body("Another").replace("\n\nAnother\n", f"\n\n{title}\n")
    outcome = take_in_form(CHECKOUT, SubmittedForm(body, 7, dt.datetime(2026, 11, 20, tzinfo=dt.UTC)), TODAY)
    assert isinstance(outcome, Ready) and outcome.title == title
    world.write(outcome.path, outcome.text)
    assert [entry.title for entry in load_entries(world.root, TODAY).entries] == [title]


@pytest.mark.parametrize("words", [words for words in HIDDEN_TAILS.values() if "](" not in words], ids=ascii)
def test_in_a_page(world: World, words: str) -> None:
    """The body of a page is looked at like an entry, and told with the line of the file."""
    world.page("guide/more.md", f"One.\n\nTwo{words}.\n")
    found = [(one.place.file, one.place.line, one.code) for one in load_content(world.root).problems if one.is_error]
    assert found == [("content/guide/more.md", 7, "yaml.invisible-character")]


@pytest.mark.parametrize("title", NOTHING_SEEN.values(), ids=NOTHING_SEEN)
def test_in_the_title_of_a_page(world: World, title: str) -> None:
    world.page("guide/more.md", title=title)
    found = {(one.place.file, one.place.line) for one in load_content(world.root).problems if one.is_error}
    assert found == {("content/guide/more.md", 2)}
