"""The page about who runs this copy of the site."""

from pathlib import Path

from mutualaid.adapters.schema_files import read_schema_file
from mutualaid.core.content.conditional_blocks import nobody_runs
from mutualaid.core.entries import dates
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import HERE, PageMeta


def make_host(site: SiteContext, policy: Path) -> None:
    """Make the page, which also says whether the policy lets one person approve what they wrote themselves."""
    host = site.content.host
    promise = nobody_runs(host) or "Who runs this copy, how to reach them, and what they promise."
    site.renderer.render_page(
        "host.html",
        PageMeta("Who runs this site", "/about/host/", promise, "about", found_as=HERE),
        alone=read_schema_file(policy).value["sole_maintainer"],
        last_sweep=dates.in_words(site.last_sweep) if site.last_sweep else "",
    )
