"""Facets on the site: their addresses, and what each row of a list holds of each, so that a script can narrow it."""

from collections import defaultdict

from mutualaid.core.entries.collection import Choice, Collection, Facet


def facet_address(collection: Collection, facet: Facet, choice: Choice) -> str:
    """Return the address of the list that holds what a choice holds."""
    return f"{collection.kind.address}{held_name(facet, choice)}/"


def facet_addresses(collection: Collection) -> list[str]:
    """Return the addresses of all narrowed lists of a collection."""
    return [facet_address(collection, facet, choice) for facet in collection.facets for choice in facet.choices]


def held_by(collection: Collection) -> dict[str, str]:
    """Return, by the address of an entry, the names of all choices that hold it, parted by spaces."""
    held: dict[str, list[str]] = defaultdict(list)
    for facet in collection.facets:
        for choice in facet.choices:
            for entry in choice.entries:
                held[entry.address].append(held_name(facet, choice))
    return {address: " ".join(names) for address, names in held.items()}


def held_name(facet: Facet, choice: Choice) -> str:
    """Return the name of a choice among all of its collection: `time/up-to-45-minutes`."""
    return f"{facet.rule.slug}/{choice.slug}"
