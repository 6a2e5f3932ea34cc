"""The pages of an entry: to read, to lead from and to write on; and what is left of an entry that was retracted."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from mutualaid.core.content.page import Page
from mutualaid.core.entries.citation import called, tags_of, work
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import present
from mutualaid.site.context import SiteContext
from mutualaid.site.facets import facet_address
from mutualaid.site.kept_pages import Job
from mutualaid.site.pages.cite import cite_view
from mutualaid.site.renderer import PageMeta
from mutualaid.text.markdown import plain_text, prose

VIEWS = (("read", "Read", ""), ("lead", "Lead", "lead/"), ("sheet", "Sheet to write on", "sheet/"))


def job_of_entry(site: SiteContext, entry: Entry, drawn_in_by: Sequence[Page], near: Sequence[Entry]) -> Job:
    """Return what makes an entry's pages; `drawn_in_by` are the pages that name it, `near` are entries like this one.

    Whatever its pages show must be in the parts.
    """
    named = {topic: entry.kind.label("topics", topic) for topic in entry.fields.get("topics", ())}
    topics = tuple((label, _topic_address(site, topic)) for topic, label in named.items())
    files = site.files.get(entry.address, ())
    successor = site.entries.get(f"{entry.kind.name}/{entry.fields.get('retired', {}).get('replaced_by')}")
    pages = [(page.title, page.address) for page in drawn_in_by]
    parts = (entry, *near, *filter(None, [successor]), topics, pages, site.said_of_files(entry.address))
    return partial(_make_pages, site, entry, topics=topics, drawn_in_by=drawn_in_by, near=near, files=files), parts


def _make_pages(site: SiteContext, entry: Entry, **more: Any) -> None:
    shown = present(entry, site.today, site.entries)
    values: dict[str, Any] = {
        "entry": entry,
        "shown": shown,
        **more,
        **cite_view(site.edition.entry(entry)),
        **({"tags": tags_of(work(entry), called(entry)["zotero"])} if "medium" in entry.fields else {}),
        "views": VIEWS if shown.of_shape("steps") else (),
    }
    for name, label, ending in values["views"] or VIEWS[:1]:
        is_read = name == "read"
        meta = PageMeta(
            entry.title if is_read else f"{entry.title}: {label.lower()}",
            entry.address + ending,
            plain_text(prose(entry.summary)),
            entry.kind.name,
            is_listed=is_read,
            found_as=entry.kind.singular if is_read else "",
            status=shown.status.words if shown.status else "",
            frame=f"{entry.kind.address}{ending}",
        )
        structured = site.json_ld.entry(meta, entry) if is_read else {}
        neutral = {"tags": ()} if name == "sheet" else {}
        site.renderer.render_page("entry.html", meta, structured=structured, view=name, **{**values, **neutral})


def make_tombstone(site: SiteContext, entry: Entry) -> None:
    meta = PageMeta("Removed", entry.address, "This entry was removed.", entry.kind.name, is_listed=False)
    site.renderer.render_page("gone.html", meta, entry={"retracted": entry.fields["retracted"]})


def _topic_address(site: SiteContext, topic: str) -> str:
    return next(
        (
            facet_address(collection, facet, choice)
            for collection in site.collections
            for facet in collection.facets
            for choice in facet.choices
            if facet.rule.field == "topics" and choice.slug == topic
        ),
        "",
    )
