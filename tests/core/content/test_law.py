"""Rows of law: on what they rest, when they are old, and what the table says of what isn't known."""

import datetime as dt
from typing import Any

import pytest

from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.content.law import is_past, overdue, rests
from mutualaid.core.entries.document import Document
from mutualaid.text.law import law_html
from world import document_of

TODAY = dt.date(2026, 11, 30)
SAID = {"law": "Taylor Law", "gives": "Staff can't be shut out.", "hears": "PERB", "limit": "4 months"}


def _row(*kinds: str, **changes: Any) -> dict[str, Any]:
    sources = [{"title": f"Page {kind}", "kind": kind, "read": "the page"} for kind in kinds]
    row = {"id": "ny", "part": "state", "name": "New York", "as_of": "2025-12", "good_until": "2027-07", **SAID}
    return {**row, **({"sources": sources} if sources else {}), **changes}


def _law(*rows: dict[str, Any]) -> Document:
    return document_of(write_yaml({"rows": list(rows)}), "content/law.yaml")


@pytest.mark.parametrize(
    ("kinds", "enough"),
    [
        ((), False),
        (("independent",), False),
        (("independent", "independent"), True),
        (("official",), True),
        (("own",), True),
    ],
)
def test_what_a_row_rests_on(kinds: tuple[str, ...], *, enough: bool) -> None:
    """Without an official source, the body's own or two others, every cell says that we don't know and to ask."""
    row = _row(*kinds)
    assert rests(row) is enough
    html = law_html(_law(row), "state", TODAY)
    for told in ("Taylor Law", "4 months", "PERB"):
        assert (told in html) is enough
    assert html.count("We don’t know; ask") == (0 if enough else 3)
    assert "To strike: ask first." in html


@pytest.mark.parametrize(
    ("as_of", "good_until", "past"),
    [
        ("2025-12", "2027-07", False),
        ("2023-11", "2027-07", False),
        ("2023-10", "2027-07", True),
        ("2025-12", "2026-10", True),
    ],
)
def test_what_was_so(as_of: str, good_until: str, *, past: bool) -> None:
    """A row older than three years, or past its month, says in which year it was so, and to ask."""
    row = _row("official", as_of=as_of, good_until=good_until)
    assert is_past(row, TODAY) is past
    html = law_html(_law(row), "state", TODAY)
    assert (f"Was so in {as_of[:4]}; ask." in html) is past


def test_what_is_left_out() -> None:
    """A cell that has nothing says so; a strike that the law bars ends in asking as well; signs are set."""
    row = _row("official", strikes="barred")
    del row["limit"]
    html = law_html(_law(row), "state", TODAY)
    assert "We don’t know; ask this week." in html
    assert "To strike: it’s barred, or the law gives no right to it. Ask first." in html
    assert "Staff can’t be shut out." in html
    assert law_html(_law(row), "federal", TODAY) == ""


def test_links() -> None:
    """A copy is named with its month and, without an official address, not linked; signs of HTML are escaped."""
    linked = {"title": "PERB <b>", "kind": "official", "read": "it", "url": "https://perb.ny.gov/?a&b"}
    copied = {"title": "A rule", "kind": "official", "read": "it", "copy": "2024-08"}
    html = law_html(_law(_row(name="<b>", sources=[linked, copied])), "state", TODAY)
    link = '<a href="https://perb.ny.gov/?a&amp;b">PERB &lt;b&gt;</a>'
    assert f"As of December 2025. {link}; A rule, read in a copy of August 2024." in html
    assert "<strong>&lt;b&gt;</strong>" in html


def test_overdue() -> None:
    """What should have been looked at is a warning at its line, and stops nothing."""
    law = _law(_row("official"), _row("official", id="nj", name="New Jersey", good_until="2026-10"))
    (found,) = overdue(law, TODAY)
    assert (found.code, found.weight, found.place.file) == ("law.overdue", "warning", "content/law.yaml")
    assert found.message.startswith("New Jersey was good until October 2026. Read its sources again")
    assert not list(overdue(law, dt.date(2026, 10, 31)))
