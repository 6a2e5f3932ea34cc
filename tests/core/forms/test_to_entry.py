"""Shaping: from what was typed to the value of an entry; every problem with its line and what to do."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import CALM, SAMPLES_OF_FORMS, answers, body, project_forms, said, small_form, small_kind, yaml_of
from mutualaid.adapters.yaml import canonical, read_yaml
from mutualaid.core.forms.answers import Answers, read_form
from mutualaid.core.forms.to_entry import LONGEST, RESERVED, Shaped, shape, slug_from
from world import rows_of

INTAKE = {"channel": "issue", "issue": 7}
MADE = {"slug": "a-ladder", "licence": "CC-BY-NC-SA-4.0", "added": "2026-11", "intake": INTAKE}
ENOUGH = {"title": "A ladder", "kind": "A book", "story": "It was found."}
SHAPED_ENOUGH = {"title": "A ladder", "kind": "book", "story": "It was found."}


def _shape(typed: Answers, slug: str | None = None, taken: tuple[str, ...] = ()) -> Shaped:
    return shape(typed, small_form(), small_kind(), INTAKE, "2026-11", slug, taken)


def _shaped(**values: str) -> dict[str, Any]:
    shaped = _shape(answers(**{**ENOUGH, **values}))
    assert said(shaped.problems) == []
    usual = {**MADE, **SHAPED_ENOUGH, "slug": shaped.value["slug"]}
    return {name: value for name, value in shaped.value.items() if usual.get(name) != value}


def test_the_whole_in_the_order_of_the_schema() -> None:
    shaped = _shape(answers(**ENOUGH, link="https://www.example.org/", words="Heavy, Old", credit_choice="Pseudonym"))
    assert shaped.problems == ()
    typed = {"words": ["heavy", "old"], "link": {"url": "https://www.example.org/"}, "credit": {"choice": "pseudonym"}}
    assert shaped.value == {**MADE, **SHAPED_ENOUGH, **typed}
    assert " ".join(shaped.value) == "slug title kind words story link credit licence added intake"


@pytest.mark.parametrize(("typed", "value"), rows_of("forms/values", "values"))
def test_values(typed: dict[str, str], value: dict[str, Any]) -> None:
    assert _shaped(**typed) == value


@pytest.mark.parametrize("case", yaml_of(SAMPLES_OF_FORMS / "problems.yaml"), ids=lambda case: case["case"])
def test_problems(case: dict[str, Any]) -> None:
    typed = {name: value.replace("(RLO)", "\u202e") for name, value in case["typed"].items()}
    reading = read_form(body(**{**ENOUGH, **typed}), small_form())
    assert isinstance(reading, Answers)
    assert said(_shape(reading).problems) == case["said"]


@CALM
@given(st.fixed_dictionaries({asked.id: st.text(max_size=60) for asked in small_form().fields}))
def test_any_answers(values: dict[str, str]) -> None:
    shaped = _shape(Answers(values, (True, True)))
    assert list(shaped.value) == [name for name in small_kind().fields if name in shaped.value]
    reading = read_yaml(canonical(shaped.value, small_kind()), "file.yaml")
    assert reading.document is not None, reading.problems
    assert reading.document.value == shaped.value


def test_how_problems_are_told() -> None:
    typed = Answers(answers(**ENOUGH).values, (True, False))
    only = (
        "1 consents.unchecked The box “I know that it is public.” is not checked. If you can say yes to it, check it. "
        "If you can't, this can't be published: write /withdraw in a comment, on a line by itself."
    )
    assert said(_shape(typed).problems) == [only]
    assert len(_shape(Answers({})).problems) == 2
    problems = _shape(answers(**{**ENOUGH, "kind": "A boot"}, steps="x | y | z\n" * 40)).problems
    assert [problem.where for problem in problems] == ["Kind", *["Steps"] * 12]


@pytest.mark.parametrize(
    "text", [" " * 30_000 + "x", " \n" * 30_000 + "x", "| " * 30_000, "\\" * 60_000, "a," * 30_000]
)
def test_long_answers_take_no_long_time(text: str) -> None:
    _shape(Answers({asked.id: f"{text}{text}" for asked in small_form().fields}, (True, True)))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        *rows_of("forms/values", "slugs"),
        ("one " * 30, ("one-" * 20)[:79]),
        ("x" * 200, "x" * 80),
        ("x" * 40 + " " + "y" * 39 + " z", "x" * 40 + "-" + "y" * 39),
    ],
)
def test_slug_of_a_title(title: str, slug: str) -> None:
    """Letters of other alphabets are spelt out where that is known, and the slug ends at a whole word."""
    assert slug_from(title, (), "Group") == slug


def test_slugs_that_are_taken() -> None:
    assert slug_from("A board", {"a-board", "a-board-2"}) == "a-board-3"
    taken = slug_from("x" * 200, ())
    assert slug_from("x" * 200, {taken}) == "x" * 78 + "-2"
    assert _shape(answers(**ENOUGH), slug="ladder", taken=("ladder",)).value["slug"] == "ladder"
    assert _shape(answers(**ENOUGH), taken=("a-ladder",)).value["slug"] == "a-ladder-2"
    assert _shape(answers()).value == {**MADE, "slug": "small-thing"}
    form, kind = project_forms()["examples"]
    shaped = shape(answers(form, title="Workplace"), form, kind, {"channel": "issue"}, "2026-11", None, ())
    assert shaped.value["slug"] == "workplace-2"


@CALM
@given(st.text(), st.sets(st.sampled_from(["a", "a-2", "b", "entry", "entry-2"])))
def test_any_title(title: str, taken: set[str]) -> None:
    slug = slug_from(title, taken)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) <= LONGEST
    assert slug not in {*taken, *RESERVED}
    assert slug_from(title, taken) == slug != slug_from(title, {*taken, slug})
