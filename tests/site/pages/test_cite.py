"""The citations on the pages of a real build: who is named, and where permanent links lead."""

import json

from site_under_test import ROOT, BuiltSite
from world import HOST, document_of


def _cited(site: BuiltSite, address: str) -> str:
    (words,) = site.page(address).xpath("//details[contains(@class, 'cite')]//p | //p[@class='cited']")
    return str(words.text_content())


def test_each_page_and_entry_is_citable(built_site: BuiltSite) -> None:
    items = {item["id"]: item for item in json.loads(built_site.text("data/entries.csl.json"))}
    entries = {f"{file.parent.name}/{file.stem}" for file in (ROOT / "submissions").glob("*/*.yaml")}
    for address in sorted(entries):
        text, item = _cited(built_site, address), items[f"mutual-aid-at-work-{address.replace('/', '-')}"]
        assert text.startswith(f"{item['author'][0]['literal']}. “{item['title']}"), address
    for file in (ROOT / "content" / "guide").glob("*/*.md"):
        assert _cited(built_site, "safety" if file.stem == "safety" else f"guide/{file.stem}")


def test_the_whole_is_cited_as_in_the_citation_file(built_site: BuiltSite) -> None:
    cff = document_of((ROOT / "CITATION.cff").read_text(encoding="utf-8")).value
    text = _cited(built_site, "cite")
    assert text.startswith(f"{cff['authors'][0]['name']}. {cff['title']}, ")
    (earlier,) = cff["references"]
    assert earlier["title"] == cff["title"]
    assert "contributors" not in cff["authors"][0]["name"], "That is how the authors of the earlier guide are cited."
    assert cff["license"].replace("-4.0", " 4.0").replace("CC-", "CC ") in text


def test_links_are_permanent(open_site: BuiltSite) -> None:
    """An edition with a group and an address is cited by both; and each page leads to the form that corrects it."""
    entry, page = f"resources/{min((ROOT / 'submissions/resources').glob('*.yaml')).stem}", "guide/whats-next"
    for address, form in (entry, f"correct.yml&corrects=/{entry}/"), (page, f"change-a-page.yml&page=/{page}/"):
        text = _cited(open_site, address)
        assert text.startswith(f"{HOST['group']}. ") and f"https://example.org/guide/{address}/" in text
        (suggest,) = open_site.page(address).xpath("//a[starts-with(text(), 'Correct')]/@href")
        assert suggest == f"{HOST['repository']}/issues/new?template={form}"
