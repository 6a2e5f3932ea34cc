"""What GitHub takes at most, in characters as Python counts them, and how a text is cut so that it fits.

GitHub refuses more with 422. For comments others have measured a wider limit, of 262,144 bytes of UTF-8; a text within
this one is within that, too. Source: GitHub's own refusals ("maximum is 65536 characters"), and
https://github.com/dead-claudia/github-limits/pull/13.
"""

from collections.abc import Sequence

BODY = 65_536
TITLE = 256
DESCRIPTION = 140
ROOM = 60_000
"""So much of a body is filled; what is left is for lines that are never cut."""


def fitting(rows: Sequence[str], room: int, more: str = "") -> tuple[str, ...]:
    """Return the first rows that fit into `room` characters, and `more`, if any, with the others counted for {}."""
    for place, row in enumerate(rows):
        room -= len(row) + 1
        if room < 0:
            return (*rows[:place], *([more.replace("{}", f"{len(rows) - place:,}")] if more else []))
    return tuple(rows)
