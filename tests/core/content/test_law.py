"""Rows of law: on what they rest, when they are old, and what the table says of what isn't known."""

import datetime as dt
from typing import Any

import pytest

from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.content.page import is_past, rests
from mutualaid.core.entries.document import Document
from mutualaid.text.tables import law_html
from world import document_of

TODAY = dt.date(2026, 11, 30)
SAID = {"law": "Taylor Law", "gives": "Staff can't be shut out.", "hears": "PERB", "limit": "4 months"}


def _row(*kinds: str, **changes: Any) -> dict[str, Any]:
    sources = [{"title": f"Page {kind}", "kind": kind, "read": "the page"} for kind in kinds]
    row = {"id": "ny", "part": "state", "name": "New York", "as_of": "2025-12", "good_until": "2027-07", **SAID}
    return {**row, **({"sources": sources} if sources else {}), **changes}


def _law(*rows: dict[str, Any]) -> Document:
    return document_of(write_yaml({"rows": list(rows)}), "content/law.yaml")


@pytest.mark.parametrize("kinds", ["", "independent", "independent independent", "official", "own"])
def test_what_a_row_rests_on(kinds: str) -> None:
    """Without an official source, the body's own or two others, every cell says that we don't know and to ask."""
    row, enough = _row(*kinds.split()), kinds not in ("", "independent")
    assert rests(row) is enough
    html = law_html(_law(row), "state", TODAY)
    assert [told in html for told in ("Taylor Law", "4 months", "PERB")] == [enough] * 3
    assert html.count("We don’t know; ask") == (0 if enough else 3)
    assert "To strike: ask first." in html


NOT_YET, PAST = (("2025-12", "2026-11"), ("2023-11", "2027-07")), (("2023-10", "2027-07"), ("2025-12", "2026-10"))


@pytest.mark.parametrize(("as_of", "good_until"), [*NOT_YET, *PAST])
def test_what_was_so(as_of: str, good_until: str) -> None:
    """A row older than three years, or past its month, says in which year it was so, and to ask."""
    row = _row("official", as_of=as_of, good_until=good_until)
    past = (as_of, good_until) in PAST
    assert is_past(row, TODAY) is past
    html = law_html(_law(row), "state", TODAY)
    assert (f"Was so in {as_of[:4]}; ask." in html) is past


def test_what_is_left_out() -> None:
    """A cell without words says so; a barred strike ends in asking too; a copy has its month, and no link."""
    row = _row("official", strikes="barred")
    del row["limit"]
    html = law_html(_law(row), "state", TODAY)
    assert "We don’t know; ask this week." in html
    assert "To strike: it’s barred, or the law gives no right to it. Ask first." in html
    assert "Staff can’t be shut out." in html
    assert law_html(_law(row), "federal", TODAY) == ""
    linked = {"title": "PERB", "kind": "official", "read": "it", "url": "https://perb.ny.gov/"}
    copied = {"title": "A rule", "kind": "official", "read": "it", "copy": "2024-08"}
    said = 'As of December 2025. <a href="https://perb.ny.gov/">PERB</a>; A rule, read in a copy of August 2024.'
    assert said in law_html(_law(_row(sources=[linked, copied])), "state", TODAY)
    marked = _row(name="<b>", sources=[{**linked, "title": "<b>", "url": "https://perb.ny.gov/?a&b"}])
    html = law_html(_law(marked), "state", TODAY)
    assert html.count("&lt;b&gt;") == 2 and "?a&amp;b" in html
