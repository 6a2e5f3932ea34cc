"""Pages and entries as plain HTML, of which books, sheets and documents are made. Links are addresses on the site."""

from collections.abc import Iterable
from html import escape

from mutualaid.core.content.page import Page
from mutualaid.core.content.presentation import present_page
from mutualaid.core.entries.collection import sortable
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import card_of
from mutualaid.downloads.material import Material
from mutualaid.text.markdown import Surroundings, guide_html
from mutualaid.text.tables import tables


def section_html(page: Page, section: str, material: Material) -> str:
    """Return one section of a page under the page's title: from its heading to the next one as high, with its notes."""
    body = page_body(page, material)[0]
    inner, notes, below = body.partition('<section class="footnotes"')
    first = inner.index(f'<h2 id="{section}"')
    last = inner.find("<h2 ", first + 1)
    shown = inner[first:] if last < 0 else inner[first:last]
    return str(material.write.section(page, shown, notes + below))


def page_html(page: Page, material: Material) -> str:
    """Return a page; a figure is an `<x-exhibit name="…">`."""
    body, cards = page_body(page, material)
    shown = present_page(page, cards, material.entries, material.today)
    return str(material.write.page(page, shown, body, [material.entries[name] for name in shown.drawn_in]))


def page_body(page: Page, material: Material) -> tuple[str, tuple[str, ...]]:
    """Return a page's text, and the entries that it shows as cards."""
    if page.address not in material.bodies:
        entries = material.entries
        card = material.write.card
        shown = tables(material.content.law, entries, material.today, lambda address: address)
        around = Surroundings(
            to=lambda address: address,
            page_exists=lambda _address: True,
            entry_address=lambda name: entries[name].address if name in entries else None,
            term_exists=lambda _name: True,
            card=lambda name: str(card(entries[name], card_of(entries[name], material.today))),
            figure=lambda name: f'<x-exhibit name="{escape(name)}"></x-exhibit>',
            table=lambda block, part: "" if part == "jump" else shown(block, part),
        )
        html = str(guide_html(page.body, around))
        material.bodies[page.address] = html, tuple(around.cards)
    return material.bodies[page.address]


def index_html(entries: Iterable[Entry], material: Material) -> str:
    """Return the index of a book, by title and by topic."""
    ordered = sorted(entries, key=lambda entry: sortable(entry.title))
    by_topic: dict[str, list[Entry]] = {}
    for entry in ordered:
        for topic in entry.fields.get("topics", ()):
            by_topic.setdefault(entry.kind.label("topics", topic), []).append(entry)
    return str(material.write.index(ordered, sorted(by_topic.items(), key=lambda topic: topic[0].casefold())))
