"""A collection's list of entries, and one more list for each choice by which it can be narrowed."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from mutualaid.core.content.page import Page
from mutualaid.core.entries.collection import Choice, Collection, Facet
from mutualaid.site.context import SiteContext
from mutualaid.site.facets import facet_address, held_name, row_attributes
from mutualaid.site.kept_pages import Job
from mutualaid.site.leaves import ROWS, Leaf, leaves_of
from mutualaid.site.renderer import HERE, PageMeta, stamp
from mutualaid.text.markdown import guide_html
from mutualaid.text.urls import linker_from

CARDS = "exercises"
"""The kind whose list is one of cards."""


def list_addresses(collection: Collection) -> list[str]:
    return [address for _, _, leaf in _lists(collection) if leaf.number == 1 for address in leaf.all]


def _lists(collection: Collection) -> Iterator[tuple[Facet | None, Choice | None, Leaf]]:
    yield from ((None, None, leaf) for leaf in leaves_of(collection.kind.address, collection.entries))
    for facet in collection.facets:
        for choice in facet.choices:
            address = facet_address(collection, facet, choice)
            yield from ((facet, choice, leaf) for leaf in leaves_of(address, choice.entries))


def job_of_collection(site: SiteContext, collection: Collection) -> Job:
    """Return what makes a collection's lists and its feed. Whatever they show must be in the parts."""
    intro = site.content.intros.get(collection.kind.name)
    tables_show = site.entries.values() if intro and ":::" in intro.body else ()
    parts = ("lists", *collection.entries, *tables_show, site.kept.content, [*site.entries])
    return partial(_make_lists, site, collection, intro), parts


def _make_lists(site: SiteContext, collection: Collection, intro: Page | None) -> None:
    kind, rows = collection.kind, row_attributes(collection)
    field = kind.schema["x-order"]
    titles = {field: kind.fields[field]["title"], **{rule.field: rule.title for rule in kind.facet_rules}}
    values: dict[str, Any] = {
        "collection": collection,
        "kind": kind,
        "rows": rows,
        "order": titles[field].lower(),
        "is_cards": kind.name == CARDS,
        "all_rows": _all_rows(site, collection, rows) if len(collection.entries) > ROWS else "",
    }
    for facet, choice, leaf in _lists(collection):
        title, words, tab = kind.title, intro.promise if intro else kind.description, ""
        own: dict[str, Any] = {"leaf": leaf, "here": "", "intro": ""}
        if facet and choice:
            words = f"{title} narrowed to {facet.rule.title}: {choice.label}."
            title, tab = f"{title}: {choice.label}", leaf.titled(f"{title}. {facet.rule.title}: {choice.label}")
            own |= {
                "here": held_name(facet, choice),
                "title": facet.rule.title,
                "label": choice.label,
                "count": len(choice.entries),
            }
        elif intro and leaf.number == 1:
            own["intro"] = guide_html(intro.body, site.surroundings(linker_from(kind.address)))
        found_as = HERE if leaf.address == kind.address else ""
        meta = PageMeta(leaf.titled(title), leaf.address, words, kind.name, found_as=found_as, tab_title=tab)
        own["structured"] = site.json_ld.collection(meta, len(leaf.items))
        site.renderer.render_page("collection.html", meta, **values, **own)
    site.make_feed(kind.title, f"{kind.address}feed.xml", collection.entries)


def _all_rows(site: SiteContext, collection: Collection, rows: Mapping[str, Markup]) -> str:
    """Plan the script that holds every row of a long list, and return its address.

    It is the same whatever a reader chooses, so that asking for it tells nobody what was chosen.
    """
    kind = collection.kind
    name = "card" if kind.name == CARDS else "line"
    with site.renderer.linking(linker_from(kind.address)):
        texts = [site.renderer.row(name, entry, False, rows[entry.address]) for entry in collection.entries]
    script = f"globalThis.listRows={json.dumps(texts, ensure_ascii=False, separators=(',', ':'))}\n"
    path = f"theme/js/rows-{kind.name}.{stamp(script.encode())}.js"
    site.renderer.outputs.add(path, script)
    return f"/{path}"
