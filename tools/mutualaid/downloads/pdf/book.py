"""Books as Typst: the whole work, and each reading path with the entries that its pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markdown_it.token import Token

from mutualaid.core.content.conditional_blocks import nobody_runs
from mutualaid.core.content.page import Page, ReadingPath, ShortEdition, Term
from mutualaid.core.content.presentation import present_page
from mutualaid.core.entries import dates
from mutualaid.core.entries.collection import Collection, sortable
from mutualaid.core.entries.entry import Entry
from mutualaid.downloads.material import Material
from mutualaid.downloads.pdf.drawing import exhibit
from mutualaid.downloads.pdf.entry import EntryText
from mutualaid.text.markdown import Surroundings
from mutualaid.text.markdown_to_typst import Prose, Reach, line_tokens, page_tokens, prose_tokens
from mutualaid.text.typst import array, content, literal, text

GLOSSARY, ABOUT, INDEX = "/glossary/", "/about-this-work/", "/index-of-entries/"
SHORTENED = (
    "It is the short edition. Of exercises and groups it leaves out sources, notes for whoever leads, and what can go"
    " wrong; the site and the whole book have them."
)
LEFT_OUT = frozenset({"lead", "pairs", "sources", "imprint", "handout"})
LICENCE = "CC BY-NC-SA 4.0"
PERMITTED = "You may copy, print and change it, not for sale, under the same license."
BEING_SEEN = (
    "Think about where you keep this book. A printed copy, a file on a work device and a download from a work network"
    " can all be seen by others."
)


@dataclass(frozen=True, slots=True)
class Read:
    """A page with its tokens, the ids of its headings, and the entries shown as cards in its text.

    `is_section` says that these are the tokens of one section alone.
    """

    page: Page
    tokens: Sequence[Token]
    ids: tuple[str, ...]
    cards: tuple[str, ...]
    is_section: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a book holds, in order. `pages` belong to `parts` by their index; `entries` are whole ones.

    A short book leaves out of entries what is only for whoever leads, and where they come from.
    """

    title: str
    subtitle: str
    parts: tuple[tuple[str, str, str, tuple[Read, ...]], ...]
    collections: tuple[tuple[Collection, tuple[Entry, ...]], ...]
    terms: tuple[Term, ...]
    is_short: bool = False


def read_page(page: Page, material: Material) -> Read:
    """Read a page's Markdown once; links keep the site's addresses."""
    around = Surroundings(
        to=lambda address: address,
        page_exists=lambda _address: True,
        entry_address=lambda name: material.entries[name].address if name in material.entries else None,
        term_exists=lambda _name: True,
        card=lambda _name: "",
    )
    tokens = page_tokens(page.body, around)
    cards = tuple(
        token.info.strip().removeprefix("card").strip() for token in tokens if token.type == "container_card_open"
    )
    return Read(page, tokens, tuple(heading.id for heading in around.headings), cards)


def whole_plan(material: Material, read: Mapping[str, Read]) -> Plan:
    """Return the whole work: the guide in reading order, every entry, the glossary, and the pages around.

    `read` holds every page by its address.
    """
    pages = [read[page.address] for page in material.content.in_reading_order()]
    guide = tuple(one for one in pages if one.page.is_guide)
    others = tuple(one for one in pages if not one.page.is_guide)
    parts = (
        ("/guide/", "The guide", "Pages to read in any order. Begin with safety.", guide),
        (ABOUT, "About this work", "Who made it, how it is checked, and how to take part.", others),
    )
    whole = tuple((one, one.entries) for one in material.collections if one.entries)
    return Plan(material.site_name, material.tagline, parts, whole, material.content.terms)


def path_plan(path: ReadingPath, material: Material, read: Mapping[str, Read]) -> Plan:
    """Return a reading path: its pages in order, and in full the entries that they show."""
    pages = tuple(read[address] for address in path.pages)
    shown = {name for one in pages for name in (*one.cards, *one.page.draws_in)}
    chosen = tuple(
        (one, tuple(entry for entry in one.entries if f"{one.kind.name}/{entry.slug}" in shown))
        for one in material.collections
    )
    parts = ((path.address, "The path", path.for_whom, pages),)
    return Plan(path.title, path.for_whom, parts, tuple(pair for pair in chosen if pair[1]), material.content.terms)


