"""The patterns mean the same in Python and in JavaScript: no construct that differs, and equal findings on one list."""

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from lanes import sample
from mutualaid.core.entries.identifying import find_in, for_browsers
from world import PROJECT, SAMPLES, document_of, identifying_details, ran

EXPRESSIONS = {
    f"{pattern.id} {place}": expression.pattern
    for pattern in identifying_details().patterns
    for place, expression in enumerate(pattern.expressions, 1)
} | {"link": identifying_details().link.pattern}
CLASS = r"\[\^?(?:[^\[\]\\]|\\[\\\]\[.n t-]|\\n|\\t|\\u[0-9a-f]{4})+\]"
ALLOWED = re.compile(
    rf"{CLASS}|\(\?[:=!]|\((?!\?)|\)|\||[*+?]|\{{[0-9]+(?:,[0-9]*)?\}}|\\[bBn]|\\[.$()\[\]+*?/|]|[^\\\[\](){{}}.^$*+?|]|\^(?=\||\))"
)


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
def test_only_what_both_understand_alike(expression: str) -> None:
    r"""No `.`, `$`, \s, \w, \d, lookbehind, named group or back reference; `^` only as one way to begin."""
    place = 0
    while place < len(expression):
        part = ALLOWED.match(expression, place)
        assert part, f"not in the dialect: {expression[place : place + 20]}"
        place = part.end()


@pytest.mark.parametrize(
    "foreign", [r"\s", r"\w", r"\d", ".", "a$", "(?<=a)", "(?P<n>a)", "(?<n>a)", r"(a)\1", "^a", r"[\s]"]
)
def test_what_is_not_in_the_dialect(foreign: str) -> None:
    """The test above can fail."""
    assert not re.fullmatch(f"(?:{ALLOWED.pattern})+", foreign)


def test_groups_and_words() -> None:
    assert {re.compile(expression).groups for expression in EXPRESSIONS.values()} == {0, 1}
    files = [PROJECT / "schemas" / f"identifying-{name}.yaml" for name in ("details", "words")]
    lists = [document_of(file.read_text(encoding="utf-8")).value["words"] for file in files]
    words = [word for raw in lists for words in raw.values() for word in words]
    assert [one for one in words if not re.fullmatch(r"(?:\[[A-Za-z]{2}\]|[^\W\d_]|[ '’-])+\??", one)] == []


def _in_javascript(texts: list[str]) -> list[list[Any]]:
    given = json.dumps({"details": for_browsers(identifying_details()), "texts": texts})
    run = ran(Path(sys.prefix) / "bin" / "node", PROJECT / "tests" / "identifying.mjs", input=given)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)  # type: ignore[no-any-return]


def _in_python(text: str) -> list[list[Any]]:
    found = ((one, text[: one.start].encode("utf-16-le")) for one in find_in(text, identifying_details()))
    return [[one.pattern.id, len(before) // 2, one.text] for one, before in found]  # JavaScript counts in UTF-16


def test_equal_findings_on_the_shared_list() -> None:
    rows = document_of((SAMPLES / "identifying.yaml").read_text(encoding="utf-8")).value["rows"]
    texts = [row["text"] for row in rows]
    found = _in_javascript(texts)
    assert [[one[0] for one in row] for row in found] == [row["found"] for row in rows]
    assert found == [_in_python(text) for text in texts]
    files = [SAMPLES / "identifying-lines.tsv", SAMPLES / "identifying-lines-2.tsv"]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert _in_javascript(lines) == [_in_python(line) for line in lines]


def test_every_letter_and_every_entry_is_read_alike() -> None:
    latin = [*range(0xA0, 0x370), *range(0x1E00, 0x2150), *range(0xFF00, 0xFFF0)]
    signs = [chr(point) for point in (*latin, *range(0x370, 0xA700, 23), *range(0xFB00, 0xFF00, 7))]
    texts = [f"It was Ab{sign}a, and ab{sign}c@example.org, on June{sign}5." for sign in sample(signs, 500)]
    texts += [unicodedata.normalize("NFD", text) for text in texts]
    texts += [file.read_text(encoding="utf-8") for file in (PROJECT / "submissions").rglob("*.yaml")]
    assert _in_javascript(texts) == [_in_python(text) for text in texts]
