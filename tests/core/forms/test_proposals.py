"""What an entry needs and nobody typed: made of the text, field by field, the same each time; nothing about people."""

from typing import Any

import pytest

from forms_under_test import answers, project_forms, said
from mutualaid.core.forms.to_entry import Shaped, shape
from world import real_kinds, rows_of

STORY = "We swapped shifts on a board.\n\nThen a flood came, and we pooled cash for rent."


def shaped(name: str, **typed: str) -> Shaped:
    form, kind = project_forms()[name]
    return shape(answers(form, **typed), form, kind, {"channel": "issue", "issue": 7}, "2026-11", None, ())


@pytest.mark.parametrize(("kind", "typed", "made"), rows_of("forms/proposals", "proposed"))
def test_what_is_proposed(kind: str, typed: dict[str, str], made: dict[str, Any]) -> None:
    """Whatever was typed stays, even where it could not be read; origin is asked where a source leaves it open."""
    found = shaped(kind, **typed)
    assert {name: found.value[name] for name in found.proposed} == made


@pytest.mark.parametrize("kind", real_kinds())
def test_a_form_asks_what_nobody_can_propose(kind: str) -> None:
    form, own = project_forms()[kind]
    asked = {field.steps[0] for field in form.short}
    made = {name for name in own.schema["required"] if "x-propose" in own.fields[name]}
    assert {*own.schema["required"]} <= asked | made | {"slug", "licence", "added", "intake"}
    assert {*own.schema["required"]} & made & {field.id for field in form.fields if field.required} == set()


def test_what_was_proposed_comes_with_no_fault() -> None:
    assert said(shaped("examples", what_was_done=STORY, title="A board").problems) == []
