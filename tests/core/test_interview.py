"""Interviews: each question in plain words, answers by number or word, back and forth, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import answers, small_form
from mutualaid.core.form import Answers
from mutualaid.core.interview import Interview, answer, back, begin, forward, go_to, listed, question

FORM = small_form()
PLACES = {asked.id: place for place, asked in enumerate(FORM.fields)}
CONSENT = len(FORM.fields)


def at(name: str, **values: str) -> Interview:
    """Return an interview that stands at a question, with earlier answers."""
    return go_to(begin(FORM, answers(**values) if values else None), PLACES[name])


def taken(interview: Interview, typed: str) -> str:
    """Return what became of the answer that was asked for; it must have been taken."""
    after = answer(interview, typed)
    assert isinstance(after, Interview), after
    assert after.place == interview.place + 1
    assert interview.asked
    return after.values[interview.asked.id]


def test_a_question() -> None:
    """It says its number, its label, whether it is needed, its help, and its choices."""
    shown = question(at("kind")).split("\n")
    asked = FORM.fields[PLACES["kind"]]
    assert shown[0] == f"{PLACES['kind'] + 1} of {len(FORM.fields) + len(FORM.consents)}. {asked.label} (needed)"
    assert shown[1] == asked.help
    assert shown[2:] == [
        *(f"  {number}  {label}" for number, (_, label) in enumerate(asked.options, 1)),
        "Type its number.",
    ]
    assert "Type their numbers, with commas between." in question(at("words"))
    assert "only a full stop (.)" in question(at("story"))


def test_what_was_answered_before() -> None:
    """It is shown, shortened, with how to keep it or take it away."""
    shown = question(at("story", story="One.\nTwo." + "o" * 400))
    assert "So far:\n  | One.\n  | Two.ooo" in shown
    assert shown.endswith("o…\nEnter keeps it, - takes it away.")


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("title", "  A ladder ", "A ladder"),
        ("story", "\n  One.\n\nTwo.\n", "  One.\n\nTwo."),
        ("kind", "1", FORM.fields[PLACES["kind"]].options[0][1]),
        ("kind", FORM.fields[PLACES["kind"]].options[1][1].upper(), FORM.fields[PLACES["kind"]].options[1][1]),
        ("words", "2, 1,2", ", ".join(FORM.fields[PLACES["words"]].options[place][1] for place in (1, 0))),
        ("words", "", ""),
        ("words", "-", ""),
    ],
)
def test_answers_are_taken(name: str, typed: str, kept: str) -> None:
    """A choice by its number or its word, text as it was typed."""
    assert taken(at(name), typed) == kept


def test_enter_keeps_and_a_hyphen_takes_away() -> None:
    """What was answered before stays until somebody takes it away."""
    assert taken(at("title", title="A ladder"), "") == "A ladder"
    assert taken(at("title", title="A ladder"), "-") == ""


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", " ", "This one is needed."),
        ("kind", "77", "There is no choice '77'. Type a number from 1 to"),
        ("kind", "1, 2", "There is no choice '1, 2'."),
        ("words", "1, x", "There is no choice 'x'."),
        ("words", ",", "There is no choice ','."),
    ],
)
def test_answers_that_cannot_be_taken(name: str, typed: str, said: str) -> None:
    """The sentence says why; the question stays."""
    after = answer(at(name), typed)
    assert isinstance(after, str)
    assert after.startswith(said)


def test_consents() -> None:
    """Each sentence is asked for by itself, and only a yes is a yes."""
    interview = go_to(begin(FORM), CONSENT)
    assert f"“{FORM.consents[0]}”\nType yes or no." in question(interview)
    assert isinstance(answer(interview, "maybe"), str)
    assert isinstance(answer(interview, ""), str)
    yes = answer(interview, " YES ")
    assert isinstance(yes, Interview)
    assert (yes.consents, yes.place) == ((True, False), CONSENT + 1)
    assert answer(go_to(yes, CONSENT), "") == yes
    no = answer(go_to(yes, CONSENT), "n")
    assert isinstance(no, Interview) and no.consents == (False, False)
    over = answer(yes, "y")
    assert isinstance(over, Interview) and over.is_over and over.answers.consents == (True, True)


def test_back_and_forth() -> None:
    """One can go anywhere, and not beyond either end."""
    start = begin(FORM)
    assert back(start) == start
    assert back(forward(start)) == start
    assert go_to(start, -5) == start
    assert go_to(start, 999).is_over
    assert forward(go_to(start, 999)) == go_to(start, 999)


def test_the_list() -> None:
    """Every question has its number, and a star where it has an answer."""
    rows = listed(begin(FORM, answers(title="A ladder"))).split("\n")
    assert len(rows) == len(FORM.fields) + len(FORM.consents)
    assert rows[0] == "*  1  Title (needed)"
    assert rows[PLACES["story"]].startswith("  ")


def test_going_on_with_a_draft() -> None:
    """An interview begins with the answers of an earlier one; a draft without boxes has said yes to none."""
    assert begin(FORM, answers(title="A ladder")).answers == answers(title="A ladder")
    assert begin(FORM, Answers({"title": "A"})).consents == (False, False)
    assert begin(FORM).is_empty
    assert not begin(FORM, answers(title="A ladder")).is_empty


@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["1", "2,1", "-", "", "y", "n"])), max_size=30))
def test_whatever_is_typed(lines: list[str]) -> None:
    """No line raises; each is taken, or answered with a sentence."""
    interview = begin(FORM)
    for line in lines:
        if interview.is_over:
            break
        after = answer(interview, line)
        interview = forward(interview) if isinstance(after, str) else after
        assert question(interview) if not interview.is_over else listed(interview)
