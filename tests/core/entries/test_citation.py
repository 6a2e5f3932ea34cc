"""Citations in four forms; what is written is read back by the parsers that reference managers use."""

import json
from dataclasses import replace
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from mutualaid.core.entries.citation import Citation, as_bibtex, as_csl, as_ris, as_text

PAGE = Citation(
    title="Start small: one offer, one ask",
    author="Mutual Aid at Work contributors",
    container="Mutual Aid at Work",
    address="/guide/start-small/",
    url="https://example.org/guide/start-small/",
    licence="CC BY-NC-SA 4.0",
    issued="2026-11",
)
HARD = replace(PAGE, title="50% & “more”: {a_b} \\ $5 #1 ~ é, is it?", author="A night-shift page & friends")
WITHOUT_ADDRESS = replace(PAGE, url="")
WITHOUT_DATE = replace(PAGE, issued="")
EXACT = replace(PAGE, issued="2026-11-05")
WHOLE = replace(PAGE, title="Mutual Aid at Work", container="", address="/", url="https://example.org/")
EVERY = pytest.mark.parametrize("cited", [PAGE, HARD, WITHOUT_ADDRESS, WITHOUT_DATE, EXACT, WHOLE])


def read_bibtex(text: str) -> dict[str, str]:
    """Return the fields of the only record in `text`, its LaTeX decoded."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (record,) = library.entries
    return {
        "key": record.key,
        "type": record.entry_type,
        **{name: str(f.value) for name, f in record.fields_dict.items()},
    }


def render_csl(text: str) -> str:
    """Return what a citation processor makes of `text`; it warns of fields that are not CSL's, and warnings fail."""
    items: list[dict[str, Any]] = json.loads(text)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Cited([CitationItem(item["id"]) for item in items]))
    (line,) = bibliography.bibliography()
    return str(line)


@EVERY
def test_bibtex(cited: Citation) -> None:
    """Title, author, date, address and licence come back as they were."""
    fields = read_bibtex(as_bibtex(cited))
    assert (fields["key"], fields["type"]) == (cited.key, "misc")
    assert (fields["title"], fields["author"]) == (cited.title, cited.author)
    assert fields.get("url", "") == cited.url
    assert fields.get("howpublished", "") == cited.container
    assert fields.get("year", "") == cited.issued[:4]
    assert cited.licence in fields["note"]
    assert cited.url or cited.address in fields["note"]


@EVERY
def test_ris(cited: Citation) -> None:
    """Title, author, date, address and licence come back as they were."""
    (record,) = rispy.loads(as_ris(cited))
    assert (record["type_of_reference"], record["id"]) == ("ELEC", cited.key)
    assert (record["title"], record["authors"]) == (cited.title, [cited.author])
    assert record.get("urls", []) == ([cited.url] if cited.url else [])
    assert record.get("year", "") == cited.issued[:4]
    assert cited.licence in record["notes"][0]


@EVERY
def test_csl(cited: Citation) -> None:
    """A citation processor knows every field, and takes no name apart."""
    text = as_csl(cited)
    (item,) = json.loads(text)
    assert item["author"] == [{"literal": cited.author}]
    assert (item["title"], item.get("URL", "")) == (cited.title, cited.url)
    assert item.get("issued", {}).get("date-parts", [[]])[0] == [int(part) for part in cited.issued.split("-") if part]
    assert cited.licence in item["note"]
    assert cited.author in render_csl(text)


def test_text() -> None:
    """The sentence reads well with and without date, address and container."""
    assert as_text(PAGE) == (
        "Mutual Aid at Work contributors. “Start small: one offer, one ask.” Mutual Aid at Work, November 2026. "
        "https://example.org/guide/start-small/ License: CC BY-NC-SA 4.0."
    )
    assert "is it?” Mutual Aid at Work, November 2026. " in as_text(HARD)
    assert as_text(WITHOUT_DATE).count("no date") == 1
    assert " /guide/start-small/ License" in as_text(WITHOUT_ADDRESS)
    assert as_text(replace(WHOLE, url="")).endswith("November 2026. License: CC BY-NC-SA 4.0.")
    assert as_text(WHOLE).startswith("Mutual Aid at Work contributors. Mutual Aid at Work, November 2026. https://")
