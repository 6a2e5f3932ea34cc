"""The page on citing the whole site, and what each page says under “Cite this”."""

from dataclasses import dataclass

from mutualaid.core.content.page import Page
from mutualaid.core.entries.citation import Edition, Item, as_bibtex, as_text
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import PageMeta


@dataclass(frozen=True, slots=True)
class CiteView:
    """A citation as a sentence and as BibTeX."""

    text: str
    bibtex: str


def cite_view(item: Item) -> CiteView:
    """Return what the page shows of a citation."""
    return CiteView(as_text(item), as_bibtex([item]))


def cite_page(edition: Edition, page: Page) -> CiteView:
    """Cite a page that people wrote."""
    return cite_view(edition.page(page.title, page.address, str(page.fields.get("edited", ""))))


def make_cite(site: SiteContext) -> None:
    """Make the page on citing the whole site."""
    meta = PageMeta("Cite this site", "/cite/", "How to name this site, a page or an entry where you use it.", "about")
    edited = (str(page.fields.get("edited", "")) for page in site.content.pages)
    latest = max((*edited, *(entry.edited for entry in site.entries.values()), ""))
    site.renderer.render_page("cite.html", meta, citation=cite_view(site.edition.page(site.edition.name, "", latest)))
