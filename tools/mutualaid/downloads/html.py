"""Pages and entries as plain HTML, of which books, sheets and documents are made. Links are addresses on the site."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

from mutualaid.core.content.page import Page, Term
from mutualaid.core.content.presentation import PresentedPage, present_page
from mutualaid.core.entries import dates
from mutualaid.core.entries.collection import sortable
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import (
    Block,
    Fact,
    Fields,
    Link,
    Notice,
    Presented,
    card_of,
    present,
)
from mutualaid.downloads.material import Material
from mutualaid.text.markdown import Surroundings, guide_html, prose, prose_line

LEFT_OUT = frozenset({"lead", "pairs", "sources", "handout"})
"""Shapes of blocks that the short edition has no room for."""
NOTES = ("Notes", 14)
"""What a handout without prompts has: a head, and lines to write on."""


def section_html(page: Page, section: str, material: Material) -> str:
    """Return one section of a page under the page's title: from its heading to the next one as high, with its notes."""
    body = page_body(page, material)[0]
    inner, notes, below = body.partition('<section class="footnotes"')
    first = inner.index(f'<h2 id="{section}"')
    last = inner.find("<h2 ", first + 1)
    rest = f"<p>The rest of this page is on the site, at {escape(page.address)}</p>"
    shown = inner[first:] if last < 0 else inner[first:last]
    return f"{head_html(page.title, page.promise)}{shown}{rest}{notes}{below}"


def page_html(page: Page, material: Material) -> str:
    """Return a page; a figure is an `<x-exhibit name="…">`."""
    body, cards = page_body(page, material)
    shown = present_page(page, cards, material.entries, material.today)
    drawn_in = [material.entries[name] for name in shown.drawn_in]
    return "".join(
        (
            head_html(page.title, page.promise),
            _warnings(shown),
            _box("after", "After this page you can", page.fields.get("after", ())),
            body,
            f"<section><h2>Try it, see it, read on</h2>{_list(map(_drawn_in, drawn_in))}</section>" if drawn_in else "",
            _box("take", "Take with you", page.fields.get("take_with_you", ())),
            _imprint("page", shown.imprint),
        )
    )


def page_body(page: Page, material: Material) -> tuple[str, tuple[str, ...]]:
    """Return a page's text, and the entries that it shows as cards."""
    if page.address not in material.bodies:
        entries = material.entries
        around = Surroundings(
            to=lambda address: address,
            page_exists=lambda _address: True,
            entry_address=lambda name: entries[name].address if name in entries else None,
            term_exists=lambda _name: True,
            card=lambda name: card_html(entries[name], material),
            figure=lambda name: f'<x-exhibit name="{escape(name)}"></x-exhibit>',
        )
        html = str(guide_html(page.body, around))
        material.bodies[page.address] = html, tuple(around.cards)
    return material.bodies[page.address]


def entry_html(entry: Entry, material: Material) -> str:
    """Return an entry with all its blocks, notes for whoever leads among them."""
    shown = present(entry, material.today, material.entries)
    topics = Fact("Topics", ", ".join(topic["label"] for topic in shown.topics))
    imprint = _imprint("entry", (topics, *shown.imprint) if shown.topics else shown.imprint)
    return f'<p class="kind">{escape(entry.kind.singular)}</p>{_entry(entry.title, entry.summary, shown)}{imprint}'


def short_entry_html(entry: Entry, material: Material) -> str:
    """Return an entry without its sources and what only somebody needs who leads."""
    shown = present(entry, material.today, material.entries)
    kept = tuple(
        replace(block, steps=tuple({**step, "lead": ""} for step in block.steps))
        for block in shown.blocks
        if block.shape not in LEFT_OUT
    )
    kind = f'<p class="kind">{escape(entry.kind.singular)}</p>'
    return f"{kind}{_entry(entry.title, entry.summary, replace(shown, blocks=kept))}"


def lead_html(entry: Entry, material: Material) -> str:
    """Return what somebody needs who leads an exercise: all but where the entry comes from."""
    return _entry(f"To lead: {entry.title}", entry.summary, present(entry, material.today, material.entries))


def _entry(title: str, summary: str, shown: Presented) -> str:
    status = f'<p class="status"><strong>{escape(shown.status.words)}</strong></p>' if shown.status else ""
    blocks = "".join(map(_block, shown.blocks))
    return f"{head_html(title, summary)}{status}{_warnings(shown)}{blocks}"


