"""Pages and entries as plain HTML for books and documents: no menus, nothing folded, headings from level 1 on."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape

from mutualaid.core.content.page import Page, Term
from mutualaid.core.content.presentation import present_page
from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Block, Fact, Link, Notice, Source, present
from mutualaid.downloads.material import Material
from mutualaid.text.markdown import Surroundings, guide_html, prose, prose_line
from mutualaid.text.xhtml import NOWHERE

GLOSSARY = "/glossary/"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where links lead: into the book by `files` (address → file), else to the site where it has an address."""

    files: Mapping[str, str]
    site_address: str

    def to(self, address: str) -> str:
        """Return the target of a link to `address`."""
        if not address.startswith("/"):
            return address
        place, mark, fragment = address.partition("#")
        if place in self.files:
            return self.files[place] + mark + fragment
        return f"{self.site_address}{address}" if self.site_address else NOWHERE


def page_html(page: Page, material: Material, reach: Reach) -> str:
    """Return a page; a figure stands as `<x-exhibit name="…">`."""
    fields, entries = page.fields, material.entries
    body, cards = _body(page, material)
    shown = present_page(page, cards, entries, material.today)
    return "".join(
        (
            f"<h1>{escape(page.title)}</h1>",
            f'<p class="promise">{prose_line(page.promise)}</p>',
            _content_note(shown.content_note),
            *(_notice(notice, reach) for notice in shown.notices),
            _box("After this page you can", fields.get("after", ())),
            LATER_LINK.sub(lambda link: f'href="{escape(reach.to(unescape(link[1])))}"', body),
            _part(DRAWN_IN, "".join(card_html(entries[name], reach.to) for name in shown.drawn_in)),
            _box("Take with you", fields.get("take_with_you", ())),
            _part("About this page", facts_html(shown.imprint, reach)),
        )
    )


DRAWN_IN = "Try it, see it, read on"
LATER = "later:"
LATER_LINK = re.compile(f'href="{LATER}([^"]*)"')


def _body(page: Page, material: Material) -> tuple[str, tuple[str, ...]]:
    """Return a page's text, whose links each book leads where they go in it, and the entries shown as cards."""
    if page.address not in material.bodies:
        entries = material.entries
        around = Surroundings(
            to=lambda address: f"{LATER}{address}",
            page_exists=lambda _address: True,
            entry_address=lambda name: entries[name].address if name in entries else None,
            term_exists=lambda _name: True,
            card=lambda name: card_html(entries[name], around.to),
            figure=lambda name: f'<x-exhibit name="{escape(name)}"></x-exhibit>',
        )
        html = str(guide_html(page.body, around))
        material.bodies[page.address] = html, tuple(around.cards)
    return material.bodies[page.address]


def entry_html(entry: Entry, material: Material, reach: Reach) -> str:
    """Return an entry with all its blocks, notes for whoever leads among them."""
    shown = present(entry, material.today, material.entries)
    status = f"<p><strong>{escape(shown.status.words)}</strong></p>" if shown.status else ""
    topics = f"<p>{escape(', '.join(topic.label for topic in shown.topics))}</p>" if shown.topics else ""
    return "".join(
        (
            f'<p class="kind">{escape(entry.kind.singular)}</p><h1>{escape(entry.title)}</h1>',
            f'<p class="promise">{prose_line(entry.summary)}</p>{status}',
            *(_notice(notice, reach) for notice in shown.notices),
            _content_note(shown.content_note),
            *(_block(block, reach) for block in shown.blocks),
            _part("Topics", topics),
            _part("About this entry", facts_html(shown.imprint, reach)),
        )
    )


def card_html(entry: Entry, to: Callable[[str], str]) -> str:
    """Return an entry as a card: kind, title, one sentence."""
    title = f'<strong><a href="{escape(to(entry.address))}">{escape(entry.title)}</a></strong>'
    kind = f'<span class="kind">{escape(entry.kind.singular)}</span>'
    return f'<div class="card"><p>{kind} {title}</p><p>{prose_line(entry.summary)}</p></div>'


def glossary_html(terms: Sequence[Term], material: Material, reach: Reach) -> str:
    """Return the glossary."""
    rows = "".join(
        f'<dt id="{escape(term.id)}">{escape(term.term)}</dt>'
        f"<dd>{prose(term.definition)}{_see(term, material, reach)}</dd>"
        for term in terms
    )
    return f"<h1>Glossary</h1><p>Words that this work uses, in plain English.</p><dl>{rows}</dl>"


