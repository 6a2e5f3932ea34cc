"""A sheet as a document of Word and LibreOffice: our own HTML in, real headings and lists out.

The same bytes each time: no file in the archive tells when it was made, and no property who made it.
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from mutualaid.core.entries.addresses import as_ascii
from mutualaid.downloads.archive import packed
from mutualaid.text.html_tree import BLOCKS, Element, parse

TEMPLATE = "sheet.docx"
"""In theme/books/: styles, margins and language of documents. Open it in Word or LibreOffice to change one."""
LISTS = {"ul": "List Bullet", "ol": "List Number"}
DEEPEST = 3
STYLES = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "promise": "Promise", "dt": "Term", "dd": "Normal"}
LINE = "Writing line"


def make_docx(template: Path, title: str, html: str, foot: str) -> bytes:
    document: Any = Document(str(template))
    document.core_properties.title, document.sections[0].footer.paragraphs[0].text = title, foot
    _Writer(document).blocks(parse(html), repeat("Normal"))
    whole = io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as archive:
        return packed((name, archive.read(name)) for name in archive.namelist())


class _Writer:
    """Writes elements to the end of a document. Words outside a block begin a paragraph."""

    def __init__(self, document: Any) -> None:
        self.document = document
        # Looking a style up by its name in the document takes longer than all else.
        self.styles = {style.name: style.style_id for style in document.styles if style.name != "Normal"}

    def paragraph(self, style: str) -> Any:
        made = self.document.add_paragraph()
        made._p.style = self.styles.get(style)  # noqa: SLF001
        return made

    def blocks(self, element: Element, styles: Iterator[str], depth: int = 1) -> None:
        """Write what is in an element, each paragraph in the next one of `styles`; `depth` is that of a list in it."""
        paragraph: Any = None
        for child in element.children:
            if isinstance(child, Element) and child.tag in BLOCKS:
                paragraph = None
                self._block(child, styles, depth)
            else:
                paragraph = paragraph or self.paragraph(next(styles))
                _write(paragraph, child)

    def _block(self, element: Element, styles: Iterator[str], depth: int) -> None:
        if element.tag in LISTS:
            self._list(element, depth)
        elif "data-lines" in element.attributes:
            tables, lines = [*element.every("table")], int(element.attributes["data-lines"])
            if tables:
                self._table([row.elements for row in tables[0].every("tr")], lines)
            for _ in range(0 if tables else lines):
                self.paragraph(LINE)
        else:
            own = STYLES.get(element.name) or STYLES.get(element.tag)
            self.blocks(element, repeat(own) if own else styles, depth)

    def _table(self, rows: list[list[Element]], lines: int) -> None:
        table = self.document.add_table(len(rows), len(rows[0]), "Table Grid")
        for made, row in zip(table.rows, rows, strict=True):
            made.height = Cm(0.8 * lines / len(rows))
            for cell, own in zip(made.cells, row, strict=True):
                cell.text = own.words

    def _list(self, element: Element, depth: int) -> None:
        ending = f" {depth}" if depth > 1 else ""
        number = self._numbering() if element.tag == "ol" and depth == 1 else 0
        for item in element.elements:
            place = len(self.document.element.body)
            self.blocks(
                item, chain([LISTS[element.tag] + ending], repeat(f"List Continue{ending}")), min(depth + 1, DEEPEST)
            )
            if number:
                properties = self.document.element.body[place - 1].get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number

    def _numbering(self) -> int:
        """Return a numbering of its own, so that each list begins at 1."""
        numbering = self.document.part.numbering_part.element
        style = self.document.styles[LISTS["ol"]]
        used = style.element.pPr.numPr.numId.val
        abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == used)
        own = numbering.add_num(abstract)
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(own.numId)


def _write(paragraph: Any, child: Element | str, marks: frozenset[str] = frozenset(), target: str = "") -> None:
    if isinstance(child, Element):
        if child.tag == "br":
            paragraph.add_run().add_break()
        for inner in child.children:
            _write(paragraph, inner, marks | {child.tag}, child.attributes.get("href", target))
        return
    run = paragraph.add_run(child.replace("\n", " "))
    run.bold = True if marks & {"strong", "b"} else None
    run.italic = True if marks & {"em", "cite"} else None
    if target and not target.startswith(("/", "#")):
        _link(paragraph, run, target)


def _link(paragraph: Any, run: Any, target: str) -> None:
    relation = paragraph.part.relate_to(as_ascii(target), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run.font.underline = True
    paragraph._p.append(link)  # noqa: SLF001
    link.append(run._r)  # noqa: SLF001
