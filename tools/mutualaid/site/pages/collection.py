"""A collection's list of entries, and one more list for each choice by which it can be narrowed."""

from collections.abc import Sequence
from typing import Any

from mutualaid.core.entries.collection import Collection
from mutualaid.core.entries.entry import Entry
from mutualaid.site.context import SiteContext
from mutualaid.site.facets import facet_address, facet_addresses, held_by, held_name
from mutualaid.site.renderer import PageMeta
from mutualaid.text.markdown import guide_html
from mutualaid.text.urls import linker_from


def list_addresses(collection: Collection) -> list[str]:
    """Return the addresses of all lists of a collection."""
    return [collection.kind.address, *facet_addresses(collection)]


def make_collection(site: SiteContext, collection: Collection) -> None:
    """Make all lists of a collection, and its feed."""
    kind = collection.kind
    values = {"collection": collection, "kind": kind, "held": held_by(collection)}
    intro = site.content.intros.get(kind.name)
    meta = PageMeta(kind.title, kind.address, intro.promise if intro else kind.description, kind.name)
    words = guide_html(intro.body, site.surroundings(linker_from(kind.address))) if intro else ""
    _make_list(site, meta, collection.entries, **values, intro=words, here="")
    for facet in collection.facets:
        for choice in facet.choices:
            title = f"{kind.title}: {facet.rule.title}, {choice.label}"
            words = f"{kind.title} narrowed to {facet.rule.title.lower()}: {choice.label}."
            meta = PageMeta(title, facet_address(collection, facet, choice), words, kind.name)
            chosen = {"here": held_name(facet, choice), "title": facet.rule.title, "label": choice.label}
            _make_list(site, meta, choice.entries, **values, **chosen)
    site.make_feed(kind.title, f"{kind.address}feed.xml", collection.entries)


def _make_list(site: SiteContext, meta: PageMeta, entries: Sequence[Entry], **values: Any) -> None:
    structured = site.json_ld.collection(meta, len(entries))
    site.renderer.render_page("collection.html", meta, entries=entries, structured=structured, **values)
