"""Builds the whole site in memory: what is made, in the order in which readers meet it."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mutualaid.core.entries.problem import Place, Problem
from mutualaid.downloads.download import File
from mutualaid.downloads.make import Cache
from mutualaid.site.context import SiteContext
from mutualaid.site.kept_pages import Job
from mutualaid.site.pages.changes import make_changes
from mutualaid.site.pages.cite import make_cite
from mutualaid.site.pages.collection import job_of_collection, list_addresses
from mutualaid.site.pages.data import jobs_of_data, make_data
from mutualaid.site.pages.downloads import make_downloads
from mutualaid.site.pages.drafts import draft_addresses, make_drafts
from mutualaid.site.pages.entry import job_of_entry, make_tombstone
from mutualaid.site.pages.guide import Bodies, job_of_page, make_glossary, make_guide_index, make_path
from mutualaid.site.pages.home import make_home
from mutualaid.site.pages.host import make_host
from mutualaid.site.pages.kit import jobs_of_kit
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
    make_home(site)
    site.keep(*_jobs(site, bodies, root))
    make_data(site)
    make_cite(site)
    make_search(site)
    make_site_map(site)
    make_not_found(site)
    make_moved(site)
    make_downloads(site, files, cache)
    site.renderer.render_file("robots.txt")
    if site.content.host["private_contact"]:
        until = site.today.replace(day=1) + dt.timedelta(days=360)
        for folder in (".well-known/", ""):  # the second for a host that leaves out folders with a dot
            site.renderer.render_file("security.txt", folder, until=until)
    if site.json_ld.site_address:
        site.renderer.render_file("sitemap.xml", pages=site.renderer.pages)


def _jobs(site: SiteContext, bodies: Bodies, root: Path) -> Iterator[Job]:
    """Yield what makes pages and files from parts that can be named: kept where those are as before."""
    content, near = site.kept.content, near_entries(site.entries.values())
    yield from (job_of_page(site, page, bodies.views[page.address]) for page in site.content.pages)
    yield partial(make_guide_index, site), ("guide", content)
    for path in site.content.paths:
        yield partial(make_path, site, path), (path.address, content, site.said_of_files(path.address))
    for collection in site.collections:
        yield job_of_collection(site, collection)
        for entry in collection.entries:
            drawn_in_by = bodies.drawn_in_by.get(f"{entry.kind.name}/{entry.slug}", ())
            yield job_of_entry(site, entry, drawn_in_by, near.get(entry.address, ()))
        for entry in collection.retracted:
            yield partial(make_tombstone, site, entry), ("gone", entry)
    yield partial(make_glossary, site), ("glossary", content)
    yield partial(make_host, site, root / "schemas" / "policy.yaml"), ("host", content)
    yield partial(make_changes, site), ("changes", *site.entries.values())
    yield partial(make_drafts, site, root / "schemas"), ("drafts", content)
    yield from jobs_of_data(site)
    yield from jobs_of_kit(site)


def orphans(site: SiteContext, bodies: Bodies) -> Iterator[Problem]:
    for name, entry in site.entries.items():
        if name not in bodies.drawn_in_by and not entry.is_retired:
            sentence = "No page draws this entry in. Name it on one, or put its first topic on a page's shelf."
            yield Problem("entry.orphan", "The entry", sentence, Place(f"submissions/{name}.yaml"), "warning")