def handout_html(entry: Entry, material: Material) -> str:
    """Return the sheet that a participant writes on. It names neither the site nor an address."""
    shown = present(entry, material.today)
    care = "".join(_terms("care", block.facts) for block in shown.of_shape("privacy"))
    prompts = [(prompt["prompt"], prompt["lines"]) for block in shown.of_shape("handout") for prompt in block.prompts]
    rows = (
        f'<section class="prompt"><h2>{prose_line(words)}</h2><div data-lines="{lines}"></div></section>'
        for words, lines in prompts or [NOTES]
    )
    return f"<h1>{escape(entry.title)}</h1>{care}{''.join(rows)}"


def head_html(title: str, promise: str) -> str:
    """Return the title of a page, with one line below it."""
    return f'<h1>{escape(title)}</h1><p class="promise">{prose_line(promise)}</p>'


def card_html(entry: Entry, material: Material) -> str:
    """Return an entry as a card: kind, title, one sentence, a few facts."""
    head = f'<span class="kind">{escape(entry.kind.singular)}</span> <strong>{_to(entry)}</strong>'
    facts = " · ".join(f"{fact.label}: {fact.text}" for fact in card_of(entry, material.today))
    return f'<div class="card"><p>{head}</p><p>{prose_line(entry.summary)}</p><p>{escape(facts)}</p></div>'


def glossary_html(terms: Sequence[Term], pages: Mapping[str, Page]) -> str:
    """Return the glossary; `pages` are those of the book by address, to which a term may lead on."""
    rows = []
    for term in terms:
        links = ", ".join(_to(pages[address]) for address in term.see if address in pages)
        see = f"<p>See {links}</p>" if links else ""
        rows.append(f'<dt id="{escape(term.id)}">{escape(term.term)}</dt><dd>{prose(term.definition)}{see}</dd>')
    head = head_html("Glossary", "Words that this work uses, in plain English.")
    return f'{head}<dl class="terms">{"".join(rows)}</dl>'


def part_html(title: str, promise: str, items: Iterable[Page | Entry]) -> str:
    """Return the page that begins a part of a book, with what the part holds."""
    links = "".join(f"<li>{_to(item)}</li>" for item in items)
    return f'{head_html(title, promise)}<ol class="contents">{links}</ol>'


def index_html(entries: Iterable[Entry]) -> str:
    """Return the index of a book, by title and by topic."""
    ordered = sorted(entries, key=lambda entry: sortable(entry.title))
    by_topic: dict[str, list[Entry]] = {}
    for entry in ordered:
        for topic in entry.fields.get("topics", ()):
            by_topic.setdefault(entry.kind.label("topics", topic), []).append(entry)
    topics = (
        f"<h3>{escape(topic)}</h3>{_index(by_topic[topic])}"
        for topic in sorted(by_topic, key=lambda topic: topic.casefold())
    )
    words = "An entry is listed under each of its topics."
    return (
        f"{head_html('Index of entries', 'Each entry with its kind.')}{_index(ordered)}"
        f'<section class="by-topic"><h2>By topic</h2><p>{words}</p>{"".join(topics)}</section>'
    )


def _index(entries: Iterable[Entry]) -> str:
    rows = "".join(f"<li>{_to(entry)}, <span>{escape(entry.kind.singular.lower())}</span></li>" for entry in entries)
    return f'<ul class="index">{rows}</ul>'


def _drawn_in(entry: Entry) -> str:
    return f"{_to(entry)}, {escape(entry.kind.singular.lower())}. {prose_line(entry.summary)}"


def _to(target: Page | Entry) -> str:
    return f'<a href="{target.address}">{escape(target.title)}</a>'


def _warnings(shown: Presented | PresentedPage) -> str:
    note = f"<p><strong>Content note:</strong> {escape(shown.content_note)}</p>" if shown.content_note else ""
    return "".join(map(_notice, shown.notices)) + note


def _notice(notice: Notice) -> str:
    instead = f"<p>Read instead: {_link(notice.instead)}</p>" if notice.instead else ""
    words = f"<p><strong>{escape(notice.title)}</strong></p><p>{prose_line(notice.text)}</p>"
    return f'<div class="notice">{words}{instead}</div>'


