"""The workshop kit: one page from which a reader puts a session together, on their own device or on paper.

All that its script needs is in the page, so that it works from a disk too. Full notes stay with each exercise.
"""

import datetime as dt
from typing import Any

from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import minutes_in_words, people_in_words, present
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import PageMeta

ADDRESS = "/exercises/kit/"
KIND = "exercises"
PAGE_MINUTES = 15
"""The minutes that a kit sets aside for a page at first: to read it aloud or alone, and to talk."""


def make_kit(site: SiteContext) -> None:
    """Make the kit's page from all current exercises and all pages of the guide."""
    current = (entry for entry in site.entries.values() if entry.kind.name == KIND and not entry.is_retired)
    exercises = [_exercise(entry, site.today) for entry in current]
    if not exercises:
        return
    pages = [
        {"name": f"p:{page.address}", "title": page.title, "least": 1, "most": PAGE_MINUTES, "address": page.address}
        for page in site.guide
    ]
    words = "Put exercises in order, see the time they take, and print a sheet to lead from and one to hand out."
    meta = PageMeta("Workshop kit", ADDRESS, words, KIND)
    site.renderer.render_page("kit.html", meta, exercises=exercises, pages=pages)


def _exercise(entry: Entry, today: dt.date) -> dict[str, Any]:
    """Return an exercise to pick. `name` is what the script and the stored list call it; minutes are numbers."""
    fields = entry.fields
    most = fields["minutes_max"]
    least = fields.get("minutes_min", most)
    return {
        "name": f"e:{entry.slug}",
        "title": entry.title,
        "least": least,
        "most": most,
        "address": entry.address,
        "time": minutes_in_words(least, most),
        "people": people_in_words(fields["people_min"], fields.get("people_max")),
        "fields": fields,
        "shown": present(entry, today),
    }
