"""Markdown to HTML. Contributed text keeps paragraphs, lists, emphasis and links; guide pages have more words.

Contributed HTML is cleaned once more against an allow-list.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape, unescape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from mutualaid.core.content.page import Drawing
from mutualaid.core.entries.characters import has_visible_sign
from mutualaid.core.entries.shown import contributed, has_empty_link

TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "br"}
CONTRIBUTED = contributed()
HEADING_ID = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")
CODE = re.compile(r"`([^`]+)`")
BLANK = re.compile(r"_{3,}(?: _{3,})*")
WORDS_OF_A_LINK = re.compile(r"^(page|entry|term):(.+)$")


@cache
def prose(text: str) -> Markup:
    """Return contributed text as HTML that holds only paragraphs, lists, emphasis and links."""
    return Markup(nh3.clean(CONTRIBUTED.render(text), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https"}))


@cache
def prose_line(text: str) -> Markup:
    """Return one contributed line as HTML that holds only emphasis and links."""
    html = CONTRIBUTED.renderInline(text)
    return Markup(nh3.clean(html, tags={"em", "strong", "a"}, attributes={"a": {"href"}}, url_schemes={"https"}))


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in a page's body that leads nowhere; `line` counts from 1 inside the body."""

    line: int
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Heading:
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
    meaning: Callable[[str], tuple[str, str]] = lambda _name: ("", "")
    complaints: list[Complaint] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    def address_of(self, scheme: str, target: str) -> str | None:
        """Return the address that a link of ours leads to, or None where there is nothing."""
        place, mark, fragment = target.partition("#")
        if scheme == "page":
            return target if self.page_exists(place) else None
        if scheme == "term":
            return f"/glossary/#{place}" if self.term_exists(place) else None
        address = self.entry_address(place)
        if address:
            self.entries.append(place)
        return address + mark + fragment if address else None


def guide_html(body: str, around: Surroundings) -> Markup:
    """Render the body of a page; what it refers to in vain is added to `around.complaints`."""
    return Markup(GUIDE.render(body, {"around": around}))


def _guide() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "typographer": True})
    engine = engine.enable(["table", "smartquotes"]).use(footnote_plugin)
    for name, render in CONTAINERS.items():
        engine.use(container_plugin, name, render=render)
    engine.core.ruler.after("inline", "mutualaid", _resolve)
    for name, rule in RULES.items():
        engine.add_render_rule(name, rule)
    return engine


def _resolve(state: Any) -> None:
    around: Surroundings = state.env["around"]
    line = 1
    for index, token in enumerate(state.tokens):
        if token.map:
            line = token.map[0] + 1
        if token.type == "heading_open":
            _name_heading(token, state.tokens[index + 1], around, line)
        if has_empty_link(token.children or ()):
            said = "A link stands here without words. Write them between the brackets: [words](https://…)."
            around.complaints.append(Complaint(line, "link-without-words", said))
        _mark_open_links(token)
        for child in token.children or ():
            if child.type == "link_open":
                _lead(child, around, line)
            elif child.type == "image":
                around.complaints.append(
                    Complaint(line, "picture", "A picture stands here. Pages hold words; say in words what it shows.")
                )


def _name_heading(token: Token, inline: Token, around: Surroundings, line: int) -> None:
    match = HEADING_ID.search(inline.content)
    if not match or not inline.children:
        sentence = f"The heading “{inline.content}” needs a short id of its own that never changes: ## Words {{#id}}."
        around.complaints.append(Complaint(line, "heading-without-id", sentence))
        return
    last = inline.children[-1]
    last.content = HEADING_ID.sub("", last.content)
    title = "".join(child.content for child in inline.children)
    if not has_visible_sign(title):
        said = "The heading has no words that a reader can see. Write them before its id."
        around.complaints.append(Complaint(line, "heading-without-words", said))
    token.attrSet("id", match.group(1))
    token.meta["title"] = title
    if any(heading.id == match.group(1) for heading in around.headings):
        around.complaints.append(Complaint(line, "id-taken", f"Two headings have the id {match.group(1)}. Change one."))
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
            around.complaints.append(Complaint(line, "leads-nowhere", f"The link {href} leads nowhere. {LINK_HELP}"))
            address = "#"
        token.attrSet("href", around.to(address))
        if match.group(1) == "term":
            _explain(token, match.group(2), around)
    elif not href.startswith(("https://", "http://", "#", "mailto:")):
        around.complaints.append(
            Complaint(line, "bad-link", f"The link {href} is none that a page may hold. {LINK_HELP}")
        )


