"""Small pages at the addresses that pages and entries had before; each leads to where they are now."""

from collections.abc import Iterator

from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import PageMeta


def _aliases(site: SiteContext) -> Iterator[tuple[str, Page | Entry, Place]]:
    """Yield each address of earlier days, what it leads to, and where it is written."""
    for page in site.content.pages:
        for index, address in enumerate(page.fields.get("aliases", ())):
            yield address, page, page.document.place_of(("aliases", index))
    for name, entry in site.entries.items():
        for slug in entry.fields.get("aliases", ()):
            yield f"{entry.kind.address}{slug}/", entry, Place(f"submissions/{name}.yaml")


def taken_aliases(site: SiteContext, addresses: set[str]) -> Iterator[Problem]:
    """Yield a problem for each alias that is one of the site's `addresses`, or that two pages want."""
    taken = set(addresses)
    for address, _, place in _aliases(site):
        if address in taken:
            sentence = f"{address} is already an address of the site. Take the line out, or change the other."
            yield Problem("aliases.taken", "Earlier addresses", sentence, place)
        taken.add(address)


def make_moved(site: SiteContext) -> None:
    for address, target, _ in _aliases(site):
        meta = PageMeta("This page moved", address, f"This page moved: {target.title}", is_listed=False)
        site.renderer.render_page("moved.html", meta, target=target)
