"""Entries as readers meet them: the card, the blocks in the schema's order, and words for what is left out."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from forms_under_test import compare
from mutualaid.core.entries.kind import kind_from
from mutualaid.core.entries.presentation import (
    WIDE,
    Block,
    Fact,
    Status,
    card_of,
    in_a_row,
    minutes_in_words,
    people_in_words,
    present,
    status_of,
)
from world import PROJECT, TODAY, entry, real_kinds, rows_of, tools

URL = "https://www.example.org/a"
FULL = rows_of("full-tool")


def blocks(**changes: Any) -> dict[str, Block]:
    return {block.id: block for block in present(entry(**changes), TODAY).blocks}


def test_what_is_left_out_has_no_row() -> None:
    shown = present(entry(), TODAY)
    assert shown.card == (Fact("Mood", "Calm"),)
    assert shown.blocks == (
        Block("facts", "At a glance", "at-a-glance", rows=(Fact("Mood", "Calm"),)),
        Block("section", "What is not reported", "not-reported", text="We don’t know when it began or a lesson."),
    )
    assert (shown.status, shown.content_note, shown.topics) == (None, "", ({"value": "mapping", "label": "Mapping"},))


def _told(shown: Any) -> Any:
    """Return what is shown as data, without what is as it is by default."""
    if is_dataclass(shown):
        every = ((field, getattr(shown, field.name)) for field in fields(shown))
        shown = {field.name: value for field, value in every if value != field.default}
    if isinstance(shown, Mapping):
        return {name: _told(value) for name, value in shown.items() if value is not None}
    return [_told(one) for one in shown] if isinstance(shown, tuple | list) else shown


def test_a_full_entry() -> None:
    compare(_told(present(entry(**FULL), TODAY)), PROJECT / "tests" / "expected" / "entry.yaml")
    assert list(blocks(mood=None, privacy=FULL["privacy"], steps=FULL["steps"]))[:2] == ["privacy", "steps"]
    assert blocks(link={"url": URL, "label": "Its own page"})["link"].rows == ({"label": "Its own page", "url": URL},)


def test_imprint() -> None:
    plain = {fact.label: fact for fact in present(entry(intake={"channel": "offline"}), TODAY).imprint}
    assert plain["Reviewed"] == Fact("Reviewed", "Not yet reviewed", is_unset=True)
    assert not {"Credit", "Last edited"} & set(plain), "a row without a value is no row"
    assert plain["How it came in"].text == "Offered without an account"


@pytest.mark.parametrize(("changes", "words", "is_stale"), rows_of("status-words", "words"))
def test_status(changes: dict[str, Any], words: str, is_stale: bool) -> None:
    assert status_of(entry(**changes), TODAY) == Status(changes["status"], words, is_stale)
    assert status_of(entry(), TODAY) is None


def test_a_card_is_short() -> None:
    kind = kind_from("tools", {**tools().schema, "x-facts": ["status", "minutes_max", "colours"]}, {})
    made = entry(status="active", status_as_of="2020", minutes_max=45, colours=["red", "blue"])
    shown = card_of(replace(made, kind=kind), TODAY)
    status = Fact("Status", "Last known active, as of 2020")
    assert shown == (status, Fact("Time", "45 min"), Fact("Colours", "Red, blue"))
    assert status_of(made, TODAY) == Status("last-known-active", "Last known active, as of 2020", True)
    three = replace(made, kind=kind, fields={**made.fields, "colours": ("red", "blue", "green")})
    assert card_of(three, TODAY)[2] == Fact("Colours", "Red and 2 more")


@pytest.mark.parametrize(
    ("labels", "phrase"), [((), ""), (("In person",), "In person"), (("In person", "On Paper"), "In person, on Paper")]
)
def test_in_a_row(labels: tuple[str, ...], phrase: str) -> None:
    """The first keeps its capital, the others do not, unless a schema says that they're names."""
    assert in_a_row(labels) == phrase
    assert in_a_row(("Maine", "New York"), are_names=True) == "Maine, New York"
    named = {name for kind in real_kinds().values() for name, field in kind.fields.items() if field.get("x-names")}
    assert named >= {"language", "where", "creators"}


def test_facts() -> None:
    assert minutes_in_words({"minutes_max": 45}) == "45 min"
    assert minutes_in_words({"minutes_max": 45, "minutes_min": 30}) == "30–45 min"
    people = ({"people_min": 4, "people_max": 12}, {"people_min": 1, "people_max": 1}, {"people_min": 4})
    assert [people_in_words(fields) for fields in people] == ["4–12", "1", "4 or more"]
    short, long = "a" * WIDE, "a" * (WIDE + 1)
    assert Fact("Maker", short) in blocks(maker=short)["at-a-glance"].rows
    assert Fact("Maker", long, is_wide=True) in blocks(maker=long)["at-a-glance"].rows
