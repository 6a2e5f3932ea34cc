"""A collection: all entries of a kind, in order, with the facets by which it can be narrowed."""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.kind import FacetRule, Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, with the entries that have it."""

    slug: str
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a collection; only choices that some entry has."""

    rule: FacetRule
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """`entries` are those that readers see; `retracted` ones leave a tombstone only."""

    kind: Kind
    entries: tuple[Entry, ...]
    retracted: tuple[Entry, ...]
    facets: tuple[Facet, ...]


ORDER = ("exercises", "examples", "resources", "groups")
"""The kinds in the order in which readers meet them; others come after."""


def in_order(kinds: Iterable[Kind]) -> list[Kind]:
    """Return kinds in the order in which readers meet them."""
    return sorted(kinds, key=lambda kind: ORDER.index(kind.name) if kind.name in ORDER else len(ORDER))


def gather(kind: Kind, entries: Iterable[Entry], today: dt.date) -> Collection:
    """Order the entries of `kind` and build its facets; retired entries come last."""
    own = [entry for entry in entries if entry.kind.name == kind.name]
    seen = tuple(sorted((entry for entry in own if not entry.is_retracted), key=_order))
    gone = tuple(sorted((entry for entry in own if entry.is_retracted), key=lambda entry: entry.slug))
    facets = (Facet(rule, _choices(rule, kind, seen, today)) for rule in kind.facet_rules)
    return Collection(kind, seen, gone, tuple(facet for facet in facets if facet.choices))


def _order(entry: Entry) -> tuple[bool, tuple[int, str], str]:
    value = entry.fields.get(entry.kind.schema["x-order"], "")
    key = (value, "") if isinstance(value, int) else (0, sortable(str(value)))
    return entry.is_retired, key, sortable(entry.title)


def sortable(title: str) -> str:
    """Return a title as libraries file it: no case, no accents, no opening article or quote."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    plain = plain.lstrip(" \"'([#-")
    for article in ("the ", "a ", "an "):
        if plain.startswith(article):
            return plain.removeprefix(article)
    return plain


def _choices(rule: FacetRule, kind: Kind, entries: tuple[Entry, ...], today: dt.date) -> tuple[Choice, ...]:
    if rule.bands:
        banded = (
            Choice(band.slug, band.label, tuple(entry for entry in entries if _in_band(entry, rule, index)))
            for index, band in enumerate(rule.bands)
        )
        return tuple(choice for choice in banded if choice.entries)
    schema = kind.fields[rule.field]
    labels = schema.get("x-labels") or schema.get("items", {}).get("x-labels", {})
    held: dict[str, list[Entry]] = {str(value): [] for value in labels}
    for entry in entries:
        for value in entry.values(rule.field, today):
            held.setdefault(str(value), []).append(entry)
    return tuple(
        Choice(value, kind.label(rule.field, value), tuple(having)) for value, having in held.items() if having
    )


def _in_band(entry: Entry, rule: FacetRule, index: int) -> bool:
    low = entry.fields.get(rule.field)
    if not isinstance(low, int):
        return False
    high = entry.fields.get(rule.upper) if rule.upper else low
    return rule.bands[index].overlaps(low, high)
