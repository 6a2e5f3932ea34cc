"""What pages show of data: rows of law, and where to ask. The same for the site and for books.

What rests on too little reads as not known. The HTML is in `tables.html` beside this.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from mutualaid.core.content.page import is_past, rests
from mutualaid.core.entries import dates
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.entry import Entry
from mutualaid.text.filters import FILTERS

MONEY = frozenset({"money", "loans"})
HEADS = {"law": "Law", "hears": "Who hears complaints", "limit": "Time limit"}


def tables(
    law: Document, entries: Mapping[str, Entry], today: dt.date, to: Callable[[str], str]
) -> Callable[[str, str], str]:
    """Return what makes the HTML of `::: block part`; it returns nothing where a block has no such part."""
    return lambda block, part: (
        law_html(law, part, today) if block == "law" else where_to_ask_html(entries.values(), part, today, to)
    )


def law_html(law: Document, part: str, today: dt.date) -> str:
    """Return the rows of a part as a table; for `jump`, a link to each state; nothing for a part that isn't there."""
    rows = [row for row in law.value["rows"] if row["part"] == ("state" if part == "jump" else part)]
    if part == "jump":
        return _one_line(_macros().law_jump(rows))
    heads = {name: words for name, words in HEADS.items() if part == "state" or any(name in row for row in rows)}
    if part in ("unsure", "pay"):
        heads["hears"] = "Whom to ask"
    table = _one_line(_macros().law_table(part, rows, heads, today))
    return table.replace("&#39;", "’").replace("'", "’") if rows else ""


def where_to_ask_html(entries: Iterable[Entry], part: str, today: dt.date, to: Callable[[str], str]) -> str:
    """Return a part of the list: `answers`, `rows` or `closed`; nothing for one that isn't there."""
    macro = getattr(_macros(), f"ask_{part}", None)
    return _one_line(macro(where_to_ask(entries, today), to)) if macro else ""


def where_to_ask(entries: Iterable[Entry], today: dt.date) -> dict[str, list[Entry]]:
    """Return groups that take requests, the newest evidence first: `open_now`, `known` from earlier; `closed_funds`."""
    groups = [entry for entry in entries if "serves" in entry.fields and not entry.is_retired]
    asked = sorted((group for group in groups if "open_as_of" in group.fields), key=lambda group: group.title)
    asked.sort(key=lambda group: dates.earliest(group.fields["open_as_of"]), reverse=True)
    return {
        "open_now": [group for group in asked if is_recent(group, today)],
        "known": [group for group in asked if not is_recent(group, today)],
        "closed_funds": [fund for fund in funds_for(groups) if fund.fields["status"] == "closed"],
    }


def is_recent(group: Entry, today: dt.date) -> bool:
    """Whether the group was seen to take requests within six months; a bare year counts from its first month."""
    seen = dates.earliest(group.fields["open_as_of"]).isoformat()[: len("2026-01")]
    return dates.latest(dates.months_later(seen, 6)) >= today


def funds_for(groups: Iterable[Entry], sector: str | None = None) -> list[Entry]:
    funds = (group for group in groups if MONEY & set(group.fields.get("gives", ())))
    return [fund for fund in funds if sector is None or sector in fund.fields.get("sectors", ())]


def _one_line(html: str) -> str:
    return "".join(html.splitlines()) + "\n"


@cache
def _macros() -> Any:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(FILTERS, rests=rests, is_past=is_past, funds_for=funds_for)
    return environment.from_string((files(__package__) / "tables.html").read_text(encoding="utf-8")).module
