"""Single values as people type them: each row of the table gives its right value, or the words that help."""

import json

import pytest

from forms_under_test import answers, project_forms
from mutualaid.core.entries.addresses import same_place
from mutualaid.core.forms.to_entry import shape
from world import SAMPLES

ROWS = [line.split("\t") for line in (SAMPLES / "as-typed.tsv").read_text(encoding="utf-8").split("\n")[1:] if line]


@pytest.mark.parametrize(("question", "typed", "right"), ROWS)
def test_a_row(question: str, typed: str, right: str) -> None:
    """`⏎` is the end of a line; after `!` are words of the message that refuses it."""
    if question == "same address":
        assert same_place(typed) == right
        return
    (form, kind), name = project_forms()[question.split(maxsplit=1)[0]], question.split()[1]
    shaped = shape(
        answers(form, **{name: typed.replace("⏎", "\n")}), form, kind, {"channel": "issue"}, "2026-11", "a", ()
    )
    value = shaped.value.get(name)
    if right.startswith("! "):
        assert right[2:] in " ".join(problem.message for problem in shaped.problems)
        return
    assert [problem.message for problem in shaped.problems] == []
    bare = value["url"] if isinstance(value, dict) and list(value) == ["url"] else value
    assert bare == (json.loads(right) if right[0] in "[{" else right)
