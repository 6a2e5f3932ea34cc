"""A collection's list of entries, and one more list for each choice by which it can be narrowed."""

from markupsafe import Markup

from mutualaid.core.entries.collection import Choice, Collection, Facet
from mutualaid.site.context import SiteContext
from mutualaid.site.facets import facet_address, facet_addresses, held_by, held_name, held_words
from mutualaid.site.renderer import PageMeta
from mutualaid.site.views import Row, row_of
from mutualaid.text.markdown import guide_html


def list_addresses(collection: Collection) -> list[str]:
    """Return the addresses of all lists of a collection."""
    return [collection.kind.address, *facet_addresses(collection)]


def make_collection(site: SiteContext, collection: Collection) -> None:
    """Make all lists of a collection, and its feed."""
    kind = site.kinds[collection.kind.name]
    intro = site.content.intros.get(kind.name)
    rows = {entry.address: row_of(entry, site.today) for entry in collection.entries}
    meta = PageMeta(kind.title, kind.address, intro.promise if intro else kind.description, kind.name)
    _make_list(site, collection, meta, tuple(rows.values()))
    for facet in collection.facets:
        for choice in facet.choices:
            title = f"{kind.title}: {facet.rule.title}, {choice.label}"
            words = f"{kind.title} narrowed to {facet.rule.title.lower()}: {choice.label}."
            meta = PageMeta(title, facet_address(collection, facet, choice), words, kind.name)
            chosen = tuple(rows[entry.address] for entry in choice.entries)
            _make_list(site, collection, meta, chosen, (facet, choice))
    site.make_feed(kind.title, f"{kind.address}feed.xml", collection.entries)


def _make_list(
    site: SiteContext,
    collection: Collection,
    meta: PageMeta,
    rows: tuple[Row, ...],
    chosen: tuple[Facet, Choice] | None = None,
) -> None:
    kind = site.kinds[collection.kind.name]
    intro = site.content.intros.get(kind.name) if chosen is None else None
    facets = tuple(
        {
            "title": facet.rule.title,
            "slug": facet.rule.slug,
            "choices": tuple(
                {
                    "label": choice.label,
                    "slug": choice.slug,
                    "address": facet_address(collection, facet, choice),
                    "count": len(choice.entries),
                    "is_current": chosen == (facet, choice),
                }
                for choice in facet.choices
            ),
        }
        for facet in collection.facets
    )
    view = {
        "kind": kind,
        "title": meta.title,
        "intro": guide_html(intro.body, site.surroundings(meta.address)) if intro else Markup(""),
        "facets": facets,
        "all_address": kind.address,
        "rows": rows,
        "shown": len(rows),
        "total": len(collection.entries),
        "held": held_by(collection),
        "here": held_name(*chosen) if chosen else "",
        "chosen": held_words(*chosen) if chosen else "",
    }
    structured = site.json_ld.collection(meta, len(rows))
    site.renderer.render_page("collection.html", meta, collection=view, structured=structured)
