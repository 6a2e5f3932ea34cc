"""What came in, month by month, and the feed that follows it."""

from mutualaid.core.entries import dates
from mutualaid.site.context import SiteContext
from mutualaid.site.feeds import newest_first
from mutualaid.site.renderer import PageMeta
from mutualaid.site.views import Row, row_of


def make_changes(site: SiteContext) -> None:
    """Make the page of changes, and the feed of all new entries."""
    months: dict[str, list[Row]] = {}
    for entry in newest_first(site.entries.values()):
        months.setdefault(str(entry.fields["added"]), []).append(row_of(entry, site.today))
    view = tuple({"label": dates.in_words(month), "rows": tuple(rows)} for month, rows in months.items())
    meta = PageMeta("Changes", "/changes/", "What came in, month by month, and a feed to follow.", "about")
    site.renderer.render_page("changes.html", meta, months=view)
    site.make_feed("new entries", "/feed.xml", tuple(site.entries.values()))
