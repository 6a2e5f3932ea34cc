"""The page of laws as readers get it: four workers find their answer; docs/law-sources.md lists every row."""

import datetime as dt
import os
import re
from itertools import takewhile
from typing import Any

import pytest

from mutualaid.core.content.page import LawRow, is_past, rests
from mutualaid.core.content.readability import voice_of
from mutualaid.core.entries import dates
from site_under_test import ROOT, BuiltSite, project
from world import SAMPLES, document_of

ROWS: tuple[LawRow, ...] = tuple(project().law.value["rows"])
ANSWERS = document_of((SAMPLES / "which-law.yaml").read_text(encoding="utf-8")).value
LIST = ROOT / "docs" / "law-sources.md"
TODAY = dt.date(2026, 11, 29)
"""The day of the readings in docs/law-sources.md."""


@pytest.fixture(scope="module")
def page(shut_site: BuiltSite) -> Any:
    return shut_site.page("help/which-law")


def _follow(page: Any, part: str, words: str) -> str:
    (heading,) = page.xpath(f"//h2[@id='{part}']")
    links = heading.xpath("following-sibling::*[position() < 6]//a[starts-with(@href, '#')]")
    link = next(one for one in links if one.text_content().startswith(words))
    return str(link.get("href").removeprefix("#"))


def _told(page: Any, place: str) -> str:
    (found,) = page.xpath(f"//*[@id='{place}']")
    if found.tag == "tr":
        return " ".join(found.text_content().split())
    after = takewhile(lambda one: one.tag != "h2", found.itersiblings())
    return " ".join(" ".join(one.text_content() for one in after).split())


def test_every_state_has_a_place(page: Any) -> None:
    states = [row["id"] for row in ROWS if row["part"] == "state"]
    assert len(set(states)) == len(states) == 51
    assert page.xpath("//nav[@aria-label='States']//a/@href") == [f"#{name}" for name in states]
    assert sorted(page.xpath("//tr/@id")) == sorted({row["id"] for row in ROWS})
    assert page.xpath("//nav[@aria-label='States']//a")[-1].text_content() == "WY Wyoming"


@pytest.mark.parametrize(("who", "where", "answer"), ANSWERS)
def test_somebody_finds_an_answer(page: Any, who: str, where: str, answer: list[str]) -> None:
    place = _follow(page, "who", who)
    told = _told(page, place)
    if where:
        assert "#where" in page.xpath(f"//h2[@id='{place}']/following-sibling::*//a/@href")
        told = _told(page, _follow(page, "where", where))
    assert [words for words in answer if words not in told] == []


def test_nothing_is_asked_of_a_server(page: Any) -> None:
    """No form, no field, and each choice is a place on the page itself; the way out is there, and the tab is dull."""
    body = page.xpath("//main")[0]
    assert not body.xpath(".//form | .//input | .//select | .//script | .//button")
    assert page.xpath("//nav[@aria-label='Way out']")
    assert page.xpath("//title")[0].text.startswith("Notes for today")
    known = set(page.xpath("//@id"))
    assert {link[1:] for link in body.xpath(".//a/@href") if link.startswith("#")} <= known


def test_no_row_says_that_public_staff_may_strike() -> None:
    """A strike is barred, or to be asked about; the page stays within what a tired reader reads."""
    for row in ROWS:
        if row["part"] in ("state", "federal"):
            told = " ".join(str(row.get(name, "")) for name in ("law", "gives", "hears", "limit"))
            assert not re.search(r"\b(may|can|are allowed to|right to) strike", told, re.IGNORECASE), row["id"]
    found = project().page_at("/help/which-law/")
    assert found
    assert voice_of(found.body).words <= 1000


def test_the_list_of_sources_is_current() -> None:
    before, mark, _ = LIST.read_text(encoding="utf-8").partition("<!-- rows -->\n")
    verdicts = ["ask" if not rests(row) else "was so; ask" if is_past(row, TODAY) else "right" for row in ROWS]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in ("right", "was so; ask", "ask"))
    head = f"\nOf {len(ROWS)} rows: {counts}. None links a copy.\n\n"
    head += "| row | what was read, and where | as of | good until | verdict |\n|---|---|---|---|---|\n"
    made = before + mark + head + "".join(map(_line, ROWS, verdicts))
    if os.environ.get("MUTUALAID_BLESS"):
        LIST.write_text(made, encoding="utf-8")
    assert LIST.read_text(encoding="utf-8") == made


def _line(row: LawRow, verdict: str) -> str:
    read = []
    for source in row.get("sources", ()):
        title = f"[{source['title']}]({source['url']})" if "url" in source else source["title"]
        copy = f", in a copy of {dates.in_words(source['copy'])}" if "copy" in source else ""
        read.append(f"{title} ({source['kind']}): {source['read']}{copy}")
    told = "; ".join(read) or "nothing good enough was found"
    return f"| `{row['id']}` {row['name']} | {told} | {row['as_of']} | {row['good_until']} | {verdict} |\n"
