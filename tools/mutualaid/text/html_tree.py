"""Our own HTML as a tree for books and documents, and that as XHTML, as e-books ask for it.

Folded parts are open, and what only a screen needs is gone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "wbr", "col"})
ROWS = frozenset({"li", "dt", "dd", "tr", "th", "td", "thead", "tbody"})
BLOCKS = ROWS | {"section", "div", "p", "h1", "h2", "h3", "h4", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"}
ONLY_ON_SCREEN = frozenset({"tabindex", "role", "open", "aria-labelledby"})


@dataclass(slots=True)
class Element:
    """An element with its attributes, and what is in it: elements and text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("class", "").partition(" ")[0]

    @property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def words(self) -> str:
        return "".join(child if isinstance(child, str) else child.words for child in self.children)

    def every(self, tag: str, name: str = "") -> Iterator["Element"]:
        """Yield each element of a tag, and of a class where one is given, at any depth."""
        for element in self.elements:
            if element.tag == tag and name in ("", element.name):
                yield element
            yield from element.every(tag, name)


def parse(html: str) -> Element:
    """Return what is in a fragment of our own HTML, inside an element without a tag."""
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    builder.open[0].children = _without_blanks(builder.open[0].children)
    return builder.open[0]


def _without_blanks(children: list[Element | str]) -> list[Element | str]:
    last = len(children) - 1
    return [
        child
        for index, child in enumerate(children)
        if not isinstance(child, str)
        or child.strip()
        or (0 < index < last and not _is_block(children[index - 1]) and not _is_block(children[index + 1]))
    ]


def _is_block(child: Element | str) -> bool:
    return isinstance(child, Element) and (child.tag in BLOCKS or child.tag == "x-exhibit")


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = {name: value or "" for name, value in attrs if name not in ONLY_ON_SCREEN}
        if tag == "details":
            tag = "section"
        elif tag == "summary":
            tag, kept = "p", {"class": "more-title"}
        elif tag == "span" and self.open[-1].name == "more-title":
            tag = "strong"
        element = Element(tag, kept)
        if element.name not in ("anchor", "screen-only"):
            self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.open) > 1:
            element = self.open.pop()
            if element.tag in BLOCKS:
                element.children = _without_blanks(element.children)

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def as_xhtml(element: Element, to: Callable[[str], str], exhibits: Mapping[str, str]) -> str:
    """Return what is in an element as XHTML: each element closed, links into nothing as plain words.

    `to` gives the target of a link, '' where it leads nowhere; `exhibits` are put in place of `<x-exhibit name="…">`.
    """
    return "".join(
        escape(child, quote=False) if isinstance(child, str) else _written(child, to, exhibits)
        for child in element.children
    )


def _written(element: Element, to: Callable[[str], str], exhibits: Mapping[str, str]) -> str:
    if element.tag == "x-exhibit":
        return exhibits[element.attributes["name"]]
    inner = as_xhtml(element, to, exhibits)
    attributes = dict(element.attributes)
    if "href" in attributes:
        attributes["href"] = to(attributes["href"])
        if not attributes["href"]:
            return inner
    if element.tag == "div":
        attributes.pop("aria-label", None)
    start = element.tag + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{start}/>" if element.tag in VOID else f"<{start}>{inner}</{element.tag}>"
