"""HTML as XHTML, as e-books ask for it: each element closed, folded parts open, links into nothing as plain words."""

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

NOWHERE = "nowhere:"
"""The target of a link to a page that a take-away does not hold, where the site has no address."""
VOID = frozenset({"br", "hr", "img", "wbr", "col"})
RENAMED = {"details": "section", "summary": "p"}
DROPPED_ATTRIBUTES = frozenset({"tabindex", "role", "open"})


def as_xhtml(html: str, exhibits: Mapping[str, str] | None = None) -> str:
    """Return a fragment of our own HTML as XHTML; `<x-exhibit name="…">` is replaced by the exhibit of that name."""
    writer = _Writer(exhibits or {})
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


class _Writer(HTMLParser):
    def __init__(self, exhibits: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.exhibits = exhibits
        self.written: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the element's start, or leave it out."""
        given = {name: value or "" for name, value in attrs}
        if tag == "x-exhibit":
            self.written.append(self.exhibits[given["name"]])
        if self.silent or (tag == "a" and given.get("class") == "anchor"):
            self.silent += tag not in VOID
            return
        name = self._name_of(tag, given)
        if name:
            kept = {key: value for key, value in given.items() if key not in DROPPED_ATTRIBUTES}
            if kept.keys() <= {"aria-label", "class"} and name == "div":
                kept.pop("aria-label", None)
            words = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
            self.written.append(f"<{name}{words}{'/' if tag in VOID else ''}>")
        if tag not in VOID:
            self.open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        """Write the element's end where its start was written."""
        if self.silent:
            self.silent -= 1
            return
        if tag in VOID or not self.open:
            return
        _, name = self.open.pop()
        if name:
            self.written.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        """Write text."""
        if not self.silent:
            self.written.append(escape(data, quote=False))

    def _name_of(self, tag: str, given: dict[str, str]) -> str:
        if tag == "x-exhibit" or (tag == "a" and given.get("href", "").startswith(NOWHERE)):
            return ""
        if tag == "summary":
            given["class"] = "more-title"
        if tag == "span" and self.open and self.open[-1][0] == "summary":
            return "strong"
        return RENAMED.get(tag, tag)
