"""What every guide page owes its reader: a promise, something to do, depth, entries, and the way on."""

import re
from pathlib import Path

import pytest
from lxml import html

from mutualaid.core.content.page import Page
from mutualaid.core.content.readability import voice_of
from site_under_test import ROOT, BuiltSite, project

CONTENT = project()
ON_PATHS = {address for path in CONTENT.paths for address in path.pages}
PAGES = [page for page in CONTENT.pages if page.is_guide]
GUIDE = [page for page in PAGES if page.address in ON_PATHS]
BESIDE = [page for page in PAGES if page.address not in ON_PATHS]
"""Pages that paths leave out, and that a link on another guide page names."""
ENTRY = re.compile(r"entry:([a-z]+/[a-z0-9-]+)|::: card ([a-z]+/[a-z0-9-]+)")
FEWEST_WORDS, MOST_WORDS = 500, 1000
MOST_WORDS_IN_THE_GATE = 170
FIRST, LAST = "/safety/", "/guide/whats-next/"


def _named_entries(page: Page) -> set[str]:
    named = {one or other for one, other in ENTRY.findall(page.body)}
    return named | {f"{kind}/{slug}" for kind, slugs in page.fields.get("draws_in", {}).items() for slug in slugs}


def _minutes(name: str) -> int:
    text = (ROOT / "submissions" / f"{name}.yaml").read_text(encoding="utf-8")
    return int(re.findall(r"^minutes_max: (\d+)$", text, re.MULTILINE)[0])


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.address)
def test_page(page: Page) -> None:
    """Its parts, the length at which a tired reader gets to its end, and exercises for 15 minutes and for an hour."""
    assert 1 <= len(page.fields["after"]) <= 3 if page.address != FIRST else "after" not in page.fields
    assert 1 <= len(page.fields["take_with_you"]) <= 4
    assert "::: learn-more Learn more about" in page.body
    assert page.review_by
    assert len(_named_entries(page)) >= 2
    assert FEWEST_WORDS <= voice_of(page.body).words <= MOST_WORDS
    assert not re.search(r"coming soon|under construction", page.body, re.IGNORECASE)
    minutes = [_minutes(name) for name in _named_entries(page) if name.startswith("exercises/")]
    assert any(count <= 15 for count in minutes) and any(45 <= count <= 60 for count in minutes)


@pytest.mark.parametrize("page", BESIDE, ids=lambda page: page.address)
def test_page_beside_the_paths(page: Page) -> None:
    """It is short too, says when to look at it again, and can be reached from a page on a path."""
    assert voice_of(page.body).words <= MOST_WORDS
    assert page.review_by
    assert any(f"](page:{page.address}" in other.body for other in GUIDE)


def test_safety_begins_with_a_gate() -> None:
    """Before anything else on the page: whose device, network and time; what the site cannot hide; what to do now."""
    safety = next(page for page in GUIDE if page.address == FIRST)
    gate, rest = re.split(r"^:::$", safety.body, maxsplit=1, flags=re.MULTILINE)
    assert re.match(r"## .+ \{#now\}\n\n::: notice ", gate)
    for part in ("Whose device", "Whose network", "Whose time", "can’t hide", "What to do now"):
        assert part in gate.replace("'", "’"), part
    assert len(re.findall(r"\w[\w’'.-]*", gate)) <= MOST_WORDS_IN_THE_GATE
    assert rest.strip()


def test_continue_to_leads_from_home_to_the_end(built_site: BuiltSite) -> None:
    """From home, the first path and then `Continue to` alone lead through every guide page to the last.

    Each link on and back holds the title of the page that it leads to.
    """
    seen: list[str] = []
    doors = html.parse(built_site.folder / "index.html").xpath("//ol//a/@href")
    assert any("paths/new-here" in str(door) for door in doors)
    page: Path | None = built_site.folder / FIRST.strip("/") / "index.html"
    while page:
        seen.append("/" + page.parent.relative_to(built_site.folder).as_posix() + "/")
        assert seen[-1] not in seen[:-1], f"the way goes in a circle at {seen[-1]}"
        onward = None
        for link in html.parse(page).xpath("//a[@rel='next' or @rel='prev']"):
            target = (page.parent / link.get("href")).resolve()
            title = html.parse(target).xpath("normalize-space(//h1)")
            assert " ".join(link.text_content().split()).endswith(title), f"{page}: {link.get('href')}"
            onward = target if link.get("rel") == "next" else onward
        page = onward
    assert seen[-1] == LAST
    assert set(seen) == {each.address for each in GUIDE} and len(seen) == 14
