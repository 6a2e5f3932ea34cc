"""Markdown to HTML. Contributed text keeps paragraphs, lists, emphasis and links; guide pages have more words.

Contributed HTML is cleaned once more against an allow-list.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from mutualaid.core.content.page import Drawing
from mutualaid.core.entries.hidden_characters import has_visible_sign
from mutualaid.core.entries.markdown import contributed, has_empty_link

TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "br"}
CONTRIBUTED = contributed()
HEADING_ID = re.compile(r"\s*\{#([a-z0-9-]+)( \.folded)?\}\s*$")
CODE = re.compile(r"`([^`]+)`")
BLANK = re.compile(r"_{3,}(?: _{3,})*")
_OUR_LINK = re.compile(r'(<a [^>]*?href=")(/[^"]*)"')
_TO_FOLD = re.compile(
    r'<section( class="(?:printable|footnotes)"(?: id="[^"]+")?)[^>]*>(<h2 .*?</h2>)\n(.*?)</section>', flags=re.DOTALL
)
_PART_TO_FOLD = re.compile(
    r'<h2 id="([^"]+)" class="to-fold"[^>]*><span[^>]*>(.*?)</span>(<a class="anchor".*?</a>)</h2>\n(.*?)'
    r'(?=<h2 id="[^"]+" (?:class|aria)|\Z)',
    flags=re.DOTALL,
)
_FOLDED_PART = (
    r'<details class="more folded"><summary><h2><small>Learn more</small> \2</h2></summary>'
    r'<div class="prose stack" id="\1">\3\n\4</div></details>\n'
)
KEPT = 4096
"""Texts that are kept as HTML: most are shown twice, soon after one another."""
WORDS_OF_A_LINK = re.compile(r"^(page|entry|term):(.+)$")


@lru_cache(KEPT)
def prose(text: str) -> Markup:
    """Return contributed text as HTML that holds only paragraphs, lists, emphasis and links."""
    return Markup(nh3.clean(CONTRIBUTED.render(text), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https"}))


@lru_cache(KEPT)
def prose_line(text: str) -> Markup:
    """Return one contributed line as HTML that holds only emphasis and links."""
    html = CONTRIBUTED.renderInline(text)
    return Markup(nh3.clean(html, tags={"em", "strong", "a"}, attributes={"a": {"href"}}, url_schemes={"https"}))


class Complaint(NamedTuple):
    """Something in a page's body that leads nowhere; `line` counts from 1 inside the body."""

    line: int
    rule: str
    sentence: str


class Heading(NamedTuple):
    """An h2 or h3 of a page."""

    level: int
    id: str
    title: str


@dataclass
class Surroundings:
    """What a page's body may refer to, and what was found while it was rendered."""

    to: Callable[[str], str]
    page_exists: Callable[[str], bool]
    entry_address: Callable[[str], str | None]
    term_exists: Callable[[str], bool]
    card: Callable[[str], str]
    figure: Callable[[str], str | None] = lambda _name: None
    table: Callable[[str, str], str] = lambda _block, _part: ""
    meaning: Callable[[str], tuple[str, str]] = lambda _name: ("", "")
    complaints: list[Complaint] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    def complain(self, line: int, rule: str, sentence: str) -> None:
        self.complaints.append(Complaint(line, rule, sentence))

    def address_of(self, scheme: str, target: str) -> str | None:
        place, mark, fragment = target.partition("#")
        if scheme == "page":
            return target if self.page_exists(place) else None
        if scheme == "term":
            return f"/glossary/#{place}" if self.term_exists(place) else None
        address = self.entry_address(place)
        if address:
            self.entries.append(place)
        return address + mark + fragment if address else None


Rule = Callable[[Sequence[Token], int, Surroundings], str]


