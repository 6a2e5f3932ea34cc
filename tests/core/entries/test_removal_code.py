"""Removal codes: there and back, misheard, and the slow hash."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanes import examples
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.removal_code import ALPHABET, Code, kept_of, opens, read_code, write_code

SECRET = bytes(range(16))
CODE = "groups/night-fund: 222-A5A-S7T-ZQR-FS4-BJ4-8XQ-4S7-SN6"
SECRETS = st.binary(min_size=16, max_size=16)


@pytest.mark.parametrize(
    "heard",
    [
        CODE,
        f"  {CODE.lower()}\n",
        CODE.replace("-", " ").replace("night fund", "night-fund"),
        CODE.replace(": ", "\n"),
        CODE.upper(),
        CODE.replace("222-A5A-", "222. a5a,\u00a0"),
        CODE.replace("-", "–").replace("night–fund", "night-fund"),
    ],
)
def test_read_as_people_write(heard: str) -> None:
    """Case, spaces, dots and every sort of hyphen make no difference."""
    assert (
        read_code(heard) == Code("groups", "night-fund", SECRET) and write_code("groups", "night-fund", SECRET) == CODE
    )


def test_look_alikes() -> None:
    """There is no 1 and no I, so both are read as L."""
    secret = next(
        bytes([one] * 16) for one in range(256) if "L" in write_code("a", "b", bytes([one] * 16)).partition(":")[2]
    )
    code = write_code("groups", "b", secret)
    assert read_code(code.replace("L", "1")) == read_code(code.replace("L", "i")) == Code("groups", "b", secret)


@given(SECRETS)
@settings(max_examples=examples(200), deadline=None)
def test_there_and_back(secret: bytes) -> None:
    assert read_code(write_code("groups", "a-1", secret)) == Code("groups", "a-1", secret)


@given(SECRETS, st.integers(0, 25), st.integers(0, 26), st.sampled_from(ALPHABET))
@settings(max_examples=examples(300), deadline=None)
def test_a_wrong_sign_and_two_that_changed_places_are_noticed(secret: bytes, one: int, other: int, sign: str) -> None:
    name, _, code = write_code("groups", "a", secret).partition(" ")
    signs = code.replace("-", "")
    misread, swapped = list(signs), list(signs)
    misread[other] = sign
    swapped[one], swapped[min(other, 25)] = swapped[min(other, 25)], swapped[one]
    for wrong in (misread, swapped):
        if wrong != list(signs):
            found = read_code(f"{name} {''.join(wrong)}")
            assert isinstance(found, Problem) and found.code == "code.mistyped"


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("", "no-name", "must begin with the entry"),
        ("222-A5A-S7T-ZQR-FS4-BJ4-8XQ-4S7-SN6", "no-name", "groups/shift-swap-board:"),
        (CODE[:-4], "wrong-length", "This one has 24."),
        (CODE + "-222", "wrong-length", "This one has 30."),
        (CODE.replace("222", "20O"), "strange-sign", "holds `0`, `O`, and no code holds that"),
        (CODE.replace("222", "2é2"), "strange-sign", "holds `É`"),
        ("groups/x: " + "Z" * 27, "mistyped", "B, D, P and T"),
        ("groups/x: ", "wrong-length", "This one has 0."),
        ("groups/x: \ud800\0", "strange-sign", "no code holds that"),
    ],
)
def test_refused(text: str, code: str, part: str) -> None:
    problem = read_code(text)
    assert isinstance(problem, Problem)
    assert problem.code == f"code.{code}"
    assert part in problem.message


def test_kept() -> None:
    """Only the salted hash is kept, with what it takes to make it again; fewer bits are a mistake of ours."""
    kept = kept_of(SECRET, b"s" * 16)
    assert set(kept) == {"scheme", "cost", "block", "lanes", "salt", "hash"}
    assert SECRET.hex() not in str(kept)
    assert kept["hash"] != kept_of(SECRET, b"t" * 16)["hash"]
    assert opens(SECRET, kept)
    assert not opens(bytes(16), kept)
    assert not opens(SECRET, {**kept, "hash": "0" * 64})
    with pytest.raises(ValueError, match="16 bytes"):
        write_code("groups", "a", b"short")


@pytest.mark.parametrize(("cost", "lanes"), [(14, 1), (16, 2)])
def test_what_was_kept_earlier_still_opens(cost: int, lanes: int) -> None:
    """The parameters are read from the entry, so they may change one day; the bounds of the schema can be met."""
    kept = {**kept_of(SECRET, bytes(16)), "cost": cost, "lanes": lanes}
    made = hashlib.scrypt(SECRET, salt=bytes(16), n=2**cost, r=8, p=lanes, maxmem=2**28, dklen=32)
    assert opens(SECRET, {**kept, "hash": made.hex()})
