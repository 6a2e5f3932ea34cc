"""The list of every page, and the page for an address that has none."""

from urllib.parse import urlsplit

from mutualaid.site.context import SiteContext
from mutualaid.site.facets import facet_addresses
from mutualaid.site.pages.downloads import META as DOWNLOADS
from mutualaid.site.renderer import PageMeta
from mutualaid.text.urls import linker_from_root

META = PageMeta("Site map", "/site-map/", "Every page of this site.", "about")
NOT_FOUND = PageMeta("Page not found", "/404.html", "There is no page at this address.", is_listed=False)


def make_site_map(site: SiteContext) -> None:
    """Make the list of all pages made so far, of itself and of the downloads."""
    site.renderer.render_page("site_map.html", META, sections=_sections(site))


def make_not_found(site: SiteContext) -> None:
    """Make the page that a server shows where there is none."""
    base = urlsplit(site.json_ld.site_address).path or "/"
    site.renderer.render_page("404.html", NOT_FOUND, linker_from_root(base))


def _sections(site: SiteContext) -> list[tuple[str, list[PageMeta]]]:
    narrowed = {address for collection in site.collections for address in facet_addresses(collection)}
    listed = (page for page in (*site.renderer.pages, DOWNLOADS, META) if page.is_listed)
    names = {"": "Start", "help": "Help", "guide": "Guide", "about": "About", "contribute": "Contribute"}
    names |= {group.kind.name: group.kind.title for group in site.collections}
    first = ["/guide/", *(path.address for path in site.content.paths)]
    first += [page.address for page in site.guide]
    rank = {address: place for place, address in enumerate(first)}
    pages = sorted(
        (page for page in listed if page.address not in narrowed), key=lambda page: rank.get(page.address, len(rank))
    )
    sections = ((title, [page for page in pages if page.section == name]) for name, title in names.items())
    return [section for section in sections if section[1]]
