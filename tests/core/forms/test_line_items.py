"""Items one a line: what is written is read back, and what people type is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import CALM, small_kind
from mutualaid.core.forms.line_items import Parts, item_text, items_of, items_text, parts_of
from world import rows_of

STEP = small_kind().fields["steps"]["items"]


@pytest.mark.parametrize(("text", "items"), rows_of("forms/line-items", "items"))
def test_items(text: str, items: list[list[object]]) -> None:
    assert [list(one) for one in items_of(text)] == items


@pytest.mark.parametrize(("item", "values", "left_over"), rows_of("forms/line-items", "parts"))
def test_parts(item: str, values: dict[str, str], left_over: list[str]) -> None:
    """Bars part where white space is on both sides; named parts may stand anywhere but first."""
    assert parts_of(item, STEP) == Parts(values, tuple(left_over))


NASTY = ["|", "a | b", "- a", "1. b", "x\n\n  y\n| z", "a |", "| b", "a\n|\nb", "a: b"]
LETTERS = st.characters(exclude_categories=["C", "Z"], exclude_characters="\\", include_characters=" \n|:-")
WORDS = st.one_of(st.sampled_from(NASTY), st.text(LETTERS, min_size=1)).map(
    lambda text: "\n".join(line.rstrip() for line in text.split("\n")).strip()
)
FILLED = WORDS.filter(bool)


STEPS = st.fixed_dictionaries(
    {"minutes": st.integers(0, 999), "title": FILLED, "text": FILLED}, optional={"lead": FILLED, "done": st.booleans()}
)


@CALM
@given(st.lists(STEPS, min_size=1, max_size=4))
def test_steps_come_back(steps: list[dict[str, object]]) -> None:
    items = items_of(items_text(item_text(step, STEP) for step in steps))
    for (item, _), step in zip(items, steps, strict=True):
        done = {"done": "yes" if step["done"] else "no"} if "done" in step else {}
        minutes = f"{step['minutes']} {'minute' if step['minutes'] == 1 else 'minutes'}"
        typed = {name: str(value) for name, value in step.items()}
        assert parts_of(item, STEP) == Parts({**typed, "minutes": minutes, **done})


@CALM
@given(st.lists(FILLED.map(lambda text: text.replace("\n", " ")), max_size=5))
def test_lists_come_back(items: list[str]) -> None:
    assert [item for item, _ in items_of(items_text(items))] == items