def _box(name: str, title: str, lines: Sequence[str]) -> str:
    return f'<section class="{name}"><h2>{escape(title)}</h2>{_list(map(prose_line, lines))}</section>' if lines else ""


def _imprint(what: str, facts: Sequence[Fact]) -> str:
    rows = _terms("", facts)
    return f'<section class="imprint"><h2>About this {what}</h2>{rows}</section>' if facts else ""


def _terms(name: str, facts: Sequence[Fact]) -> str:
    rows = (f'<dt>{escape(fact.label)}</dt><dd class="{"wide" * fact.is_wide}">{_value(fact)}</dd>' for fact in facts)
    return f'<dl class="{name}">{"".join(rows)}</dl>'


def _value(fact: Fact) -> str:
    return escape(fact.text) if fact.date or fact.is_unset else str(prose_line(fact.text))


def _list(items: Iterable[str], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _link(link: Link) -> str:
    made = f'<a class="source" href="{escape(link.url)}">{escape(link.label)}</a>'
    if not link.is_secure:
        made += " (not encrypted)"
    if link.dead_on:
        made += f" (leads nowhere; found {dates.in_words(link.dead_on)})"
    if link.archived_url:
        when = f", {dates.in_words(link.archived_on)}" if link.archived_on else ""
        made += f' (<a class="source" href="{escape(link.archived_url)}">archived copy</a>{when})'
    return made


def _block(block: Block) -> str:
    if block.shape == "facts":
        return _terms("facts", block.facts)
    name = ' class="notice"' if block.shape == "privacy" else ""
    return f"<section{name}><h2>{escape(block.title)}</h2>{WRITERS[block.shape](block)}</section>"


def _pairs(block: Block) -> str:
    rows = "".join(f"<dt>{prose_line(pair['head'])}</dt><dd>{prose_line(pair['text'])}</dd>" for pair in block.pairs)
    return f"<dl>{rows}</dl>"


def _steps(block: Block) -> str:
    steps = "".join(_step(step, number) for number, step in enumerate(block.steps, 1))
    return f'<div class="steps"><p>{len(block.steps)} steps, {block.total} minutes in all.</p>{steps}</div>'


def _step(step: Fields, number: int) -> str:
    minutes = f"({step['minutes']} minute{'' if step['minutes'] == 1 else 's'})"
    head = f'<h3>{number}. {escape(step["title"])}<span class="minutes"> {minutes}</span></h3>'
    lead = (
        f'<div class="lead"><p class="run-in"><strong>To lead.</strong></p>{prose(step["lead"])}</div>'
        if step.get("lead")
        else ""
    )
    return f'<section class="step" data-minutes="{step["minutes"]}">{head}{prose(step["text"])}{lead}</section>'


def _source(source: Fields) -> str:
    when = dates.in_words(source["published"]) if source.get("published") else ""
    about = ", ".join(part for part in (source.get("creator"), source.get("publisher"), when) if part)
    told = ". ".join(
        part for part in (about, f"License: {source.get('licence')}" if source.get("licence") else "") if part
    )
    lines = (
        _link(source["link"]) if source["link"] else f"<cite>{escape(source['title'])}</cite>",
        escape(told),
        "<small>Read in part.</small>" if source["is_part"] else "",
        f"<small>For: {prose_line(source['supports'])}</small>" if source.get("supports") else "",
    )
    return "<br>".join(line for line in lines if line)


WRITERS: Mapping[str, Callable[[Block], str]] = {
    "privacy": lambda block: "".join(
        f"<p><strong>{escape(fact.label)}.</strong> {_value(fact)}</p>" for fact in block.facts
    ),
    "section": lambda block: str(prose(block.text)),
    "lead": lambda block: f'<div class="lead">{prose(block.text)}</div>',
    **dict.fromkeys(("list", "questions"), lambda block: _list(map(prose_line, block.items))),
    "pairs": _pairs,
    "steps": _steps,
    "reach": lambda block: _list(map(_link, block.links)),
    "sources": lambda block: _list(map(_source, block.sources), "ol"),
    "handout": lambda block: _list((prose_line(prompt["prompt"]) for prompt in block.prompts), "ol"),
}
"""What writes a block, by its shape; facts have no title."""
