"""Facets on the site: their addresses, and what each row of a list holds of each, so that a script can narrow it."""

from collections import defaultdict
from collections.abc import Mapping

from markupsafe import Markup

from mutualaid.core.entries.collection import Choice, Collection, Facet, sortable


def facet_address(collection: Collection, facet: Facet, choice: Choice) -> str:
    return f"{collection.kind.address}{held_name(facet, choice)}/"


def row_attributes(collection: Collection) -> Mapping[str, Markup]:
    """Return, by the address of an entry, what its row says to the script that narrows and sorts.

    `data-held` has the numbers of the offered choices that hold it, as they follow one another on the page; `data-sort`
    the month in which it was added and its place by title.
    """
    held: dict[str, list[str]] = defaultdict(list)
    offered = (choice for facet in collection.facets for choice in facet.offered)
    for number, choice in enumerate(offered):
        for entry in choice.entries:
            held[entry.address].append(str(number))
    by_title = sorted(collection.entries, key=lambda entry: (entry.is_retired, sortable(entry.title)))
    return {
        entry.address: Markup(' data-held="{}" data-sort="{} {}"').format(
            " ".join(held[entry.address]), entry.fields["added"], place
        )
        for place, entry in enumerate(by_title)
    }


def held_name(facet: Facet, choice: Choice) -> str:
    """Return the name of a choice among all of its collection: `time/up-to-45-minutes`."""
    return f"{facet.rule.slug}/{choice.slug}"
