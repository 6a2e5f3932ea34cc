"""The workshop kit: one page from which a reader puts a session together, on their own device or on paper.

All that its script needs stands in the page, so that it works from a disk too. Full notes stay with each exercise.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Fact, Prompt, Step, minutes_in_words, people_in_words, present
from mutualaid.site.renderer import Leaf, Press

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
    steps: tuple[Step, ...] = ()
    privacy: tuple[Fact, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    licence: str = ""
    credit: str = ""


def print_kit(press: Press, entries: Sequence[Entry], pages: Iterable[Page], today: dt.date) -> None:
    """Print the kit's page from all current exercises among `entries`, and all `pages` of the guide."""
    exercises = [_exercise(one, today) for one in entries if one.kind.name == KIND and not one.is_retired]
    if not exercises:
        return
    read = tuple(Pick(f"p:{one.address}", one.title, 1, PAGE_MINUTES, one.address) for one in pages)
    words = "Put exercises in order, see the time they take, and print a sheet to lead from and one to hand out."
    press.print_page("kit.html", Leaf("Workshop kit", ADDRESS, words, KIND), exercises=exercises, pages=read)


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
