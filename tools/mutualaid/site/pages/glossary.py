"""The glossary."""

from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import PageMeta


def make_glossary(site: SiteContext) -> None:
    meta = PageMeta("Glossary", "/glossary/", "Words that this site uses, in plain English.", "guide")
    site.renderer.render_page("glossary.html", meta, terms=site.content.terms, page_at=site.content.page_at)
