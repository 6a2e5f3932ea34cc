"""Links: where they are found, what a look means, what is remembered, and what a maintainer is told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from forms_under_test import compare_text
from mutualaid.core.content.page import Page
from mutualaid.core.upkeep.links import (
    NO_SUCH_HOST,
    LinkCheck,
    OutboundLink,
    Sight,
    line_is_down,
    link_list,
    outbound_links,
    registrable,
    remember,
    remembered,
    suspect_links,
)
from situations import BODY
from world import PROJECT, document_of, entry, rows_of

FOLDER = PROJECT / "tests" / "expected" / "living"
DAY = dt.date(2026, 11, 4)
WEEK = dt.timedelta(days=7)
URL = "https://fund.nowhere-at-all.org/about"
LINK = OutboundLink(URL, ("submissions/groups/a-fund.yaml",))
GONE = LinkCheck(404, end=URL)
FINE = LinkCheck(200, end=URL)


def seen(*looks: LinkCheck) -> Mapping[str, Sight]:
    memory: Mapping[str, Sight] = {}
    for place, look in enumerate(looks):
        memory = remember(memory, [LINK], {URL: look}, DAY + place * WEEK)
    return memory


@pytest.mark.parametrize("status", [200, 204, 404, 410, 304, 401, 403, 405, 408, 429, 451, 500, 503, 999])
def test_what_a_look_means(status: int) -> None:
    """Many sites turn programs away; that is neither dead nor fixed, and neither is a line that breaks."""
    look = LinkCheck(status)
    assert (look.is_alive, look.is_dead) == (status in (200, 204), status in (404, 410))
    for trouble in (NO_SUCH_HOST, "no answer in time", "the line broke"):
        look = LinkCheck(0, trouble)
        assert (look.is_alive, look.is_dead) == (False, trouble == NO_SUCH_HOST)


LIVES = rows_of("lives")


@pytest.mark.parametrize(("life", "said"), LIVES.values(), ids=LIVES)
def test_a_life(life: list[Any], said: list[str]) -> None:
    looks = [LinkCheck(**one) if isinstance(one, dict) else LinkCheck(one, end=URL) for one in life]
    found = suspect_links(seen(*looks), [LINK], DAY + (len(looks) - 1) * WEEK)
    assert ["".join(sight.said for _, sight in part) for part in found.values()] == said


def test_what_is_not_dead() -> None:
    """Half of all hosts gone is our own line; two looks on one day are one; a run that ends early forgets nothing."""
    lost = {f"https://host-{n}.org/": LinkCheck(0, NO_SUCH_HOST) for n in range(5)}
    fine = {f"https://fine-{n}.org/": LinkCheck(200) for n in range(6)}
    assert line_is_down(lost) and line_is_down({**lost, **dict(list(fine.items())[:5])})
    assert not line_is_down({**lost, **fine})
    assert not line_is_down(dict(list(lost.items())[:4]))
    memory = seen(FINE, GONE)
    assert remember(memory, [LINK], {}, DAY) == memory
    assert remember(memory, [], {}, DAY) == {}
    memory = remember(seen(GONE), [LINK], {URL: GONE}, DAY)
    assert not suspect_links(memory, [LINK], DAY)["Dead"]
    assert suspect_links(memory, [LINK], DAY + dt.timedelta(days=6))["Dead"]


@pytest.mark.parametrize(
    ("host", "kept"),
    [("a.b.example.com", "example.com"), ("www.lib.ac.uk", "lib.ac.uk"), ("x.gov.au", "x.gov.au"), ("a.de", "a.de")],
)
def test_registrable(host: str, kept: str) -> None:
    assert registrable(host) == kept


def test_where_links_are_found() -> None:
    """In fields, in text and on pages; not archived copies, links marked dead, or addresses of nobody."""
    link = {"url": "https://a.org/x", "archived_url": "https://archive.org/a"}
    dead = {"title": "One", "url": "https://dead.org/", "dead_on": "2026-10"}
    about = "See [it](https://b.org/y_(z)), and https://c.org/. Not https://www.example.org/."
    one = replace(entry(), fields={**entry().fields, "link": link, "sources": (dead,), "about": about})
    body = "Read it.[^a]\n\n[^a]: A paper, <https://d.org/p.pdf>; [here](https://b.org/y_(z)).\n"
    page = Page("/a/", "guide", {"title": "A"}, body, 1, document_of("a: 1\n", "content/a.md"))
    found = {link.url: link.files for link in outbound_links([one], [page])}
    own, page_ = f"submissions/tools/{one.slug}.yaml", "content/a.md"
    both = {"https://b.org/y_(z)": (own, page_), "https://d.org/p.pdf": (page_,)}
    assert found == {"https://a.org/x": (own,), "https://c.org/": (own,), **both}


HOSTILE = OutboundLink("https://x.org/%60@ada%60", ("content/a.md",))
OTHER = OutboundLink("https://other.org/", tuple(f"content/{n}.md" for n in range(5)))
FULL = {
    URL: Sight("2026-10-28", "answers 404"),
    HOSTILE.url: Sight("2026-11-04", "no such host"),
    OTHER.url: Sight("2026-11-04", "now leads to <b>@ada</b> https://evil.org"),
}
LISTS = {"links": link_list(FULL, (LINK, HOSTILE, OTHER), DAY), "links-fine": link_list({}, (LINK,), DAY)}


@pytest.mark.parametrize("name", LISTS)
def test_a_list(name: str) -> None:
    compare_text(LISTS[name].body, FOLDER / f"{name}.md")


def test_more_dead_links_than_fit() -> None:
    """The first are remembered and listed, and the others come up as these are seen to; nothing is refused."""
    links = [LINK._replace(url=f"https://host-{n}.org/{'a' * 300}") for n in range(1000)]
    sights = {link.url: Sight("2026-01-01", "now leads to elsewhere") for link in links}
    body = link_list(sights, links, DAY).body
    assert len(body) <= BODY and "- … and " in body
    assert links[0].url in remembered(body)


def test_a_list_is_what_the_next_look_remembers() -> None:
    memory = remembered(LISTS["links"].body)
    assert {url: (sight.since, sight.is_dead) for url, sight in memory.items()} == {
        url: (sight.since, sight.is_dead) for url, sight in FULL.items()
    }
