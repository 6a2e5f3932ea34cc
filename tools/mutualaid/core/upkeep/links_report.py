"""What the list of links says to maintainers. Addresses and titles come from strangers and stay text."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice

from mutualaid.core.pipeline.escaping import defused
from mutualaid.core.pipeline.limits import ROOM, fitting
from mutualaid.core.upkeep.links import Memory, OutboundLink, Sight, suspect_links, write_memory
from mutualaid.core.upkeep.tracking_issue import LATER, WantedList

TOPIC = "links"
TITLE = "Links that somebody should look at"
DEAD = (
    "Two looks, a week apart, found nothing there. Search for where it went, and set `url` to that. If it went "
    "nowhere, put a web archive's copy beside it (`archived_url`, `archived_on`). Where there is no copy either, or "
    "the copy is all that is left, add the mark `dead_on` with this month. The page then says so. Never take a source "
    "out in silence."
)
STRANGE = (
    "These open, but may no longer be what was linked. **Careful: a name that was given up can belong to anybody "
    "now.** Look with a device that you can spare. Moved for good: set `url` to the new place. Somebody else's now: "
    "put the archived copy in the place of `url`, so that nobody is sent there."
)
ONCE = "Seen once. I look again next week and say nothing to readers until then. You don't have to do anything."


def link_list(memory: Memory, links: Sequence[OutboundLink], today: dt.date) -> WantedList:
    """Return the list; it goes on for ever in one issue, because that is where its memory is kept."""
    dead, strange, once = suspect_links(memory, links, today)
    count = len(dead) + len(strange)
    opening = _opening(count)
    rows = [*_part("Dead", DEAD, dead), *_part("Led elsewhere", STRANGE, strange), *_part("Seen once", ONCE, once)]
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
    next_week = (
        "**What happens next.** I look at every link again each week, and keep this list current. What is "
        "fixed goes from it by itself. This issue stays, because it's also where I remember what I saw. Links that "
        "turn programs away aren't on it, because I can't see whether they work."
    )
    if not count:
        return f"**Nothing needs you: no link is dead or leads elsewhere, as far as I can tell.**\n\n{next_week}"
    things = "One link needs" if count == 1 else f"{count} links need"
    return f"**{things} a person.**\n\n{next_week}"


def _part(title: str, what: str, found: Sequence[tuple[OutboundLink, Sight]]) -> Iterator[str]:
    if not found:
        return
    yield from (f"### {title}", "", what, "")
    for link, sight in found:
        files = ", ".join(f"`{file}`" for file in link.files[:3]) + (" and others" if len(link.files) > 3 else "")  # noqa: PLR2004
        yield f"- [ ] `{link.url.replace('`', '%60')}`: {defused(sight.said)}, first seen {sight.since}, in {files}"
    yield ""
