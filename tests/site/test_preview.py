"""A copy that nobody runs says so once and offers no way that does not exist; one that somebody runs offers its own."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from lxml import html

from mutualaid.core.content.conditional_blocks import PREVIEW
from site_under_test import BuiltSite, built, documents, small_checkout
from world import HOST, World, real_kinds

WAYS = ("contribute/takedown", "contribute/what-happens", "contribute/without-github")
"""Pages that tell of ways to send something, and nothing else."""
OFFERS = re.compile(
    r"ask for (?:a )?removal|suggest a change|add one|correct (?:it|this|its page)|still open by|how it went|"
    r"send it by",
    re.IGNORECASE,
)
FOOT = "//footer[@class='foot']"
NOT_SENT = re.compile(r"nothing can be sent|takes no forms|no address (?:for mail|to write)", re.IGNORECASE)
SAYING = {
    "about/host/index.html",
    "contribute/index.html",
    *(f"contribute/draft/{kind}/index.html".replace("//", "/") for kind in ("", *real_kinds())),
    *(f"{way}/index.html" for way in WAYS),
    "guide/whats-next/index.html",
}
"""Pages on which somebody could look for a way to send something; each says once that there is none yet."""
EMPTY = re.compile(r"not set up yet", re.IGNORECASE)


def _pages(site: BuiltSite) -> Iterator[tuple[str, html.HtmlElement]]:
    return ((page.as_posix(), document) for page, document in documents(site).items())


def _links(page: str, document: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield where each link leads, inside the site as a path of a folder, and its words."""
    for link in document.xpath("//a[not(starts-with(@href, '#'))]"):
        inside = urljoin(f"/{page}", link.get("href")).removesuffix("/index.html").lstrip("/")
        yield inside, " ".join(link.text_content().split())


def _text(document: html.HtmlElement) -> str:
    return " ".join(document.xpath("string(//body)").split())


def test_a_copy_that_nobody_runs_offers_no_way_that_does_not_exist(shut_site: BuiltSite) -> None:
    """No page links to an address, a form, or a page on how to send, or says what can be asked for; each says so."""
    faults = [
        f"{page}: {words} ({target})"
        for page, document in _pages(shut_site)
        for target, words in _links(page, document)
        if target in WAYS or target.startswith("mailto:") or "/issues/new" in target or OFFERS.search(words)
    ]
    assert faults == []
    counts = {page: _text(document).count(PREVIEW) for page, document in _pages(shut_site) if document.xpath(FOOT)}
    assert len(counts) > 300
    assert {page: count for page, count in counts.items() if count != 1} == {}
    assert [page for page, document in _pages(shut_site) if EMPTY.search(_text(document))] == []
    not_sent = {page: len(NOT_SENT.findall(_text(document))) for page, document in _pages(shut_site)}
    assert {page for page, count in not_sent.items() if count and not page.startswith("paths/")} == SAYING
    assert max(not_sent.values()) == 1
    assert shut_site.page("about/host").xpath("//main//dl") == []


@pytest.mark.parametrize("address", WAYS)
def test_what_needs_a_host_is_three_lines_until_there_is_one(
    address: str, shut_site: BuiltSite, open_site: BuiltSite
) -> None:
    """Its address stays; the site map, the sitemap and the search leave it out."""
    shut, opened = shut_site.page(address), open_site.page(address)
    assert 1 <= len(shut.xpath("//main//div[contains(@class, 'prose')]/p")) <= 3
    assert shut.xpath("//main//h2[not(starts-with(@id, 'own-'))]") == []
    assert len(opened.xpath("//main//h2[not(starts-with(@id, 'own-'))]")) >= 4
    for site, is_listed in ((shut_site, False), (open_site, True)):
        (index,) = (site.folder / "theme" / "js").glob("search-index.*.js")
        assert (f'["{address}/",' in index.read_text(encoding="utf-8")) is is_listed
        listed = _links("site-map/index.html", site.page("site-map"))
        assert (address in {target for target, _ in listed}) is is_listed


def test_a_copy_that_somebody_runs_offers_its_ways(open_site: BuiltSite) -> None:
    """Removal from every page, a change and a removal from every entry; its addresses on the page about the host."""
    for page, document in _pages(open_site):
        words = [words for _, words in _links(page, document)]
        assert PREVIEW not in _text(document) and not NOT_SENT.search(_text(document))
        if document.xpath(FOOT):
            assert "Ask for removal" in words, page
        if document.xpath("//aside[@aria-label='About this entry']"):
            assert words.count("Ask for removal") == 2 and "Suggest a change" in words, page
    host = _text(open_site.page("about/host"))
    assert [name for name, fact in HOST.items() if fact not in host] == ["leave_to"]


def test_a_copy_with_one_way_offers_no_other(world: World, shut_site: BuiltSite, open_site: BuiltSite) -> None:
    """A repository alone: forms, and no mail. A draft can always be copied or sent, printed and saved."""
    small_checkout(world).host(repository=HOST["repository"])
    for address, needs in zip(WAYS, ("any", "by form", "in private"), strict=True):
        world.page(f"{address}.md", needs=needs)
    site = built(world.root / "output", world.root, MUTUALAID_DOWNLOADS="none")
    linked = {target for page, document in _pages(site) for target, _ in _links(page, document)}
    assert not {target for target in linked if target.startswith("mailto:")}
    assert WAYS[0] in linked and WAYS[1] in linked and WAYS[2] not in linked
    assert _exits(site) == ["own-github", "own-copy", "own-paper", "own-file"]
    assert _exits(shut_site) == ["own-copy", "own-paper", "own-file"]
    assert _exits(open_site) == ["own-github", "own-mail", "own-paper", "own-file"]


def _exits(site: BuiltSite) -> list[str]:
    return [str(name) for name in site.page("contribute/draft/examples").xpath("//section[@class='exit']/h3/@id")]
