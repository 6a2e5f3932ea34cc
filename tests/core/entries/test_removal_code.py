"""Removal codes: there and back, misheard, and what is kept."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanes import examples
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.removal_code import Code, kept_of, opens, read_code, write_code
from world import rows_of

SECRET = bytes(range(16))
CODE = "groups/night-fund: 000-G40-R40-M30-E20-918-5GR-38E-1W"
SURROGATE = ("groups/x: \ud800\0", "strange-sign", "no code holds that")


@pytest.mark.parametrize("heard", rows_of("removal-codes", "heard"))
def test_read_as_people_write(heard: str) -> None:
    assert read_code(heard) == Code("groups", "night-fund", SECRET)
    assert write_code("groups", "night-fund", SECRET) == CODE


def test_look_alikes() -> None:
    """No code has an I, L or O, so they are read as the digits that they look like."""
    zeros, ones = "groups/b: " + "0" * 26, "groups/b: " + "1" * 26
    assert read_code(zeros) == read_code(zeros.replace("0", "o")) == Code("groups", "b", bytes(16))
    assert read_code(ones) == read_code(ones.replace("1", "l")) == read_code(ones.replace("1", "I"))


@given(st.binary(min_size=16, max_size=16))
@settings(max_examples=examples(200), deadline=None)
def test_there_and_back(secret: bytes) -> None:
    assert read_code(write_code("groups", "a-1", secret)) == Code("groups", "a-1", secret)


@pytest.mark.parametrize(("text", "code", "part"), [*rows_of("removal-codes", "refused"), SURROGATE])
def test_refused(text: str, code: str, part: str) -> None:
    problem = read_code(text)
    assert isinstance(problem, Problem)
    assert problem.code == f"code.{code}"
    assert part in problem.message


def test_kept() -> None:
    """Only the hash is kept; fewer bits are a mistake of ours."""
    kept = kept_of(SECRET)
    assert re.fullmatch("[0-9a-f]{64}", kept) and SECRET.hex() not in kept
    assert opens(SECRET, kept) and not opens(bytes(16), kept) and not opens(SECRET, "0" * 64)
    with pytest.raises(ValueError, match="16 bytes"):
        write_code("groups", "a", b"short")
