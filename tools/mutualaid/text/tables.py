"""What pages show of data: rows of law, and where to ask. The same for the site and for books."""

import datetime as dt
from collections.abc import Callable, Mapping

from mutualaid.core.entries.document import Document
from mutualaid.core.entries.entry import Entry
from mutualaid.text.law import law_html
from mutualaid.text.where_to_ask import where_to_ask_html


def tables(
    law: Document, entries: Mapping[str, Entry], today: dt.date, to: Callable[[str], str]
) -> Callable[[str, str], str]:
    """Return what makes the HTML of `::: block part`; it returns nothing where a block has no such part."""
    return lambda block, part: (
        law_html(law, part, today) if block == "law" else where_to_ask_html(entries.values(), part, today, to)
    )
