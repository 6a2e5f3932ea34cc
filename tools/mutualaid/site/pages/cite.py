"""“Cite this”: the citation of each page and entry, with its files beside the page, and the page on citing it all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mutualaid.core.content.page import Page
from mutualaid.core.entries.citation import Citation, as_bibtex, as_csl, as_ris, as_text
from mutualaid.core.entries.entry import Entry
from mutualaid.site.output import Outputs
from mutualaid.site.renderer import Leaf, Press
from mutualaid.site.views import PageLink

ADDRESS = "/cite/"
LICENCE = "CC BY-NC-SA 4.0"
FILES = (("cite.bib", "BibTeX", as_bibtex), ("cite.ris", "RIS", as_ris), ("cite.csl.json", "CSL-JSON", as_csl))


@dataclass(frozen=True, slots=True)
class CiteView:
    """A citation as a sentence, and the files that hold it."""

    text: str
    files: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """Cites what stands on one edition: its name, who runs it (empty: not named), where it is (empty: nowhere yet)."""

    site_name: str
    group: str
    site_address: str
    outputs: Outputs

    def page(self, page: Page) -> CiteView:
        """Cite a page that people wrote."""
        return self._laid_out(self._citation(page.title, page.address, str(page.fields.get("edited", ""))))

    def entry(self, entry: Entry) -> CiteView:
        """Cite an entry; its author is the credit as chosen."""
        credit = entry.fields.get("credit")
        licence = entry.kind.label("licence", entry.fields["licence"])
        author = str(credit["name"]) if credit else ""
        return self._laid_out(self._citation(entry.title, entry.address, entry.edited, author, licence))

    def whole(self, pages: Iterable[Page], entries: Iterable[Entry]) -> CiteView:
        """Cite the whole site, as of its latest edit."""
        dates = [str(page.fields.get("edited", "")) for page in pages] + [entry.edited for entry in entries]
        latest = max(dates, default="")
        url = f"{self.site_address}/" if self.site_address else ""
        return self._laid_out(Citation(self.site_name, self._together, "", "/", url, LICENCE, latest), ADDRESS)

    @property
    def _together(self) -> str:
        return self.group or f"{self.site_name} contributors"

    def _citation(self, title: str, address: str, issued: str, author: str = "", licence: str = LICENCE) -> Citation:
        url = f"{self.site_address}{address}" if self.site_address else ""
        return Citation(title, author or self._together, self.site_name, address, url, licence, issued)

    def _laid_out(self, citation: Citation, folder: str = "") -> CiteView:
        links = []
        for name, label, write in FILES:
            address = (folder or citation.address) + name
            self.outputs.add(address.lstrip("/"), write(citation))
            links.append(PageLink(label, address))
        return CiteView(as_text(citation), tuple(links))


def print_cite(press: Press, citing: Citing, pages: Iterable[Page], entries: Mapping[str, Entry]) -> None:
    """Print the page on citing the whole site."""
    leaf = Leaf("Cite this site", ADDRESS, "How to name this site, a page or an entry where you use it.", "about")
    values: dict[str, Any] = {"citation": citing.whole(pages, entries.values())}
    press.print_page("cite.html", leaf, **values)
