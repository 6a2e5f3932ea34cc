"""The file format of Word and LibreOffice: our own HTML in, a document with real headings, lists and tables out.

The same bytes each time: no file in the archive tells when it was made, and no property who made it.
"""

import datetime as dt
import io
import zipfile
from html.parser import HTMLParser
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from mutualaid.downloads.archive import packed
from mutualaid.text.xhtml import NOWHERE

FONT = "Arial"
NO_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LANGUAGE = "en-US"
HEADINGS = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "h4": "Heading 4"}
SIZES = {"Heading 1": 22, "Heading 2": 16, "Heading 3": 13, "Heading 4": 12}
LISTS = {"ul": "List Bullet", "ol": "List Number"}
DEEPEST = 3
STYLES = {
    "promise": "Promise",
    "kind": "Kind",
    "more-title": "Heading 3",
    "imprint": "Imprint",
    "dt": "Term",
    "lead-title": "Term",
}
LINE = "Writing line"
MORE_OF_ITEM = "List Continue"


def make_docx(title: str, html: str, foot: str) -> bytes:
    """Return a document; `foot` is its footer."""
    document = Document()
    _set_up(document, title, foot)
    writer = _Writer(document)
    writer.feed(html)
    writer.close()
    whole = io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as archive:
        names = [name for name in archive.namelist() if not name.startswith("docProps/thumbnail")]
        files = [(name, archive.read(name)) for name in names]
    return packed((name, _without_thumbnail(name, contents)) for name, contents in files)


def _without_thumbnail(name: str, contents: bytes) -> bytes:
    if name != "_rels/.rels":
        return contents
    kept = (part for part in contents.split(b"<Relationship ") if b"thumbnail" not in part or b"<?xml" in part)
    joined = b"<Relationship ".join(kept)
    return joined if joined.endswith(b"</Relationships>") else joined + b"</Relationships>"


def _set_up(document: Any, title: str, foot: str) -> None:
    about = document.core_properties
    about.title, about.language, about.author, about.comments = title, LANGUAGE, "", ""
    about.last_modified_by, about.created, about.modified, about.revision = "", NO_TIME, NO_TIME, 1
    styles = document.styles
    _set_font(styles["Normal"], 12)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.25
    for name, size in SIZES.items():
        _set_font(styles[name], size)
        styles[name].font.color.rgb = RGBColor(0, 0, 0)
        styles[name].paragraph_format.space_before = Pt(size)
        styles[name].paragraph_format.space_after = Pt(4)
    for name, size, is_bold in (
        ("Promise", 14, False),
        ("Kind", 11, False),
        ("Imprint", 10, False),
        ("Term", 12, True),
    ):
        own = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = styles["Normal"]
        own.font.size, own.font.bold = Pt(size), is_bold
        own.paragraph_format.keep_with_next = name in ("Kind", "Term")
    _add_line_style(styles)
    for section in document.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
        section.footer.paragraphs[0].text = foot
    for defaults in document.styles.element.iter(qn("w:lang")):
        defaults.set(qn("w:val"), LANGUAGE)


def _set_font(style: Any, size: int) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _add_line_style(styles: Any) -> None:
    """Add the style of a line to write on: room above, a rule below, also between two of them."""
    line = styles.add_style(LINE, WD_STYLE_TYPE.PARAGRAPH)
    line.base_style = styles["Normal"]
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(12), Pt(0)
    borders = OxmlElement("w:pBdr")
    for side in ("bottom", "between"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "auto")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties = line.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


