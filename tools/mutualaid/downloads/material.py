"""What downloads are made of: all that was read, pages as plain HTML, and nothing about where it goes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from mutualaid.adapters.pelican import read_settings
from mutualaid.core.content.page import Content, Page
from mutualaid.core.entries.citation import Edition
from mutualaid.core.entries.collection import Collection, gather, in_order
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import card_of
from mutualaid.downloads.templates import macros
from mutualaid.errors import Misuse
from mutualaid.flows.load_content import load_publishable
from mutualaid.flows.load_entries import Loaded
from mutualaid.text.markdown import Surroundings, guide_html
from mutualaid.text.tables import tables

PAPERS = {"us-letter": "US Letter", "a4": "A4"}
"""The sizes of paper that an edition may be made for, by the name that Typst knows, with the name for readers."""


@dataclass(frozen=True)
class Material:
    """`collections` are in the site's order.

    `today` is the day of the build, `theme` the folder with fonts, `site_address` '' where it is not known, `paper` one
    of `PAPERS`. `bodies` is filled while books are planned: each page's text by its address, which they have in common.
    """

    site_name: str
    tagline: str
    site_address: str
    collections: tuple[Collection, ...]
    content: Content
    today: dt.date
    theme: Path
    paper: str
    bodies: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict, init=False, repr=False)

    @property
    def edition(self) -> Edition:
        return Edition(self.site_name, self.content.host["group"], self.site_address)

    @property
    def write(self) -> Any:
        """The macros that write pages and entries as HTML, of theme/books/parts.html."""
        return macros(self.theme)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All entries but retracted ones, by `kind/slug`."""
        return {f"{entry.kind.name}/{entry.slug}": entry for one in self.collections for entry in one.entries}


def material_of(settings: Mapping[str, Any], loaded: Loaded, content: Content, today: dt.date) -> Material:
    """Return what was read, in order. Raises Misuse where a build setting is none that we know."""
    paper = str(settings["MUTUALAID_PAPER"])
    if paper not in PAPERS:
        raise Misuse(f"MUTUALAID_PAPER must be {' or '.join(PAPERS)}. It is {paper!r}. Change it in pelicanconf.py.")
    return Material(
        settings["SITENAME"],
        settings["SITESUBTITLE"],
        str(settings["SITEURL"] or content.host["site_address"]).rstrip("/"),
        tuple(gather(kind, loaded.entries, today) for kind in in_order(loaded.kinds)),
        content,
        today,
        Path(settings["MUTUALAID_ROOT"], settings["THEME"]),
        paper,
    )


def read_material(root: Path, today: dt.date) -> Material:
    """Read entries and pages. Raises NotPublishable where they have problems."""
    return material_of(read_settings(root), *load_publishable(root, today), today)


def page_body(page: Page, material: Material) -> tuple[str, tuple[str, ...]]:
    """Return a page's text, and the entries that it shows as cards."""
    if page.address not in material.bodies:
        entries = material.entries
        card = material.write.card
        shown = tables(material.content.law, entries, material.today, lambda address: address)
        around = Surroundings(
            to=lambda address: address,
            page_exists=lambda _address: True,
            entry_address=lambda name: entries[name].address if name in entries else None,
            term_exists=lambda _name: True,
            card=lambda name: str(card(entries[name], card_of(entries[name], material.today))),
            figure=lambda name: f'<x-exhibit name="{escape(name)}"></x-exhibit>',
            table=lambda block, part: "" if part == "jump" else shown(block, part),
        )
        html = str(guide_html(page.body, around))
        material.bodies[page.address] = html, tuple(around.cards)
    return material.bodies[page.address]
