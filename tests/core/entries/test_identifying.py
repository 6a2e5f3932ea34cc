"""What could point to somebody: the shared list, what is passed over, and the real entries."""

import time
from typing import Any

import pytest

from mutualaid.core.entries.identifying import Finding, find_in, findings, patterns_from, with_people
from mutualaid.errors import BrokenCheckout
from world import PROJECT, SAMPLES, document_of, identifying_details, real_kinds, rows_of

ROWS: list[dict[str, Any]] = document_of((SAMPLES / "identifying.yaml").read_text(encoding="utf-8")).value["rows"]
FOUND = rows_of("findings")


def test_the_list_is_long_enough() -> None:
    found = {name for row in ROWS for name in row["found"]}
    assert found == {pattern.id for pattern in identifying_details().patterns}
    assert len(ROWS) >= 80
    assert sum(not row["found"] for row in ROWS) >= 25


@pytest.mark.parametrize("written", ["Łukasz", "Lukasz", "ŁUKASZ"])
def test_whoever_sent_it_is_found_with_and_without_marks(written: str) -> None:
    """A name is found as it was given and as people type it on a keyboard that lacks the letter."""
    patterns = with_people(identifying_details(), ["Łukasz"])
    assert [one.pattern.id for one in find_in(f"It was {written} again.", patterns)] == ["sender"]


@pytest.mark.parametrize(("kind", "value", "found"), FOUND.values(), ids=FOUND)
def test_what_is_found_in_an_entry(kind: str, value: dict[str, Any], found: list[str]) -> None:
    """Each field is named as people know it, however deep; what is published may name, and the public record too."""
    seen = findings(value, real_kinds()[kind], identifying_details())
    assert [f"{one.field}: {one.pattern.id}: {one.text}" for one in seen] == found


def test_a_match_says_where_it_stands() -> None:
    (match,) = find_in("🙂 Then Maria Gonzalez, of course.", identifying_details())
    assert (match.start, match.end, match.text) == (7, 21, "Maria Gonzalez")
    (match,) = find_in("Thanks, Mari\u0301a Lo\u0301pez.", identifying_details())
    assert (match.start, match.end, match.text) == (8, 21, "Mari\u0301a Lo\u0301pez")


@pytest.mark.parametrize(
    ("names", "intake", "most"), [(tuple(real_kinds()), "editors", 0.01), (("exercises",), "issue", 0.25)]
)
def test_the_real_entries_are_not_flooded(names: tuple[str, ...], intake: str, most: float) -> None:
    """They come from the public record; the editors' own exercises are looked at like a stranger's, too."""
    found: list[Finding] = []
    files = [(name, file) for name in names for file in (PROJECT / "submissions" / name).glob("*.yaml")]
    for name, file in files:
        value = document_of(file.read_text(encoding="utf-8")).value
        changed = {**value, "intake": {"channel": intake}} if intake == "issue" else value
        found += findings(changed, real_kinds()[name], identifying_details())
    assert len(found) <= len(files) * most


SEEDS = ("a", "Aa ", "Aa-Aa", "1 ", "1-", "@", "a@", "a@a.a.", "(2", "$1,", "Zz’Yy-", "January ", "https://a ", "@a ")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_text_makes_it_slow(seed: str) -> None:
    started = time.process_time()
    find_in((seed * 20_000)[:20_000], identifying_details())
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"words": {}}, "'no_such_word'"), ({"patterns": [{"id": "a"}]}, "'any'"), ({"link": "("}, "missing )")],
)
def test_a_file_that_is_wrong(changes: dict[str, Any], said: str) -> None:
    part = {"words": {"no_such_word": ["a"]}, "parts": {"part": "{no_such_word}"}, "link": "a"}
    with pytest.raises(BrokenCheckout, match=r"identifying-details\.yaml") as raised:
        patterns_from({**part, "patterns": [], "public": [], **changes})
    assert said in str(raised.value)