class _Writer(HTMLParser):
    """Writes what it reads to the end of a document. Words outside a paragraph begin one."""

    def __init__(self, document: Any) -> None:
        super().__init__(convert_charrefs=True)
        self.document = document
        self.paragraph: Any = None
        self.style = "Normal"
        self.lists: list[tuple[str, int]] = []
        self.marks: list[str] = []
        self.target: str | None = None
        self.rows: list[list[Any]] = []
        self.cell: Any = None
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a list, a table, a link or a mark."""
        given = {name: value or "" for name, value in attrs}
        if self.silent or (
            tag == "a" and (given.get("class") == "anchor" or given.get("href", "").startswith("#mark"))
        ):
            self.silent += tag not in ("br", "hr")
        elif tag in HEADINGS or tag in ("p", "dt", "dd", "figcaption", "summary", "div", "section"):
            self._begin(
                HEADINGS.get(tag) or STYLES.get(given.get("class", tag), "Heading 3" if tag == "summary" else "")
            )
            for _ in range(int(given.get("data-lines", "0"))):
                self.document.add_paragraph(style=LINE)
        elif tag in LISTS:
            self.lists.append((tag, self._numbering() if tag == "ol" else 0))
        elif tag == "li":
            self._begin_item()
        elif tag in ("strong", "b", "em", "i", "sup", "cite", "code"):
            self.marks.append(tag)
        else:
            self._begin_other(tag, given)

    def _begin_other(self, tag: str, given: dict[str, str]) -> None:
        if tag == "a":
            self.target = given.get("href")
        elif tag == "br" and self.paragraph is not None:
            self.paragraph.add_run().add_break()
        elif tag in ("table", "tr", "th", "td"):
            self._table(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if self.silent:
            self.silent -= 1
        elif tag in LISTS:
            self.lists.pop()
            self.paragraph = None
        elif tag in ("strong", "b", "em", "i", "sup", "cite", "code") and self.marks:
            self.marks.pop()
        elif tag == "a":
            self.target = None
        elif tag in ("th", "td"):
            self.cell = self.paragraph = None
        elif tag == "table":
            self._end_table()
        elif tag in HEADINGS or tag in ("p", "li", "dt", "dd", "figcaption", "summary", "div", "section"):
            self.paragraph = None

    def handle_data(self, data: str) -> None:
        """Write words, with the marks and the link that they stand in."""
        words = " ".join(data.split("\n"))
        is_begun = self.paragraph is not None and not isinstance(self.paragraph, _Later)
        if self.silent or (not is_begun and not words.strip()):
            return
        if self.paragraph is None:
            self._begin("")
        self._run(words)

    def _begin(self, style: str) -> None:
        if self.cell is not None:
            self.paragraph = self.cell
            return
        if self.lists and not style:
            if self.paragraph is None:
                level = min(len(self.lists), DEEPEST)
                self.paragraph = _Later(self.document, MORE_OF_ITEM + (f" {level}" if level > 1 else ""))
            return
        self.paragraph = _Later(self.document, style or "Normal")

    def _begin_item(self) -> None:
        tag, number = self.lists[-1]
        level = min(len(self.lists), DEEPEST)
        style = LISTS[tag] + (f" {level}" if level > 1 else "")
        paragraph = self.document.add_paragraph(style=style)
        if number and level == 1:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number
        self.paragraph = paragraph

    def _numbering(self) -> int:
        """Return a numbering of its own, so that each list begins at 1."""
        numbering = self.document.part.numbering_part.element
        style = self.document.styles[LISTS["ol"]]
        used = style.element.pPr.numPr.numId.val
        abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == used)
        own = numbering.add_num(abstract)
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(own.numId)

    def _run(self, words: str) -> None:
        paragraph = self.paragraph.made() if isinstance(self.paragraph, _Later) else self.paragraph
        self.paragraph = paragraph
        run = paragraph.add_run(words)
        run.bold = True if {"strong", "b"} & set(self.marks) else None
        run.italic = True if {"em", "i", "cite"} & set(self.marks) else None
        run.font.superscript = True if "sup" in self.marks else None
        if self.target and not self.target.startswith((NOWHERE, "#")):
            _link(paragraph, run, self.target)

    def _table(self, tag: str) -> None:
        if tag == "table":
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        else:
            held = self.document.add_paragraph()
            self.rows[-1].append(held)
            self.cell = self.paragraph = held
            self.marks = ["strong"] if tag == "th" else []

    def _end_table(self) -> None:
        """Move the paragraphs of the cells into a table; its first row is repeated on each page."""
        self.marks = []
        table = self.document.add_table(len(self.rows), max(len(row) for row in self.rows), style="Table Grid")
        for row, held in zip(table.rows, self.rows, strict=True):
            for cell, paragraph in zip(row.cells, held, strict=False):
                cell._tc.replace(cell.paragraphs[0]._p, paragraph._p)  # noqa: SLF001
        head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
        head.append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph()
        self.paragraph = None


class _Later:
    """A paragraph that is made when the first word comes, so that none stays empty."""

    def __init__(self, document: Any, style: str) -> None:
        self.document, self.style = document, style

    def made(self) -> Any:
        return self.document.add_paragraph(style=self.style)

    def add_run(self) -> Any:
        return self.made().add_run()


def _link(paragraph: Any, run: Any, target: str) -> None:
    relation = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run.font.underline = True
    paragraph._p.append(link)  # noqa: SLF001
    link.append(run._r)  # noqa: SLF001
