"""Entries as a whole: what is right is loaded, what is wrong is told, and a broken schema stops everything."""

from typing import Any

import pytest

from mutualaid.errors import BrokenCheckout
from mutualaid.flows.load_checkout import Checkout
from mutualaid.flows.load_entries import load_entries
from world import TODAY, World, rows_of, tool


@pytest.mark.parametrize(("retracted", "code", "file"), [(False, "slug", "ladder"), (True, "aliases", "fund")])
def test_an_earlier_name_is_free(world: World, retracted: bool, code: str, file: str) -> None:
    """It is no other entry's name: whichever comes later gives way, but never a tombstone."""
    world.entry("groups", "fund", aliases=["ladder"])
    world.entry("groups", "ladder")
    if retracted:
        world.write("submissions/groups/ladder.yaml", "slug: ladder\nretracted: 2026-11\n")
    (problem,) = (problem for problem in load_entries(world.root, TODAY).problems if problem.is_error)
    assert (problem.code, problem.place.file) == (f"{code}.taken", f"submissions/groups/{file}.yaml")
    text = (world.root / problem.place.file).read_text(encoding="utf-8").splitlines()
    assert text[problem.place.line - 1].strip() in ("- ladder", "slug: ladder")


def test_an_earlier_name_has_one_owner(world: World) -> None:
    """Two entries cannot both have been it, none is its own earlier name, and what comes by form cannot take it."""
    world.entry("groups", "fund", aliases=["ladder"])
    world.entry("groups", "pool", aliases=["ladder"])
    world.entry("groups", "swap", aliases=["swap"])
    world.entry("exercises", "ladder", minutes_min=30, minutes_max=30)
    problems = [problem for problem in load_entries(world.root, TODAY).problems if problem.is_error]
    assert [f"{problem.code} {problem.place.file}" for problem in problems] == [
        "aliases.taken submissions/groups/pool.yaml",
        "aliases.taken submissions/groups/swap.yaml",
    ]
    unused: Any = None
    entries = {"submissions/tools/ladder.yaml": tool(aliases=["steps"])}
    assert Checkout(unused, unused, {}, {}, unused, entries, {}).taken("tools") == {"ladder", "steps"}


def test_problems(world: World) -> None:
    world.entry("groups", "a-good-one")
    world.entry("groups", "b-wrong", model="bank", added="2027-01")
    world.write("submissions/groups/c-broken.yaml", "slug: 'c\n")
    world.entry("groups", "d-taken", title="The a-good-one")
    world.write("submissions/groups/e.yml", "slug: e\n")
    loaded = load_entries(world.root, TODAY)
    assert not loaded.is_publishable
    errors = [one for one in loaded.problems if one.is_error]
    found = [[one.place.file.removeprefix("submissions/groups/"), one.code] for one in errors]
    assert found == rows_of("problems", "entries")
    assert errors[-1].message.startswith("No entry can be here. An entry is a file submissions/<kind>/<slug>.yaml; the")
    assert [entry.slug for entry in loaded.entries] == ["a-good-one", "d-taken"]


def test_refusals(world: World) -> None:
    schema = world.write("schemas/groups.schema.yaml", "title: 'Groups\n")
    with pytest.raises(BrokenCheckout, match=r"^schemas/groups\.schema\.yaml cannot be read: .*The quote that opens"):
        load_entries(world.root, TODAY)
    schema.write_text("title: Groups\n", encoding="utf-8")
    with pytest.raises(BrokenCheckout, match=r"^schemas/groups\.schema\.yaml lacks description, x-singular"):
        load_entries(world.root, TODAY)


@pytest.mark.parametrize(("kind", "changes", "codes"), rows_of("rules-between-fields"))
def test_rules_between_fields(world: World, kind: str, changes: dict[str, Any], codes: list[str]) -> None:
    world.entry(kind, "it", **changes)
    assert [one.code for one in load_entries(world.root, TODAY).problems] == codes
