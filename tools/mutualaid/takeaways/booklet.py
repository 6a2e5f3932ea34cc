"""A workshop as one booklet: the agenda, then for each exercise what to lead it from and a handout to copy."""

from mutualaid.core.presentation import present
from mutualaid.core.workshop import Workshop, clock
from mutualaid.takeaways.material import Material
from mutualaid.takeaways.sheets import BARE, NORMAL, SMALLER_TO_LEAD, handout_body, strip_of
from mutualaid.takeaways.typst_entry import EntryText
from mutualaid.takeaways.typst_prose import Prose, line_tokens
from mutualaid.takeaways.typst_text import content, literal, text


def booklet(workshop: Workshop, material: Material) -> str:
    """Return the booklet as Typst source. Like every sheet, it names neither the site nor an address."""
    title = f"A session of {workshop.minutes} minutes"
    flags = f"{SMALLER_TO_LEAD}pt, false, none, numbered: true"
    parts = [_agenda(workshop)]
    writer = EntryText(BARE, material.today, level=2, leaves_out=frozenset({"imprint", "handout"}))
    for entry in workshop.exercises:
        summary = Prose(BARE).inline(line_tokens(entry.summary))
        parts.append(f"#exercise({literal(entry.title)})\n\n{summary}\n\n{writer.parts(entry)}")
        parts.append(f"#copy({literal(entry.title)})\n\n{handout_body(entry, material, NORMAL, level=2)}")
        parts.append(f"#strip-of-copy({content(strip_of(present(entry, material.today)))})\n\n")
    return f'#import "sheet.typ": *\n#show: body => sheet({literal(title)}, {flags}, body)\n\n{"".join(parts)}'


def _agenda(workshop: Workshop) -> str:
    cells = []
    for item in workshop.items:
        cells += [text(clock(item.start)), text(clock(item.end)), f"#strong({literal(item.title)})"]
        ends = (*(start for start, _ in item.steps[1:]), item.end)
        for (start, title), end in zip(item.steps, ends, strict=False):
            cells += [text(clock(start)), text(clock(end)), text(title)]
    rows = ", ".join(content(cell) for cell in cells)
    spare = f"{workshop.spare} minutes are left over. Keep them free." if workshop.spare else "No time is left over."
    table = f"#ruled-table((4em, 4em, 1fr), ([From], [To], [What]), {rows})\n\n"
    return f'#heading(level: 1)[#"Agenda"]\n\n{text("Hours and minutes from the beginning.")} {text(spare)}\n\n{table}'
