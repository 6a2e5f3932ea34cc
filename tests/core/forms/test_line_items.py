"""Items one a line: what is written is read back, and what people type is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import CALM, small_kind
from mutualaid.core.forms.line_items import Parts, item_text, items_of, items_text, parts_of

STEP = small_kind().fields["steps"]["items"]
LINK = small_kind().fields["link"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        ("\n  \n", []),
        ("A bag", [("A bag", 0)]),
        ("A bag\n\nA rope\n", [("A bag", 0), ("A rope", 2)]),
        ("\n\nA bag", [("A bag", 2)]),
        ("- A bag\n* A rope\n• A hook\n1. A nail\n12) A pin", [
            ("A bag", 0), ("A rope", 1), ("A hook", 2), ("A nail", 3), ("A pin", 4)]),
        ("2020 was long\n100. not a mark\n-no mark", [("2020 was long", 0), ("100. not a mark", 1), ("-no mark", 2)]),
        ("- - kept once", [("- kept once", 0)]),
        ("One\n  more\n\n  - deep\n    deeper\n\nTwo", [("One\nmore\n\n- deep\n  deeper", 0), ("Two", 6)]),
        ("One\n one space", [("One\none space", 0)]),
        ("  Indented first", [("Indented first", 0)]),
    ],
)  # fmt: skip
def test_items(text: str, items: list[tuple[str, int]]) -> None:
    """Empty lines part nothing, marks are taken off once, two spaces go on with the item above."""
    assert items_of(text) == items


@pytest.mark.parametrize(
    ("item", "parts"),
    [
        ("10 min | Lift | Slowly.", Parts({"minutes": "10 min", "title": "Lift", "text": "Slowly."})),
        ("10 | Lift", Parts({"minutes": "10", "title": "Lift"})),
        ("10 |  | Slowly.", Parts({"minutes": "10", "text": "Slowly."})),
        ("| Lift |", Parts({"title": "Lift"})),
        ("", Parts({})),
        ("10 | a|b | x | ", Parts({"minutes": "10", "title": "a|b", "text": "x"})),
        (r"10 | a \| b | \\|", Parts({"minutes": "10", "title": "a | b", "text": r"\|"})),
        ("10 | Lift | x | y", Parts({"minutes": "10", "title": "Lift", "text": "x"}, ("y",))),
        ("10 | Lift | x | For whoever leads: Watch.", Parts(
            {"minutes": "10", "title": "Lift", "text": "x", "lead": "Watch."})),
        ("10 | Lift | Done: yes | x | for WHOEVER leads : Watch.", Parts(
            {"minutes": "10", "title": "Lift", "text": "x", "lead": "Watch.", "done": "yes"})),
        (r"10 | \Done: it is | \\Done: x", Parts({"minutes": "10", "title": "Done: it is", "text": r"\Done: x"})),
        ("Done: no name | x", Parts({"minutes": "Done: no name", "title": "x"})),
        ("10 | a | b | Done: yes | Done: no", Parts(
            {"minutes": "10", "title": "a", "text": "b", "done": "no"}, (), ("Done",))),
        ("10 | Lift | One.\n\nTwo.\n| Done: yes", Parts(
            {"minutes": "10", "title": "Lift", "text": "One.\n\nTwo.", "done": "yes"})),
    ],
)  # fmt: skip
def test_parts(item: str, parts: Parts) -> None:
    """Bars part where white space is on both sides; named parts may stand anywhere but first."""
    assert parts_of(item, STEP) == parts


NASTY = ["|", r"\|", "a | b", "Done: x", r"\Done: x", "For whoever leads: y", "- a", "1. b", "x\n\n  y\n| z"]
NASTIER = ["Archived copy: x", r"\\Archived copy: x", "a |", "| b", "a\n|\nb", r"a \\| b", "a: b"]
LETTERS = st.characters(exclude_categories=["C", "Z"], include_characters=" \n|\\:-")
WORDS = st.one_of(st.sampled_from(NASTY + NASTIER), st.text(LETTERS, min_size=1)).map(
    lambda text: "\n".join(line.rstrip() for line in text.split("\n")).strip()
)
FILLED = WORDS.filter(bool)


def test_what_is_written() -> None:
    """One is written in the singular, nothing is left hanging at the end, and empty lines stay empty."""
    assert item_text({"minutes": 1, "title": "Lift", "text": "Up."}, STEP) == "1 minute | Lift | Up."
    assert item_text({"minutes": 2, "title": "Lift", "done": False}, STEP) == "2 minutes | Lift | Done: no"
    assert item_text({"url": "x"}, LINK) == "x"
    assert items_text(["One.\n\nTwo.", "Three."]) == "One.\n\n  Two.\nThree."


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
