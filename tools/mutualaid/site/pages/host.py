"""The page about who runs this copy of the site."""

from pathlib import Path

from mutualaid.adapters.schema_files import read_schema_file
from mutualaid.core.content.conditional_blocks import nobody_runs
from mutualaid.core.entries import dates
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import HERE, PageMeta

HOST_FACTS = {
    "Who, and how to write": {
        "group": "Run by",
        "private_contact": "Private contact",
        "post": "Post",
        "approvers": "Who approves entries",
        "repository": "Repository",
    },
    "What is promised": {
        "answer_within": "First answer within",
        "review_within": "A person looks within",
        "takedown_within": "Taken down within",
        "mail_kept_days": "Mail is kept for",
    },
}
"""Facts in content/host.yaml with their names on the page, which leaves out what is empty."""


def make_host(site: SiteContext, policy: Path) -> None:
    """Make the page, which also says whether the policy lets one person approve what they wrote themselves."""
    host = site.content.host
    promise = nobody_runs(host) or "Who runs this copy, how to reach them, and what they promise."
    parts = {title: [(key, facts[key]) for key in facts if host[key]] for title, facts in HOST_FACTS.items()}
    site.renderer.render_page(
        "host.html",
        PageMeta("Who runs this site", "/about/host/", promise, "about", found_as=HERE),
        parts=[part for part in parts.items() if part[1]],
        alone=read_schema_file(policy).value["sole_maintainer"],
        last_sweep=dates.in_words(site.last_sweep) if site.last_sweep else "",
    )
