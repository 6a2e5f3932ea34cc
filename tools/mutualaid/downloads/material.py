"""What downloads are made of: everything that was read, and nothing about where it goes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutualaid.core.content.page import Content
from mutualaid.core.entries.collection import Collection, gather, in_order
from mutualaid.core.entries.entry import Entry
from mutualaid.errors import Misuse
from mutualaid.flows.load_entries import Loaded

PAPERS = {"us-letter": "US Letter", "a4": "A4"}
"""The sizes of paper that an edition may be made for, by the name that Typst knows, with the name for readers."""


@dataclass(frozen=True, slots=True)
class Material:
    """`entries` are keyed `kind/slug` and hold no retracted one; `collections` are in the site's order.

    `today` is the day of the build, `theme` the folder with fonts, `site_address` '' where it is not known, `paper` one
    of `PAPERS`. `bodies` is filled while books are planned: each page's text by its address, which they have in common.
    """

    site_name: str
    tagline: str
    site_address: str
    collections: tuple[Collection, ...]
    entries: Mapping[str, Entry]
    content: Content
    today: dt.date
    theme: Path
    paper: str = "us-letter"
    bodies: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict, compare=False, repr=False)


def material_of(settings: Mapping[str, Any], loaded: Loaded, content: Content, today: dt.date, theme: Path) -> Material:
    """Return what was read, in order. Raises Misuse where a build setting is none that we know."""
    collections = tuple(gather(kind, loaded.entries, today) for kind in in_order(loaded.kinds))
    return Material(
        settings["SITENAME"],
        settings["SITESUBTITLE"],
        str(settings["SITEURL"] or content.host["site_address"]).rstrip("/"),
        collections,
        {f"{entry.kind.name}/{entry.slug}": entry for collection in collections for entry in collection.entries},
        content,
        today,
        theme,
        _paper(str(settings["MUTUALAID_PAPER"])),
    )


def _paper(given: str) -> str:
    if given not in PAPERS:
        raise Misuse(f"MUTUALAID_PAPER must be {' or '.join(PAPERS)}. It is {given!r}. Change it in pelicanconf.py.")
    return given