def short_plan(short: ShortEdition, material: Material, read: Mapping[str, Read]) -> Plan:
    """Return the short edition: its pages, or a section of one, in order, and its entries by kind."""
    pages = tuple(_section_of(read[address.partition("#")[0]], address.partition("#")[2]) for address in short.pages)
    chosen = tuple(
        (one, tuple(material.entries[name] for name in short.entries if _is_held(name, one, material)))
        for one in material.collections
    )
    parts = (("/short-edition/", "First steps", short.for_whom, pages),)
    return Plan(short.title, short.for_whom, parts, tuple(pair for pair in chosen if pair[1]), (), is_short=True)


def _section_of(read: Read, section: str) -> Read:
    """Return a page, or where a section is named that alone: from its heading to the next one as high."""
    if not section:
        return read
    starts = [place for place, token in enumerate(read.tokens) if token.type == "heading_open" and token.tag == "h2"]
    first = next(place for place in starts if read.tokens[place].attrGet("id") == section)
    notes = next((at for at, token in enumerate(read.tokens) if token.type == "footnote_block_open"), len(read.tokens))
    last = next((place for place in starts if place > first), notes)
    return Read(read.page, [*read.tokens[first:last], *read.tokens[notes:]], (section,), (), is_section=True)


def _is_held(name: str, collection: Collection, material: Material) -> bool:
    return name in material.entries and material.entries[name].kind.name == collection.kind.name


def book_source(plan: Plan, material: Material) -> str:
    """Return a book as Typst source."""
    return _Book(plan, material).source()


