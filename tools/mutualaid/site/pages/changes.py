"""What came in, month by month, and the feed that follows it."""

from itertools import groupby

from mutualaid.site.context import SiteContext
from mutualaid.site.feeds import newest_first
from mutualaid.site.leaves import leaves_of
from mutualaid.site.renderer import HERE, PageMeta

PLACES = 500
"""Entries on a page, most of them as a link alone."""


def make_changes(site: SiteContext) -> None:
    words = "What came in, month by month, and a feed to follow."
    for leaf in leaves_of("/changes/", newest_first(site.entries.values()), PLACES):
        months = {month: list(entries) for month, entries in groupby(leaf.items, lambda entry: entry.fields["added"])}
        first, title = leaf.number == 1, leaf.titled("Changes")
        meta = PageMeta(title, leaf.address, words, "about", is_listed=first, found_as=HERE if first else "")
        site.renderer.render_page("changes.html", meta, months=months, leaf=leaf)
    site.make_feed("new entries", "/feed.xml", tuple(site.entries.values()))
