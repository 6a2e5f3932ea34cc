"""Collections: the order in which libraries file, retired entries last, and facets that narrow something."""

from dataclasses import replace

import pytest

from mutualaid.core.entries.collection import Collection, gather, sortable
from mutualaid.core.entries.entry import Entry, accept
from mutualaid.core.entries.kind import Kind, kind_from
from mutualaid.core.entries.submission import Submission
from world import TODAY, document_of, entry, rows_of, tools


def slugs(entries: tuple[Entry, ...]) -> list[str]:
    return [one.slug for one in entries]


def facets(collection: Collection) -> dict[str, dict[str, list[str]]]:
    found = ((facet.rule.slug, facet.choices) for facet in collection.facets)
    return {slug: {choice.slug: slugs(choice.entries) for choice in choices} for slug, choices in found}


def some(part: str, kind: Kind | None = None) -> list[Entry]:
    return [replace(entry(**one), kind=kind or tools()) for one in rows_of("collections", part)]


@pytest.mark.parametrize(("title", "filed"), rows_of("collections", "filed").items())
def test_sortable(title: str, filed: str) -> None:
    """Case, accents, quotation marks and an opening article do not count."""
    assert sortable(title) == filed


def test_order() -> None:
    tombstones = [document_of(f"slug: {slug}\nretracted: '2026-11'\n") for slug in ("q", "p")]
    retracted = [accept(Submission(tools(), tombstone)) for tombstone in tombstones]
    given = [*some("some"), replace(entry(slug="e"), kind=kind_from("other", tools().schema, {})), *retracted]
    collection = gather(tools(), given, TODAY)
    assert slugs(collection.entries) == ["b", "d", "c", "a"]
    assert slugs(collection.retracted) == ["p", "q"]
    assert gather(tools(), reversed(given), TODAY) == collection
    kind = kind_from("tools", {**tools().schema, "x-order": "minutes_max"}, {})
    assert slugs(gather(kind, some("timed", kind), TODAY).entries) == ["c", "a", "b"]


def offered(collection: Collection) -> dict[str, list[str]]:
    return {facet.rule.slug: [choice.slug for choice in facet.offered] for facet in collection.facets}


def test_facets() -> None:
    given = some("people")
    assert offered(gather(tools(), given[:1], TODAY)) == {"people": []}, "what all entries have narrows nothing"
    assert offered(gather(tools(), given[1:], TODAY)) == {"people": ["one", "some", "many"]}
    assert facets(gather(tools(), given, TODAY)) == rows_of("collections", "facets_of_people")
    collection = gather(tools(), some("animals"), TODAY)
    assert facets(collection) == (found := rows_of("collections", "facets_of_animals"))
    assert offered(collection) == {facet: [*choices] for facet, choices in found.items()}
    assert [choice.label for choice in collection.facets[1].choices] == ["Active", "Last known active"]


def test_bands_of_years_and_labels_of_a_facet() -> None:
    """A date counts by its year, however exact it is; a facet may call a value otherwise than the field does."""
    bands = [{"slug": "old", "label": "Before 2010", "most": 2009}, {"slug": "new", "label": "Later", "least": 2010}]
    began = {"field": "began", "title": "Began", "bands": bands}
    mood = {"field": "mood", "title": "Mood", "labels": {"calm": "A calm one"}}
    kind = kind_from("tools", {**tools().schema, "x-facets": [began, mood]}, {})
    given = [entry(slug="a", began="2009-12-31"), entry(slug="b", began="2010", mood="calm"), entry(slug="c")]
    collection = gather(kind, [replace(one, kind=kind) for one in given], TODAY)
    assert facets(collection)["began"] == {"old": ["a"], "new": ["b"]}
    assert [choice.label for choice in collection.facets[1].choices][-1:] == ["A calm one"]
