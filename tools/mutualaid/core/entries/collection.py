"""A collection: all entries of a kind, in order, with the facets by which it can be narrowed."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.kind import Band, FacetRule, Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, with the entries that have it."""

    slug: str
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a collection: all choices that some entry has, and those that leave another set of entries."""

    rule: FacetRule
    choices: tuple[Choice, ...]
    offered: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """`entries` are those that readers see; `retracted` ones leave a tombstone only."""

    kind: Kind
    entries: tuple[Entry, ...]
    retracted: tuple[Entry, ...]
    facets: tuple[Facet, ...]


ORDER = ("exercises", "examples", "resources", "groups")  # in which readers meet them


def in_order(kinds: Iterable[Kind]) -> list[Kind]:
    """Return kinds in the order in which readers meet them; others come after."""
    return sorted(kinds, key=lambda kind: ORDER.index(kind.name) if kind.name in ORDER else len(ORDER))


def gather(kind: Kind, entries: Iterable[Entry], today: dt.date) -> Collection:
    """Order the entries of `kind` and build its facets; retired entries come last."""
    own = [entry for entry in entries if entry.kind.name == kind.name]
    seen = tuple(sorted((entry for entry in own if not entry.is_retracted), key=_order))
    gone = tuple(sorted((entry for entry in own if entry.is_retracted), key=lambda entry: entry.slug))
    facets = []
    for rule in kind.facet_rules:
        choices = _choices(rule, kind, seen, today)
        sets = [choice.entries for choice in choices]
        offered = (choice for place, choice in enumerate(choices) if choice.entries not in (seen, *sets[:place]))
        facets.append(Facet(rule, choices, tuple(offered)))
    return Collection(kind, seen, gone, tuple(facet for facet in facets if facet.choices))


def _order(entry: Entry) -> tuple[bool, tuple[int, str], str]:
    value = entry.fields.get(entry.kind.schema["x-order"], "")
    key = (value, "") if isinstance(value, int) else (0, sortable(str(value)))
    return entry.is_retired, key, sortable(entry.title)


def sortable(title: str) -> str:
    """Return a title as libraries file it: no case, no accents, no opening article or quote."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"^(?:the|an?) ", "", plain.lstrip(" \"'([#-"))


def _choices(rule: FacetRule, kind: Kind, entries: tuple[Entry, ...], today: dt.date) -> tuple[Choice, ...]:
    if rule.bands:
        banded = (
            Choice(band.slug, band.label, tuple(entry for entry in entries if _in_band(entry, rule, band)))
            for band in rule.bands
        )
        return tuple(choice for choice in banded if choice.entries)
    held: dict[str, list[Entry]] = {str(value): [] for value in kind.labels(rule.field)}
    for entry in entries:
        for value in entry.values(rule.field, today):
            held.setdefault(str(value), []).append(entry)
    return tuple(
        Choice(value, (rule.labels or {}).get(value) or kind.label(rule.field, value), tuple(having))
        for value, having in held.items()
        if having
    )


def _in_band(entry: Entry, rule: FacetRule, band: Band) -> bool:
    """Whether the entry's range shares a number with the band; without an upper number it has no end.

    A date counts by its year.
    """
    low = entry.fields.get(rule.field)
    low = dates.earliest(low).year if isinstance(low, str) else low
    high: Any = entry.fields.get(rule.upper, inf) if rule.upper else low
    return isinstance(low, int) and high >= band.least and low <= band.most
