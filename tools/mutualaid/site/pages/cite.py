"""The page on citing the whole site, and what each page says under “Cite this”."""

from typing import Any

from mutualaid.core.entries.citation import Item, as_bibtex, as_text, tags_of
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import HERE, PageMeta


def cite_view(item: Item) -> dict[str, Any]:
    """Return what a page's template gets of how to cite it: `citation` as a sentence and as BibTeX, and `tags`."""
    return {"citation": {"text": as_text(item), "bibtex": as_bibtex([item])}, "tags": tags_of(item)}


def make_cite(site: SiteContext) -> None:
    meta = PageMeta(
        "Cite this site",
        "/cite/",
        "How to name this site, a page or an entry where you use it.",
        "about",
        found_as=HERE,
    )
    edited = (str(page.fields.get("edited", "")) for page in site.content.pages)
    latest = max((*edited, *(entry.edited for entry in site.entries.values()), ""))
    site.renderer.render_page("cite.html", meta, **cite_view(site.edition.page(site.edition.name, "", latest)))
