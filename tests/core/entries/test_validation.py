"""No value makes the validator of a schema stumble, and whatever it refuses comes with a sentence."""

import copy
import functools
import itertools
import operator
from typing import Any

import pytest

from lanes import sample
from mutualaid.adapters.entry_files import entry_files, read_entry
from mutualaid.core.entries.document import KEY, Document
from mutualaid.core.entries.validation import problems_with, validator_for
from world import PROJECT, real_kinds, rows_of

KINDS = real_kinds()
ENTRIES = [
    (name, document)
    for name, file in entry_files(PROJECT / "submissions", KINDS)
    if (document := read_entry(file, file.name).document)
]
ODDITIES: list[Any] = [*rows_of("oddities", "oddities"), "a" * 5001, "😀" * 61]


@pytest.mark.parametrize("name", KINDS)
def test_every_field_with_everything_odd(name: str) -> None:
    validator = validator_for(KINDS[name].schema)
    fullest = max((document for kind, document in ENTRIES if kind == name), key=lambda document: len(document.marks()))
    places = [steps for steps in fullest.marks() if steps and KEY not in steps]
    first_of_lists = [steps for steps in places if not any(isinstance(step, int) and step for step in steps)]
    for (*outer, last), oddity in sample(list(itertools.product(first_of_lists, ODDITIES)), 400):
        value = copy.deepcopy(fullest.value)
        functools.reduce(operator.getitem, outer, value)[last] = oddity
        problems = problems_with(Document("a.yaml", value), validator)
        assert bool(problems) != validator.is_valid(value), value
        assert all(problem.message and problem.where for problem in problems)
