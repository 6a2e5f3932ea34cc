"""Text from strangers, made harmless for a comment on GitHub, and cut to what that takes.

It pings nobody, links nothing, and stays text. GitHub refuses a body of more than 65,536 characters, as Python counts
them, a title of more than 256 and a status of more than 140, with 422 ("maximum is 65536 characters"). For comments
others have measured a wider limit, of 262,144 bytes of UTF-8: https://github.com/dead-claudia/github-limits/pull/13.
"""

import re
from collections.abc import Sequence

ROOM = 60_000
"""So much of a body is filled; what is left is for lines that are never cut."""

GAP = "\u200b"
"""A space of no width. Put behind the sign that would set something off, it leaves the look and takes the effect."""
_SIGNS = re.compile(r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=//)|\bwww(?=\.)|<|!(?=\[)|\](?=[(\[])", re.I)


def defused(text: str) -> str:
    """Return text on one line that mentions nobody, refers to no issue, and holds no HTML, picture or link."""
    return _SIGNS.sub(lambda sign: sign[0] + GAP, " ".join(text.split()))


def fenced(text: str, language: str = "text") -> str:
    """Return text in a code fence that is longer than any run of its mark inside, so that nothing in it ends it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip(chr(10))}\n{fence}"


def fitting(rows: Sequence[str], room: int, more: str = "") -> tuple[str, ...]:
    """Return the first rows that fit into `room` characters, and `more`, if any, with the others counted for {}."""
    for place, row in enumerate(rows):
        room -= len(row) + 1
        if room < 0:
            return (*rows[:place], *([more.replace("{}", f"{len(rows) - place:,}")] if more else []))
    return tuple(rows)
