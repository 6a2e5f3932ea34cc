"""Corrections by form: which entry is meant, and that nothing of it is lost."""

from typing import Any

import pytest

from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import Answers
from mutualaid.core.forms.corrections import corrected, lines_in, place_of, said_in
from world import rows_of

FORM, KIND = project_forms()["resources"]
CREDIT = {"name": "A night-shift page"}


@pytest.mark.parametrize(("address", "place"), rows_of("forms/corrections", "addresses"))
def test_which_entry(address: str, place: list[str] | None) -> None:
    assert place_of(address, ("examples", "exercises", "groups", "resources")) == (tuple(place) if place else None)


def entry(**changes: Any) -> dict[str, Any]:
    value = {name: KIND.schema["properties"][name]["examples"][0] for name in KIND.schema["required"]}
    own = {"slug": "a-list", "licence": "CC0-1.0", "added": "2024-02", "intake": {"channel": "offline"}}
    reviewed = {"on": "2026-01-02", "by_role": "maintainer"}
    return {**value, **own, "reviewed": reviewed, "credit": CREDIT, **changes}


CORRECTION, _ = project_forms()["correct"]


def typed(changes: str) -> Answers:
    lines = lines_in(answers(CORRECTION, changes=changes), FORM, KIND)
    assert isinstance(lines, Answers)
    return lines


@pytest.mark.parametrize(("changes", "lines"), rows_of("forms/corrections", "lines"))
def test_lines_of_a_correction(changes: str, lines: dict[str, str]) -> None:
    """A label is the form's or the page's; words above a line, or below one that ends, wait for an editor."""
    assert typed(changes).values == lines


@pytest.mark.parametrize(
    ("changes", "kept"), [("Title: Another", CREDIT), ("Credit: Ann", {"name": "Ann"}), ("Credit: - ", None)]
)
def test_credit_stays_with_whoever_offered_it(changes: str, kept: Any) -> None:
    """A correction asks for no name; a line of its own may change the one that is there, or a hyphen take it out."""
    assert corrected(typed(changes), entry(), FORM, KIND, {}).value.get("credit") == kept


def test_sources_are_added_once() -> None:
    had, more = entry()["sources"], {"title": "Its page", "url": "https://www.example.org/new"}
    value = corrected(typed("Title: Another"), entry(), FORM, KIND, {"sources": [more, {**had[0], "title": "x"}]}).value
    assert value["sources"] == [*had, more]


@pytest.mark.parametrize(("said", "sets"), rows_of("forms/corrections", "sets"))
def test_what_a_choice_sets(said: dict[str, str], sets: list[str | None]) -> None:
    """Whether a group is still open is one question, and several fields of its entry."""
    _, kind = project_forms()["still-open"]
    names = ("status", "takes_requests", "status_as_of", "open_as_of")
    gone = {} if "closed" in sets else {"closed_on": None}
    assert said_in(said, kind, "2026-11") == {**dict(zip(names, sets, strict=True)), **gone}
