"""One word for a kind, wherever it is used: each kind has all that belongs to it, and its fields say what they are."""

import sys
from pathlib import Path

import pytest

from lanes import sample
from mutualaid.adapters.schema_files import ENDING, SHARED
from mutualaid.core.entries.kind import every_field
from mutualaid.core.entries.presentation import BLOCKS
from mutualaid.core.entries.validation import validator_for
from world import PROJECT, ran, real_kinds

FILES = sorted(file.name for file in (PROJECT / "schemas").glob(f"*{ENDING}"))
KINDS = [name.removesuffix(ENDING) for name in FILES if name != SHARED]
SHOWN_ELSEWHERE = {"title", "summary", "status", "topics", "content-note", "imprint", "none", "fact"}


@pytest.mark.parametrize("name", KINDS)
def test_others_can_use_its_schema(name: str) -> None:
    """From the root of the project, as an editor or somebody else's check would: references are found beside it."""
    program = Path(sys.executable).with_name("check-jsonschema")
    entries = sorted((PROJECT / "submissions" / name).glob("*.yaml"))
    command = (program, "--schemafile", f"schemas/{name}{ENDING}", *sample(entries, 10))
    run = ran(*command, cwd=PROJECT)
    assert run.returncode == 0, run.stdout


def test_a_kind_has_all_that_belongs_to_it() -> None:
    folders = {file.parent.name for file in (PROJECT / "submissions").glob("*/*.yaml")}
    words = {file.stem for file in (PROJECT / "content/collections").glob("*.md")}
    forms = {file.stem for file in (PROJECT / ".github/ISSUE_TEMPLATE").glob("*.yml")}
    assert [*real_kinds()] == KINDS == sorted(folders) == sorted(words) == sorted(forms & words)


@pytest.mark.parametrize("name", KINDS)
def test_every_field_says_what_it_is(name: str) -> None:
    """In words, with an example that keeps its own rules; what is kept of a removal code is shown nowhere."""
    for steps, field in every_field(real_kinds()[name].schema):
        assert all(field.get(word) for word in ("title", "description", "examples")), steps
        assert [example for example in field["examples"] if not validator_for(field).is_valid(example)] == [], steps
        assert "pattern" not in field or "x-sentence" in field, f"{steps}: a pattern has no words of its own"
    shown = {field.get("x-show") for field in real_kinds()[name].fields.values()}
    assert shown <= SHOWN_ELSEWHERE | set(BLOCKS)
    marks = ("x-show", "x-form", "x-export", "x-identifying")
    assert [real_kinds()[name].fields["retraction"][mark] for mark in marks] == ["none"] * 4
