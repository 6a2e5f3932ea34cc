"""Links that leave the site: where they are, what a look at one means, and what is remembered until the next look.

A link is alive, dead, or nobody knows. Only 404, 410 and a name that does not exist mean dead, and only where two looks
a week apart say so. Refusals, time-outs and troubles with certificates mean nothing: many sites turn programs away.
"""

import datetime as dt
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry

A_WEEK = dt.timedelta(days=6)
"""A timer comes an hour early or late; six days between two looks count as a week."""
GONE = frozenset({404, 410})
NO_SUCH_HOST = "no such host"
OUR_LINE = 5
"""From so many hosts without a name on, if they are half of all, our own line is down and nothing is said of any."""
ADDRESS = re.compile(r"https?://(?:\([^\s()<>\"']*\)|[^\s<>\"'`()\[\]|\\^{}])+")
RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:org|com|net))?|test|invalid|localhost)$")
SELLING = re.compile(r"\b(?:domain (?:is )?for sale|buy this domain|parked domain|casino|betting|viagra)\b", re.I)
_GENERIC = frozenset({"ac", "co", "com", "edu", "gob", "gov", "go", "ne", "net", "nhs", "or", "org"})
_MEMORY = re.compile(r"<!-- memory (\{.*\}) -->")


class LinkState(StrEnum):
    """What one look means."""

    ALIVE = "alive"
    UNKNOWN = "unknown"
    DEAD = "dead"


class LinkCheck(NamedTuple):
    """What came back: `status` 0 with a `trouble` where nothing did; `end` is where redirects led; `title` as given."""

    status: int = 0
    trouble: str = ""
    end: str = ""
    title: str = ""


class OutboundLink(NamedTuple):
    """An address, the files in which it is, and the words around it, by which its page can be known again."""

    url: str
    files: tuple[str, ...]
    words: frozenset[str]


class Sight(NamedTuple):
    """Why a person should look at a link: `since` is the day on which it was first dead, or first led elsewhere."""

    since: str
    said: str
    is_dead: bool


class LinkMemory(NamedTuple):
    """What to know at the next look: sights by address, and a mark of each page's title by the address' mark."""

    sights: Mapping[str, Sight]
    titles: Mapping[str, str]


NOTHING_KNOWN = LinkMemory({}, {})


def outbound_links(entries: Iterable[Entry], pages: Iterable[Page]) -> tuple[OutboundLink, ...]:
    """Return every address outside the site, in order; archived copies and links marked dead are left out."""
    files: dict[str, list[str]] = defaultdict(list)
    words: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if not entry.is_retracted:
            file = f"submissions/{entry.kind.name}/{entry.slug}.yaml"
            for url, around in _in_value(entry.fields):
                files[url].append(file)
                words[url] |= _words(f"{entry.title} {around}")
    for page in pages:
        for url in _in_text(page.body):
            files[url].append(page.document.file)
            words[url] |= _words(page.title)
    return tuple(OutboundLink(url, tuple(dict.fromkeys(files[url])), frozenset(words[url])) for url in sorted(files))


def judge(look: LinkCheck) -> LinkState:
    """Return what one look means."""
    if look.status in GONE or look.trouble == NO_SUCH_HOST:
        return LinkState.DEAD
    return LinkState.ALIVE if 200 <= look.status < 300 else LinkState.UNKNOWN  # noqa: PLR2004 - what HTTP calls success


def line_is_down(looks: Mapping[str, LinkCheck]) -> bool:
    """Whether so many names do not exist that the fault must be ours."""
    by_host = {host_of(url): look.trouble == NO_SUCH_HOST for url, look in looks.items()}
    lost = sum(by_host.values())
    return lost >= OUR_LINE and lost * 2 >= len(by_host)


