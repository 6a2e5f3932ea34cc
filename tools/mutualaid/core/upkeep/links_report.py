"""What the list of links says to maintainers. Addresses and titles come from strangers and stay text."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice

from mutualaid.core.pipeline.escaping import defused
from mutualaid.core.pipeline.limits import ROOM, fitting
from mutualaid.core.upkeep.links import Memory, OutboundLink, Sight, suspect_links, write_memory
from mutualaid.core.upkeep.tracking_issue import LATER, WantedList, said

TOPIC = "links"
TITLE = "Links that somebody should look at"


def link_list(memory: Memory, links: Sequence[OutboundLink], today: dt.date) -> WantedList:
    """Return the list; it goes on for ever in one issue, because that is where its memory is kept."""
    dead, strange, once = suspect_links(memory, links, today)
    count = len(dead) + len(strange)
    opening = _opening(count)
    rows = [*_part("Dead", dead), *_part("Led elsewhere", strange), *_part("Seen once", once)]
    room = ROOM - len(opening)
    kept = _kept(memory, room - min(sum(len(row) + 1 for row in rows), ROOM // 2))
    words = "\n".join([opening, "", *fitting(rows, room - len(kept), LATER)])
    return WantedList(TOPIC, "", TITLE, words, is_done=not count, memory=kept)


def _kept(memory: Memory, room: int) -> str:
    """Write the memory. Of one that is too long the last sights are forgotten."""
    kept, most = write_memory(memory), len(memory)
    while len(kept) > room:
        most //= 2
        kept = write_memory(dict(islice(memory.items(), most)))
    return kept


def _opening(count: int) -> str:
    things = "One link needs" if count == 1 else f"{count} links need"
    first = f"**{things} a person.**" if count else said("links nothing")
    return f"{first}\n\n{said('links next')}"


def _part(title: str, found: Sequence[tuple[OutboundLink, Sight]]) -> Iterator[str]:
    if not found:
        return
    yield from (f"### {title}", "", said(title), "")
    for link, sight in found:
        files = ", ".join(f"`{file}`" for file in link.files[:3]) + (" and others" if len(link.files) > 3 else "")  # noqa: PLR2004
        yield f"- [ ] `{link.url.replace('`', '%60')}`: {defused(sight.said)}, first seen {sight.since}, in {files}"
    yield ""
