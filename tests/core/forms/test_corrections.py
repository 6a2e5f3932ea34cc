"""Corrections by form: which entry is meant, and that nothing of it is lost."""

from typing import Any

import pytest

from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.corrections import branch_of, corrected, place_of
from mutualaid.core.forms.to_entry import answers_of
from world import real_kinds

KINDS = ("examples", "exercises", "groups", "resources")
FORM, KIND = project_forms()["resources"]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/resources/a-list/", ("resources", "a-list")),
        ("resources/a-list", ("resources", "a-list")),
        (" https://aid.example.org/resources/a-list/index.html?x=1#top ", ("resources", "a-list")),
        ("https://org.example.org/examples/resources/a-list/", ("resources", "a-list")),
        ("file:///media/stick/site/exercises/a-round/lead/", ("exercises", "a-round")),
        ("/guide/a-list/", None),
        ("/resources/", None),
        ("a-list", None),
        ("", None),
    ],
)
def test_which_entry(address: str, place: tuple[str, str] | None) -> None:
    """However the address was copied."""
    assert place_of(address, KINDS) == place


@pytest.mark.parametrize(
    ("typed", "branch"),
    [("/resources/a-list/", "correction/7"), ("", "submission/7"), ("nonsense", "correction/7")],
)
def test_which_branch(typed: str, branch: str) -> None:
    """The first question says it, before anybody knows whether there is such an entry."""
    assert branch_of(write_form(answers(FORM, corrects=typed), FORM), FORM, 7) == branch


def test_a_branch_for_any_text() -> None:
    """A text that is no form, or has the heading and nothing below, is no correction."""
    assert branch_of("Hello\n\n### Title", FORM, 7) == "submission/7"
    assert branch_of(FORM.headings[0], FORM, 7) == branch_of("\n".join(FORM.headings), FORM, 7) == "submission/7"


def entry(**changes: Any) -> dict[str, Any]:
    """Return an entry that holds fields which the form does not know."""
    value = {name: KIND.schema["properties"][name]["examples"][0] for name in KIND.schema["required"]}
    own: dict[str, Any] = {
        "slug": "a-list",
        "licence": "CC0-1.0",
        "added": "2024-02",
        "intake": {"channel": "offline"},
        "reviewed": {"on": "2026-01-02", "by_role": "maintainer"},
        "credit": {"choice": "pseudonym", "name": "A night-shift page"},
    }
    return {**value, **own, **changes}


def typed(**values: str) -> Answers:
    """Return what somebody fills in who changes only a little."""
    return answers(FORM, corrects="/resources/a-list/", **values)


def test_what_is_left_empty_stays() -> None:
    """One answer is changed; slug, month, licence, review and the way it came in are the entry's own."""
    had = entry()
    found = corrected(typed(title="A Better List"), had, FORM, KIND)
    assert not found.problems
    assert found.value == {**had, "title": "A Better List"}
    assert [name for name in KIND.fields if name in found.value] == list(found.value)


def test_a_hyphen_takes_an_answer_out() -> None:
    """Since an empty answer cannot."""
    had = entry(publisher="A small press")
    assert "publisher" in had and "publisher" in real_kinds()["resources"].fields
    assert "publisher" not in corrected(typed(publisher=" - "), had, FORM, KIND).value


@pytest.mark.parametrize(
    ("choice", "name", "no_credit", "kept"),
    [
        ("", "", False, {"choice": "pseudonym", "name": "A night-shift page"}),
        ("No credit", "", False, {"choice": "pseudonym", "name": "A night-shift page"}),
        ("Name", "Ann", False, {"choice": "name", "name": "Ann"}),
        ("", "", True, None),
    ],
)
def test_credit_stays_with_whoever_offered_it(choice: str, name: str, no_credit: bool, kept: Any) -> None:
    """Who asks for no credit for a correction takes nobody else's away; `/no-credit` does."""
    given = typed(credit_choice=choice, credit_name=name)
    assert corrected(given, entry(), FORM, KIND, no_credit=no_credit).value.get("credit") == kept


def test_everything_typed_again_is_nothing_new() -> None:
    """A form that is filled in as the entry stands gives the entry."""
    had = entry()
    assert corrected(answers_of(had, FORM, KIND), had, FORM, KIND).value == had


def test_problems_of_what_was_typed_are_told() -> None:
    """As in any other form."""
    (problem,) = corrected(typed(medium="Scroll"), entry(), FORM, KIND).problems
    assert problem.where == "Medium"
