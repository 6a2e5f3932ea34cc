"""Documents to change in the writing program that one has: handouts, and exercises with their notes."""

from collections.abc import Iterator
from functools import partial
from html import escape
from importlib.metadata import version

from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Presented, present
from mutualaid.downloads.docx.document import make_docx
from mutualaid.downloads.download import TakeAway, key_of
from mutualaid.downloads.html import Reach, entry_html, facts_html
from mutualaid.downloads.material import Material
from mutualaid.downloads.pdf.sheets import NOTES, has_sheets
from mutualaid.text.markdown import prose_line

FORMAT = "DOCX"
HANDOUT_USE = "To change before you print it, in Word, LibreOffice or Google Docs."
LEAD_USE = "The whole exercise with notes for whoever leads, to make your own."


def planned_documents(material: Material) -> Iterator[TakeAway]:
    """Yield a handout and a sheet to lead from for each exercise."""
    bare = Reach({}, "")
    for entry in material.entries.values():
        if has_sheets(entry):
            shown = present(entry, material.today)
            foot = _foot(shown)
            path = f"{entry.address.strip('/')}/{entry.slug}"
            sheet = _handout(entry, shown)
            parts = (entry.title, sheet, foot)
            yield _document(f"{path}-handout.docx", "Handout to change", HANDOUT_USE, entry, parts)
            whole = entry_html(entry, material, bare)
            parts = (entry.title, whole, foot)
            yield _document(f"{path}-to-lead.docx", "Exercise to change", LEAD_USE, entry, parts)


def _document(path: str, title: str, use: str, entry: Entry, parts: tuple[str, str, str]) -> TakeAway:
    key = key_of("docx 3", version("python-docx"), *parts)
    return TakeAway(path, title, FORMAT, use, entry.address, key, partial(make_docx, *parts))


def _handout(entry: Entry, shown: Presented) -> str:
    """Return the sheet that a participant writes on. It names neither the site nor an address."""
    facts = [fact for block in shown.blocks if block.shape == "privacy" for fact in block.facts]
    prompts = [(one.prompt, one.lines) for block in shown.blocks if block.shape == "handout" for one in block.prompts]
    rows = "".join(
        f'<h2>{prose_line(words)}</h2><div data-lines="{lines}"></div>' for words, lines in prompts or [NOTES]
    )
    return f"<h1>{escape(entry.title)}</h1>{facts_html(facts, Reach({}, ''))}{rows}"


def _foot(shown: Presented) -> str:
    return f"{shown.licence} · {shown.credit}" if shown.credit else shown.licence
