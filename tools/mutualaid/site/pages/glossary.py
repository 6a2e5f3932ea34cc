"""The glossary."""

from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import PageMeta
from mutualaid.text.markdown import prose


def make_glossary(site: SiteContext) -> None:
    """Make the page of all words with their meanings."""
    terms = tuple(
        {
            "id": term.id,
            "term": term.term,
            "definition": prose(term.definition),
            "see": tuple(site.link(address) for address in term.see if site.content.page_at(address)),
        }
        for term in site.content.terms
    )
    meta = PageMeta("Glossary", "/glossary/", "Words that this site uses, in plain English.", "guide")
    site.renderer.render_page("glossary.html", meta, terms=terms)
