"""Builds the whole site in memory: what is made, in the order in which readers meet it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mutualaid.adapters.schema_files import read_identifying_details, read_schema_file
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.downloads.download import File
from mutualaid.downloads.make import Cache
from mutualaid.site import feeds
from mutualaid.site.context import SiteContext
from mutualaid.site.pages.changes import make_changes
from mutualaid.site.pages.cite import make_cite
from mutualaid.site.pages.collection import job_of_collection, list_addresses
from mutualaid.site.pages.data import make_data
from mutualaid.site.pages.downloads import make_downloads
from mutualaid.site.pages.drafts import draft_addresses, make_drafts
from mutualaid.site.pages.entry import job_of_entry, make_tombstone
from mutualaid.site.pages.guide import Bodies, make_glossary, make_guide_index, make_page, make_path
from mutualaid.site.pages.home import make_home
from mutualaid.site.pages.host import make_host
from mutualaid.site.pages.kit import make_kit
from mutualaid.site.pages.moved import make_moved, taken_aliases
from mutualaid.site.pages.search import make_search
from mutualaid.site.pages.site_map import make_not_found, make_site_map
from mutualaid.site.related import near_entries

FIXED = (
    *("/", "/guide/", "/glossary/", "/about/host/", "/changes/", "/data/", "/downloads/", "/site-map/", "/feed.xml"),
    *("/cite/", "/exercises/kit/", "/search/"),
)
"""Addresses that every copy of the site has, whatever people wrote."""


def read_pages(site: SiteContext) -> tuple[Bodies, tuple[Problem, ...]]:
    """Render the pages that people wrote; return them, and what in them leads nowhere."""
    pages = [page.address for page in site.content.pages]
    own = {*FIXED, *pages, *(path.address for path in site.content.paths)}
    own.update(draft_addresses(collection.kind for collection in site.collections))
    own.update(address for collection in site.collections for address in list_addresses(collection))
    bodies = Bodies(site, own)
    entries = (entry.address for shelf in site.collections for entry in (*shelf.entries, *shelf.retracted))
    return bodies, (*bodies.problems, *taken_aliases(site, own.union(entries)))


def make_pages(site: SiteContext, bodies: Bodies, root: Path, files: tuple[File, ...], cache: Cache | None) -> None:
    """Make every page and data file; `files` are to download. Without a `cache` there is no copy of the pages."""
    for file in files:
        site.files.setdefault(file.download.owner, []).append(file)
    near = near_entries(site.entries.values())
    make_home(site)
    for page in site.content.pages:
        make_page(site, page, bodies.views[page.address])
    make_guide_index(site)
    for path in site.content.paths:
        make_path(site, path)
    jobs = []
    for collection in site.collections:
        jobs.append(job_of_collection(site, collection))
        for entry in collection.entries:
            drawn_in_by = bodies.drawn_in_by.get(f"{entry.kind.name}/{entry.slug}", ())
            jobs.append(job_of_entry(site, entry, drawn_in_by, near.get(entry.address, ())))
        jobs += [(partial(make_tombstone, site, entry), ("gone", entry)) for entry in collection.retracted]
    site.keep(*jobs)
    make_glossary(site)
    make_host(site, alone=read_schema_file(root / "schemas" / "policy.yaml").value["sole_maintainer"])
    make_changes(site)
    site.keep((lambda: make_drafts(site, read_identifying_details(root / "schemas")), ("drafts", site.kept.content)))
    make_data(site)
    make_kit(site)
    make_cite(site)
    make_search(site)
    make_site_map(site)
    make_not_found(site)
    make_moved(site)
    make_downloads(site, files, cache)
    address, outputs = site.json_ld.site_address, site.renderer.outputs
    outputs.add("robots.txt", feeds.as_robots(address))
    if security := feeds.as_security(site.content.host, site.today, address):
        outputs.add(".well-known/security.txt", security)
        outputs.add("security.txt", security)  # for a host that leaves out folders that begin with a dot
    if address:
        outputs.add("sitemap.xml", feeds.as_sitemap(site.renderer.pages, address))


def orphans(site: SiteContext, bodies: Bodies) -> Iterator[Problem]:
    """Yield a warning for each entry that no page names."""
    for name, entry in site.entries.items():
        if name not in bodies.drawn_in_by and not entry.is_retired:
            sentence = "No page draws this entry in. Name it on one, or put its first topic on a page's shelf."
            yield Problem("entry.orphan", "The entry", sentence, Place(f"submissions/{name}.yaml"), "warning")