def text_and_notes(html: str) -> tuple[str, str]:
    """Return a page's text and its notes as a screen shows them.

    Sheets, notes, and the parts whose heading says so are folded behind their headings. A link to what is in a fold
    opens it, so the id of a part moves inside.
    """
    folded = _TO_FOLD.sub(r'<details class="more folded"><summary>\2</summary><div\1>\n\3</div></details>', str(html))
    text, mark, notes = folded.partition('<details class="more folded"><summary><h2 id="sources"')
    return _PART_TO_FOLD.sub(_FOLDED_PART, text), mark + notes


def linked(html: str, to: Callable[[str], str]) -> Markup:
    """Return HTML with links by `to`, in place of links that are addresses on the site."""
    return Markup(_OUR_LINK.sub(lambda found: f'{found[1]}{to(found[2])}"', html))


def guide_html(body: str, around: Surroundings) -> Markup:
    """Render the body of a page; what it refers to in vain is added to `around.complaints`."""
    return Markup(GUIDE.render(body, {"around": around}))


def _guide() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "typographer": True})
    engine = engine.enable(["table", "smartquotes"]).use(footnote_plugin)
    for name, rule in CONTAINERS.items():
        engine.use(container_plugin, name, render=_rendering(rule))
    engine.core.ruler.after("inline", "mutualaid", _resolve)
    for name, rule in RULES.items():
        engine.add_render_rule(name, _rendering(rule))
    return engine


def _rendering(rule: Rule) -> Callable[..., str]:
    return lambda _renderer, tokens, index, _options, env: rule(tokens, index, env["around"])


def _resolve(state: Any) -> None:
    around: Surroundings = state.env["around"]
    line = 1
    for index, token in enumerate(state.tokens):
        if token.map:
            line = _line_of(token)
        if token.type == "heading_open":
            _name_heading(token, state.tokens[index + 1], around, line)
        if has_empty_link(token.children or ()):
            said = "This link has no words. Write them between the brackets: [words](https://…)."
            around.complain(line, "link-without-words", said)
        _mark_open_links(token)
        for child in token.children or ():
            if child.type == "link_open":
                _lead(child, around, line)
            elif child.type == "image":
                around.complain(line, "picture", "This is a picture. Pages hold words; say in words what it shows.")


def _name_heading(token: Token, inline: Token, around: Surroundings, line: int) -> None:
    match = HEADING_ID.search(inline.content)
    if not match or not inline.children:
        sentence = f"The heading “{inline.content}” needs a short id of its own that never changes: ## Words {{#id}}."
        around.complain(line, "heading-without-id", sentence)
        return
    last = inline.children[-1]
    last.content = HEADING_ID.sub("", last.content)
    title = "".join(child.content for child in inline.children)
    if not has_visible_sign(title):
        said = "The heading has no words that a reader can see. Write them before its id."
        around.complain(line, "heading-without-words", said)
    token.attrSet("id", match.group(1))
    token.meta["is_folded"] = bool(match.group(2))
    token.meta["title"] = title
    if any(heading.id == match.group(1) for heading in around.headings):
        around.complain(line, "id-taken", f"Two headings have the id {match.group(1)}. Change one.")
    around.headings.append(Heading(int(token.tag[1]), match.group(1), title))


def _mark_open_links(token: Token) -> None:
    """Say behind a link without encryption that it has none."""
    marked: list[Token] = []
    is_open = False
    for child in token.children or ():
        marked.append(child)
        if child.type == "link_open":
            is_open = str(child.attrGet("href")).startswith("http://")
        elif child.type == "link_close" and is_open:
            marked.append(Token("text", "", 0, content=" (not encrypted)"))
    if token.children:
        token.children = marked


def _lead(token: Token, around: Surroundings, line: int) -> None:
    href = str(token.attrGet("href"))
    match = WORDS_OF_A_LINK.match(href)
    if match:
        address = around.address_of(*match.groups())
        if address is None:
            around.complain(line, "leads-nowhere", f"The link {href} leads nowhere. {LINK_HELP}")
            address = "#"
        token.attrSet("href", around.to(address))
        if match.group(1) == "term":
            _explain(token, match.group(2), around)
    elif not href.startswith(("https://", "http://", "#", "mailto:")):
        around.complain(line, "bad-link", f"The link {href} is none that a page may hold. {LINK_HELP}")


