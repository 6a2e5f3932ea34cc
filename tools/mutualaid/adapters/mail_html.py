"""HTML of a mail, as plain text: paragraphs, lists, quotes. Nothing is loaded, and no address of a link is kept.

It has a reader of its own because Python's gives up on some texts, and on others takes a time that grows with the
square of their length. This one goes through once, whatever comes.
"""

import re
from collections.abc import Iterator
from html import unescape

_BODIES = ("address", "article", "aside", "blockquote", "center", "div", "footer", "header", "main", "section")
_PARTS = ("dd", "dl", "dt", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
_ROWS = ("li", "ol", "p", "pre", "table", "td", "th", "tr", "ul")
BLOCKS = frozenset((*_BODIES, *_PARTS, *_ROWS))
UNSEEN = frozenset(("head", "script", "style", "template", "title", "noscript"))
MOST_QUOTES = 3
_TOKEN = re.compile(
    r"""<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>?|<[!?][^<>]*>?|(?P<words>[^<]+|<)"""
)


def text_of_html(html: str) -> str:
    """Return the words of `html`, a block a line; what is quoted begins with `> `."""
    lines: list[str] = []
    line: list[str] = []
    quotes, mark = 0, ""
    for tag, is_end, words in _tokens(_without_comments(html)):
        if tag == "br" or (tag in BLOCKS and line):
            lines.append("".join(line).rstrip())
            line = []
        if tag == "p" and is_end:
            lines.append("")
        if tag == "blockquote":
            quotes = max(0, quotes - 1 if is_end else quotes + 1)
        if tag == "li":
            mark = "" if is_end else "- "
        text = words if line else words.lstrip()
        if text and not line:
            line.append("> " * min(quotes, MOST_QUOTES) + mark)
            mark = ""
        if text:
            line.append(text)
    lines.append("".join(line).rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _tokens(html: str) -> Iterator[tuple[str, bool, str]]:
    """Yield (tag, whether it ends, words) of each tag and each run of words; white space in words is single spaces."""
    place = 0
    lower = html.lower()
    while found := _TOKEN.match(html, place):
        place = found.end()
        tag = (found["tag"] or "").lower()
        if tag in UNSEEN and not found["end"]:
            closing = lower.find(f"</{tag}", place)
            place = len(html) if closing < 0 else closing
        elif found["words"]:
            yield "", False, re.sub(r"\s+", " ", unescape(found["words"]).replace("\u00a0", " "))
        elif tag:
            yield tag, bool(found["end"]), ""


def _without_comments(html: str) -> str:
    first, *more = html.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in more)
