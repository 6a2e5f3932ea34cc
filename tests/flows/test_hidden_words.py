"""Words that no reader sees: refused at each door, by the form, by letter and in a file, with field and line."""

import datetime as dt

import pytest

from desk import form_body
from forms_under_test import said_yes
from mutualaid.core.entries.on_paper import lacking
from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.mail_text import Letter
from mutualaid.core.pipeline.situation import NeedsFix, Ready
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.load_content import load_content
from mutualaid.flows.load_entries import load_entries
from mutualaid.flows.offline import consider, read_answers
from mutualaid.flows.read_offer import SubmittedForm, take_in_form
from paper import STEPS
from world import PROJECT, TODAY, World, rows_of

CHECKOUT = load_checkout(PROJECT)
WORDS = rows_of("hidden-words")
NOTHING_SEEN, HIDDEN_TAILS = WORDS["nothing_seen"], WORDS["hidden_tails"]
TITLES = {**NOTHING_SEEN, **{f"behind words, {name}": f"A shelf of food{tail}" for name, tail in HIDDEN_TAILS.items()}}
titles = pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)


def where_and_what(problems: tuple[Problem, ...]) -> set[tuple[str, int]]:
    return {(one.where, one.place.line) for one in problems if one.is_error}


@titles
def test_in_a_file(world: World, title: str) -> None:
    """In an entry and in the title of a page: the check names file and line, and nothing is published."""
    file = world.entry("resources", "shelf", title=title)
    line = next(at for at, text in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if "title:" in text)
    loaded = load_entries(world.root, TODAY)
    found = [one for one in loaded.problems if one.is_error]
    assert found and loaded.entries == ()
    assert {(one.place.file, one.place.line) for one in found} == {("submissions/resources/shelf.yaml", line)}
    world.page("guide/more.md", title=title)
    found = [one for one in load_content(world.root).problems if one.is_error]
    assert {(one.place.file, one.place.line) for one in found} == {("content/guide/more.md", 2)}


@titles
def test_in_a_form(title: str) -> None:
    """Whether it comes as an issue or as a letter."""
    body = form_body("Another").replace("\n\nAnother\n", f"\n\n{title}\n")
    outcome = take_in_form(CHECKOUT, SubmittedForm(body, 7, dt.datetime(2026, 11, 20, tzinfo=dt.UTC)), TODAY)
    assert isinstance(outcome, NeedsFix)
    line = body.split("\n").index(title) + 1
    assert where_and_what(outcome.problems) == {("Title", line)}
    form, answers = CHECKOUT.forms["examples"], said_yes()
    letter = write_form(Answers({**answers.values, "title": title}, answers.consents), form)
    read, _ = read_answers(Letter(letter), form)
    assert isinstance(read, Answers)
    assert {where for where, _ in where_and_what(consider(CHECKOUT, form, read, TODAY).problems)} == {"Title"}


@pytest.mark.parametrize("prompt", NOTHING_SEEN.values(), ids=NOTHING_SEEN)
def test_inside_a_list(world: World, prompt: str) -> None:
    handout = [{"prompt": "One", "lines": 1}, {"prompt": prompt, "lines": 2}]
    file = world.entry("exercises", "chart", handout=handout, **STEPS)
    text = file.read_text(encoding="utf-8")
    place = text.count("\n", 0, text.index("prompt:", text.index("lines: 1"))) + 1
    assert {one.place.line for one in load_entries(world.root, TODAY).problems if one.is_error} == {place}


@pytest.mark.parametrize("title", WORDS["there_rightly"].values(), ids=WORDS["there_rightly"])
def test_what_is_rightly_there(world: World, title: str) -> None:
    """Emoji, Persian and Indic words and rare names are fine, in a form and in a file; a line says what paper lacks."""
    body = form_body("Another").replace("\n\nAnother\n", f"\n\n{title}\n")
    outcome = take_in_form(CHECKOUT, SubmittedForm(body, 7, dt.datetime(2026, 11, 20, tzinfo=dt.UTC)), TODAY)
    assert isinstance(outcome, Ready)
    assert sum(line.startswith("The fonts for paper lack") for line in outcome.understood) == bool(lacking(title))
    world.write(outcome.path, outcome.text)
    assert [entry.title for entry in load_entries(world.root, TODAY).entries] == [title]


@pytest.mark.parametrize("words", [words for words in HIDDEN_TAILS.values() if "](" not in words], ids=ascii)
def test_in_a_page(world: World, words: str) -> None:
    """The body of a page is looked at like an entry, and told with the line of the file."""
    world.page("guide/more.md", f"One.\n\nTwo{words}.\n")
    found = [(one.place.file, one.place.line, one.code) for one in load_content(world.root).problems if one.is_error]
    assert found == [("content/guide/more.md", 7, "yaml.invisible-character")]
