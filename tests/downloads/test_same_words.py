"""The site, the book on paper and the e-book say the same of an entry or page: warnings, order, what belongs to it."""

import html
import io
import re
import zipfile
from collections.abc import Mapping

import pytest
from docx import Document

from mutualaid.adapters.yaml import write_yaml
from mutualaid.downloads.download import Download
from paper import STEPS, plan_of, small_world, words_of
from site_under_test import built
from world import World, rows_of

PARTS = ("DOCX", "short")
"""What holds a part of the whole; every other printer says all of it."""
LINK = {"url": "https://www.example.org/fund", "dead_on": "2026-10"}
WORDS = rows_of("same-words", "words")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """All words that each printer has for a small world, by its name."""
    world = small_world(tmp_path_factory.mktemp("world"))
    old = {"content_note": ["illness", "job-loss"], "sources_checked": "2020-01", "review_months": 6}
    world.page("guide/start/second.md", "Words.\n", **old)
    world.entry("groups", "fund", status="active", status_as_of="2018-06", reach=[LINK], content_note=["job-loss"])
    world.entry("groups", "purse", title="The shared purse")
    world.entry("groups", "jar", retired={"on": "2026-10", "why": "It closed.", "replaced_by": "purse"})
    short = {"title": "Short", "for_whom": "For anyone who begins.", "pages": ["/about/"]}
    world.write("content/short-edition.yaml", write_yaml({**short, "entries": ["exercises/first-steps"]}))
    site = built(world.root / "output", world.root, MUTUALAID_DOWNLOADS="none")
    pages = (file.read_text(encoding="utf-8") for file in sorted(site.folder.rglob("index.html")))
    return {"site": " ".join(map(_words, pages)), **_books(world)}


def _books(world: World) -> dict[str, str]:
    plan = plan_of(world)
    document = Document(io.BytesIO(plan["exercises/first-steps/first-steps-to-lead.docx"].make()))
    return {
        **{one.format: _read(one) for one in plan.values() if one.path.startswith("downloads/mutual")},
        "DOCX": " ".join(one.text for one in document.paragraphs),
        "short": _read(plan["downloads/short-edition.pdf"]),
    }


def _read(download: Download) -> str:
    """Return the words of a book in any format that is text, a PDF, or pages in an archive."""
    contents = download.make()
    if download.format == "PDF":
        return words_of(contents)
    if not zipfile.is_zipfile(io.BytesIO(contents)):
        return _words(contents.decode())
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        chapters = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    return " ".join(map(_words, chapters))


def _words(page: str) -> str:
    """Return what a page shows, one blank between any two words, and none before a full stop."""
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|dt|dd|h\d|li)>", " ", page)))
    return " ".join(text.split())


def test_each_says_the_same(printed: Mapping[str, str]) -> None:
    whole = {printer: words for printer, words in printed.items() if printer not in PARTS}
    assert whole.keys() >= {"site", "PDF", "EPUB"}
    assert [(by, name) for by, words in whole.items() for name, said in WORDS.items() if said not in words] == []


def test_safety_comes_before_the_steps(printed: Mapping[str, str]) -> None:
    """What not to write down, then what to do; in the document to lead from and in a short edition too."""
    for printer, words in printed.items():
        start = words.index("Do not write down")
        assert start < words.index(str(STEPS["steps"][0]["text"]), start - 400), printer
