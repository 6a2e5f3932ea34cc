"""Small pages at the addresses that pages and entries had before; each leads to where they are now."""

from collections.abc import Iterator
from dataclasses import dataclass

from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import PageMeta


@dataclass(frozen=True, slots=True)
class Alias:
    """An address of earlier days, what it leads to, and where it is written."""

    address: str
    target: Page | Entry
    place: Place


def aliases_of(site: SiteContext) -> Iterator[Alias]:
    for page in site.content.pages:
        for index, address in enumerate(page.fields.get("aliases", ())):
            place = page.document.place_of(("aliases", index))
            yield Alias(address, page, place)
    for name, entry in site.entries.items():
        for slug in entry.fields.get("aliases", ()):
            place = Place(f"submissions/{name}.yaml")
            yield Alias(f"{entry.kind.address}{slug}/", entry, place)


def taken_aliases(site: SiteContext, addresses: set[str]) -> Iterator[Problem]:
    """Yield a problem for each alias that is one of the site's `addresses`, or that two pages want."""
    taken = set(addresses)
    for alias in aliases_of(site):
        if alias.address in taken:
            sentence = f"{alias.address} is already an address of the site. Take the line out, or change the other."
            yield Problem("aliases.taken", "Earlier addresses", sentence, alias.place)
        taken.add(alias.address)


def make_moved(site: SiteContext) -> None:
    for alias in aliases_of(site):
        meta = PageMeta("This page moved", alias.address, f"This page moved: {alias.target.title}", is_listed=False)
        site.renderer.render_page("moved.html", meta, target=alias.target)
