"""Builds the whole site: what is made, in the order in which readers meet it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mutualaid.adapters.schema_files import read_identifying_details
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.downloads.download import Download, File
from mutualaid.downloads.material import Material
from mutualaid.site import feeds
from mutualaid.site.context import site_context
from mutualaid.site.pages.changes import make_changes
from mutualaid.site.pages.cite import make_cite
from mutualaid.site.pages.collection import list_addresses, make_collection
from mutualaid.site.pages.data import make_data
from mutualaid.site.pages.downloads import make_downloads
from mutualaid.site.pages.drafts import draft_addresses, make_drafts
from mutualaid.site.pages.entry import make_entry, make_tombstone
from mutualaid.site.pages.glossary import make_glossary
from mutualaid.site.pages.guide import make_guide_index, make_page, make_path, render_bodies
from mutualaid.site.pages.home import make_home
from mutualaid.site.pages.host import make_host
from mutualaid.site.pages.kit import make_kit
from mutualaid.site.pages.moved import make_moved, taken_aliases
from mutualaid.site.pages.search import make_search
from mutualaid.site.pages.site_map import make_not_found, make_site_map
from mutualaid.site.related import near_entries
from mutualaid.site.renderer import Renderer

FIXED = (
    *("/", "/guide/", "/glossary/", "/about/host/", "/changes/", "/data/", "/downloads/", "/site-map/", "/feed.xml"),
    *("/cite/", "/exercises/kit/", "/search/"),
)
"""Addresses that every copy of the site has, whatever people wrote."""


class SiteBuilder:
    """Makes every page and file in memory: `read_pages` first, then `make_all`."""

    def __init__(self, settings: Mapping[str, Any], material: Material, renderer: Renderer) -> None:
        self.root = Path(settings["MUTUALAID_ROOT"])
        self.site = site_context(material, renderer, settings["MUTUALAID_LAST_SWEEP"])

    def read_pages(self) -> tuple[Problem, ...]:
        """Render the pages that people wrote; return what in them leads nowhere."""
        own = frozenset(self._own_addresses())
        self.bodies = render_bodies(self.site, own)
        entries = (entry.address for shelf in self.site.collections for entry in (*shelf.entries, *shelf.retracted))
        taken = own.union(entries, (page.address for page in self.site.content.pages))
        return (*self.bodies.problems, *taken_aliases(self.site, taken))

    def make_all(
        self, files: tuple[File, ...] = (), make: Callable[[Download], File] | None = None
    ) -> tuple[Problem, ...]:
        """Make every page and data file, after `read_pages`; return what is not as it should be.

        `make` makes what holds the pages themselves, the offline copy; without it there is none.
        """
        site = self.site
        for file in files:
            site.files.setdefault(file.download.owner, []).append(file)
        near = near_entries(site.entries.values())
        make_home(site)
        for page in site.content.pages:
            make_page(site, page, self.bodies.views[page.address])
        make_guide_index(site)
        for path in site.content.paths:
            make_path(site, path)
        for collection in site.collections:
            make_collection(site, collection)
            for entry in collection.entries:
                make_entry(site, entry, self.bodies.drawn_in_by, near.get(entry.address, ()))
            for entry in collection.retracted:
                make_tombstone(site, entry)
        make_glossary(site)
        make_host(site)
        make_changes(site)
        make_drafts(site, read_identifying_details(self.root / "schemas"))
        make_data(site)
        make_kit(site)
        make_cite(site)
        make_search(site)
        make_site_map(site)
        make_not_found(site)
        make_moved(site)
        make_downloads(site, files, make)
        address, outputs = site.json_ld.site_address, site.renderer.outputs
        outputs.add("robots.txt", feeds.as_robots(address))
        if address:
            outputs.add("sitemap.xml", feeds.as_sitemap(site.renderer.pages, address))
        return tuple(self._orphans())

    def _orphans(self) -> Iterator[Problem]:
        for name, entry in self.site.entries.items():
            if name not in self.bodies.drawn_in_by and not entry.is_retired:
                sentence = "No page draws this entry in. Name it on one, or put its first topic on a page's shelf."
                yield Problem("entry.orphan", "The entry", sentence, Place(f"submissions/{name}.yaml"), "warning")

    def _own_addresses(self) -> Iterator[str]:
        """Yield the addresses of pages that the site makes itself."""
        yield from FIXED
        yield from (path.address for path in self.site.content.paths)
        yield from draft_addresses(collection.kind for collection in self.site.collections)
        for collection in self.site.collections:
            yield from list_addresses(collection)
