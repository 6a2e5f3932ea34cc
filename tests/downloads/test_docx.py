"""Documents to change: real headings and lists, their language, and nobody's name."""

import io
import zipfile
from typing import Any

import pytest
from docx import Document

from mutualaid.downloads.docx import LINE, TEMPLATE, make_docx
from site_under_test import BuiltSite
from world import PROJECT, SAMPLES, rows_of

STYLES = PROJECT / "theme" / "books" / TEMPLATE
HTML = (SAMPLES / "every-part.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> bytes:
    return make_docx(STYLES, "A title", HTML, "CC0 1.0")


def test_its_parts_are_real(made: bytes) -> None:
    document: Any = Document(io.BytesIO(made))
    told = [[one.style.name, one.text] for one in document.paragraphs if one.text]
    assert told == rows_of("every-part", "docx")
    assert sum(one.style.name == LINE for one in document.paragraphs) == 3
    assert [run.text for one in document.paragraphs for run in one.runs if run.bold] == ["gives", "Keep."]
    assert [run.text for one in document.paragraphs for run in one.runs if run.italic] == ["more", "of"]
    numbers = [one._p.pPr.numPr.numId.val for one in document.paragraphs if one.style.name == "List Number"]
    assert numbers[0] == numbers[1] and len(set(numbers)) == 3, "each numbered list begins at one"


def test_a_form_to_fill_in_is_a_table() -> None:
    room = '<div data-draw="boxes" data-lines="8"><table><tr><td>One</td><td>Two</td></tr></table></div>'
    document: Any = Document(io.BytesIO(make_docx(STYLES, "A title", f"<section><h2>Sort</h2>{room}</section>", "")))
    (table,) = document.tables
    assert [cell.text for row in table.rows for cell in row.cells] == ["One", "Two"]
    assert table.rows[0].height.cm == pytest.approx(6.4, abs=0.01)
    assert not [one for one in document.paragraphs if one.style.name == LINE]


def test_what_it_tells_of_itself(made: bytes) -> None:
    document: Any = Document(io.BytesIO(made))
    about = document.core_properties
    assert (about.title, about.language, about.author, about.comments) == ("A title", "en-US", "", "")
    assert document.sections[0].footer.paragraphs[0].text == "CC0 1.0"
    links = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert links == ["https://www.example.org/"]
    assert make_docx(STYLES, "A title", HTML, "CC0 1.0") == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not any("thumbnail" in name or b"thumbnail" in archive.read(name) for name in archive.namelist())


def test_every_document_of_the_site_opens(built_site: BuiltSite) -> None:
    files = sorted(built_site.folder.rglob("*.docx"))
    assert {file.stem.removeprefix(f"{file.parent.name}-") for file in files} == {"handout", "to-lead"}
    for file in files:
        document: Any = Document(str(file))
        first = next(one for one in document.paragraphs if one.style.name == "Heading 1")
        assert first.text == document.core_properties.title
        assert document.core_properties.language == "en-US"
        if "-handout" in file.name:
            text = " ".join(one.text for one in document.paragraphs) + document.sections[0].footer.paragraphs[0].text
            assert "Mutual Aid at Work" not in text and "http" not in text
            assert any(one.style.name == LINE for one in document.paragraphs)
