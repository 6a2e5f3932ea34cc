"""Links that leave the site: where they are, what a look at one means, and what is remembered until the next look.

A link is alive, dead, or nobody knows. Only 404, 410 and a name that does not exist mean dead, and only where two looks
a week apart say so. Refusals, time-outs and troubles with certificates mean nothing: many sites turn programs away.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.pipeline.escaping import defused
from mutualaid.core.upkeep.tracking_issue import TrackingIssue, wanted

TOPIC = "links"
A_WEEK = dt.timedelta(days=6)
"""A timer comes an hour early or late; six days between two looks count as a week."""
NO_SUCH_HOST = "no such host"
OUR_LINE = 5
"""From so many hosts without a name on, if they are half of all, our own line is down and nothing is said of any."""
ADDRESS = re.compile(r"https?://(?:\([^\s()<>\"']*\)|[^\s<>\"'`()\[\]|\\^{}])+")
RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:org|com|net))?|test|invalid|localhost)$")
_GENERIC = frozenset({"ac", "co", "com", "edu", "gob", "gov", "go", "ne", "net", "nhs", "or", "org"})
_LEADS = "now leads to "
_ROW = re.compile(r"^- \[[ x]\] `([^`]+)`: (.+), first seen (\d{4}-\d\d-\d\d), in ", re.MULTILINE)
"""A row of the list, which is also all that is remembered until the next look."""


class LinkCheck(NamedTuple):
    """What came back: `status` 0 with a `trouble` where nothing did; `end` is where redirects led."""

    status: int = 0
    trouble: str = ""
    end: str = ""

    @property
    def is_dead(self) -> bool:
        return self.status in (404, 410) or self.trouble == NO_SUCH_HOST

    @property
    def is_alive(self) -> bool:
        return self.status // 100 == 2  # noqa: PLR2004 - what HTTP calls success


class OutboundLink(NamedTuple):
    """An address, and the files in which it is."""

    url: str
    files: tuple[str, ...]


class Sight(NamedTuple):
    """Why a person should look at a link: `since` is the day on which it was first dead, or first led elsewhere."""

    since: str
    said: str

    @property
    def is_dead(self) -> bool:
        return not self.said.startswith(_LEADS)


def outbound_links(entries: Iterable[Entry], pages: Iterable[Page]) -> tuple[OutboundLink, ...]:
    """Return every address outside the site, in order; archived copies and links marked dead are left out."""
    files: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        if not entry.is_retracted:
            for url in _in_value(entry.fields):
                files[url][f"submissions/{entry.kind.name}/{entry.slug}.yaml"] = None
    for page in pages:
        for url in _in_value(page.body):
            files[url][page.document.file] = None
    return tuple(OutboundLink(url.replace("`", "%60"), tuple(files[url])) for url in sorted(files))


def line_is_down(looks: Mapping[str, LinkCheck]) -> bool:
    """Whether so many names do not exist that the fault must be ours."""
    by_host = {host_of(url): look.trouble == NO_SUCH_HOST for url, look in looks.items()}
    lost = sum(by_host.values())
    return lost >= OUR_LINE and lost * 2 >= len(by_host)


def remember(
    before: Mapping[str, Sight], links: Sequence[OutboundLink], looks: Mapping[str, LinkCheck], today: dt.date
) -> dict[str, Sight]:
    """Return what to know at the next look. What is unknown today changes nothing of what was known."""
    sights: dict[str, Sight] = {}
    for url, _ in links:
        look, old = looks.get(url, LinkCheck()), before.get(url)
        fault = (look.trouble or f"answers {look.status}") if look.is_dead else _strange(url, look)
        if not (look.is_dead or look.is_alive):
            sights |= {url: old} if old else {}
        elif fault:
            since = old.since if old and old.is_dead == look.is_dead else today.isoformat()
            sights[url] = Sight(since, fault)
    return sights


def suspect_links(
    memory: Mapping[str, Sight], links: Sequence[OutboundLink], today: dt.date
) -> dict[str, list[tuple[OutboundLink, Sight]]]:
    a_week_ago = (today - A_WEEK).isoformat()
    found = [(link, memory[link.url]) for link in links if link.url in memory]
    return {
        "Dead": [(link, sight) for link, sight in found if sight.is_dead and sight.since <= a_week_ago],
        "Led elsewhere": [(link, sight) for link, sight in found if not sight.is_dead],
        "Seen once": [(link, sight) for link, sight in found if sight.is_dead and sight.since > a_week_ago],
    }


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def registrable(host: str) -> str:
    """Return the part of a host that somebody rents: `a.b.example.org` → `example.org`, `x.ac.uk` keeps three.

    A rule of thumb in the place of the list of public suffixes, which changes weekly: where it errs, a person gets a
    line too many to look at.
    """
    parts = host.lower().split(".")
    is_deep = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _GENERIC  # noqa: PLR2004 - labels and a country
    return ".".join(parts[-3 if is_deep else -2 :])


def remembered(body: str) -> dict[str, Sight]:
    """Read the list's rows; what was cut from it is forgotten, which costs a week and nothing else."""
    return {url: Sight(since, said) for url, said, since in _ROW.findall(body)}


def _strange(url: str, look: LinkCheck) -> str:
    here, there = registrable(host_of(url)), registrable(host_of(look.end or url))
    return "" if here == there else f"{_LEADS}{there}"


def _in_value(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == "url" and isinstance(inner, str):
                if "dead_on" not in value and _leads_out(inner):
                    yield inner
            elif name != "archived_url":
                yield from _in_value(inner)
    elif isinstance(value, str):
        yield from filter(_leads_out, (found.rstrip(".,;:!?*_") for found in ADDRESS.findall(value)))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _in_value(inner)


def _leads_out(url: str) -> bool:
    host = host_of(url)
    return "." in host and not RESERVED.search(host)


def link_list(memory: Mapping[str, Sight], links: Sequence[OutboundLink], today: dt.date) -> TrackingIssue:
    """Return the list; it goes on for ever in one issue, because it is also what the next look remembers."""
    found = suspect_links(memory, links, today)
    parts = {name: [_row(*one) for one in part] for name, part in found.items() if part}
    count = len(found["Dead"]) + len(found["Led elsewhere"])
    return wanted(TOPIC, "", "Links that somebody should look at", is_open=bool(count), count=count, parts=parts)


def _row(link: OutboundLink, sight: Sight) -> str:
    files = ", ".join(f"`{file}`" for file in link.files[:3]) + (" and others" if len(link.files) > 3 else "")  # noqa: PLR2004
    return f"- [ ] `{link.url}`: {defused(sight.said)}, first seen {sight.since}, in {files}"
