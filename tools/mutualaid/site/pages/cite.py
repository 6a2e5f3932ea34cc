"""The page on citing the whole site, and what each page says under “Cite this”."""

from collections.abc import Iterable
from dataclasses import dataclass

from mutualaid.core.content.page import Page
from mutualaid.core.entries.citation import Edition, Item, as_bibtex, as_text
from mutualaid.core.entries.entry import Entry
from mutualaid.site.renderer import Leaf, Press


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


def print_cite(press: Press, edition: Edition, pages: Iterable[Page], entries: Iterable[Entry]) -> None:
    """Print the page on citing the whole site."""
    leaf = Leaf("Cite this site", "/cite/", "How to name this site, a page or an entry where you use it.", "about")
    latest = max((*(str(page.fields.get("edited", "")) for page in pages), *(entry.edited for entry in entries), ""))
    press.print_page("cite.html", leaf, citation=cite_view(edition.whole(latest)))
