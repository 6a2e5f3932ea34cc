"""Slugs: made of the title, never taken, never reserved."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import CALM
from mutualaid.core.entries.slug import LONGEST, RESERVED, slug_from

PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A shift-swap board", "a-shift-swap-board"),
        ("Workers' pods & rides: 50% more!", "workers-pods-and-rides-50-more"),
        ("Ça va très bien, Łódź – Straße Øst", "ca-va-tres-bien-lodz-strasse-ost"),
        ("  --  ", "group"),
        ("图书馆工人", "group"),
        ("Feed", "feed-2"),
        ("CON", "con-2"),
        ("ﬁne ①", "fine-1"),
        ("one " * 30, ("one-" * 20)[:79]),
        ("x" * 200, "x" * 80),
        ("x" * 40 + " " + "y" * 39 + " z", "x" * 40 + "-" + "y" * 39),
    ],
)
def test_slug_of_a_title(title: str, slug: str) -> None:
    """Letters of other alphabets are spelt out where that is known, and the slug ends at a whole word."""
    assert slug_from(title, (), "Group") == slug


def test_a_taken_slug_gets_a_number() -> None:
    """The first free number is used, and the whole still fits."""
    assert slug_from("A board", {"a-board", "a-board-2"}) == "a-board-3"
    taken = slug_from("x" * 200, ())
    assert slug_from("x" * 200, {taken}) == "x" * 78 + "-2"


@CALM
@given(st.text(), st.sets(st.sampled_from(["a", "a-2", "b", "entry", "entry-2"])))
def test_any_title(title: str, taken: set[str]) -> None:
    """Whatever the title: a slug that keeps its pattern, fits, and is free; made again it is the same."""
    slug = slug_from(title, taken)
    assert PATTERN.fullmatch(slug) and len(slug) <= LONGEST
    assert slug not in {*taken, *RESERVED}
    assert slug_from(title, taken) == slug != slug_from(title, {*taken, slug})
