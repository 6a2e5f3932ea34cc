"""Corrections by form: which entry is meant, and that nothing of it is lost."""

from typing import Any

import pytest

from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.corrections import branch_of, corrected, place_of

KINDS = ("examples", "exercises", "groups", "resources")
FORM, KIND = project_forms()["resources"]
CREDIT = {"choice": "pseudonym", "name": "A night-shift page"}


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
    assert place_of(address, KINDS) == place


@pytest.mark.parametrize(
    ("text", "branch"),
    [
        (write_form(answers(FORM, corrects="/resources/a-list/"), FORM), "correction/7"),
        (write_form(answers(FORM, corrects="nonsense"), FORM), "correction/7"),
        (write_form(answers(FORM), FORM), "submission/7"),
        ("Hello\n\n### Title", "submission/7"),
        (FORM.headings[0], "submission/7"),
        ("\n".join(FORM.headings), "submission/7"),
    ],
    ids=["an-address", "nonsense", "empty", "no-form", "a-heading", "headings"],
)
def test_which_branch(text: str, branch: str) -> None:
    """The first question says it, before anybody knows whether there is such an entry; any text has a branch."""
    assert branch_of(text, FORM, 7) == branch


def entry(**changes: Any) -> dict[str, Any]:
    value = {name: KIND.schema["properties"][name]["examples"][0] for name in KIND.schema["required"]}
    own = {"slug": "a-list", "licence": "CC0-1.0", "added": "2024-02", "intake": {"channel": "offline"}}
    reviewed = {"on": "2026-01-02", "by_role": "maintainer"}
    return {**value, **own, "reviewed": reviewed, "credit": CREDIT, **changes}


def typed(**values: str) -> Answers:
    return answers(FORM, corrects="/resources/a-list/", **values)


def test_a_hyphen_takes_an_answer_out() -> None:
    had = entry(publisher="A small press")
    assert "publisher" not in corrected(typed(publisher=" - "), had, FORM, KIND).value


@pytest.mark.parametrize(
    ("choice", "name", "no_credit", "kept"),
    [
        ("", "", False, CREDIT),
        ("No credit", "", False, CREDIT),
        ("Name", "Ann", False, {"choice": "name", "name": "Ann"}),
        ("", "", True, None),
    ],
)
def test_credit_stays_with_whoever_offered_it(choice: str, name: str, no_credit: bool, kept: Any) -> None:
    """Who asks for no credit for a correction takes nobody else's away; `/no-credit` does."""
    given = typed(credit_choice=choice, credit_name=name)
    assert corrected(given, entry(), FORM, KIND, no_credit=no_credit).value.get("credit") == kept
