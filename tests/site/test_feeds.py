"""Atom feeds: what RFC 4287 asks of them, with and without an address of the site, and what they may not carry."""

import datetime as dt
import re

import feedparser
import pytest
from lxml import etree

from mutualaid.core.entries.entry import Entry
from mutualaid.site.feeds import as_feed, followed, newest_first
from site_under_test import BuiltSite
from world import HOST, SAMPLES, entry, real_kinds

FILES = ("robots.txt", "sitemap.xml")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NEW = entry(slug="saw", title="A saw & <b>more</b>", summary="Take *care* & <script>x</script> use gloves.")
OLD = entry()


def _feed(*entries: Entry, site: str = "") -> etree._Element:
    text = as_feed("A site", "Tools", "/tools/feed.xml", entries, site)
    return etree.fromstring(text.encode())


def _one(node: etree._Element, path: str) -> str:
    (found,) = node.xpath(path, namespaces=ATOM)
    return str(found)


@pytest.mark.parametrize("site", ["", "https://example.org/aid"])
def test_each_id_is_absolute_and_stays(site: str) -> None:
    """Ids begin with the edition's name, wherever the site is; links don't, and are relative where it is nowhere."""
    feed = _feed(OLD, NEW, site=site)
    ids = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert ids == _feed(OLD, NEW).xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == 3 and all(name.startswith("urn:uuid:") for name in ids)
    editions = ("A site", "B site", "Взаимопомощь")
    texts = [as_feed(name, "Tools", "/tools/feed.xml", [OLD, NEW], site) for name in editions]
    assert len({name for text in texts for name in re.findall("<id>(.*?)</id>", text)}) == 9
    home, own = (f"{site}/tools/", f"{site}/tools/feed.xml") if site else ("index.html", "feed.xml")
    assert [_one(feed, f"/a:feed/a:link[@rel='{rel}']/@href") for rel in ("alternate", "self")] == [home, own]


def test_what_programs_ask_for(open_site: BuiltSite, shut_site: BuiltSite) -> None:
    """RFC 9116 asks for a contact and a day on which it ends; without a private contact or an address less is said."""
    security, robots, sitemap = ((open_site.folder / name).read_text() for name in ("security.txt", *FILES))
    contact, expires, *more = security.splitlines()
    assert contact == f"Contact: mailto:{HOST['private_contact']}" and security.isascii()
    day = dt.datetime.fromisoformat(expires.removeprefix("Expires: "))
    assert 300 < (day - dt.datetime.now(tz=dt.UTC)).days < 366
    assert more[-1] == "Canonical: https://example.org/guide/.well-known/security.txt"
    assert security == (open_site.folder / ".well-known" / "security.txt").read_text()
    assert robots == "User-agent: *\nDisallow:\nSitemap: https://example.org/guide/sitemap.xml\n"
    places = etree.fromstring(sitemap.encode()).xpath("//*[local-name()='loc']/text()")
    assert "https://example.org/guide/guide/" in places and len(places) == len(set(places)) > 300
    assert (shut_site.folder / "robots.txt").read_text() == "User-agent: *\nDisallow:\n"
    assert not any((shut_site.folder / name).exists() for name in ("security.txt", ".well-known", "sitemap.xml"))


def test_a_feed_holds_all_of_two_months() -> None:
    """And at least 30, the newest first, by issue where there is one; what is retired is news no more."""
    today = dt.date(2026, 11, 22)
    old = [entry(slug=f"old-{number}", added="2026-09") for number in range(40)]
    many = [entry(slug=f"a-{number}", added="2026-11") for number in range(60)]
    fresh = [entry(slug=slug, added="2026-10") for slug in ("zine", "zed-street-pantry", "a-book")]
    issued = [entry(slug=f"z-{one}", added="2026-11", intake={"channel": "issue", "issue": one}) for one in (7, 12)]
    held = followed([*old, *many, *fresh, *issued], today)
    assert [one.slug for one in held[:2]] == ["z-12", "z-7"] and len(held) == len(many) + len(fresh) + len(issued)
    assert {one.slug for one in fresh} <= {one.slug for one in held[-3:]}
    late, gone = entry(slug="late", added="2026-11"), entry(slug="gone", retired={"on": "2026-11", "why": "Broken"})
    assert [one.slug for one in newest_first([OLD, gone, late])] == ["late", "ladder"]
    assert len(followed([*old, *fresh], today)) == 30 and len(followed(fresh, dt.date(2028, 1, 1))) == 3
    assert all(re.fullmatch("[0-9]{4}-[0-9]{2}", one.fields["added"]) for one in held)


def test_dates_are_those_of_the_entries() -> None:
    """An entry's own date is that of its last edit; the feed's is the latest of them; an empty one asks no clock."""
    feed = _feed(OLD, entry(slug="saw", edited="2026-11"))
    dates = [dt.datetime.fromisoformat(text).date() for text in feed.xpath("//a:updated/text()", namespaces=ATOM)]
    assert dates == [dt.date(2026, 11, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)]
    assert _one(_feed(), "//a:updated/text()").startswith("1970-01-01")


def test_text_of_strangers_stays_text() -> None:
    feed = _feed(NEW)
    assert _one(feed, "//a:entry/a:title/text()") == "A saw & <b>more</b>"
    summary = _one(feed, "//a:entry/a:summary/text()")
    assert "<" not in summary and "*" not in summary and "&amp;" in summary


def test_the_site_offers_them(built_site: BuiltSite) -> None:
    """One for all and one for each collection, as RFC 4287 has it, named on its page and on the page of changes."""
    grammar = etree.RelaxNG(etree.parse(SAMPLES / "atom.rng"))
    changes = (built_site.folder / "changes" / "index.html").read_text(encoding="utf-8")
    for name in ("", *(f"{kind}/" for kind in real_kinds())):
        text = (built_site.folder / name / "feed.xml").read_bytes()
        read = feedparser.parse(text)
        assert (read.bozo, read.version) == (False, "atom10"), name
        assert len({one.id for one in read.entries}) == len(read.entries) > 0
        grammar.assertValid(etree.fromstring(text))
        assert f'href="../{name}feed.xml"' in changes
        assert not name or (built_site.folder / name / "index.html").read_text().count('href="feed.xml"') == 2
