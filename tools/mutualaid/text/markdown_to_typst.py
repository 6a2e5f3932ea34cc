"""Markdown to Typst, through the same engines and the same rules as the site's HTML."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import sqrt

from markdown_it.token import Token

from mutualaid.core.content.figure import Figure
from mutualaid.text.markdown import CONTRIBUTED, GUIDE, Surroundings
from mutualaid.text.typst import array, content, literal, text

BOX = "[ ] "
RULED = re.compile(r"(?:#lines\((\d+), 8mm\)\n\n){2,}")
BLANK = re.compile(r"_{4,}(?:\s+_{4,})*")
TABLE_BLANK_MM, LINE_CHARACTERS = 4, 60


@dataclass(frozen=True, slots=True)
class Reach:
    """What a document holds, by address, and how links are set.

    `inside` are addresses with a label, such as `/safety/#rights`. `site_address` is '' where it is not known.
    `away` names the Typst function for links to the web; `shows_pages` is off on sheets.
    """

    inside: frozenset[str] = frozenset()
    site_address: str = ""
    away: str = "out-plain"
    shows_pages: bool = True

    def link(self, target: str, words: str) -> str:
        """Return a link as Typst: with a page number where the target is in the document, else words alone."""
        if target.startswith(("https://", "http://", "mailto:")):
            return self.outward(target, words)
        place, _, _ = target.partition("#")
        known = target if target in self.inside else place
        if known in self.inside:
            return f"#{'to' if self.shows_pages else 'near'}({literal(known)}, {content(words)});"
        if self.site_address and target.startswith("/"):
            return f"#link({literal(self.site_address + target)}, {content(words)});"
        return words

    def outward(self, target: str, words: str) -> str:
        """Return a link to the web; where its words are its address, it is not told twice."""
        plain = words.replace('#"', "").replace('"', "")
        away = "out-plain" if plain.rstrip("/") in {target, target.partition("://")[2].rstrip("/")} else self.away
        return f"#{away}({literal(target)}, {content(words)});"


@dataclass
class Prose:
    """Turns tokens into Typst. `card` and `figure` say what stands for a block that names an entry or a drawing."""

    reach: Reach
    address: str = ""
    top: int = 3
    card: Callable[[str], str] = lambda _name: ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    draw: Callable[[Figure], str] = lambda _figure: ""
    is_large: bool = False
    _notes: dict[int, str] = field(default_factory=dict)
    _noted: set[int] = field(default_factory=set)
    _in_note: bool = False
    _in_table: bool = False

    def blocks(self, tokens: Sequence[Token]) -> str:
        """Return the Typst of a page's tokens."""
        body, notes = _without_notes(tokens)
        self._in_note = True
        self._notes = {number: self._blocks(inner).strip() for number, inner in notes.items()}
        self._in_note = False
        return self._blocks(body)

    def _blocks(self, tokens: Sequence[Token]) -> str:
        made = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.nesting == 1:
                end = _close_of(tokens, index)
                made.append(self._block(token, tokens[index + 1 : end]))
                index = end + 1
                continue
            made.append(self._single(token))
            index += 1
        return RULED.sub(_as_one, "".join(made))

    def _single(self, token: Token) -> str:
        if token.type == "inline":
            return self.inline(token.children or [])
        if token.type == "hr":
            return "#cut()\n\n"
        if token.type in ("fence", "code_block"):
            return f"#raw({literal(token.content)}, block: true)\n\n"
        return ""

    def _block(self, token: Token, inner: Sequence[Token]) -> str:
        match token.type.removesuffix("_open"):
            case "bullet_list" | "ordered_list":
                made = self._list(token, inner)
            case "heading":
                made = self._heading(token, inner)
            case "table":
                made = self._table(inner)
            case "paragraph":
                made = self._paragraph(inner)
            case "blockquote":
                made = f"#quote(block: true, {content(self._blocks(inner))})\n\n"
            case name if name.startswith("container_"):
                made = self._container(name.removeprefix("container_"), token, inner)
            case _:
                made = self._blocks(inner)
        return made

    def _paragraph(self, inner: Sequence[Token]) -> str:
        words = "".join(one.content for one in inner).lstrip("\\")
        if BLANK.fullmatch(words.strip()):
            return f"#lines({max(1, round(words.count('_') / LINE_CHARACTERS))}, 8mm)\n\n"
        return f"{self._blocks(inner)}\n\n"

    def _heading(self, token: Token, inner: Sequence[Token]) -> str:
        level = int(token.tag[1]) - 2 + self.top
        name = f"{self.address}#{token.attrGet('id')}"
        label = f" #label({literal(name)})" if name in self.reach.inside else ""
        return f"\n#heading(level: {level}, outlined: false, {content(self._blocks(inner))}){label}\n\n"

    def _list(self, token: Token, inner: Sequence[Token]) -> str:
        items = (content(self._blocks(item).strip()) for item in _parts(inner, "list_item"))
        start = f"start: {token.attrGet('start')}, " if token.attrGet("start") else ""
        return f"#{LISTS[token.type]}({start}{', '.join(items)})\n\n"

    def _table(self, inner: Sequence[Token]) -> str:
        self._in_table = True
        rows = [
            [content(self._blocks(cell).strip()) for cell in _parts(row, "th", "td")]
            for section in _parts(inner, "thead", "tbody")
            for row in _parts(section, "tr")
        ]
        self._in_table = False
        columns = array(f"{weight:.2f}fr" for weight in _weights(inner))
        cells = ", ".join(cell for row in rows[1:] for cell in row)
        boxed = str(any("____" in token.content for token in inner)).lower()
        return f"#ruled-table({columns}, {array(rows[0])}, boxed: {boxed}, {cells})\n\n"

    def _container(self, name: str, token: Token, inner: Sequence[Token]) -> str:
        words = token.info.strip().removeprefix(name).strip()
        if name == "card":
            return self.card(words)
        if name == "figure":
            figure = self.figures.get(words)
            drawing = self.draw(figure) if figure else ""
            return f'{drawing}#more("The same in words", {content(self._blocks(inner))})\n\n'
        if name == "printable":
            _, _, words = words.partition(" ")
            return f"#printable({literal(words)}, {content(self._blocks(inner))})\n\n"
        box = {"notice": "warning", "learn-more": "more"}[name]
        return f"#{box}({literal(words)}, {content(self._blocks(inner))})\n\n"

    def inline(self, tokens: Sequence[Token]) -> str:
        """Return the Typst of words in a line."""
        made = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.nesting == 1:
                end = _close_of(tokens, index)
                made.append(self._marked(token, self.inline(tokens[index + 1 : end])))
                index = end + 1
                continue
            made.append(self._word(token, is_last=_ends_line(tokens, index)))
            index += 1
        return "".join(made)

    def _marked(self, token: Token, words: str) -> str:
        if token.type == "link_open":
            href = str(token.attrGet("href"))
            reach = self.reach
            if href.startswith("#"):
                href = self.address + href
            if self._in_note or self._in_table:
                reach = Reach(reach.inside, reach.site_address, "out-line" if reach.away == "out" else reach.away)
            return reach.link(href, words)
        return f"#{MARKS[token.type]}{content(words)};"

    def _word(self, token: Token, *, is_last: bool) -> str:
        if token.type == "footnote_ref":
            return self._note(int(token.meta["id"]))
        if token.type in ("softbreak", "hardbreak"):
            return " " if token.type == "softbreak" else "#linebreak();"
        if token.type == "code_inline":
            return f"#raw({literal(token.content)});"
        return self._with_blanks(token.content, is_last=is_last) if token.type == "text" else ""

    def _with_blanks(self, words: str, *, is_last: bool) -> str:
        made, at = [], 0
        if words.startswith(BOX):
            made, at = ["#tick-box;"], len(BOX) - 1
        for match in BLANK.finditer(words, at):
            made.append(text(words[at : match.start()]))
            is_rest = is_last and not words[match.end() :].strip() and match.group().count("_") >= REST_FROM
            width = f"{min(match.group().count('_') * 4, 200)}pt"
            if self._in_table:
                breaks = match.group().count(" ")
                made.append(f"#block(height: {6 * (breaks + 1)}mm, width: 100%)")
            else:
                made.append("#rest();" if is_rest else f"#blank({width});")
            at = match.end()
        made.append(text(words[at:]))
        return "".join(made)

    def _note(self, number: int) -> str:
        name = f"{self.address}@note-{number}"
        if number in self._noted:
            return f"#footnote(label({literal(name)}));"
        self._noted.add(number)
        return f"#footnote({content(self._notes.get(number, ''))})#label({literal(name)});"


