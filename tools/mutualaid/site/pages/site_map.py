"""The list of every page, and the page for an address that has none."""

from typing import Any
from urllib.parse import urlsplit

from mutualaid.site.context import SiteContext
from mutualaid.site.facets import facet_addresses
from mutualaid.site.pages.downloads import META as DOWNLOADS
from mutualaid.site.renderer import PageMeta
from mutualaid.site.views import PageLink

META = PageMeta("Site map", "/site-map/", "Every page of this site.", "about")
NOT_FOUND = PageMeta("Page not found", "/404.html", "There is no page at this address.", is_listed=False)


def make_site_map(site: SiteContext) -> None:
    """Make the list of all pages made so far, of itself and of the downloads."""
    site.renderer.render_page("site_map.html", META, sections=_sections(site))


def make_not_found(site: SiteContext) -> None:
    """Make the page that a server shows where there is none."""
    base = urlsplit(site.json_ld.site_address).path or "/"
    site.renderer.render_anywhere("404.html", NOT_FOUND, base)


def _sections(site: SiteContext) -> tuple[dict[str, Any], ...]:
    narrowed = {address for collection in site.collections for address in facet_addresses(collection)}
    listed = (page for page in (*site.renderer.pages, DOWNLOADS, META) if page.is_listed)
    names = {"": "Start", "help": "Help", "guide": "Guide", "about": "About", "contribute": "Contribute"}
    names |= {kind.name: kind.title for kind in site.kinds.values()}
    first = ["/guide/", *(path.address for path in site.content.paths)]
    first += [page.address for page in site.guide]
    rank = {address: place for place, address in enumerate(first)}
    pages = sorted(
        (page for page in listed if page.address not in narrowed), key=lambda page: rank.get(page.address, len(rank))
    )
    links = {
        name: tuple(PageLink(page.title, page.address) for page in pages if page.section == name) for name in names
    }
    return tuple({"title": names[name], "pages": found} for name, found in links.items() if found)
