"""Citations; what is written is read back by the parsers that reference managers use."""

import json
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from forms_under_test import compare_text
from mutualaid.core.entries.citation import Edition, Item, as_bibtex, as_csl, as_text, tags_of, work
from mutualaid.core.entries.entry import Entry
from world import PROJECT, entry, real_kinds

SITE = "Mutual Aid at Work"
EDITION = Edition(SITE, "", "https://example.org")
TITLE, ADDRESS = "Start small: one offer, one ask", "/guide/start-small/"
HARD = "50% & “more”: {a_b} \\ $5 #1 ~ é, is it?"
PAGE = EDITION.page(TITLE, ADDRESS, "2026-11")
NOWHERE = Edition(SITE, "", "").page(TITLE, ADDRESS, "2026-11")
UNDATED = EDITION.page(TITLE, ADDRESS, "")
WHOLE = EDITION.page(SITE, "", "2026-11")
HARDEST = EDITION.page(HARD, ADDRESS, "2026-11-05", "A night-shift page & friends", HARD)
PAGES = (PAGE, HARDEST, NOWHERE, UNDATED, WHOLE)


def render_csl(text: str) -> str:
    items: list[dict[str, Any]] = json.loads(text)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Cited([CitationItem(item["id"]) for item in items]))
    (line,) = bibliography.bibliography()
    return str(line)


@pytest.mark.parametrize("item", PAGES)
def test_it_is_read_back(item: Item) -> None:
    assert json.loads(as_csl([item])) == [item]
    assert item["author"][0]["literal"] in render_csl(as_csl([item]))
    library = parse_string(as_bibtex([item]), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (record,) = library.entries
    fields = {name: str(field.value).strip("{}") for name, field in record.fields_dict.items()}
    assert (record.key, record.entry_type) == (item["id"], "misc")
    assert fields["author"] == item["author"][0]["literal"]
    assert fields["title"] == item["title"].strip("{}")
    assert fields.get("url") == item.get("URL")
    assert fields.get("howpublished") == item.get("container-title")
    assert ("year" in fields) == ("issued" in item)
    assert fields["note"] == item["note"]


def test_text() -> None:
    items = (*PAGES, Edition(SITE, "A group", "").page(SITE, "", "2026-11"))
    compare_text("\n".join(map(as_text, items)) + "\n", PROJECT / "tests" / "expected" / "citations.txt")


def test_an_entry_and_the_work_that_it_describes() -> None:
    """The one is a page of ours, by the credit as chosen; the other is its makers', without our words as its own."""
    credit = {"choice": "pseudonym", "name": "A night-shift page"}
    ours = EDITION.entry(entry(credit=credit))
    assert ours["author"] == [{"literal": "A night-shift page"}] and ours["URL"].startswith("https://example.org/")
    book = {"slug": "a-book", "title": "A book", "summary": "What it is.", "medium": "book", "publisher": "P"}
    makers = {"creators": ({"name": "Works", "given": "Dee El"}, {"name": "A, B & C"})}
    theirs = work(Entry(real_kinds()["resources"], "a-book", {**book, **makers, "published": "2024", "isbn": "9780"}))
    assert theirs["type"] == "book"
    assert theirs["author"] == [{"family": "Works", "given": "Dee El"}, {"literal": "A, B & C"}]
    assert "note" not in theirs
    tags = tags_of(theirs, "book")
    assert [said for name, said in tags if name == "citation_author"] == ["Works, Dee\xa0El", "A B & C,"]
    assert [said for name, said in tags if name == "dcterms.creator"] == ["Works, Dee El", "A, B & C"]
    assert {("citation_publication_date", "2024"), ("citation_isbn", "9780"), ("dcterms.type", "book")} <= {*tags}
    assert theirs["issued"] == {"date-parts": [[2024]]}
    assert as_bibtex([theirs]).startswith(
        "@book{a-book,\n  author = {Works, Dee El and {A, B \\& C}},\n  title = {{A book}},\n  publisher"
    )
    assert "  isbn = {9780},\n" in as_bibtex([theirs])
