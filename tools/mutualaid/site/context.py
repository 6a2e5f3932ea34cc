"""What every page of the site is made from."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mutualaid.core.content.conditional_blocks import is_open, nobody_runs
from mutualaid.core.content.page import Content, Page, ReadingPath
from mutualaid.core.entries.citation import Edition, tags_of
from mutualaid.core.entries.collection import Collection
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import card_of, status_of
from mutualaid.downloads.download import File
from mutualaid.downloads.material import Material
from mutualaid.site import feeds
from mutualaid.site.json_ld import JsonLd
from mutualaid.site.kept_pages import Job, KeptPages
from mutualaid.site.renderer import PageMeta, Renderer
from mutualaid.text.markdown import Surroundings
from mutualaid.text.tables import tables
from mutualaid.text.urls import Linker


@dataclass(frozen=True, slots=True)
class SiteContext:
    """`entries` are keyed `kind/slug`; `files` are those to download of the page at an address."""

    renderer: Renderer
    content: Content
    collections: Sequence[Collection]
    entries: Mapping[str, Entry]
    json_ld: JsonLd
    edition: Edition
    today: dt.date
    last_sweep: str
    kept: KeptPages
    files: dict[str, list[File]] = field(default_factory=dict)

    @property
    def guide(self) -> tuple[Page, ...]:
        return tuple(page for page in self.content.in_reading_order() if page.is_guide)

    def pages_of(self, path: ReadingPath) -> list[Page]:
        return [page for address in path.pages if (page := self.content.page_at(address))]

    def surroundings(self, to: Linker, **more: Any) -> Surroundings:
        """Return what Markdown that links by `to` may refer to; it shows no cards, unless `more` says how."""
        own: dict[str, Any] = {
            "to": to,
            "page_exists": lambda target: self.content.page_at(target) is not None,
            "entry_address": lambda name: self.entries[name].address if name in self.entries else None,
            "term_exists": lambda name: any(term.id == name for term in self.content.terms),
            "card": lambda _name: "",
            "table": tables(self.content.law, self.entries, self.today, to),
        }
        return Surroundings(**(own | more))

    def said_of_files(self, address: str) -> list[tuple[str, ...]]:
        own = ((file.download, file.size) for file in self.files.get(address, ()))
        return [(download.path, download.name, download.good_for, size) for download, size in own]

    def keep(self, *jobs: Job) -> None:
        """Do the jobs, or keep what they made before; an entry among their parts counts with all that is in it."""
        digest = self.kept.digest
        hashed = [(make, [digest(it) if isinstance(it, Entry) else it for it in parts]) for make, parts in jobs]
        self.kept.make(self.renderer.pages, hashed)

    def make_feed(self, subject: str, address: str, entries: Sequence[Entry]) -> None:
        newest = feeds.followed(entries, self.today)
        feed = feeds.as_feed(self.json_ld.site_name, subject, address, newest, self.json_ld.site_address)
        self.renderer.outputs.add(address.lstrip("/"), feed)


def site_context(material: Material, renderer: Renderer, kept: KeptPages, last_sweep: str) -> SiteContext:
    """Put the context together, and give `renderer` what every template gets."""
    content, collections = material.content, material.collections
    name, address = material.site_name, material.site_address
    host, json_ld = content.host, JsonLd(name, address, material.tagline)
    edition = material.edition

    def describe(page: PageMeta) -> dict[str, Any]:
        return {"structured": json_ld.page(page), "tags": tags_of(edition.page(page.title, page.address, ""))}

    renderer.describe = describe
    renderer.environment.globals |= {
        "site": {
            "name": name,
            "tagline": material.tagline,
            "address": address,
            "repository": host["repository"],
            "is_open": is_open(host),
            "nobody_runs": nobody_runs(host),
            "licence_url": feeds.LICENCE_URL,
        },
        "host": host,
        "kinds": [group.kind for group in collections],
        "counts": {group.kind.name: len(group.entries) for group in collections},
        "card_of": partial(card_of, today=material.today),
        "status_of": partial(status_of, today=material.today),
    }
    return SiteContext(
        renderer, content, collections, material.entries, json_ld, edition, material.today, last_sweep, kept
    )
