"""What is near an entry: not all of one kind."""

from dataclasses import replace

from mutualaid.core.entries.kind import kind_from
from mutualaid.site.related import near_entries
from world import entry, tools


def test_what_is_near() -> None:
    other = kind_from("zines", tools().schema, {})
    given = [entry(slug=slug) for slug in "abcd"]
    given += [replace(entry(slug="z"), kind=other), entry(slug="r", retired={"on": "2026-11", "why": "Broken"})]
    near = near_entries(given)
    assert [one.slug for one in near["/tools/a/"]] == ["z", "b", "c"]
    assert "/tools/r/" not in near
