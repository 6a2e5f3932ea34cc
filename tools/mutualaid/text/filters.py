"""Template filters: small, named, tested. Templates hold no logic beyond these."""

from mutualaid.core.entries.dates import in_words
from mutualaid.text.markdown import data_block, drawn, prose, prose_line
from mutualaid.text.room import room


def many(count: int, one: str, several: str) -> str:
    """Return `1 entry` or `3 entries`, with thousands parted."""
    return f"{count:,} {one if count == 1 else several}"


FILTERS = {
    "prose": prose,
    "prose_line": prose_line,
    "day": in_words,
    "many": many,
    "drawn": drawn,
    "room": room,
    "data_block": data_block,
}
