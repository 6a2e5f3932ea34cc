"""Sheets as Typst: an exercise's handout and the sheet of whoever leads it, and the printable parts of pages.

A sheet may lie on a table at work: it names neither the site nor an address, in its words or its title. Its licence
and credit stand on a strip at its foot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Presented, present
from mutualaid.downloads.material import Material
from mutualaid.downloads.pdf.entry import EntryText
from mutualaid.text.markdown_to_typst import Prose, Reach, line_tokens
from mutualaid.text.typst import content, literal, text

NOTES = ("Notes", 14)
PAGE_LICENCE = "CC BY-NC-SA 4.0"
BARE = Reach(shows_pages=False)


@dataclass(frozen=True, slots=True)
class Print:
    """Normal or large print: the size of letters in points, and the least height of a line to write on, in mm."""

    is_large: bool
    size: int
    line: float


NORMAL, LARGE = Print(is_large=False, size=11, line=6.6), Print(is_large=True, size=18, line=9)
SMALLER_TO_LEAD = 10


def has_sheets(entry: Entry) -> bool:
    """Whether an entry is one to lead, with steps."""
    return "steps" in entry.fields and not entry.is_retracted


def handout(entry: Entry, material: Material, look: Print) -> str:
    """Return the sheet that a participant writes on."""
    strip = strip_of(present(entry, material.today))
    return _sheet(entry.title, strip, handout_body(entry, material, look), look, material.paper)


def handout_body(entry: Entry, material: Material, look: Print, level: int = 1) -> str:
    """Return what stands between the title and the foot of a handout; its prompts are headings of `level`."""
    presented = present(entry, material.today)
    made = [_care(presented, look)]
    prompts = [(prompt.prompt, prompt.lines) for block in presented.of_shape("handout") for prompt in block.prompts]
    for words, lines in prompts or [NOTES]:
        most = str(not look.is_large).lower()
        made.append(f"#prompt({content(_line(words))}, {lines}, {look.line}mm, {most}, level: {level})\n\n")
    return "".join(made)


def lead_sheet(entry: Entry, material: Material, look: Print) -> str:
    """Return what somebody needs who leads the exercise: everything but the prompts' lines."""
    leaves_out = frozenset({"imprint", "handout"})
    columns = 1 if look.is_large else 3
    writer = EntryText(BARE, material.today, level=1, leaves_out=leaves_out, columns=columns)
    presented = present(entry, material.today)
    prompts = [prompt.prompt for block in presented.of_shape("handout") for prompt in block.prompts]
    made = f"{_line(entry.summary)}\n\n{writer.parts(entry)}"
    if prompts:
        made += writer.heading("What the handout asks")
        made += f"#enum({', '.join(content(_line(words)) for words in prompts)})\n\n"
    own = look if look.is_large else replace(look, size=SMALLER_TO_LEAD)
    return _sheet(f"To lead: {entry.title}", strip_of(presented), made, own, material.paper, numbered=True)


def printables(tokens: Sequence[Token]) -> Iterator[tuple[str, str, Sequence[Token]]]:
    """Yield (id, title, tokens inside) of each printable part of a page."""
    for index, token in enumerate(tokens):
        if token.type == "container_printable_open":
            name, _, title = token.info.strip().removeprefix("printable").strip().partition(" ")
            end = next(at for at in range(index, len(tokens)) if tokens[at].type == "container_printable_close")
            yield name, title, tokens[index + 1 : end]


def printable_sheet(page: Page, title: str, tokens: Sequence[Token], look: Print, paper: str) -> str:
    """Return one printable part of a page on a sheet of its own."""
    words = Prose(BARE, page.address, top=1, is_large=look.is_large).blocks(tokens)
    return _sheet(title, text(f"Text: {PAGE_LICENCE}"), words, look, paper, roomy=True)


def _sheet(
    title: str, strip: str, body: str, look: Print, paper: str, *, numbered: bool = False, roomy: bool = False
) -> str:
    named = f"paper: {literal(paper)}, numbered: {str(numbered).lower()}, roomy: {str(roomy).lower()}"
    flags = f"{look.size}pt, {str(look.is_large).lower()}, {content(strip)}, {named}"
    return f'#import "sheet.typ": *\n#show: body => sheet({literal(title)}, {flags}, body)\n\n{body}'


def _care(presented: Presented, look: Print) -> str:
    facts = [(fact.label, fact.text) for block in presented.of_shape("privacy") for fact in block.facts]
    if not facts:
        return ""
    pairs = ", ".join(f"({literal(name)}, {content(_line(words))})" for name, words in facts)
    return f"#care({str(look.is_large).lower()}, {pairs})\n\n"


def strip_of(presented: Presented) -> str:
    """Return licence and credit, for the foot."""
    words = f"Text: {presented.licence}"
    return text(f"{words} · {presented.credit}" if presented.credit else words)


def _line(words: str) -> str:
    return Prose(BARE).inline(line_tokens(words))
