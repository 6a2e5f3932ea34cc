"""The citations on the pages of a real build: who is named, and where permanent links lead."""

import json
from pathlib import Path

from lxml import html

from site_under_test import ROOT, BuiltSite, build, small_checkout
from world import World, document_of


def _cited(folder: Path, address: str) -> str:
    page = html.parse(folder / address / "index.html").getroot()
    (words,) = page.xpath("//details[contains(@class, 'cite')]//p | //p[@class='cited']")
    return str(words.text_content())


def test_each_page_and_entry_is_citable(built_site: BuiltSite) -> None:
    """Every guide page and entry shows its citation, and the data file names the same title and author."""
    items = {item["id"]: item for item in json.loads((built_site.folder / "data/entries.csl.json").read_text())}
    entries = {f"{file.parent.name}/{file.stem}" for file in (ROOT / "submissions").glob("*/*.yaml")}
    for address in sorted(entries):
        text, item = _cited(built_site.folder, address), items[f"mutual-aid-at-work-{address.replace('/', '-')}"]
        assert text.startswith(f"{item['author'][0]['literal']}. “{item['title']}"), address
    for file in (ROOT / "content" / "guide").glob("*/*.md"):
        assert _cited(built_site.folder, "safety" if file.stem == "safety" else f"guide/{file.stem}")


def test_the_whole_is_cited_as_in_the_citation_file(built_site: BuiltSite) -> None:
    """CITATION.cff and /cite/ name one title, one author and one license."""
    cff = document_of((ROOT / "CITATION.cff").read_text(encoding="utf-8")).value
    text = _cited(built_site.folder, "cite")
    assert text.startswith(f"{cff['authors'][0]['name']}. {cff['title']}, ")
    (earlier,) = cff["references"]
    assert earlier["title"] == cff["title"]
    assert "contributors" not in cff["authors"][0]["name"], "That is how the authors of the earlier guide are cited."
    assert cff["license"].replace("-4.0", " 4.0").replace("CC-", "CC ") in text


def test_credit_is_as_chosen_and_links_are_permanent(world: World, tmp_path: Path) -> None:
    """A pseudonym is the author; nobody is named otherwise; an edition with an address is cited by it."""
    facts = {"site_address": "https://example.org/aid", "repository": "https://github.com/example/aid"}
    world.host(group="A made-up group", **facts)
    world.entry("resources", "credited", credit={"choice": "pseudonym", "name": "A night-shift page"}, edited="2026-09")
    world.entry("resources", "plain", licence="CC0-1.0")
    small_checkout(world)
    out = tmp_path / "out"
    run = build(out, world.root)
    assert run.returncode == 0, run.stderr
    credited, plain = _cited(out, "resources/credited"), _cited(out, "resources/plain")
    assert credited.startswith("A night-shift page. ") and "September 2026" in credited
    assert "https://example.org/aid/resources/credited/" in credited
    assert plain.startswith("A made-up group. ") and "January 2020" in plain and "CC0 1.0" in plain
    page = html.parse(out / "resources" / "plain" / "index.html").getroot()
    (suggest,) = page.xpath("//aside//a[starts-with(text(), 'Correct')]/@href")
    assert suggest == "https://github.com/example/aid/issues/new?template=resources.yml&corrects=/resources/plain/"
    guide = html.parse(out / "guide" / "first" / "index.html").getroot()
    (suggest,) = guide.xpath("//a[starts-with(text(), 'Correct')]/@href")
    assert suggest == "https://github.com/example/aid/issues/new?template=change-a-page.yml&page=/guide/first/"
