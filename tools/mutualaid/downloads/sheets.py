"""The sheets: an exercise's handout and what somebody leads it from, and the printable parts of pages.

A sheet may be left on a table at work: a handout or printable part names neither the site nor an address, in its words
or its title. Its license and credit are on a strip at its foot.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mutualaid.core.content.page import Page
from mutualaid.core.content.presentation import LICENCE
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import present
from mutualaid.downloads.html import handout_html, lead_html, page_body
from mutualaid.downloads.material import Material
from mutualaid.text.html_tree import Element, parse
from mutualaid.text.xhtml import as_xhtml


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet before it is made: our own HTML from its heading on, and the words of its strip.

    `role` is `handout`, `lead` or `printable`; `path` is the file's, without its ending; `owner` is the address of the
    entry or page. `name` and `good_for` are words for readers.
    """

    role: str
    path: str
    owner: str
    name: str
    good_for: str
    title: str
    html: str
    strip: str


def sheets_of(material: Material) -> Iterator[Sheet]:
    """Yield every sheet of the site."""
    for entry in material.entries.values():
        if "steps" in entry.fields:
            yield from _of_exercise(entry, material)
    for page in material.content.pages:
        yield from _of_page(page, material)


def _of_exercise(entry: Entry, material: Material) -> Iterator[Sheet]:
    shown = present(entry, material.today)
    strip = " · ".join(filter(None, (f"Text: {shown.licence}", shown.credit)))
    path, owner, title = f"{entry.address.strip('/')}/{entry.slug}", entry.address, entry.title
    use, html = "For each person, to write on.", handout_html(entry, material)
    yield Sheet("handout", f"{path}-handout", owner, "Handout", use, title, html, strip)
    use, html = "For whoever leads: steps, words to say, what can go wrong.", lead_html(entry, material)
    yield Sheet("lead", f"{path}-to-lead", owner, "Sheet to lead from", use, f"To lead: {title}", html, strip)


def _of_page(page: Page, material: Material) -> Iterator[Sheet]:
    body, _ = page_body(page, material)
    for section in parse(body).every("section", "printable") if 'class="printable"' in body else ():
        heading, *rest = section.elements
        title, path = heading.words, f"{page.address.strip('/')}/{section.attributes['id']}"
        html = as_xhtml(Element("", children=[Element("h1", children=[title]), *rest]), lambda target: target, {})
        yield Sheet("printable", path, page.address, title, "One sheet to print.", title, html, f"Text: {LICENCE}")
