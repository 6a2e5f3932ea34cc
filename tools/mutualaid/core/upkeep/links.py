"""Links that leave the site: where they stand, what a look at one means, and what is remembered until the next look.

A link is alive, dead, or nobody knows. Only 404, 410 and a name that does not exist mean dead, and only where two looks
a week apart say so. Refusals, time-outs and troubles with certificates mean nothing: many sites turn programs away.
"""

import datetime as dt
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
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


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """What came back: `status` 0 with a `trouble` where nothing did; `end` is where redirects led; `title` as given."""

    status: int = 0
    trouble: str = ""
    end: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class OutboundLink:
    """An address, the files in which it stands, and the words around it, by which its page can be known again."""

    url: str
    files: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class SuspectLink:
    """A link that a person should look at; `since` is the day of the first sight."""

    url: str
    files: tuple[str, ...]
    said: str
    since: str


@dataclass(frozen=True, slots=True)
class LinkMemory:
    """`dead`: address → (day of the first sight, what was said). `titles`: address' mark → mark of the page's title."""

    dead: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    strange: Mapping[str, tuple[str, str]] = field(default_factory=dict)


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
    dead: dict[str, tuple[str, str]] = {}
    strange: dict[str, tuple[str, str]] = {}
    titles: dict[str, str] = {}
    for link in links:
        url, look, key = link.url, looks.get(link.url, LinkCheck()), mark(link.url)
        outcome = judge(look)
        if outcome is LinkState.DEAD:
            dead[url] = before.dead.get(url, (today.isoformat(), ""))[0], _said(look)
        elif outcome is LinkState.UNKNOWN:
            dead |= {url: before.dead[url]} if url in before.dead else {}
            strange |= {url: before.strange[url]} if url in before.strange else {}
        else:
            why = _strange(link, look, before)
            if why:
                strange[url] = before.strange.get(url, (today.isoformat(), ""))[0], why
        if outcome is LinkState.ALIVE and url not in strange and look.title:
            titles[key] = mark(" ".join(sorted(_words(look.title))))
        elif key in before.titles:
            titles[key] = before.titles[key]
    return LinkMemory(dead, titles, strange)


def suspect_links(
    memory: LinkMemory, links: Sequence[OutboundLink], today: dt.date
) -> tuple[tuple[SuspectLink, ...], ...]:
    """Return what is dead for sure, what led elsewhere, and what was seen dead once, each in the order of the links."""
    sure: list[SuspectLink] = []
    once: list[SuspectLink] = []
    for link in links:
        if link.url in memory.dead:
            since, said = memory.dead[link.url]
            finding = SuspectLink(link.url, link.files, said, since)
            (sure if today - dt.date.fromisoformat(since) >= A_WEEK else once).append(finding)
    strange = (
        SuspectLink(link.url, link.files, memory.strange[link.url][1], memory.strange[link.url][0])
        for link in links
        if link.url in memory.strange
    )
    return tuple(sure), tuple(strange), tuple(once)


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
    kept = {"dead": memory.dead, "strange": memory.strange, "titles": memory.titles}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"))
    hidden = re.sub(r"[<>@#]|--", lambda found: "".join(f"\\u{ord(sign):04x}" for sign in found[0]), text)
    return f"<!-- memory {hidden} -->"


def read_memory(body: str) -> LinkMemory:
    """Read that line; whatever is not as it was written is forgotten, which costs a week and nothing else."""
    match = _MEMORY.search(body)
    try:
        kept = json.loads(match[1]) if match else {}
        pairs = ({url: _sight(sight) for url, sight in kept.get(name, {}).items()} for name in ("dead", "strange"))
        dead, strange = pairs
        return LinkMemory(dead, {str(key): str(value) for key, value in kept.get("titles", {}).items()}, strange)
    except (AttributeError, TypeError, ValueError):
        return LinkMemory()


def mark(text: str) -> str:
    """Return a short mark of a text, enough to see that it has changed."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _sight(kept: Any) -> tuple[str, str]:
    since, said = kept
    return dt.date.fromisoformat(since).isoformat(), str(said)


def _strange(link: OutboundLink, look: LinkCheck, before: LinkMemory) -> str:
    here, there = registrable(host_of(link.url)), registrable(host_of(look.end or link.url))
    if there != here:
        return f"now leads to {there}"
    if SELLING.search(look.title):
        return f"its page is now called {look.title[:80]!r}"
    words = _words(look.title)
    seen = before.titles.get(mark(link.url))
    if seen and words and seen != mark(" ".join(sorted(words))) and not words & (link.words | _words(here)):
        return f"its page is now called {look.title[:80]!r}"
    return ""


def _said(look: LinkCheck) -> str:
    return look.trouble or f"answers {look.status}"


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
