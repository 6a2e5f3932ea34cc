"""Where to ask, as HTML, the same for the site and for books: an honest answer for each field, then rows by month."""

import datetime as dt
from collections.abc import Callable, Iterable
from html import escape

from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.where_to_ask import WhereToAsk, where_to_ask
from mutualaid.text.markdown import prose_line

SECTORS = {
    "libraries": "library workers",
    "archives": "archivists and archive workers",
    "museums": "museum workers",
    "any-work": "people in any work, federal staff among them,",
}
ROWS = {"gives": "Gives", "serves": "For", "asks": "Asks for", "where": "Where"}


def where_to_ask_html(entries: Iterable[Entry], part: str, today: dt.date, to: Callable[[str], str]) -> str:
    """Return a part of the list: `answers`, `rows` or `closed`; nothing for one that isn't there."""
    found = where_to_ask(entries, today)
    parts: dict[str, Callable[[WhereToAsk, Callable[[str], str]], str]] = {
        "answers": _answers,
        "rows": _all_rows,
        "closed": _closed,
    }
    return parts[part](found, to) if part in parts else ""


def _answers(found: WhereToAsk, to: Callable[[str], str]) -> str:
    items = []
    for sector, people in SECTORS.items():
        is_open, known = found.funds_for(sector)
        said = (
            f"A fund for {people} that is open now:"
            if is_open
            else f"We know of no fund for {people} that is open now."
        )
        named = (
            f" {_named(is_open, to)}."
            if is_open
            else f" Last seen taking requests: {_named(known, to)}."
            if known
            else ""
        )
        items.append(f"<li><strong>{said}</strong>{named}</li>")
    return f"<ul>{''.join(items)}</ul>\n"


def _named(groups: Iterable[Entry], to: Callable[[str], str]) -> str:
    return ", ".join(f"{_link(group, to)} ({dates.in_words(group.fields['open_as_of'])})" for group in groups)


def _all_rows(found: WhereToAsk, to: Callable[[str], str]) -> str:
    shown = f"<h3>Open now</h3>{_rows(found.open_now, to)}" if found.open_now else ""
    none = (
        ""
        if found.open_now
        else "<p>None was seen to take requests in the last six months. Write first, and ask if they still do.</p>"
    )
    return f"{shown}{none}{_rows(found.known, to)}\n"


def _rows(groups: Iterable[Entry], to: Callable[[str], str]) -> str:
    return f'<ul class="rows asks">{"".join(_row(group, to) for group in groups)}</ul>'


def _row(group: Entry, to: Callable[[str], str]) -> str:
    facts = []
    for name, words in ROWS.items():
        if name in group.fields:
            value = group.fields[name]
            said = ", ".join(group.kind.label(name, one) for one in value) if isinstance(value, tuple) else value
            facts.append(f"<div><dt>{words}</dt><dd>{prose_line(said)}</dd></div>")
    reach = "; ".join(
        f'<a href="{escape(link["url"])}">{escape(link["label"])}</a>' for link in group.fields.get("reach", ())
    )
    facts += [f"<div><dt>Reach it by</dt><dd>{reach}</dd></div>"] if reach else []
    month = dates.in_words(group.fields["open_as_of"])
    return (
        f"<li><h3>{_link(group, to)}</h3><p><strong>Last known to take requests: {month}</strong></p>"
        f'<dl class="bits">{"".join(facts)}</dl></li>'
    )


def _closed(found: WhereToAsk, to: Callable[[str], str]) -> str:
    items = "".join(f"<li>{_link(group, to)}</li>" for group in found.closed_funds)
    return f"<ul>{items}</ul>\n"


def _link(group: Entry, to: Callable[[str], str]) -> str:
    return f'<a href="{escape(to(group.address))}">{prose_line(group.title)}</a>'
