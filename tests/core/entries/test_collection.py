"""Collections: the order in which libraries file, retired entries last, and facets that narrow something."""

from dataclasses import replace

import pytest

from mutualaid.core.entries.collection import Collection, gather, sortable
from mutualaid.core.entries.entry import Entry, accept
from mutualaid.core.entries.kind import kind_from
from mutualaid.core.entries.submission import Submission
from world import TODAY, document_of, entry, tools

RETIRED = {"on": "2026-10", "why": "It broke"}


def slugs(entries: tuple[Entry, ...]) -> list[str]:
    return [one.slug for one in entries]


def facets(collection: Collection) -> dict[str, dict[str, list[str]]]:
    return {
        facet.rule.slug: {choice.slug: slugs(choice.entries) for choice in facet.choices} for facet in collection.facets
    }


FILED = {"The Ladder": "ladder", "A ladder": "ladder", "An ox": "ox", "Another ladder": "another ladder", "": ""}
FILED |= {"Theory": "theory", "“The ladder”": "ladder", '"A ladder"': 'ladder"', "(The) ladder": "the) ladder"}
FILED |= {"Élan": "elan", "Straße": "strae", "#1 aid": "1 aid"}


@pytest.mark.parametrize(("title", "filed"), FILED.items())
def test_sortable(title: str, filed: str) -> None:
    """Case, accents, quotation marks and an opening article do not count."""
    assert sortable(title) == filed


def test_order() -> None:
    """By title or number; retired entries last in the same order; retracted ones apart, by slug; one kind alone."""
    retracted = [
        accept(Submission(tools(), document_of(f"slug: {slug}\nretracted: '2026-11'\n"))) for slug in ("q", "p")
    ]
    given = [
        entry(slug="d", title="Zebra"),
        entry(slug="a", title="The bear", retired=RETIRED),
        entry(slug="c", title="An ant", retired=RETIRED),
        entry(slug="b", title="élan"),
        replace(entry(slug="e"), kind=kind_from("other", tools().schema, {})),
        *retracted,
    ]
    collection = gather(tools(), given, TODAY)
    assert slugs(collection.entries) == ["b", "d", "c", "a"]
    assert slugs(collection.retracted) == ["p", "q"]
    assert gather(tools(), reversed(given), TODAY) == collection
    kind = kind_from("tools", {**tools().schema, "x-order": "minutes_max"}, {})
    given = [
        entry(slug="a", title="Zebra", minutes_max=5),
        entry(slug="b", title="Bear", minutes_max=100),
        entry(slug="c", title="Ant", minutes_max=5),
    ]
    given = [replace(one, kind=kind) for one in given]
    assert slugs(gather(kind, given, TODAY).entries) == ["c", "a", "b"]


def offered(collection: Collection) -> dict[str, list[str]]:
    """Return the choices of each facet that are offered."""
    return {facet.rule.slug: [choice.slug for choice in facet.offered] for facet in collection.facets}


def test_facets() -> None:
    """Choices in the schema's order, none empty; an entry is in each band that its range touches, also an open one."""
    given = [
        entry(slug="a", title="Ant", colours=["green", "red"], status="active", status_as_of="2020"),
        entry(slug="b", title="Bear", colours=["red"], status="active", status_as_of="2026"),
        entry(slug="c", title="Cat"),
    ]
    found = facets(gather(tools(), given, TODAY))
    assert found == {
        "colours": {"red": ["a", "b"], "green": ["a"]},
        "status": {"active": ["b"], "last-known-active": ["a"]},
    }
    assert offered(gather(tools(), given, TODAY)) == {
        "colours": ["red", "green"],
        "status": ["active", "last-known-active"],
    }
    labels = [choice.label for choice in gather(tools(), given, TODAY).facets[1].choices]
    assert labels == ["Active", "Last known active"]
    given = [
        entry(slug="alone", title="A1", people_min=1, people_max=1),
        entry(slug="nine", title="A2", people_min=1, people_max=9),
        entry(slug="edge", title="A3", people_min=10, people_max=10),
        entry(slug="open", title="A5", people_min=4),
        entry(slug="unsaid", title="A4"),
    ]
    assert offered(gather(tools(), given[:1], TODAY)) == {"people": []}, "what all entries have narrows nothing"
    assert offered(gather(tools(), given[1:], TODAY)) == {"people": ["one", "some", "many"]}
    assert facets(gather(tools(), given, TODAY)) == {
        "people": {"one": ["alone", "nine"], "some": ["nine", "open"], "many": ["edge", "open"]}
    }


def test_bands_of_years_and_labels_of_a_facet() -> None:
    """A date counts by its year, however exact it is; a facet may call a value otherwise than the field does."""
    bands = [{"slug": "old", "label": "Before 2010", "most": 2009}, {"slug": "new", "label": "Later", "least": 2010}]
    rules = [
        {"field": "began", "title": "Began", "bands": bands},
        {"field": "mood", "title": "Mood", "labels": {"calm": "A calm one"}},
    ]
    kind = kind_from("tools", {**tools().schema, "x-facets": rules}, {})
    given = [entry(slug="a", began="2009-12-31"), entry(slug="b", began="2010", mood="calm"), entry(slug="c")]
    collection = gather(kind, [replace(one, kind=kind) for one in given], TODAY)
    assert facets(collection)["began"] == {"old": ["a"], "new": ["b"]}
    assert [choice.label for choice in collection.facets[1].choices][-1:] == ["A calm one"]
