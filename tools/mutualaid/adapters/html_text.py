"""HTML of a mail, as plain text: paragraphs, lists, quotes. Nothing is loaded, and no address of a link is kept."""

import re
from html import unescape
from html.parser import HTMLParser

_BODIES = ("address", "article", "aside", "blockquote", "center", "div", "footer", "header", "main", "section")
_PARTS = ("dd", "dl", "dt", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
_ROWS = ("li", "ol", "p", "pre", "table", "td", "th", "tr", "ul")
BLOCKS = frozenset((*_BODIES, *_PARTS, *_ROWS))
UNSEEN = frozenset(("head", "script", "style", "template", "title", "svg", "noscript"))
_TAG = re.compile(r"<[^>]{0,2000}>")


def text_of_html(html: str) -> str:
    """Return the words of `html`, a block a line; what is quoted begins with `> `. Broken HTML loses its tags alone."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # Python's parser gives up so on some declarations
        return unescape(_TAG.sub("\n", html))
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.unseen = 0
        self.quotes = 0

    def text(self) -> str:
        """Return the lines, with at most one empty line between two."""
        lines = (re.sub(r"[ \t\u00a0]+", " ", line).rstrip() for line in self.lines)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line where a block begins."""
        self.unseen += tag in UNSEEN
        if tag == "blockquote":
            self._break()
            self.quotes += 1
        if tag in BLOCKS or tag == "br":
            self._break(is_hard=tag == "br")
        if tag == "li":
            self.lines[-1] += "- "

    def handle_endtag(self, tag: str) -> None:
        """End the line where a block ends."""
        self.unseen = max(0, self.unseen - (tag in UNSEEN))
        if tag == "blockquote":
            self._break()
            self.quotes = max(0, self.quotes - 1)
        if tag in BLOCKS:
            self._break()
        if tag == "p":
            self._break(is_hard=True)

    def handle_data(self, data: str) -> None:
        """Take words in; line ends within a block are spaces."""
        if self.unseen:
            return
        words = re.sub(r"\s+", " ", data)
        if not self.lines[-1].strip("> -"):
            words = words.lstrip()
            if words and self.quotes and not self.lines[-1]:
                self.lines[-1] = "> " * self.quotes
        self.lines[-1] += words

    def _break(self, *, is_hard: bool = False) -> None:
        if is_hard or self.lines[-1].strip():
            self.lines.append("")