def facts_html(facts: Sequence[Fact], reach: Reach) -> str:
    """Return facts as a list of terms."""
    rows = "".join(f"<dt>{escape(fact.label)}</dt><dd>{_value(fact, reach)}</dd>" for fact in facts)
    return f"<dl>{rows}</dl>" if rows else ""


def _see(term: Term, material: Material, reach: Reach) -> str:
    pages = [page for address in term.see if address in reach.files and (page := material.content.page_at(address))]
    links = (f'<a href="{escape(reach.to(page.address))}">{escape(page.title)}</a>' for page in pages)
    return f"<p>See {', '.join(links)}</p>" if pages else ""


def _notice(notice: Notice, reach: Reach) -> str:
    instead = f"<p>Read instead: {_link(notice.instead, reach)}</p>" if notice.instead else ""
    words = f"<p><strong>{escape(notice.title)}.</strong> {prose_line(notice.text)}</p>"
    return f'<div class="notice">{words}{instead}</div>'


def _content_note(words: str) -> str:
    return f"<p><strong>Content note:</strong> {escape(words)}</p>" if words else ""


def _box(title: str, items: Sequence[str]) -> str:
    return _part(title, _list(items)) if items else ""


def _part(title: str, inner: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inner}</section>" if inner else ""


def _list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{prose_line(item)}</li>' for item in items)}</ul>"


def _value(fact: Fact, reach: Reach) -> str:
    if fact.links:
        return ", ".join(_link(one, reach) for one in fact.links)
    return escape(fact.text) if fact.date or fact.is_unset else str(prose_line(fact.text))


def _link(one: Link, reach: Reach) -> str:
    made = f'<a href="{escape(reach.to(one.url))}">{escape(one.label)}</a>{"" if one.is_secure else " (not encrypted)"}'
    if one.archived_url:
        when = f", {dates.in_words(one.archived_on)}" if one.archived_on else ""
        made += f' (<a href="{escape(one.archived_url)}">archived copy</a>{when})'
    return f"{made} (leads nowhere; found {dates.in_words(one.dead_on)})" if one.dead_on else made


def _block(block: Block, reach: Reach) -> str:
    return _part(block.title, WRITERS[block.shape](block, reach))


def _text(block: Block, _reach: Reach) -> str:
    return str(prose(block.text))


def _facts(block: Block, reach: Reach) -> str:
    return facts_html(block.facts, reach)


def _items(block: Block, _reach: Reach) -> str:
    return _list(block.items)


def _pairs(block: Block, _reach: Reach) -> str:
    rows = "".join(f"<dt>{prose_line(pair.head)}</dt><dd>{prose_line(pair.text)}</dd>" for pair in block.pairs)
    return f"<dl>{rows}</dl>"


def _steps(block: Block, _reach: Reach) -> str:
    made = [f"<p>{len(block.steps)} steps, {block.total} minutes in all.</p>"]
    for index, step in enumerate(block.steps, 1):
        minutes = f"{step.minutes} minute{'' if step.minutes == 1 else 's'}"
        made.append(f"<h3>{index}. {prose_line(step.title)} ({minutes})</h3>{prose(step.text)}")
        if step.lead:
            made.append(f'<div class="lead"><p class="lead-title"><strong>To lead</strong></p>{prose(step.lead)}</div>')
    return "".join(made)


def _reach(block: Block, reach: Reach) -> str:
    return f"<ul>{''.join(f'<li>{_link(one, reach)}</li>' for one in block.links)}</ul>"


def _sources(block: Block, reach: Reach) -> str:
    return f"<ol>{''.join(f'<li>{_source(source, reach)}</li>' for source in block.sources)}</ol>"


def _source(source: Source, reach: Reach) -> str:
    when = dates.in_words(source.published) if source.published else ""
    about = ", ".join(part for part in (source.creator, source.publisher, when) if part)
    parts = (_link(source.link, reach) if source.link else f"<cite>{escape(source.title)}</cite>", escape(about))
    words = ". ".join(part for part in parts if part)
    licence = f". License: {escape(source.licence)}" if source.licence else ""
    read = ". Read in part" if source.is_part else ""
    return f"{words}{licence}{read}" + (f". For: {prose_line(source.supports)}" if source.supports else "")


def _prompts(block: Block, _reach: Reach) -> str:
    return f"<ol>{''.join(f'<li>{prose_line(one.prompt)}</li>' for one in block.prompts)}</ol>"


WRITERS: Mapping[str, Callable[[Block, Reach], str]] = {
    "facts": _facts,
    "privacy": _facts,
    "section": _text,
    "lead": _text,
    "list": _items,
    "questions": _items,
    "pairs": _pairs,
    "steps": _steps,
    "reach": _reach,
    "sources": _sources,
    "handout": _prompts,
}
