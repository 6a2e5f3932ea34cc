"""Feeds. The data files are in `pages/data.py`."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from feedgenerator import Atom1Feed
from markupsafe import escape

from mutualaid.core.entries import dates
from mutualaid.core.entries.citation import key_of
from mutualaid.core.entries.entry import Entry
from mutualaid.text.markdown import plain_text, prose
from mutualaid.text.urls import linker_from

LICENCE_URL = "https://creativecommons.org/licenses/by-nc-sa/4.0/"
LEAST = 30
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return living entries, the latest month first; within a month the latest issue, then those without, by slug.

    Where there is no issue the kinds take turns, so that no kind fills the first places alone.
    """
    living = [entry for entry in entries if not entry.is_retracted and not entry.is_retired]
    turns: dict[tuple[str, str], int] = {}
    ranked = []
    for entry in sorted(living, key=lambda entry: entry.slug):
        month, issue = str(entry.fields["added"]), int(entry.fields["intake"].get("issue", 0))
        turn = turns[(month, entry.kind.name)] = turns.get((month, entry.kind.name), 0) + (not issue)
        ranked.append((month, issue, -turn, entry))
    ranked.sort(key=lambda place: place[3].kind.name)
    ranked.sort(key=lambda place: place[:3], reverse=True)
    return [entry for *_, entry in ranked]


def followed(entries: Iterable[Entry], today: dt.date) -> list[Entry]:
    """Return what a feed holds: all of this month and of the last, and at least the 30 newest."""
    newest = newest_first(entries)
    last_month = dates.months_later(f"{today:%Y-%m}", -1)
    recent = sum(str(entry.fields["added"]) >= last_month for entry in newest)
    return newest[: max(recent, LEAST)]


def as_feed(site_name: str, subject: str, address: str, entries: Sequence[Entry], site_address: str) -> str:
    """Return an Atom feed of `entries`, which belongs to the page in the folder of its `address`.

    Ids are made of the site's name and of addresses on it, and never change, wherever the site is: RFC 4122 names,
    which are absolute. Links may be relative (RFC 4287, 4.2.7.1), and are where the site has no address of its own yet.
    """
    relative, names = linker_from(address), uuid.uuid5(uuid.NAMESPACE_URL, key_of(site_name))

    def place(target: str) -> str:
        return site_address + target if site_address else relative(target)

    feed = Atom1Feed(
        title=f"{site_name}: {subject}",
        link=place(address.removesuffix("feed.xml")),
        description=f"{site_name}: {subject}",
        language="en",
        feed_url=place(address),
        feed_guid=uuid.uuid5(names, address).urn,
        author_name=site_name,
    )
    if not entries:
        feed.latest_post_date = lambda: NEVER  # of its own it would ask the clock, and no two builds would be equal
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=place(entry.address),
            description=str(escape(plain_text(prose(entry.summary)))),
            unique_id=uuid.uuid5(names, entry.address).urn,
            pubdate=_moment(entry.fields["added"]),
            updateddate=_moment(entry.edited),
            categories=[entry.kind.title],
        )
    return str(feed.writeString("utf-8"))


def _moment(month: str) -> dt.datetime:
    return dt.datetime.combine(dates.earliest(month), dt.time(tzinfo=dt.UTC))
