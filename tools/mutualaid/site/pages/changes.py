"""What came in, month by month, and the feed that follows it."""

from mutualaid.core.entries.entry import Entry
from mutualaid.site.context import SiteContext
from mutualaid.site.feeds import newest_first
from mutualaid.site.renderer import PageMeta


def make_changes(site: SiteContext) -> None:
    """Make the page of changes, and the feed of all new entries."""
    months: dict[str, list[Entry]] = {}
    for entry in newest_first(site.entries.values()):
        months.setdefault(str(entry.fields["added"]), []).append(entry)
    meta = PageMeta("Changes", "/changes/", "What came in, month by month, and a feed to follow.", "about")
    site.renderer.render_page("changes.html", meta, months=months)
    site.make_feed("new entries", "/feed.xml", tuple(site.entries.values()))
