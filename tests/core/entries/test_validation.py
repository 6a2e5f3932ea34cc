"""The quick library of schemas never says yes to what the exact one refuses: entries, samples, damage."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import CALM
from mutualaid.adapters.entry_files import entry_files, read_entry
from mutualaid.adapters.yaml_fast import ODD, comment_marks, quick_value
from mutualaid.core.entries.validation import Keeper, validator_for
from world import A_TOOL, PROJECT, SAMPLES, document_of, real_kinds, tools

KEEPERS = {name: validator_for(kind.schema) for name, kind in real_kinds().items()}
TOOLS = validator_for(tools().schema)
ENTRIES = [
    (name, document.value)
    for name, file in entry_files(PROJECT / "submissions", KEEPERS)
    if (document := read_entry(file, file.name).document)
]
TOLD = document_of((SAMPLES / "told.yaml").read_text(encoding="utf-8")).value
ODDITIES: list[Any] = [
    *(
        "",
        " ",
        "x",
        "no",
        "2021-02-30",
        "2021-02",
        "0000",
        "２０２０",
        "2020-01-01\n",
        "http://a.b",
        "https://a.org/\u00e9",
    ),
    *(
        "https://a.org/ b",
        "a\nb",
        "a\u00a0",
        "\u00a0a",
        "\u2003x",
        "a" * 5001,
        "-a",
        "a--b",
        "A-b",
        "a-b\n",
        "é",
        "😀" * 61,
    ),
    *(0, 1, -1, 10**14, True, False, [], {}, [""], ["a", "a"], [1, True], [1, 1], {"a": 1}, {"url": "x"}, [{}], [[]]),
]


def agree(keeper: Keeper, value: Any) -> bool:
    """Hold that a yes of the quick one is a yes of the exact one; return the quick one's word."""
    quick = keeper.quick.is_valid(value)
    assert not quick or keeper.exact.is_valid(value), value
    return bool(quick)


def test_every_entry() -> None:
    """All of ours are right, and the quick one says so, or there would be nothing quick about it."""
    assert len(ENTRIES) > 200
    assert [name for name, value in ENTRIES if "retracted" not in value and not agree(KEEPERS[name], value)] == []


def test_every_sample() -> None:
    """Both say the same of the good and the bad ones."""
    for given_ in (*TOLD["good"], *(next(iter(sample.items()))[1] for sample in TOLD["bad"])):
        if isinstance(given_, dict):
            changed = {**A_TOOL, **given_}
            assert agree(TOOLS, changed) == TOOLS.exact.is_valid(changed)
    agree(TOOLS, document_of((SAMPLES / "hopeless.yaml").read_text(encoding="utf-8")).value)


@pytest.mark.parametrize("name", KEEPERS)
def test_every_field_with_everything_odd(name: str) -> None:
    """Each field of the fullest entry of a kind is replaced by each oddity, at every depth."""
    fullest = max((value for kind, value in ENTRIES if kind == name), key=lambda value: len(str(value)))
    for steps in _places(fullest):
        for oddity in ODDITIES:
            agree(KEEPERS[name], _with(fullest, steps, oddity))


@CALM
@given(st.data())
def test_damage(data: st.DataObject) -> None:
    """One to three places of any entry are changed to anything that YAML can hold here."""
    name, value = data.draw(st.sampled_from(ENTRIES))
    for _ in range(data.draw(st.integers(1, 3))):
        places = _places(value)
        if places:
            value = _with(value, data.draw(st.sampled_from(places)), data.draw(ANYTHING))
    agree(KEEPERS[name], value)


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12) | st.sampled_from(
    [one for one in ODDITIES if isinstance(one, str)]
)
ANYTHING = st.recursive(
    TEXT | st.integers(-(10**14), 10**14) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


def test_a_no_of_the_quick_one_is_looked_at_again() -> None:
    """The exact one's word counts: a schema that they read differently refuses nobody."""
    keeper = KEEPERS["groups"]
    stubborn = Keeper(keeper.schema, validator_for({**keeper.schema, "not": {}}).quick, keeper.exact)
    value = next(value for kind, value in ENTRIES if kind == "groups")
    assert not stubborn.quick.is_valid(value) and stubborn.is_kept(value)


def test_every_entry_is_read_quickly() -> None:
    """The quick reader of YAML takes our files, save where a # could begin a comment (see test_yaml_text)."""
    texts = [file.read_text(encoding="utf-8") for _, file in entry_files(PROJECT / "submissions", KEEPERS)]
    plain = [text for text in texts if not any(comment_marks(text))]
    assert len(plain) > len(texts) * 0.95
    assert [text for text in plain if quick_value(text) is ODD] == []


def _places(value: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for step, inner in inside for place in ((*steps, step), *_places(inner, (*steps, step)))]


def _with(value: Any, steps: tuple[Any, ...], new: Any) -> Any:
    changed = copy.deepcopy(value)
    inside = changed
    for step in steps[:-1]:
        inside = inside[step]
    inside[steps[-1]] = new
    return changed
