"""The folder /data/, the feeds and CITATION.cff: each file is what it says it is."""

import json
import re
import subprocess
import sys

import feedparser
import pytest
from lxml import etree

from mutualaid.core.entries.citation import Edition, as_bibtex
from mutualaid.core.entries.collection import Collection, gather
from mutualaid.core.entries.entry import Entry, accept
from mutualaid.site.pages.data import changes_of
from site_under_test import BuiltSite
from world import PROJECT, SAMPLES, TODAY, entry, real_kinds, tool, tools


def _tools(*entries: Entry) -> Collection:
    return gather(tools(), entries, TODAY)


def test_the_changelog_tells_months_newest_first() -> None:
    """What was added, retired and retracted; of a retracted entry only where it stood, and when."""
    gone = Entry(tools(), "saw", {"slug": "saw", "retracted": "2026-11"})
    old = entry(slug="rope", added="2026-09", retired={"on": "2026-11", "why": "It broke.", "replaced_by": "ladder"})
    changes = changes_of([_tools(gone, old, accept(tool()))])
    assert [month["month"] for month in changes["months"]] == ["2026-11", "2026-10", "2026-09"]
    first = changes["months"][0]
    assert first["retracted"] == [{"address": "/tools/saw/"}]
    assert first["retired"] == [
        {
            "address": "/tools/rope/",
            "title": "A ladder to borrow",
            "why": "It broke.",
            "replaced_by": "/tools/ladder/",
        }
    ]
    assert first["added"] == []
    assert [one["address"] for one in changes["months"][1]["added"]] == ["/tools/ladder/"]


def test_the_data_page_lists_every_file(built_site: BuiltSite) -> None:
    """Each file in the folder is on the page, with its size, and each one on the page is there."""
    html = (built_site.folder / "data/index.html").read_text(encoding="utf-8")
    listed = set(re.findall(r'<li><h3><a href="(?:\.\./data/)?([\w.-]+)">', html))
    there = {file.name for file in (built_site.folder / "data").iterdir()} - {"index.html"}
    assert listed == there
    assert {f"{kind}.schema.json" for kind in real_kinds()} <= there


@pytest.mark.parametrize("name", ["entries", "reading-list"])
def test_citations(built_site: BuiltSite, name: str) -> None:
    """Both formats hold the same items, each under a name of its own."""
    items = json.loads((built_site.folder / f"data/{name}.csl.json").read_text(encoding="utf-8"))
    bibtex = (built_site.folder / f"data/{name}.bib").read_text(encoding="utf-8")
    assert re.findall(r"^@\w+\{([\w-]+),$", bibtex, re.M) == [item["id"] for item in items]
    assert len({item["id"] for item in items}) == len(items)
    assert all(item["title"] and item["type"] for item in items)
    assert bibtex.count("{") == bibtex.count("}")


def test_bibtex_escapes_what_latex_would_take_as_its_own() -> None:
    """A credit is in, as chosen; the text reads the same once typeset."""
    credit = {"choice": "pseudonym", "name": "Page & Co_"}
    text = as_bibtex([Edition("A {site}", "", "").entry(entry(title="50% of $5 #1", credit=credit))])
    assert r"title = {{50\% of \$5 \#1}}" in text
    assert r"author = {{Page \& Co\_}}" in text
    assert r"howpublished = {A \{site\}}" in text
    assert "url = " not in text


def test_feeds_are_atom(built_site: BuiltSite) -> None:
    """A feed reader reads them without complaint, and they hold what RFC 4287 asks for, in a form of our own."""
    grammar = etree.RelaxNG(etree.parse(SAMPLES / "atom.rng"))
    feeds = sorted(built_site.folder.rglob("feed.xml"))
    assert len(feeds) == 1 + len(real_kinds())
    for file in feeds:
        read = feedparser.parse(file.read_bytes())
        assert (read.bozo, read.version) == (False, "atom10"), file
        assert read.entries
        assert len({one.id for one in read.entries}) == len(read.entries)
        grammar.assertValid(etree.fromstring(file.read_bytes()))


def test_the_grammar_of_feeds_can_fail(built_site: BuiltSite) -> None:
    """An entry without its id is refused, and so is a date without a time zone."""
    grammar = etree.RelaxNG(etree.parse(SAMPLES / "atom.rng"))
    text = (built_site.folder / "feed.xml").read_text(encoding="utf-8")
    for broken in (
        re.sub(r"<id>urn:uuid:[^<]*</id></entry>|<id>[^<]*</id>", "", text),
        text.replace("Z</updated>", "</updated>"),
        text.replace("+00:00</updated>", "</updated>"),
    ):
        if broken != text:
            assert not grammar.validate(etree.fromstring(broken.encode()))


def test_the_citation_file_is_valid() -> None:
    """CITATION.cff keeps the schema of the citation file format, which the checker carries with it."""
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", "CITATION.cff"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