def _explain(token: Token, name: str, around: Surroundings) -> None:
    """Give the first link to a word of the glossary what a script needs to open its meaning in place."""
    word, meaning = around.meaning(name)
    if meaning and name not in around.terms:
        around.terms.append(name)
        for key, value in (("class", "term"), ("data-word", word), ("data-meaning", meaning)):
            token.attrSet(key, value)


LINK_HELP = "A link is page:/address/, entry:kind/slug, term:id or https://…."


def _learn_more(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    if tokens[index].nesting < 0:
        return "</div></details>\n"
    label = tokens[index].info.strip().removeprefix("learn-more").strip()
    return f'<details class="more"><summary><span>{escape(label)}</span></summary><div>\n'


def _notice(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    if tokens[index].nesting < 0:
        return "</div>\n"
    label = escape(tokens[index].info.strip().removeprefix("notice").strip())
    return f'<div class="notice" role="note" aria-label="{label}"><p><strong>{label}</strong></p>\n'


def _printable(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    if tokens[index].nesting < 0:
        return "</section>\n"
    name, _, title = tokens[index].info.strip().removeprefix("printable").strip().partition(" ")
    name, title = escape(name), escape(title)
    return f'<section class="printable" id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{title}</h2>\n'


def _card(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    around: Surroundings = env["around"]
    token = tokens[index]
    if token.nesting < 0:
        return ""
    name = token.info.strip().removeprefix("card").strip()
    if around.entry_address(name) is None:
        line = (token.map or [0])[0] + 1
        sentence = f"No entry {name} exists. Write ::: card kind/slug with an entry that does."
        around.complaints.append(Complaint(line, "no-such-entry", sentence))
        return ""
    around.entries.append(name)
    around.cards.append(name)
    return around.card(name)


TWIN = "Learn more about this drawing: the same in words"


def _figure(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    """A drawing with its wall label; the block's text says the same in words and stands folded below it."""
    around: Surroundings = env["around"]
    token = tokens[index]
    if token.nesting < 0:
        return "</div></details>\n"
    name = token.info.strip().removeprefix("figure").strip()
    line = (token.map or [0])[0] + 1
    shown = around.figure(name)
    for rule, sentence in _amiss_with_figure(name, shown, around, is_empty=tokens[index + 1].nesting < 0):
        around.complaints.append(Complaint(line, rule, sentence))
    around.figures.append(name)
    return f'{shown or ""}<details class="more"><summary><span>{TWIN}</span></summary><div>\n'


def _amiss_with_figure(
    name: str, shown: str | None, around: Surroundings, *, is_empty: bool
) -> Iterator[tuple[str, str]]:
    if shown is None:
        yield "no-such-figure", f"No figure {name} exists. Write ::: figure name with one of content/images/."
    if name in around.figures:
        yield "figure-twice", f"The figure {name} stands on this page already. Show it once, and link to it."
    if is_empty:
        yield "figure-without-words", f"The figure {name} has no text. Say the same in words, up to the closing :::."


CONTAINERS = {"learn-more": _learn_more, "notice": _notice, "printable": _printable, "card": _card, "figure": _figure}


def drawn(drawing: Drawing) -> Markup:
    """Return the shapes of a drawing, which were read against an allow-list and written anew."""
    return Markup(drawing.shapes)


def _heading_open(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A heading is named by its own words alone, so that a list of headings does not say each one twice."""
    tag, name = tokens[index].tag, tokens[index].attrGet("id")
    return f'<{tag} id="{name}" aria-labelledby="{name}-words"><span id="{name}-words">' if name else f"<{tag}>"


def _heading_close(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    token = tokens[index - 2]
    name, title = token.attrGet("id"), escape(str(token.meta.get("title", "")))
    anchor = f'</span><a class="anchor" href="#{name}" aria-label="Link to this part: {title}">#</a>' if name else ""
    return f"{anchor}</{tokens[index].tag}>\n"


def _text(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """Text, with each line to write on said as one word instead of sign by sign."""
    return BLANK.sub(r'<span role="img" aria-label="blank">\g<0></span>', escapeHtml(tokens[index].content))


def _table_open(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A table may scroll in its frame, which the keyboard reaches; the frame is named by what stands in its columns."""
    names = []
    for at in range(index, len(tokens)):
        if tokens[at].type == "thead_close":
            break
        if tokens[at].type == "th_open":
            names.append("".join(child.content for child in tokens[at + 1].children or ()))
    label = escape(", ".join(filter(None, names)))
    return f'<div class="table" role="region" tabindex="0" aria-label="Table: {label}"><table>\n'


def _table_close(_self: Any, _tokens: Sequence[Token], _index: int, _options: Any, _env: Any) -> str:
    return "</table></div>\n"


def _th_open(_self: Any, _tokens: Sequence[Token], _index: int, _options: Any, _env: Any) -> str:
    return '<th scope="col">'


def _footnotes_open(_self: Any, _tokens: Sequence[Token], _index: int, _options: Any, _env: Any) -> str:
    return '<section class="footnotes" aria-labelledby="sources"><h2 id="sources">Sources and notes</h2>\n<ol>\n'


def _footnote_ref(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    number, again = tokens[index].meta["id"] + 1, tokens[index].meta.get("subId", 0)
    mark = f"{number}-{again}" if again else str(number)
    return f'<sup><a href="#note-{number}" id="mark-{mark}" aria-label="Note {number}">{number}</a></sup>'


def _footnote_open(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return f'<li id="note-{tokens[index].meta["id"] + 1}">'


def _footnote_anchor(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    number, again = tokens[index].meta["id"] + 1, tokens[index].meta.get("subId", 0)
    mark = f"{number}-{again}" if again else str(number)
    place = f", place {again + 1}" if again else ""
    return f' <a href="#mark-{mark}" aria-label="Back to note {number} in the text{place}">back</a>'


RULES: dict[str, Callable[..., str]] = {
    "text": _text,
    "heading_open": _heading_open,
    "heading_close": _heading_close,
    "table_open": _table_open,
    "table_close": _table_close,
    "th_open": _th_open,
    "footnote_block_open": _footnotes_open,
    "footnote_ref": _footnote_ref,
    "footnote_open": _footnote_open,
    "footnote_anchor": _footnote_anchor,
}
GUIDE = _guide()


def data_block(value: Any) -> Markup:
    """Return plain values as JSON that may stand in a script element: no bracket or ampersand is left bare in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def plain_text(html: str) -> str:
    """Return HTML as plain text, without tags and entities, for descriptions."""
    return " ".join(unescape(nh3.clean(html, tags=set())).split())


def each_heading(around: Surroundings, level: int) -> Iterator[Heading]:
    """Yield the headings of one level, in order."""
    return (heading for heading in around.headings if heading.level == level)


def as_data(value: Mapping[str, Any]) -> Markup:
    """Return a value as JSON that can stand inside a page, as text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;"))


def with_code(text: str) -> Markup:
    """Return help as HTML: what stands between backticks is shown as it is to be typed."""
    return Markup(CODE.sub(r"<code>\1</code>", escape(text)))
