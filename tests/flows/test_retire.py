"""Retiring and retracting: what is left in the file, who may ask, and what elsewhere must be mended."""

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from mutualaid.adapters.yaml import canonical
from mutualaid.core.entries.removal_code import kept_of, write_code
from mutualaid.errors import Misuse
from mutualaid.flows.load_entries import load_entries
from mutualaid.flows.retire import RetireResult, retire, retract, retract_by_code
from world import TODAY, World, document_of, real_kinds, rows_of, told

FUND = "submissions/groups/fund.yaml"
SECRET = b"0123456789abcdef"
CODE = write_code("groups", "fund", SECRET)
GONE = "slug: fund\nretracted: 2026-11\n"


@pytest.fixture
def house(world: World) -> World:
    world.entry("groups", "fund", intake={"channel": "offline"}, retraction=kept_of(SECRET))
    world.entry("groups", "other")
    return world


def text(world: World, name: str = FUND) -> str:
    return (world.root / name).read_text(encoding="utf-8")


def value(world: World, name: str = FUND) -> Any:
    return document_of(text(world, name)).value


def said(outcome: RetireResult) -> list[str]:
    assert not outcome.changed
    return [problem.code for problem in outcome.problems]


def test_retired(house: World) -> None:
    before = value(house)
    assert retire(house.root, "groups/fund", " It has closed ", "other", TODAY) == RetireResult(FUND, changed=True)
    assert value(house) == {**before, "retired": {"on": "2026-11", "why": "It has closed", "replaced_by": "other"}}
    assert text(house) == canonical(value(house), real_kinds()["groups"])
    assert load_entries(house.root, TODAY).problems == ()
    retire(house.root, "groups/fund", "It has closed", "", TODAY)
    first = text(house)
    assert retire(house.root, "groups/fund", "It has closed", "", TODAY.replace(year=2027)) == RetireResult(FUND)
    assert text(house) == first
    assert retire(house.root, "groups/fund", "It has moved", "", TODAY).changed
    assert value(house)["retired"]["why"] == "It has moved"


@pytest.mark.parametrize(
    ("why", "successor", "code"), [*rows_of("misuse", "retired"), ("x" * 301, "", "retired.why.too-long")]
)
def test_a_retirement_that_breaks_a_rule(house: World, why: str, successor: str, code: str) -> None:
    house.write("submissions/groups/gone.yaml", "slug: gone\nretracted: '2026-10'\n")
    before = text(house)
    assert code in said(retire(house.root, "groups/fund", why, successor, TODAY))
    assert text(house) == before


@pytest.mark.parametrize("name", ["groups/fund", "/groups/fund/", "submissions/groups/fund.yaml", " groups/fund\n"])
def test_retracted(house: World, name: str) -> None:
    assert retract(house.root, name, TODAY) == RetireResult(FUND, changed=True)
    assert text(house) == GONE
    loaded = load_entries(house.root, TODAY)
    assert loaded.problems == () and [one.is_retracted for one in loaded.entries] == [True, False]
    assert retract(house.root, name, TODAY.replace(year=2027)) == RetireResult(FUND) and text(house) == GONE
    with pytest.raises(Misuse, match="was retracted"):
        retire(house.root, "groups/fund", "It has closed", "", TODAY)


@pytest.mark.parametrize("broken", ["a: [", "- a\n- b\n", "\xff", "slug: fund\n", "slug: fund\nretired: x\n"])
def test_a_file_that_is_broken(house: World, broken: str) -> None:
    house.write(FUND, broken.encode("latin-1"))
    assert said(retire(house.root, "groups/fund", "It has closed", "", TODAY))
    assert retract(house.root, "groups/fund", TODAY).changed
    assert text(house) == GONE


@pytest.mark.parametrize(
    ("code", "rule", "kept"),
    [
        ("nonsense", "no-name", kept_of(SECRET)),
        (write_code("groups", "fund", b"another-secret-0"), "not-this-one", kept_of(SECRET)),
        (CODE.replace("fund", "other"), "none-made", kept_of(SECRET)),
        (CODE.replace("fund", "no-such"), "no-such-entry", kept_of(SECRET)),
        (CODE.replace("groups", "poems"), "no-such-entry", kept_of(SECRET)),
        *((CODE, "damaged", kept) for kept in (3, "", kept_of(SECRET)[:-1], {"hash": kept_of(SECRET)})),
    ],
)
def test_a_code_that_opens_nothing(house: World, code: str, rule: str, kept: object) -> None:
    house.entry("groups", "fund", intake={"channel": "offline"}, retraction=kept)
    before = text(house)
    assert said(retract_by_code(house.root, code, TODAY)) == [f"code.{rule}"]
    assert text(house) == before


def test_retracted_with_its_address(house: World) -> None:
    """Nothing is left, earlier names neither; promised addresses are listed; a code from before a rename opens it."""
    promised = "tests/expected/addresses.txt"
    house.write(promised, "/groups/fund/\n/groups/old-fund/\n/groups/fund-two/\n")
    own = {"intake": {"channel": "offline"}, "retraction": kept_of(SECRET), "aliases": ["old-fund"]}
    house.entry("groups", "fund", **own)
    outcome = retract_by_code(house.root, write_code("groups", "old-fund", SECRET), TODAY)
    assert outcome.changed and text(house) == GONE and value(house, "submissions/groups/other.yaml")["title"]
    assert [str(mention.place.line) for mention in outcome.mentions] == ["2"]
    house.entry("groups", "fund", **own)
    outcome = retract(house.root, "groups/fund", TODAY, with_address=True)
    assert outcome.changed and not (house.root / FUND).exists()
    assert {(one.place.file, one.place.line) for one in outcome.mentions} == {(promised, 1), (promised, 2)}


def test_mentions(house: World) -> None:
    """Lines elsewhere that name the entry are told: the site cannot be built until they are mended."""
    house.entry("groups", "third", retired={"on": "2026-10", "why": "It has closed", "replaced_by": "fund"})
    house.page("guide/start/first.md", "See [it](entry:groups/fund).\n\nNot groups/fund-two, not my-groups/fund.\n")
    house.page("guide/start/second.md", draws_in={"examples": ["fund"], "groups": ["other", "fund"]})
    house.path("another", "/groups/fund/")
    line = text(house, "submissions/groups/third.yaml").split("\n").index("  replaced_by: fund") + 1
    outcome = retract(house.root, "groups/fund", TODAY)
    places = ("content/guide/start/first.md:5", "content/guide/start/second.md:9", "content/paths/another.yaml:6")
    found = [f"{one.place.file}:{one.place.line}" for one in outcome.mentions]
    assert found == [*places, f"submissions/groups/third.yaml:{line}"]
    said = "The entry is still named here, and the site cannot be built so. Take the mention out."
    assert told(outcome.mentions)[0].endswith(said)


def test_nothing_is_half_written(house: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = text(house)
    monkeypatch.setattr(Path, "replace", Mock(side_effect=OSError(28, "No space left on device")))
    with pytest.raises(Misuse, match="It is as it was"):
        retract(house.root, "groups/fund", TODAY)
    assert text(house) == before
    assert not list((house.root / "submissions/groups").glob(".*"))
