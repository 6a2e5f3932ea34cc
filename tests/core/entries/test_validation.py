"""No value makes the validator of a schema stumble, and whatever it refuses comes with a sentence."""

import copy
import itertools
from typing import Any

import pytest

from lanes import sample
from mutualaid.adapters.entry_files import entry_files, read_entry
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.validation import problems_with, validator_for
from world import PROJECT, real_kinds, rows_of

KINDS = real_kinds()
ENTRIES = [
    (name, document.value)
    for name, file in entry_files(PROJECT / "submissions", KINDS)
    if (document := read_entry(file, file.name).document)
]
ODDITIES: list[Any] = [*rows_of("oddities", "oddities"), "a" * 5001, "😀" * 61]


@pytest.mark.parametrize("name", KINDS)
def test_every_field_with_everything_odd(name: str) -> None:
    """Each field of the fullest entry of a kind is replaced by each oddity, at every depth."""
    schema = KINDS[name].schema
    validator = validator_for(schema)
    fullest = max((value for kind, value in ENTRIES if kind == name), key=lambda value: len(str(value)))
    first_of_lists = [place for place in _places(fullest) if not any(isinstance(step, int) and step for step in place)]
    for steps, oddity in sample(list(itertools.product(first_of_lists, ODDITIES)), 400):
        value = _with(fullest, steps, oddity)
        problems = problems_with(Document("a.yaml", value), validator)
        assert bool(problems) != validator.is_valid(value), value
        assert all(problem.message and problem.where for problem in problems)


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