REST_FROM = 12
LISTS = {"bullet_list_open": "list", "ordered_list_open": "enum"}
MARKS = {"em_open": "emph", "strong_open": "strong", "s_open": "strike"}


def page_tokens(body: str, around: Surroundings) -> list[Token]:
    """Read a page's Markdown as the site does; `around.to` says what becomes of addresses."""
    return GUIDE.parse(body, {"around": around})


@cache
def prose_tokens(words: str) -> tuple[Token, ...]:
    """Read contributed Markdown as the site does."""
    return tuple(CONTRIBUTED.parse(words))


@cache
def line_tokens(words: str) -> tuple[Token, ...]:
    """Read one contributed line as the site does."""
    return tuple(child for token in CONTRIBUTED.parseInline(words) for child in token.children or ())


def _without_notes(tokens: Sequence[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """Part a page's tokens into its body and its footnotes by number."""
    body: list[Token] = []
    notes: dict[int, list[Token]] = {}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "footnote_block_open":
            end = _close_of(tokens, index)
            for start in range(index + 1, end):
                if tokens[start].type == "footnote_open":
                    notes[int(tokens[start].meta["id"])] = list(tokens[start + 1 : _close_of(tokens, start)])
            index = end + 1
            continue
        body.append(token)
        index += 1
    return body, notes


def _close_of(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the one at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _parts(tokens: Sequence[Token], *names: str) -> Iterator[Sequence[Token]]:
    """Yield what stands inside each outermost element of `names`."""
    index = 0
    while index < len(tokens):
        if tokens[index].nesting == 1:
            end = _close_of(tokens, index)
            if tokens[index].type.removesuffix("_open") in names:
                yield tokens[index + 1 : end]
            index = end
        index += 1


def _weights(table: Sequence[Token]) -> list[float]:
    """Return how wide each column wants to be: by the root of its longest cell, so that none is starved."""
    longest: list[int] = []
    for section in _parts(table, "thead", "tbody"):
        for row in _parts(section, "tr"):
            for column, cell in enumerate(_parts(row, "th", "td")):
                if column == len(longest):
                    longest.append(1)
                longest[column] = max(longest[column], len("".join(one.content for one in cell)), SHORTEST)
    return [sqrt(length) for length in longest]


SHORTEST = 9


def _as_one(found: re.Match[str]) -> str:
    """Join rows of lines to write on, so that all of them stand equally far apart."""
    count = sum(int(number) for number in re.findall(r"#lines\((\d+)", found.group()))
    return f"#lines({count}, 8mm)\n\n"


def _ends_line(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 == len(tokens) or tokens[index + 1].type in ("softbreak", "hardbreak")
