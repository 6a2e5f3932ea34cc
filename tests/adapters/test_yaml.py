"""YAML, strictly: each thing that is refused, with its place and sentence, and nothing that can stop the reader."""

import itertools
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lanes import examples
from mutualaid.adapters.yaml import MAX_DEPTH, read_yaml, write_yaml
from mutualaid.core.entries.checks import Rulebook
from mutualaid.core.entries.document import KEY
from mutualaid.core.entries.submission import Submission
from world import SAMPLES, TODAY, real_kinds, rows_of, told

RULEBOOK = Rulebook.of(real_kinds()["resources"], {})
DEEP_BLOCK = "".join(f"{'  ' * level}a:\n" for level in range(1000))
REFUSED: dict[str, list[str]] = {
    **rows_of("refused"),
    **{
        (name := unicodedata.name(chr(code))): [f"a: b\nc: d{chr(code)}e\n", f"2:5 invisible-character|{name}"]
        for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    },
    "flow lists 1,000 deep": ["[" * 1000, "1:9 too-deep"],
    "block mappings 1,000 deep": [DEEP_BLOCK, "9:17 too-deep"],
}


@pytest.mark.parametrize("sample", REFUSED.values(), ids=REFUSED.keys())
def test_refused(sample: list[str]) -> None:
    """Each is told with its line and column, counted in characters from 1, and no document comes of it."""
    text, *expected = sample
    reading = read_yaml(text, "a.yaml")
    assert reading.document is None and len(reading.problems) == len(expected)
    for said, wanted in zip(told(reading.problems), expected, strict=True):
        (place, _, code), words = wanted.partition("|")[0].partition(" "), wanted.split("|")[1:]
        assert said.startswith(f"{place} yaml.{code} ") and all(word in said for word in words), said
    assert {(one.place.file, one.where, one.weight) for one in reading.problems} == {("a.yaml", "The file", "error")}


BY_HAND = [
    [part.translate(str.maketrans("⏎·→", "\n\u00a0\t")) for part in row.split("\t")]
    for row in (SAMPLES / "by-hand.tsv").read_text(encoding="utf-8").split("\n")
    if row and not row.startswith("# ")
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: row[0])
def test_by_hand(row: list[str], end: str) -> None:
    """Each slip is reported once, at its place and with its own cure; what has one reading is read."""
    _, before, after, *expected = row
    whole = (SAMPLES / "by-hand.yaml").read_text(encoding="utf-8")
    assert before in whole
    reading = read_yaml(whole.replace(before, after, 1).replace("\n", end), "submissions/resources/by-hand.yaml")
    problems = reading.problems
    if reading.document is not None:
        problems = RULEBOOK.check(Submission(RULEBOOK.kind, reading.document), TODAY)
    wanted = [one.split("|") for one in expected if one]
    assert len(problems) == len(wanted), told(problems)
    for said, (place, *words) in zip(told(problems), wanted, strict=True):
        assert re.match(r"{} \S+\.{} ".format(*place.split()), said) and all(word in said for word in words), said


@pytest.mark.parametrize(("text", "value"), rows_of("comments", "comments"), ids=repr)
def test_a_comment_on_a_line_of_its_own(text: str, value: Any) -> None:
    document = read_yaml(text, "a.yaml").document
    assert document is not None and document.value == value


@settings(max_examples=examples(500, slow=100_000), deadline=None)
@given(st.text(st.sampled_from("|>'\"{}[],:?- #\nab"), max_size=30))
@example("{?#\n}")
def test_no_number_sign_is_lost(text: str) -> None:
    """Whatever can be read keeps each `#` that does not begin a line."""
    document = read_yaml(text, "a.yaml").document
    if document is not None:
        inside = sum(line.count("#") for line in text.split("\n") if not line.lstrip().startswith("#"))
        assert repr(document.value).count("#") >= inside, text


def test_places() -> None:
    document = read_yaml("a: x\nb:\n  - c: 1\n", "a.yaml").document
    keys = {(KEY, "a"): (1, 1), (KEY, "b"): (2, 1), (KEY, "b", 0, "c"): (3, 5)}
    values = {(): (1, 1), ("a",): (1, 4), ("b",): (3, 3), ("b", 0): (3, 5), ("b", 0, "c"): (3, 8)}
    assert document is not None and document.marks() == {**keys, **values}
    assert read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yaml").document is not None


def test_alias_bomb() -> None:
    """A text whose aliases would expand to a billion words is told alias by alias, and never expanded."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in itertools.pairwise("abcdefghij"):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    codes = [problem.code for problem in read_yaml(bomb, "a.yaml").problems]
    assert (codes.count("yaml.anchor"), codes.count("yaml.alias")) == (10, 90)


VALUES: dict[str, Any] = {**{text: text for text in rows_of("values", "stay_text")}, **rows_of("values", "read_as")}


@pytest.mark.parametrize(("text", "value"), VALUES.items(), ids=[repr(text) for text in VALUES])
def test_values(text: str, value: Any) -> None:
    """Text stays text, also once it is written; only whole numbers, `true` and `false` are something else."""
    document = read_yaml(f"a: {text}\n", "a.yaml").document
    assert document is not None
    assert document.value == {"a": value}
    assert type(document.value["a"]) is type(value)
    again = read_yaml(write_yaml(document.value), "a.yaml").document
    assert again is not None and repr(again.value) == repr(document.value)


@pytest.mark.parametrize("text", ["\ufeffa: x\nb:\n  - y\n", "a: x\r\nb:\r\n  - y\r\n", "---\na: x\nb:\n- y\n...\n"])
def test_what_editors_add_changes_nothing(text: str) -> None:
    document = read_yaml(text, "a.yaml").document
    assert document is not None
    assert document.value == {"a": "x", "b": ["y"]}


def test_written() -> None:
    same = {"x": ["y"]}
    assert write_yaml([same, same]) == "- x:\n    - y\n- x:\n    - y\n"
    value = {"b": "text", "a": ["no", "2020", 2020, True], "true": "true", "text": "One.\n\nTwo.", "none": []}
    assert write_yaml(value) == (
        "b: text\na:\n  - 'no'\n  - '2020'\n  - 2020\n  - true\n'true': 'true'\ntext: |-\n  One.\n\n  Two.\nnone: []\n"
    )


SIGNS = "abé1:-'\"[]{},?#|>*&!@%`=~< \\\n\t\u202e\ufeff"
PIECES = ("  ", ": ", "- ", "true", "---\n", "...\n", "<<", "\\0", "\\n", "*x", "&x ", "!t ", "%YAML")


@settings(max_examples=examples(200), deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from([*SIGNS, *PIECES]), max_size=30).map("".join)))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever comes, there is a document or a problem, in the text; what is read is read the same once written."""
    reading = read_yaml(text, "a.yaml")
    assert (reading.document is None) == bool(reading.problems)
    lines = text.count("\n") + 2
    assert all(problem.message and 1 <= problem.place.line <= lines for problem in reading.problems)
    if reading.document is not None:
        again = read_yaml(write_yaml(reading.document.value), "a.yaml")
        assert again.document is not None and repr(again.document.value) == repr(reading.document.value)
