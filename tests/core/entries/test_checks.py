"""What a submission is told: every rule of CHECKS, every word of a schema, and what holds between submissions."""

from dataclasses import replace
from typing import Any

import pytest

from mutualaid.core.entries.checks import CHECKS, check_together
from mutualaid.core.entries.problem import QUOTED
from mutualaid.core.entries.submission import Submission
from mutualaid.core.entries.validation import RULES
from world import SAMPLES, TODAY, document_of, told, tool, tools, tools_rulebook

BOOK = tools_rulebook()
TOLD = document_of((SAMPLES / "told.yaml").read_text(encoding="utf-8")).value


def check(given: dict[str, Any]) -> list[str]:
    """Return the code and sentence of every problem of the good tool with what is `given`; its file never changes."""
    document = tool(**{name: None if value == "out" else value for name, value in given.items()}).document
    submission = Submission(tools(), replace(document, file="submissions/tools/ladder.yaml"))
    return [f"{one.code} {one.message}" for one in BOOK.check(submission, TODAY) if one.is_error]


def check_text(text: str, file: str = "submissions/tools/ladder.yaml") -> list[str]:
    return told(BOOK.check(Submission(tools(), document_of(text, file)), TODAY))


@pytest.mark.parametrize("given", TOLD["good"], ids=str)
def test_good(given: dict[str, Any]) -> None:
    assert check(given) == []


@pytest.mark.parametrize("sample", TOLD["bad"], ids=lambda sample: f"{next(iter(sample))} {sample['told'][:60]}")
def test_bad(sample: dict[str, Any]) -> None:
    """Each rule says one thing, in these words; the library's own words never pass."""
    given, sentence = sample.values()
    assert check(given) == [sentence]


def test_each_rule_has_a_bad_sample() -> None:
    needed = {*(rule.__name__.lstrip("_") for rule in CHECKS), *RULES}
    assert needed - {next(iter(sample)) for sample in TOLD["bad"]} == set()


def test_the_longest_text() -> None:
    assert check({"maker": "a" * 50}) == check({"about": "a" * 5000}) == []
    for length, shown in ((QUOTED, "a" * QUOTED), (QUOTED + 1, "a" * (QUOTED - 1) + "…")):
        said = f"maker.too-long Maker must have at most 50 characters; it has {length} of 50. You wrote: '{shown}'."
        assert check({"maker": "a" * length}) == [said]


def test_hopeless() -> None:
    text = (SAMPLES / "hopeless.yaml").read_text(encoding="utf-8")
    expected = (SAMPLES / "hopeless.txt").read_text(encoding="utf-8").splitlines()
    assert check_text(text, "submissions/tools/hopeless.yaml") == expected


@pytest.mark.parametrize("text", ["just words", "- a\n- b", "12"])
def test_no_fields_at_all(text: str) -> None:
    said = "The file must hold named fields, each on a line of its own such as `title: A shift-swap board`."
    assert check_text(text) == [f"1:1 entry.wrong-type {said}"]


@pytest.mark.parametrize("sample", TOLD["together"], ids=lambda sample: str(sample["tools"]))
def test_together(sample: dict[str, Any]) -> None:
    named = zip(("one", "two"), sample["tools"], strict=False)
    given = [tool(**{"slug": name, "title": f"Tool {name}", **own}) for name, own in named]
    found = [one for one in check_together(given) if one.is_error]
    assert [f"{one.place.file} {one.code} {one.message}" for one in found] == sample["told"]


def test_retracted() -> None:
    """Only its slug and a month may be left, and a tombstone is compared with nothing."""
    assert check_text("slug: ladder\nretracted: '2026-11'\n") == []
    said = check_text("title: A ladder\nslug: stairs\nretracted: now\n")
    assert [line.partition(" has ")[0].partition(" must ")[0] for line in said] == [
        "1:1 entry.unknown-field The entry",
        "2:7 slug.not-file-name Short name",
        "3:12 retracted.malformed Retracted",
    ]
    tombstone = Submission(tools(), document_of("slug: one\nretracted: '2026-11'\n", "submissions/tools/one.yaml"))
    assert check_together([tombstone, tool()]) == ()
