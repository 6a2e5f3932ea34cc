"""The list of every page, and the page for an address that has none."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import urlsplit

from mutualaid.site.context import SiteContext
from mutualaid.site.leaves import leaves_of
from mutualaid.site.pages.collection import list_addresses
from mutualaid.site.pages.downloads import META as DOWNLOADS
from mutualaid.site.renderer import PageMeta
from mutualaid.text.urls import linker_from_root

META = PageMeta("Site map", "/site-map/", "Every page of this site.", "about")
PLACES = 1000
"""Links on a page of the site map."""


def make_site_map(site: SiteContext) -> None:
    """Make the list of all pages made so far, of itself and of the downloads."""
    for leaf in leaves_of(META.address, list(_pages(site)), PLACES):
        sections = {title: [page for _, page in pages] for title, pages in groupby(leaf.items, lambda place: place[0])}
        is_first = leaf.number == 1
        meta = replace(META, title=leaf.titled(META.title), address=leaf.address, is_listed=is_first)
        site.renderer.render_page("site_map.html", meta, sections=sections.items(), leaf=leaf)


def make_not_found(site: SiteContext) -> None:
    meta = PageMeta("Page not found", "/404.html", "There is no page at this address.", is_listed=False)
    site.renderer.render_page("404.html", meta, linker_from_root(urlsplit(site.json_ld.site_address).path or "/"))


def _pages(site: SiteContext) -> Iterator[tuple[str, PageMeta]]:
    """Yield every listed page but narrowed and further lists, each with its section, section by section."""
    further = {address for collection in site.collections for address in list_addresses(collection)[1:]}
    listed = (page for page in (*site.renderer.pages, DOWNLOADS, META) if page.is_listed)
    names = {"": "Start", "help": "Help", "guide": "Guide", "about": "About", "contribute": "Contribute"}
    names |= {group.kind.name: group.kind.title for group in site.collections}
    first = ["/guide/", *(path.address for path in site.content.paths)]
    first += [page.address for page in site.guide]
    rank = {address: place for place, address in enumerate(first)}
    pages = sorted(
        (page for page in listed if page.address not in further), key=lambda page: rank.get(page.address, len(rank))
    )
    return ((title, page) for name, title in names.items() for page in pages if page.section == name)
