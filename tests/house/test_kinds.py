"""One word walks through the house: each kind has all that belongs to it, and its fields say what they are."""

import pytest

from mutualaid.adapters.schema_files import ENDING, SHARED
from mutualaid.core.entries.kind import Schema, every_field
from mutualaid.core.entries.presentation import BLOCKS
from mutualaid.core.entries.validation import validator_for
from world import PROJECT, real_kinds

KINDS = sorted(
    file.name.removesuffix(ENDING) for file in (PROJECT / "schemas").glob(f"*{ENDING}") if file.name != SHARED
)
SHOWN_ELSEWHERE = {"title", "summary", "status", "topics", "content-note", "imprint", "none", "fact"}


def fields(name: str) -> dict[str, Schema]:
    """Return every field of a kind, nested ones too, by its dotted name."""
    return {".".join(steps): field for steps, field in every_field(real_kinds()[name].schema)}


def test_there_are_kinds() -> None:
    """The folder of schemas and the kinds that are read are the same."""
    assert KINDS
    assert list(real_kinds()) == KINDS


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_all_that_belongs_to_it(name: str) -> None:
    """A schema, a folder with an entry, the words at the top of its page, and its form, all under one name."""
    schema = f"schemas/{name}{ENDING}"
    assert real_kinds()[name].schema.get("$id") == f"{name}{ENDING}", f"{schema}: its $id is not its own name"
    entries = list((PROJECT / "submissions" / name).glob("*.yaml"))
    assert entries, f"submissions/{name}/ holds no entry; a collection needs at least one"
    intro = f"content/collections/{name}.md"
    assert (PROJECT / intro).is_file(), f"{intro} is missing: the words at the top of the collection's page"
    form = f".github/ISSUE_TEMPLATE/{name}.yml"
    assert (PROJECT / form).is_file(), f"{form} is missing: run mutualaid forms"


def test_no_words_without_a_kind() -> None:
    """Folders and pages that belong to no kind are left over."""
    left = {file.stem for file in (PROJECT / "content/collections").glob("*.md")} | {
        folder.name for folder in (PROJECT / "submissions").iterdir() if folder.is_dir()
    }
    assert left == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("word", ["title", "description", "examples"])
def test_every_field_says_what_it_is(name: str, word: str) -> None:
    """Forms, tables and problems are written from these words, so none may be missing or empty."""
    assert [steps for steps, field in fields(name).items() if not field.get(word)] == []


@pytest.mark.parametrize("name", KINDS)
def test_every_example_keeps_its_own_rules(name: str) -> None:
    """An example that a form shows must be one that the checks take."""
    wrong = [
        (steps, example)
        for steps, field in fields(name).items()
        for example in field["examples"]
        if not validator_for(field).is_valid(example)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", KINDS)
def test_every_top_field_says_where_it_is_shown(name: str) -> None:
    """`x-show` names a block that exists, or a place that the page has anyway."""
    unknown = {
        name: field.get("x-show")
        for name, field in real_kinds()[name].fields.items()
        if field.get("x-show") not in SHOWN_ELSEWHERE | set(BLOCKS)
    }
    assert unknown == {}


@pytest.mark.parametrize("name", KINDS)
def test_every_pattern_has_a_sentence(name: str) -> None:
    """A pattern has no words of its own; without a sentence nobody would know what to mend."""
    assert [steps for steps, field in fields(name).items() if "pattern" in field and "x-sentence" not in field] == []