class _Book:
    def __init__(self, plan: Plan, material: Material) -> None:
        self.plan, self.material = plan, material
        self.reach = Reach(frozenset(self._addresses()), material.site_address, "out")
        left_out = LEFT_OUT if plan.is_short else frozenset[str]()
        self.entries = EntryText(self.reach, material.today, leaves_out=left_out, others=material.entries)

    def _addresses(self) -> Iterable[str]:
        for place, _, _, pages in self.plan.parts:
            yield place
            for read in pages:
                yield read.page.address
                yield from (f"{read.page.address}#{name}" for name in read.ids)
        for collection, entries in self.plan.collections:
            yield collection.kind.address
            yield from (entry.address for entry in entries)
        yield from () if self.plan.is_short else (GLOSSARY, INDEX)
        yield from (f"{GLOSSARY}#{term.id}" for term in self.plan.terms)

    def source(self) -> str:
        """Return the whole source."""
        plan, name, paper = self.plan, self.material.site_name, literal(self.material.paper)
        month = dates.in_words(self.material.today.strftime("%Y-%m"))
        head = ", ".join(literal(words) for words in (name, plan.title, plan.subtitle, f"Edition of {month}"))
        first, *rest = plan.parts
        return "".join(
            (
                '#import "book.typ": *\n',
                f"#show: body => book({head}, {content(self._imprint(month))}, paper: {paper}, body)\n\n",
                self._part(*first),
                *(self._collection(collection, entries) for collection, entries in plan.collections),
                *(self._part(*part) for part in rest if part[3]),
                "" if plan.is_short else self._glossary() + self._index(),
            )
        )

    def _imprint(self, month: str) -> str:
        host = self.material.content.host
        lines = [
            f"This book was made in {month} from the same pages and entries as the site {self.material.site_name}.",
            f"It is run by {host['group']}." if host["group"] else nobody_runs(host),
            "Laws, funds and addresses change. Each entry says when it was added and by when to look at it again.",
            "This is information, not legal advice.",
            f"Text: {LICENCE}, unless an entry names a freer license. {PERMITTED}",
            "Fonts: Atkinson Hyperlegible Next and Literata, SIL Open Font License.",
            BEING_SEEN,
        ]
        if self.plan.is_short:
            lines.insert(1, SHORTENED)
        if self.material.site_address:
            lines.insert(1, f"The site stands at {self.material.site_address}.")
        return "".join(f"{text(line)}\n\n" for line in lines if line)

    def _part(self, place: str, title: str, promise: str, pages: tuple[Read, ...]) -> str:
        head = f"#part({literal(place)}, {literal(title)}, {content(self._line(promise))})\n\n"
        return head + "".join(self._page(read) for read in pages)

    def _page(self, read: Read) -> str:
        page, fields = read.page, {} if read.is_section else read.page.fields
        draw = partial(exhibit, self.material.theme)
        prose = Prose(self.reach, page.address, card=self._card, figures=self.material.content.figures, draw=draw)
        shown = present_page(page, read.cards, self.material.entries, self.material.today)
        body = [
            self.entries.notices(shown.notices, shown.content_note),
            self._box("after-this", fields.get("after", ())),
            prose.blocks(read.tokens),
            f"{text(f'This is the first thing to know of that page. The rest is on the site, at {page.address}')}\n\n"
            if read.is_section
            else "",
            self._drawn_in(() if read.is_section else shown.drawn_in),
            self._box("take-with-you", fields.get("take_with_you", ())),
            self.entries.imprint(shown.imprint),
        ]
        head = f"{literal(page.address)}, {literal(page.title)}, {content(self._line(page.promise))}"
        return f"#chapter({head}, {content(''.join(body))})\n\n"

    def _box(self, name: str, items: Sequence[str]) -> str:
        return f"#{name}({', '.join(content(self._line(item)) for item in items)})\n\n" if items else ""

    def _drawn_in(self, names: Sequence[str]) -> str:
        if not names:
            return ""
        links = (self._entry_link(self.material.entries[name]) for name in names)
        heading = '#heading(level: 3, outlined: false)[#"Try it, see it, read on"]'
        return f"\n{heading}\n\n#list({', '.join(content(link) for link in links)})\n\n"

    def _entry_link(self, entry: Entry) -> str:
        return f"{self.reach.link(entry.address, text(entry.title))} #small({literal(entry.kind.singular)})"

    def _card(self, name: str) -> str:
        entry = self.material.entries.get(name)
        return self.entries.card(entry) if entry else ""

    def _collection(self, collection: Collection, entries: tuple[Entry, ...]) -> str:
        kind = collection.kind
        intro = self.material.content.intros.get(kind.name)
        words = intro.promise if intro else kind.description
        head = f"#part({literal(kind.address)}, {literal(kind.title)}, {content(self._line(words))})\n\n"
        return head + "".join(self._entry(entry) for entry in entries)

    def _entry(self, entry: Entry) -> str:
        is_long = "steps" in entry.fields
        flags = f"{str(is_long).lower()}, {str(is_long and not self.plan.is_short).lower()}"
        words = (literal(entry.address), literal(entry.kind.singular), literal(entry.title))
        summary = content(self._line(entry.summary))
        return f"#entry({', '.join(words)}, {summary}, {flags}, {content(self.entries.parts(entry))})\n\n"

    def _glossary(self) -> str:
        prose = Prose(self.reach)
        terms = "".join(
            f"#term({literal(f'{GLOSSARY}#{term.id}')}, {literal(term.term)},"
            f" {content(prose.blocks(prose_tokens(term.definition)))})\n\n"
            for term in self.plan.terms
        )
        head = f'{literal(GLOSSARY)}, "Glossary", "Words that this work uses, in plain English."'
        return f"#plain-chapter({head}, {content(terms)})\n\n"

    def _index(self) -> str:
        entries = sorted(
            (entry for _, entries in self.plan.collections for entry in entries),
            key=lambda entry: sortable(entry.title),
        )
        rows = ", ".join(
            array((literal(entry.address), literal(entry.title), literal(entry.kind.singular.lower())))
            for entry in entries
        )
        head = f'{literal(INDEX)}, "Index of entries", "By title, with the kind of entry."'
        return f"#plain-chapter({head}, {content(f'#index-of({rows})')})\n\n"

    def _line(self, words: str) -> str:
        return Prose(self.reach).inline(line_tokens(words))
