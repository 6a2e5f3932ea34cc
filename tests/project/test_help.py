"""What a help page owes somebody on a bad day: quick to leave, dull in the tab, each link accounted for."""

import datetime as dt
import re

import pytest

from mutualaid.core.content.page import Page
from mutualaid.core.upkeep.review_list import due
from site_under_test import ROOT, BuiltSite, project

CONTENT = project()
PAGES = [page for page in CONTENT.pages if page.is_help and "sheet" in page.fields]
OUT = re.compile(r"https?://[^\s)]+")


def test_the_help_pages_are_there() -> None:
    """What now, what each line does, and eight situations, so that the tests below are about something."""
    assert len(PAGES) == 10
    first = CONTENT.page_at("/help/")
    assert first
    assert [page.address for page in PAGES if page != first and f"(page:{page.address})" not in first.body] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_page_can_be_left_and_hides_its_topic(page: Page, built_site: BuiltSite) -> None:
    """The quick exit is offered, and neither the tab nor the name of its file says what it is about."""
    made = built_site.page(page.address)
    assert made.xpath("//nav[@class='leave']//a[text()='Leave this site']")
    (title,) = made.xpath("//title/text()")
    assert re.match(r"Notes for today, \d ·", str(title))
    assert re.fullmatch(r"notes-\d", page.fields["sheet"])
    assert (built_site.folder / page.address.strip("/") / f"{page.fields['sheet']}.pdf").is_file()
    assert "not legal advice" in made.text_content()


def test_each_link_out_is_in_the_table() -> None:
    linked = {address for page in PAGES for address in OUT.findall(page.body)}
    assert sorted(linked ^ set(OUT.findall((ROOT / "docs" / "help-sources.md").read_text(encoding="utf-8")))) == []


def test_help_is_looked_at_again_in_half_a_year() -> None:
    """Six months after its sources were checked each page is on the list of what to look at, and says so itself."""
    listed = {one.file for one in due((), PAGES, "2027-05")}
    assert listed == {page.document.file for page in PAGES}
    assert all(page.is_stale(dt.date(2027, 6, 1)) for page in PAGES)
