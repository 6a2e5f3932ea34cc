"""Documents to change in the writing program that one has: handouts, exercises with their notes, guide pages."""

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from importlib.metadata import version

from mutualaid.adapters.typst import make_png
from mutualaid.core.content.figure import Figure
from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Presented, present
from mutualaid.downloads.docx.document import make_docx
from mutualaid.downloads.download import TakeAway, key_of
from mutualaid.downloads.html import Reach, entry_html, facts_html, page_html
from mutualaid.downloads.material import Material
from mutualaid.downloads.pdf.drawing import svg_of
from mutualaid.downloads.pdf.sheets import NOTES, has_sheets
from mutualaid.text.markdown import prose_line

FORMAT = "DOCX"
PAGE_FOOT = "CC BY-NC-SA 4.0"
HANDOUT_USE = "To change before you print it, in Word, LibreOffice or Google Docs."
LEAD_USE = "The whole exercise with notes for whoever leads, to make your own."
PAGE_USE = "This page to cut, translate or make your own."
Drawings = Mapping[str, tuple[str, str]]


def planned_documents(material: Material) -> Iterator[TakeAway]:
    """Yield a handout and a sheet to lead from for each exercise, and each page of the guide."""
    bare, reach = Reach({}, ""), Reach({}, material.site_address)
    folder = str(material.theme / "print")
    for entry in material.entries.values():
        if has_sheets(entry):
            shown = present(entry, material.today)
            foot = _foot(shown)
            path = f"{entry.address.strip('/')}/{entry.slug}"
            sheet = _handout(entry, shown)
            yield _document(
                f"{path}-handout.docx", "Handout to change", HANDOUT_USE, entry, (entry.title, sheet, foot), folder
            )
            whole = entry_html(entry, material, bare)
            yield _document(
                f"{path}-to-lead.docx", "Exercise to change", LEAD_USE, entry, (entry.title, whole, foot), folder
            )
    for page in material.content.pages:
        if page.is_guide:
            drawings = {
                name: (svg_of(figure, material.theme), f"{figure.title}. {figure.description}")
                for name, figure in material.content.figures.items()
                if f"::: figure {name}\n" in page.body
            }
            body = page_html(page, material, reach)
            for name in drawings:
                mark = f'<x-exhibit name="{name}"></x-exhibit>'
                body = body.replace(mark, mark + _wall_label(material.content.figures[name]))
            path = f"{page.address.strip('/')}/{page.address.strip('/').rpartition('/')[2]}.docx"
            yield _document(
                path, "This page to change", PAGE_USE, page, (page.title, body, PAGE_FOOT), folder, drawings
            )


def _document(
    path: str,
    title: str,
    use: str,
    owner: Entry | Page,
    parts: tuple[str, str, str],
    folder: str,
    drawings: Drawings | None = None,
) -> TakeAway:
    key = key_of("docx 2", version("python-docx"), version("typst"), *parts, repr(sorted((drawings or {}).items())))
    return TakeAway(path, title, FORMAT, use, owner.address, key, partial(_made, parts, dict(drawings or {}), folder))


def _made(parts: tuple[str, str, str], drawings: Drawings, folder: str) -> bytes:
    title, html, foot = parts
    pictures = {name: (make_png(svg, folder), words) for name, (svg, words) in drawings.items()}
    return make_docx(title, html, foot, pictures)


def _handout(entry: Entry, shown: Presented) -> str:
    """Return the sheet that a participant writes on. It names neither the site nor an address."""
    facts = [fact for block in shown.blocks if block.shape == "privacy" for fact in block.facts]
    prompts = [(one.prompt, one.lines) for block in shown.blocks if block.shape == "handout" for one in block.prompts]
    rows = "".join(
        f'<h2>{prose_line(words)}</h2><div data-lines="{lines}"></div>' for words, lines in prompts or [NOTES]
    )
    return f"<h1>{escape(entry.title)}</h1>{facts_html(facts, Reach({}, ''))}{rows}"


def _foot(shown: Presented) -> str:
    facts = {fact.label: fact for fact in shown.imprint}
    credit = facts["Credit"]
    licence = facts["License of this text"].text
    return licence if credit.is_unset else f"{licence} · {credit.text}"


def _wall_label(figure: Figure) -> str:
    lines = (f"<strong>{escape(figure.title)}.</strong> {prose_line(figure.caption)}", str(prose_line(figure.credit)))
    return "".join(f'<p class="imprint">{line}</p>' for line in lines)
