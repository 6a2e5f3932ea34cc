"""The sheets: an exercise's handout and what somebody leads it from, and the printable parts of pages.

A sheet may be left on a table at work: a handout or printable part names neither the site nor an address, in its words
or its title. Its license and credit are on a strip at its foot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from mutualaid.core.content.page import Page
from mutualaid.core.content.presentation import LICENCE
from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import present
from mutualaid.downloads.download import BOOKS
from mutualaid.downloads.material import Material, page_body
from mutualaid.text.html_tree import Element, as_xhtml, parse

GOOD_FOR = "To hand on, or to keep where you'd look for it."
FOLDED = (
    "One side of one sheet, printed at full size. Fold it in eight, cut along the broken line, and fold it into a small"
    " book of eight pages."
)
ALL_GOOD_FOR = "The crisis lines and the first steps for every situation, on four pages."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet before it is made: our own HTML from its heading on, and the words of its strip.

    `role` is `handout`, `lead`, `printable`, `help`, `all help` or `zine`; `path` is the file's, without its ending;
    `owner` is the address of the entry or page. `name` and `good_for` are words for readers. Only
    what somebody leads from has an `author` and a `licence` in its data about the file.
    """

    role: str
    path: str
    owner: str
    name: str
    good_for: str
    title: str
    html: str
    strip: str
    author: str = ""
    licence: str = ""


def sheets_of(material: Material) -> Iterator[Sheet]:
    for entry in material.entries.values():
        if "steps" in entry.fields:
            yield from _of_exercise(entry, material)
    for page in material.content.pages:
        yield from _of_page(page, material)
    yield from _of_help(material)


def _of_exercise(entry: Entry, material: Material) -> Iterator[Sheet]:
    shown, write = present(entry, material.today, material.entries), material.write
    strip = " · ".join(filter(None, (f"Text: {shown.licence}", shown.credit)))
    path, owner, title = f"{entry.address.strip('/')}/{entry.slug}", entry.address, entry.title
    yield Sheet(
        "handout",
        f"{path}-handout",
        owner,
        "Handout",
        "For each person, to write on.",
        title,
        str(write.handout(entry, shown)),
        strip,
    )
    yield Sheet(
        "lead",
        f"{path}-to-lead",
        owner,
        "Sheet to lead from",
        "For whoever leads: steps, words to say, what can go wrong.",
        f"To lead: {title}",
        str(write.blocks(f"To lead: {title}", entry.summary, shown)),
        strip,
        shown.credit or material.edition.editors,
        shown.licence,
    )


def _of_page(page: Page, material: Material) -> Iterator[Sheet]:
    body, _ = page_body(page, material)
    for section in parse(body).every("section", "printable") if 'class="printable"' in body else ():
        heading, *rest = section.elements
        title, path = heading.words, f"{page.address.strip('/')}/{section.attributes['id']}"
        html = as_xhtml(Element("", children=[Element("h1", children=[title]), *rest]), lambda target: target, {})
        yield Sheet("printable", path, page.address, title, "One sheet to print.", title, html, f"Text: {LICENCE}")


def _of_help(material: Material) -> Iterator[Sheet]:
    pages = [page for page in material.content.in_reading_order() if "sheet" in page.fields]
    bodies = [_on_paper(page_body(page, material)[0]) for page in pages]
    for page, body in zip(pages, bodies, strict=True):
        path = f"{page.address.strip('/')}/{page.fields['sheet']}"
        html = f"{material.write.head(page.title, page.promise)}{body}"
        yield Sheet("help", path, page.address, "This page on one sheet", GOOD_FOR, page.title, html, _until(page))
    if pages:
        oldest = min(pages, key=lambda page: page.review_by)
        title = f"Help today, {dates.in_words(oldest.fields['sources_checked'])}"
        html = f"<h1>{title}</h1><p><strong>{_trusted(oldest)}</strong></p>"
        for page, body in zip(pages, bodies, strict=True):
            html += f"<h2>{escape(page.title)}</h2>{body.replace('<h2', '<h3').replace('</h2', '</h3')}"
        yield Sheet("all help", f"{BOOKS}/today", "/help/", title, ALL_GOOD_FOR, title, html, _until(oldest))
        html = "".join(f"<section>{page}</section>" for page in _folded(pages, bodies))
        name = f"{title}, to fold"
        yield Sheet("zine", f"{BOOKS}/today-to-fold", "/help/", name, FOLDED, title, html, _until(oldest))


def _folded(pages: Sequence[Page], bodies: Sequence[str]) -> list[str]:
    """Return the eight pages of a small book: what it holds, the first steps for each situation, the crisis lines."""
    first = [(escape(page.title), _section(body, "now")[1]) for page, body in zip(pages, bodies, strict=True)]
    steps = [one for one in first if one[1]]
    who, lines, traces = (_section("".join(bodies), name) for name in ("who", "lines", "traces"))
    parts = [f"<h2>{title}</h2>{inner}" for title, inner in (*steps, who) if inner]
    held = "".join(f"<li>{title}</li>" for title, _ in steps)
    back = "".join(f"<h2>{title}</h2>{inner}" for title, inner in (lines, traces) if inner)
    return [f"<ul>{held}</ul>", *_shared(parts, 6), back]


def _shared(parts: Sequence[str], count: int) -> list[str]:
    """Return parts on so many pages, in order, with as little as can be on the fullest."""
    limit, pages = max(map(len, parts), default=0), [*parts, *[""] * count]
    while "".join(pages[count:]):
        pages, limit = [""], limit + 20
        for part in parts:
            if pages[-1] and len(pages[-1]) + len(part) > limit:
                pages.append("")
            pages[-1] += part
    return [*pages, *[""] * count][:count]


def _section(html: str, name: str) -> tuple[str, str]:
    """Return the heading of a section and what is below it, both empty where there is none."""
    heading, _, below = html.partition(f'<h2 id="{name}"')[2].partition(">")[2].partition("</h2>")
    return heading, below.partition("<h2 ")[0]


def _on_paper(html: str) -> str:
    """Return a text in which each link out has the name of its site beside it, since paper can't be tapped."""
    tree = parse(html)
    tree.children = [one for one in tree.elements if not _only_leads_on(one)]
    for link in tree.every("a"):
        name = urlsplit(link.attributes["href"]).netloc.removeprefix("www.")
        if name and name not in link.words:
            link.children.append(f" ({name})")
    return as_xhtml(tree, lambda _target: "", {})


def _only_leads_on(element: Element) -> bool:
    """Whether a paragraph is no more than a link to another page of the site, which paper can't open."""
    links = [link for link in element.elements if link.attributes.get("href", "").startswith("/")]
    return element.tag == "p" and bool(links) and element.words == links[0].words


def _until(page: Page) -> str:
    return (
        f"Text: {LICENCE} · Not legal advice. Sources read {dates.in_words(page.fields['sources_checked'])}."
        f" {_trusted(page)}"
    )


def _trusted(page: Page) -> str:
    return f"After {dates.in_words(page.review_by)} trust the web page, not this paper."