def remember(
    before: LinkMemory, links: Sequence[OutboundLink], looks: Mapping[str, LinkCheck], today: dt.date
) -> LinkMemory:
    """Return what to know at the next look. What is unknown today changes nothing of what was known."""
    sights: dict[str, Sight] = {}
    titles: dict[str, str] = {}
    for link in links:
        look, old, key = looks.get(link.url, LinkCheck()), before.sights.get(link.url), mark(link.url)
        state = judge(look)
        is_dead, said = state is LinkState.DEAD, look.trouble or f"answers {look.status}"
        if state is LinkState.ALIVE:
            said = _strange(link, look, before)
        if state is LinkState.UNKNOWN:
            sights |= {link.url: old} if old else {}
        elif said:
            since = old.since if old and old.is_dead == is_dead else today.isoformat()
            sights[link.url] = Sight(since, said, is_dead)
        if state is LinkState.ALIVE and not said and look.title:
            titles[key] = mark(" ".join(sorted(_words(look.title))))
        elif key in before.titles:
            titles[key] = before.titles[key]
    return LinkMemory(sights, titles)


def suspect_links(
    memory: LinkMemory, links: Sequence[OutboundLink], today: dt.date
) -> tuple[list[tuple[OutboundLink, Sight]], ...]:
    """Return what is dead for sure, what led elsewhere, and what was seen dead once, each in the order of the links."""
    a_week_ago = (today - A_WEEK).isoformat()
    found = [(link, memory.sights[link.url]) for link in links if link.url in memory.sights]
    return (
        [(link, sight) for link, sight in found if sight.is_dead and sight.since <= a_week_ago],
        [(link, sight) for link, sight in found if not sight.is_dead],
        [(link, sight) for link, sight in found if sight.is_dead and sight.since > a_week_ago],
    )


def host_of(url: str) -> str:
    """Return the host of an address, '' where it has none."""
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


def write_memory(memory: LinkMemory) -> str:
    """Write what to know next time as a line that no page shows."""
    text = json.dumps(memory._asdict(), sort_keys=True, separators=(",", ":"))
    hidden = re.sub(r"[<>@#]|--", lambda found: "".join(f"\\u{ord(sign):04x}" for sign in found[0]), text)
    return f"<!-- memory {hidden} -->"


def read_memory(body: str) -> LinkMemory:
    """Read that line; whatever is not as it was written is forgotten, which costs a week and nothing else."""
    match = _MEMORY.search(body)
    try:
        kept = json.loads(match[1]) if match else {"sights": {}, "titles": {}}
        sights = {
            url: Sight(dt.date.fromisoformat(since).isoformat(), str(said), bool(is_dead))
            for url, (since, said, is_dead) in kept["sights"].items()
        }
        return LinkMemory(sights, {str(key): str(value) for key, value in kept["titles"].items()})
    except (AttributeError, KeyError, TypeError, ValueError):
        return NOTHING_KNOWN


def mark(text: str) -> str:
    """Return a short mark of a text, enough to see that it has changed."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _strange(link: OutboundLink, look: LinkCheck, before: LinkMemory) -> str:
    here, there = registrable(host_of(link.url)), registrable(host_of(look.end or link.url))
    if there != here:
        return f"now leads to {there}"
    words, seen = _words(look.title), before.titles.get(mark(link.url))
    has_turned = seen and words and seen != mark(" ".join(sorted(words))) and not words & (link.words | _words(here))
    return f"its page is now called {look.title[:80]!r}" if has_turned or SELLING.search(look.title) else ""


def _in_value(value: Any) -> Iterator[tuple[str, str]]:
    """Yield (address, words beside it) of every link in an entry."""
    if isinstance(value, Mapping):
        around = " ".join(text for text in value.values() if isinstance(text, str))
        for name, inner in value.items():
            if name == "url" and isinstance(inner, str):
                if "dead_on" not in value and _leads_out(inner):
                    yield inner, around
            elif name != "archived_url":
                yield from _in_value(inner)
    elif isinstance(value, str):
        yield from ((url, "") for url in _in_text(value))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _in_value(inner)


def _in_text(text: str) -> Iterator[str]:
    for found in ADDRESS.findall(text):
        url = found.rstrip(".,;:!?*_")
        if _leads_out(url):
            yield url


def _leads_out(url: str) -> bool:
    host = host_of(url)
    return "." in host and not RESERVED.search(host)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", text.lower()))