def _explain(token: Token, name: str, around: Surroundings) -> None:
    """Give the first link to a word of the glossary what a script needs to open its meaning in place."""
    word, meaning = around.meaning(name)
    if meaning and name not in around.terms:
        around.terms.append(name)
        for key, value in (("class", "term"), ("data-word", word), ("data-meaning", meaning)):
            token.attrSet(key, value)


LINK_HELP = "A link is page:/address/, entry:kind/slug, term:id or https://…."


def _block(opens: Rule, closing: str = "") -> Rule:
    """Return what writes a block of `:::` around its text."""
    return lambda tokens, index, around: closing if tokens[index].nesting < 0 else opens(tokens, index, around)


def _box(opening: str, closing: str) -> Rule:
    """Return what writes such a block; `{0}` is what its first line says, `{1}` its first word, `{2}` the others."""

    def opens(tokens: Sequence[Token], index: int, _around: Surroundings) -> str:
        words = _words_of(tokens[index])
        first, _, rest = words.partition(" ")
        return opening.format(*map(escape, (words, first, rest)))

    return _block(opens, closing)


def _words_of(token: Token) -> str:
    return token.info.strip().partition(" ")[2].strip()


def _line_of(token: Token) -> int:
    return (token.map or [0])[0] + 1


def _card(tokens: Sequence[Token], index: int, around: Surroundings) -> str:
    token = tokens[index]
    name = _words_of(token)
    if around.entry_address(name) is None:
        sentence = f"No entry {name} exists. Write ::: card kind/slug with an entry that does."
        around.complain(_line_of(token), "no-such-entry", sentence)
        return ""
    around.entries.append(name)
    around.cards.append(name)
    return around.card(name)


def _figure(tokens: Sequence[Token], index: int, around: Surroundings) -> str:
    """A drawing with its wall label; the block's text says the same in words and is folded below it."""
    token = tokens[index]
    name = _words_of(token)
    shown = around.figure(name)
    if shown is None:
        said = f"No figure {name} exists. Write ::: figure name with one of content/images/."
        around.complain(_line_of(token), "no-such-figure", said)
    if name in around.figures:
        said = f"The figure {name} is on this page already. Show it once, and link to it."
        around.complain(_line_of(token), "figure-twice", said)
    if tokens[index + 1].nesting < 0:
        said = f"The figure {name} has no text. Say the same in words, up to the closing :::."
        around.complain(_line_of(token), "figure-without-words", said)
    around.figures.append(name)
    return (
        f'{shown or ""}<details class="more"><summary>'
        "<span>Learn more about this drawing: the same in words</span></summary><div>\n"
    )


def _table(tokens: Sequence[Token], index: int, around: Surroundings) -> str:
    token = tokens[index]
    block, part = token.info.split()[0], _words_of(token)
    shown = around.table(block, part)
    if not shown:
        said = f"::: {block} has no part named {part!r}. See content/README.md for those that it has."
        around.complain(_line_of(token), f"no-such-{block}", said)
    return shown


CONTAINERS: Mapping[str, Rule] = {
    "learn-more": _box('<details class="more"><summary><span>{0}</span></summary><div>\n', "</div></details>\n"),
    "notice": _box('<div class="notice" role="note" aria-label="{0}"><p><strong>{0}</strong></p>\n', "</div>\n"),
    "on-screen": _box('<div class="screen-only">\n', "</div>\n"),
    "printable": _box(
        '<section class="printable" id="{1}" aria-labelledby="{1}-title"><h2 id="{1}-title">{2}</h2>\n', "</section>\n"
    ),
    "card": _block(_card),
    "figure": _block(_figure, "</div></details>\n"),
    "law": _block(_table),
    "ask": _block(_table),
}


def drawn(drawing: Drawing) -> Markup:
    """Return the shapes of a drawing, which were read against an allow-list and written anew."""
    return Markup(drawing.shapes)


