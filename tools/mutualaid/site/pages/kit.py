"""The workshop kit: one page from which a reader puts a session together, on their own device or on paper.

What the sheets say of every exercise goes out as one script, which a browser also loads from a disk. Each sheet asks
for the same file, whatever was picked.
"""

import datetime as dt
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from mutualaid.core.entries.collection import Collection
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import minutes_in_words, people_in_words, present
from mutualaid.site.context import SiteContext
from mutualaid.site.facets import held_name
from mutualaid.site.kept_pages import Job
from mutualaid.site.renderer import HERE, PageMeta, stamp

ADDRESS = "/exercises/kit/"
KIND = "exercises"
PAGE_MINUTES = 15
"""The minutes that a kit sets aside for a page at first: to read it aloud or alone, and to talk."""


def jobs_of_kit(site: SiteContext) -> Iterator[Job]:
    """Yield what makes the kit, where there's an exercise. Whatever it shows must be in the parts."""
    for shelf in site.collections:
        if shelf.kind.name == KIND and not all(entry.is_retired for entry in shelf.entries):
            yield partial(_make_kit, site, shelf), ("kit", *shelf.entries, site.kept.content)


def _make_kit(site: SiteContext, shelf: Collection) -> None:
    exercises = [_exercise(entry, site.today) for entry in shelf.entries if not entry.is_retired]
    pages = [
        {"name": f"p:{page.address}", "title": page.title, "least": 1, "most": PAGE_MINUTES, "address": page.address}
        for page in site.guide
    ]
    sheet = site.renderer.macro("parts/kit_sheet.html", "kit_sheet")
    data = json.dumps({one["name"]: str(sheet(one)) for one in exercises}, ensure_ascii=False, separators=(",", ":"))
    path = f"theme/js/kit-sheets.{stamp(data.encode())}.js"
    site.renderer.outputs.add(path, f"globalThis.kitSheets={data}\n")
    meta = PageMeta(
        "Workshop kit",
        ADDRESS,
        "Put exercises in order, see the time they take, and print a sheet to lead from and one to hand out.",
        KIND,
        found_as=HERE,
    )
    narrow = tuple(facet for facet in shelf.facets if facet.rule.bands)
    held = {
        entry.address: " ".join(
            held_name(facet, choice) for facet in narrow for choice in facet.choices if entry in choice.entries
        )
        for entry in shelf.entries
    }
    site.renderer.render_page(
        "kit.html", meta, exercises=exercises, pages=pages, narrow=narrow, held=held, texts=f"/{path}"
    )


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
        "time": minutes_in_words(fields),
        "people": people_in_words(fields),
        "fields": fields,
        "shown": present(entry, today),
    }
