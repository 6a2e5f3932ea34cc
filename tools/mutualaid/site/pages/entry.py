"""The pages of an entry: to read, to lead from and to write on; and what is left of an entry that was retracted."""

from collections.abc import Mapping

from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Link, present
from mutualaid.site.context import SiteContext
from mutualaid.site.facets import facet_address
from mutualaid.site.pages.cite import cite_view
from mutualaid.site.renderer import PageMeta
from mutualaid.site.views import EntryView, PageLink, Retirement, licence_and_credit, row_of
from mutualaid.text.markdown import plain_text, prose

VIEWS = (("read", "Read", ""), ("lead", "Lead", "lead/"), ("sheet", "Sheet to write on", "sheet/"))


def make_entry(
    site: SiteContext, entry: Entry, drawn_in_by: Mapping[str, tuple[PageLink, ...]], near: tuple[Entry, ...]
) -> None:
    """Make an entry's pages; `drawn_in_by` are the pages that name each entry, `near` are entries like this one."""
    presented = present(entry, site.today)
    has_views = any(block.shape == "steps" for block in presented.blocks)
    views = VIEWS if has_views else VIEWS[:1]
    licence, credit = licence_and_credit(presented)
    values = {"offers": site.offers.get(entry.address, ()), "citation": cite_view(site.edition.entry(entry))}
    for name, label, ending in views:
        is_read = name == "read"
        address = entry.address + ending
        links = tuple(PageLink(words, entry.address + end, "", view == name) for view, words, end in views)
        view = EntryView(
            kind=site.kinds[entry.kind.name],
            slug=entry.slug,
            title=entry.title,
            summary=entry.summary,
            address=address,
            view=name,
            views=links if has_views else (),
            card_facts=presented.card,
            status=presented.status,
            content_note=presented.content_note,
            retired=_retirement(site, entry),
            is_stale=entry.is_stale(site.today),
            review_by=entry.review_by,
            review_months=entry.review_months,
            blocks=presented.blocks,
            imprint=presented.imprint,
            topics=tuple(Link(topic.label, _topic_address(site, topic.value)) for topic in presented.topics),
            drawn_in_by=drawn_in_by.get(f"{entry.kind.name}/{entry.slug}", ()),
            near=tuple(row_of(other, site.today) for other in near),
            licence=licence,
            credit=credit,
        )
        meta = PageMeta(
            entry.title if is_read else f"{entry.title}: {label.lower()}",
            address,
            plain_text(prose(entry.summary)),
            entry.kind.name,
            is_listed=is_read,
            found_as=entry.kind.singular if is_read else "",
            status=f"{presented.status.label}, {presented.status.as_of}" if presented.status else "",
        )
        structured = site.json_ld.entry(meta, entry) if is_read else {}
        site.renderer.render_page("entry.html", meta, entry=view, structured=structured, **values)


def make_tombstone(site: SiteContext, entry: Entry) -> None:
    """Make the page that says, at a retracted entry's address, when it was removed."""
    meta = PageMeta("Removed", entry.address, "This entry was removed.", entry.kind.name, is_listed=False)
    site.renderer.render_page("gone.html", meta, entry={"retracted": entry.fields["retracted"]})


def _topic_address(site: SiteContext, topic: str) -> str:
    for collection in site.collections:
        for facet in collection.facets:
            for choice in facet.choices:
                if facet.rule.field == "topics" and choice.slug == topic:
                    return facet_address(collection, facet, choice)
    return ""


def _retirement(site: SiteContext, entry: Entry) -> Retirement | None:
    retired = entry.fields.get("retired")
    if not retired:
        return None
    successor = site.entries.get(f"{entry.kind.name}/{retired.get('replaced_by', '')}")
    link = PageLink(successor.title, successor.address) if successor else None
    return Retirement(retired["on"], retired["why"], link)