def _heading_open(tokens: Sequence[Token], index: int, _around: Surroundings) -> str:
    """A heading is named by its own words alone, so that a list of headings does not say each one twice."""
    tag, name = tokens[index].tag, tokens[index].attrGet("id")
    kind = ' class="to-fold"' if tokens[index].meta.get("is_folded") else ""
    return f'<{tag} id="{name}"{kind} aria-labelledby="{name}-words"><span id="{name}-words">' if name else f"<{tag}>"


def _heading_close(tokens: Sequence[Token], index: int, _around: Surroundings) -> str:
    token = tokens[index - 2]
    name, title = token.attrGet("id"), escape(str(token.meta.get("title", "")))
    anchor = f'</span><a class="anchor" href="#{name}" aria-label="Link to this part: {title}">#</a>' if name else ""
    return f"{anchor}</{tokens[index].tag}>\n"


def _text(tokens: Sequence[Token], index: int, _around: Surroundings) -> str:
    return BLANK.sub(r'<span role="img" aria-label="blank">\g<0></span>', escapeHtml(tokens[index].content))


def _table_open(tokens: Sequence[Token], index: int, _around: Surroundings) -> str:
    """A table's frame is named by the heads of its columns, and so is each cell: on a phone a row becomes a list."""
    table = list(takewhile(lambda token: token.type != "table_close", tokens[index:]))
    cells = [after for token, after in pairwise(table) if token.type in {"th_open", "td_open"}]
    heads = ["".join(child.content for child in cell.children or ()) for cell in cells if cell.type == "inline"]
    heads = heads[: sum(token.type == "th_open" for token in table)]
    for place, token in enumerate(token for token in table if token.type == "td_open"):
        token.attrSet("data-label", heads[place % len(heads)])
    label = escape(", ".join(filter(None, heads)))
    return f'<div class="table" role="region" tabindex="0" aria-label="Table: {label}"><table>\n'


def _footnote_ref(tokens: Sequence[Token], index: int, _around: Surroundings) -> str:
    number, mark, _ = _mark_of(tokens[index])
    return f'<sup><a href="#note-{number}" id="mark-{mark}" aria-label="Note {number}">{number}</a></sup>'


def _footnote_anchor(tokens: Sequence[Token], index: int, _around: Surroundings) -> str:
    number, mark, place = _mark_of(tokens[index])
    shown = f"back to{place.removeprefix(',')}" if place else "back"
    of = f"{shown} of note {number}" if place else f"back to note {number} in the text"
    return f' <a href="#mark-{mark}" aria-label="{of}">{shown}</a>'


def _mark_of(token: Token) -> tuple[int, str, str]:
    """Return a note's number, the id of this mark of it, and which one it is in words, where there are several."""
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    return (number, f"{number}-{again}", f", place {again + 1}") if again else (number, str(number), "")


RULES: Mapping[str, Rule] = {
    "text": _text,
    "heading_open": _heading_open,
    "heading_close": _heading_close,
    "table_open": _table_open,
    "table_close": lambda *_: "</table></div>\n",
    "th_open": lambda *_: '<th scope="col">',
    "footnote_block_open": lambda *_: (
        '<section class="footnotes" aria-labelledby="sources"><h2 id="sources">Sources and notes</h2>\n<ol>\n'
    ),
    "footnote_ref": _footnote_ref,
    "footnote_open": lambda tokens, index, _around: f'<li id="note-{tokens[index].meta["id"] + 1}">',
    "footnote_anchor": _footnote_anchor,
}
GUIDE = _guide()


def data_block(value: Any) -> Markup:
    """Return plain values as JSON that may be put in a script element: no bracket or ampersand is left bare in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def plain_text(html: str) -> str:
    return " ".join(unescape(nh3.clean(html, tags=set())).split())


def with_code(text: str) -> Markup:
    return Markup(CODE.sub(r"<code>\1</code>", escape(text)))
