"""The workshop kit: one page from which a reader puts a session together, on their own device or on paper.

All that its script needs is in the page, so that it works from a disk too. Full notes stay with each exercise.
"""

import datetime as dt
from dataclasses import dataclass

from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Fact, Fields, minutes_in_words, people_in_words, present
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import PageMeta

ADDRESS = "/exercises/kit/"
KIND = "exercises"
PAGE_MINUTES = 15
"""The minutes that a kit sets aside for a page at first: to read it aloud or alone, and to talk."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to put into a kit. `name` is what the script and the stored list call it; minutes as numbers.

    Only exercises have what follows `address`.
    """

    name: str
    title: str
    least: int
    most: int
    address: str
    summary: str = ""
    time: str = ""
    people: str = ""
    materials: tuple[str, ...] = ()
    invitation: str = ""
    steps: tuple[Fields, ...] = ()
    privacy: tuple[Fact, ...] = ()
    prompts: tuple[Fields, ...] = ()
    licence: str = ""
    credit: str = ""


def make_kit(site: SiteContext) -> None:
    """Make the kit's page from all current exercises and all pages of the guide."""
    current = (entry for entry in site.entries.values() if entry.kind.name == KIND and not entry.is_retired)
    exercises = [_exercise(entry, site.today) for entry in current]
    if not exercises:
        return
    read = tuple(Pick(f"p:{page.address}", page.title, 1, PAGE_MINUTES, page.address) for page in site.guide)
    words = "Put exercises in order, see the time they take, and print a sheet to lead from and one to hand out."
    meta = PageMeta("Workshop kit", ADDRESS, words, KIND)
    site.renderer.render_page("kit.html", meta, exercises=exercises, pages=read)


def _exercise(entry: Entry, today: dt.date) -> Pick:
    fields = entry.fields
    blocks = {block.shape if block.shape in SHAPES else block.id: block for block in present(entry, today).blocks}
    most = fields["minutes_max"]
    least = fields.get("minutes_min", most)
    credit = fields.get("credit")
    return Pick(
        f"e:{entry.slug}",
        entry.title,
        least,
        most,
        entry.address,
        entry.summary,
        minutes_in_words(least, most),
        people_in_words(fields["people_min"], fields.get("people_max")),
        blocks["materials"].items,
        blocks["invitation"].text,
        blocks["steps"].steps,
        blocks["privacy"].facts,
        blocks["handout"].prompts if "handout" in blocks else (),
        entry.kind.label("licence", fields["licence"]),
        str(credit["name"]) if credit else "",
    )


SHAPES = frozenset({"steps", "privacy", "handout"})
