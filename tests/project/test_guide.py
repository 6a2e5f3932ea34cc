"""What every guide page owes its reader: a promise, something to do, depth, entries, and the way on."""

import re
from typing import Any

import pytest
from lxml import html

from mutualaid.core.content.page import Page, ReadingPath
from mutualaid.core.content.readability import voice_of
from site_under_test import ROOT, BuiltSite, project
from world import document_of

CONTENT = project()
ON_PATHS = {address for path in CONTENT.paths for address in path.pages}
PAGES = [page for page in CONTENT.pages if page.is_guide]
GUIDE = [page for page in PAGES if page.address in ON_PATHS]
ENTRY = re.compile(r"entry:([a-z]+/[a-z0-9-]+)|::: card ([a-z]+/[a-z0-9-]+)")
FEWEST_WORDS, MOST_WORDS = 500, 1000
FIRST = "/safety/"


def _named_entries(page: Page) -> set[str]:
    named = {one or other for one, other in ENTRY.findall(page.body)}
    return named | {f"{kind}/{slug}" for kind, slugs in page.fields.get("draws_in", {}).items() for slug in slugs}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_page(page: Page) -> None:
    """Its parts, the length at which a tired reader gets to its end, and exercises for 15 minutes and for an hour."""
    assert page.review_by and voice_of(page.body).words <= MOST_WORDS
    if page not in GUIDE:  # paths leave it out, and a link on another guide page names it
        assert any(f"](page:{page.address}" in other.body for other in GUIDE)
        return
    assert 1 <= len(page.fields["after"]) <= 3 if page.address != FIRST else "after" not in page.fields
    assert 1 <= len(page.fields["take_with_you"]) <= 4
    assert "::: learn-more Learn more about" in page.body
    assert len(_named_entries(page)) >= 2
    assert voice_of(page.body).words >= FEWEST_WORDS
    assert not re.search(r"coming soon|under construction", page.body, re.IGNORECASE)
    files = (ROOT / "submissions" / f"{name}.yaml" for name in _named_entries(page) if name.startswith("exercises/"))
    minutes = [int(document_of(file.read_text(encoding="utf-8")).value["minutes_max"]) for file in files]
    assert any(count <= 15 for count in minutes) and any(45 <= count <= 60 for count in minutes)


def test_safety_begins_with_a_gate() -> None:
    """Before anything else on the page: whose device, network and time; what the site cannot hide; what to do now."""
    safety = next(page for page in GUIDE if page.address == FIRST)
    gate, rest = re.split(r"^:::$", safety.body, maxsplit=1, flags=re.MULTILINE)
    assert re.match(r"## .+ \{#now\}\n\n::: notice ", gate)
    for part in ("Whose device", "Whose network", "Whose time", "can’t hide", "What to do now"):
        assert part in gate.replace("'", "’"), part
    assert len(re.findall(r"\w[\w’'.-]*", gate)) <= 170
    assert rest.strip()


@pytest.mark.parametrize("path", CONTENT.paths, ids=lambda path: path.slug)
def test_a_path_is_walked_by_continue_to(path: ReadingPath, built_site: BuiltSite) -> None:
    """From a path's page to its last, “Continue to” alone leads on, and each page shows this path and no other."""
    titles = [found.title for address in path.pages if (found := CONTENT.page_at(address))]
    way = [built_site.folder / path.address.strip("/") / "index.html"]
    for number, (address, title) in enumerate(zip(path.pages, titles, strict=True), start=1):
        [onward] = html.parse(way[-1]).xpath("//a[@class='onward']")
        assert _words(onward) == f"{'Continue to' if number > 1 else 'Begin with'} {title}"
        way.append((way[-1].parent / onward.get("href")).resolve())
        page = html.parse(way[-1])
        [place], [here] = page.xpath("//p[@class='place']"), page.xpath("//ol[@class='route']//a[@aria-current='page']")
        assert f"Page {number} of {len(path.pages)} on the path {path.title}" in _words(place)
        assert ([_words(step) for step in page.xpath("//ol[@class='route']/li")], _words(here)) == (titles, title)
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert all(link.endswith(address) for link in page.xpath("//link[@rel='canonical']/@href"))
        back = [(way[-1].parent / link).resolve() for link in page.xpath("//a[@rel='prev']/@href")]
        assert back == (way[-2:-1] if number > 1 else [])
    assert page.xpath("//a[@class='onward']") == [] and len(way) == len(path.pages) + 1


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_links_on_a_path_stay_on_it(built_site: BuiltSite) -> None:
    """A link in the text to another page of the path leads to that page as a page of this path; others are plain."""
    page = html.parse(built_site.folder / "paths" / "new-here" / "jumping-into-mutual-aid" / "index.html").getroot()
    links = set(page.xpath("//div[contains(@class, 'prose')]//a/@href"))
    assert "../../../guide/your-rights-at-work/index.html#private" in links
    assert "../mutual-aid-in-lams/index.html" in links or "../safety/index.html" in links
