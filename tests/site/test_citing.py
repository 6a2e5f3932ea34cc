"""The citation files beside the pages of a real build, read back; who is named, and where permanent links lead."""

import json
import shutil
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from lxml import html

from site_under_test import ROOT, BuiltSite, build
from world import HOSTS, World, document_of, host_facts

NAMES = ("cite.bib", "cite.ris", "cite.csl.json")


def _cited_pages(folder: Path) -> list[Path]:
    return sorted({file.parent for file in folder.rglob("cite.*") if file.name in NAMES})


def test_each_page_and_entry_is_citable(built_site: BuiltSite) -> None:
    """Every guide page and entry shows its citation and has three files, which parse and name the same."""
    folders = _cited_pages(built_site.folder)
    entries = {f"{file.parent.name}/{file.stem}" for file in (ROOT / "submissions").glob("*/*.yaml")}
    guide = {f"guide/{file.stem}" for file in (ROOT / "content" / "guide").glob("*/*.md")} - {"guide/safety"}
    found = {folder.relative_to(built_site.folder).as_posix() for folder in folders}
    assert entries | guide | {"safety", "cite"} <= found
    for folder in folders:
        library = parse_string((folder / "cite.bib").read_text(encoding="utf-8"))
        assert not library.failed_blocks
        (record,) = rispy.loads((folder / "cite.ris").read_bytes().decode())
        (item,) = json.loads((folder / "cite.csl.json").read_text(encoding="utf-8"))
        assert item["id"] == library.entries[0].key == record["id"]
        page = html.parse(folder / "index.html").getroot()
        assert any(item["title"] in text for text in page.xpath("//details//p/text() | //p[@class='cited']/text()"))


@pytest.mark.parametrize("host", HOSTS)
def test_the_whole_is_cited_as_in_the_citation_file(host: str, world: World, tmp_path: Path) -> None:
    """CITATION.cff and /cite/ name one title, and one author until a group says that it runs this copy."""
    world.host(**host_facts(host))
    (world.root / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "pelicanconf.py", world.root)
    run = build(tmp_path / "out", world.root, MUTUALAID_TAKEAWAYS="none")
    assert run.returncode == 0, run.stderr
    (item,) = json.loads((tmp_path / "out" / "cite" / "cite.csl.json").read_text(encoding="utf-8"))
    cff = document_of((ROOT / "CITATION.cff").read_text(encoding="utf-8")).value
    assert item["title"] == cff["title"]
    assert item["author"] == [{"literal": host_facts(host)["group"] or cff["authors"][0]["name"]}]
    assert cff["license"].replace("-4.0", " 4.0").replace("CC-", "CC ") in item["note"]


def test_credit_is_as_chosen_and_links_are_permanent(world: World, tmp_path: Path) -> None:
    """A pseudonym is the author; nobody is named otherwise; an edition with an address is cited by it."""
    facts = {"site_address": "https://example.org/aid", "group": "A made-up group"}
    world.host(**facts, repository="https://github.com/example/aid")
    world.entry("resources", "credited", credit={"choice": "pseudonym", "name": "A night-shift page"}, edited="2026-09")
    world.entry("resources", "plain", licence="CC0-1.0")
    (world.root / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "pelicanconf.py", world.root)
    run = build(tmp_path / "out", world.root)
    assert run.returncode == 0, run.stderr
    (credited,) = json.loads((tmp_path / "out" / "resources" / "credited" / "cite.csl.json").read_text())
    (plain,) = json.loads((tmp_path / "out" / "resources" / "plain" / "cite.csl.json").read_text())
    assert credited["author"] == [{"literal": "A night-shift page"}]
    assert credited["URL"] == "https://example.org/aid/resources/credited/"
    assert credited["issued"]["date-parts"] == [[2026, 9]]
    assert plain["author"] == [{"literal": "A made-up group"}]
    assert plain["issued"]["date-parts"] == [[2020, 1]]
    assert "CC0 1.0" in plain["note"]
    page = html.parse(tmp_path / "out" / "resources" / "plain" / "index.html").getroot()
    (suggest,) = page.xpath("//aside//a[starts-with(text(), 'Correct')]/@href")
    assert suggest == "https://github.com/example/aid/issues/new?template=resources.yml&corrects=/resources/plain/"
    guide = html.parse(tmp_path / "out" / "guide" / "first" / "index.html").getroot()
    (suggest,) = guide.xpath("//a[starts-with(text(), 'Correct')]/@href")
    assert suggest == "https://github.com/example/aid/issues/new?template=change-a-page.yml&page=/guide/first/"
