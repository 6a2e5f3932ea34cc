"""Which sentences count as leaning on a source, and how they are drawn."""

from mutualaid.core.content.claims import Claim, claims_in, claims_of, drawn
from mutualaid.core.content.page import Page
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.kind import Kind
from world import SAMPLES

BODY = (SAMPLES / "claims.md").read_text(encoding="utf-8")


def test_only_sentences_with_a_source() -> None:
    """A footnote is resolved to its text; a link to a page of ours is no source; lines are the file's own."""
    page = Page("/guide/a/", "guide", {}, BODY, 11, Document("content/guide/a.md", {}))
    assert list(claims_of(page)) == [
        Claim("content/guide/a.md", 13, "The fund helped 188 people.", ("*Report*, Example Foundation, 2021.",)),
        Claim("content/guide/a.md", 13, "It closed in 2021.", ("entry:groups/fund",)),
        Claim("content/guide/a.md", 16, "An item with a link.", ("https://example.org/a",)),
    ]


def test_an_entry_leans_on_all_its_sources() -> None:
    told = {"title": "A fund", "about": "It paid $5.\nIt closed.\n\nNobody knows why.", "lesson": "Ask early."}
    sources = ({"title": "Report", "url": "https://example.org/a"}, {"title": "Minutes"})
    entry = Entry(Kind("groups", {}), "fund", {**told, "sources": sources})
    assert [(claim.file, claim.line, claim.sentence) for claim in claims_in(entry)] == [
        ("submissions/groups/fund.yaml", "about", "It paid $5."),
        ("submissions/groups/fund.yaml", "about", "It closed."),
        ("submissions/groups/fund.yaml", "about", "Nobody knows why."),
        ("submissions/groups/fund.yaml", "lesson", "Ask early."),
    ]
    assert {claim.sources for claim in claims_in(entry)} == {("Report https://example.org/a", "Minutes")}
    assert not [*claims_in(Entry(Kind("groups", {}), "fund", told))]


def test_a_seed_draws_the_same_again() -> None:
    claims = tuple(Claim("a.md", number, str(number), ()) for number in range(50))
    assert drawn(claims, 5, "abc") == drawn(claims, 5, "abc") != drawn(claims, 5, "abd")
    lines = [claim.line for claim in drawn(claims, 5, "abc")]
    assert lines == sorted(lines)
    assert len(drawn(claims[:3], 30, "abc")) == 3
