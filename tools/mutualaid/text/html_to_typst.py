"""A tree of our own HTML as the XML that theme/print/write.typ reads: words that paper can show, links that lead there.

What people wrote is data to Typst, never its markup.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mutualaid.core.entries.addresses import as_ascii
from mutualaid.text.html_tree import Element
from mutualaid.text.typst import shown

TICK_BOX = "[ ] "
REST_FROM = 12
"""A blank of so many underscores at the end of a line takes the rest of it."""
BREAK = Element("br")


@dataclass
class Typesetter:
    """Makes elements ready for Typst.

    `inside` are the addresses with a label in this document, such as `/safety/#rights`, and `address` is that of the
    page at hand. `site_address` is '' where it is not known.
    """

    inside: frozenset[str] = frozenset()
    site_address: str = ""
    address: str = ""
    exhibits: Mapping[str, Element] = field(default_factory=dict)
    _notes: dict[str, Element] = field(default_factory=dict)

    def document(self, tree: Element) -> Element:
        """Change what is in a page or entry, and return it; each of its notes is where it is first named."""
        for section in tree.every("section", "footnotes"):
            self._notes |= {item.attributes.get("id", ""): item for item in section.every("li")}
            section.children = []
        self._prepare(tree)
        return tree

    def _prepare(self, element: Element) -> None:
        if element.tag == "a":
            self._lead(element)
        if "id" in element.attributes:
            place = f"{self.address}#{element.attributes.pop('id')}"
            element.attributes |= {"id": place} if place in self.inside else {}
        made: list[Element | str] = []
        for index, child in enumerate(element.children):
            begins = not index or element.children[index - 1] == BREAK
            if isinstance(child, str):
                made += _words(child, may_be_tick_box=begins)
            elif child.tag == "x-exhibit":
                made.append(self.exhibits[child.attributes["name"]])
            else:
                if child.tag == "span" and "aria-label" in child.attributes:
                    child.tag, child.attributes = "x-blank", _rest(child, element.children[index + 1 :])
                self._prepare(child)
                made.append(child)
        element.children = made

    def _lead(self, link: Element) -> None:
        """Let a link lead to its place in the document, else to the site, else be its words alone."""
        target = link.attributes["href"]
        if target.startswith("#note-"):
            name = target.removeprefix("#")
            link.tag, link.attributes = "x-note", {"data-place": f"{self.address}@{name}", "data-mark": link.words}
            link.children = self._notes.pop(name, Element("")).children
            return
        if target.startswith("#mark-"):
            link.tag, link.attributes, link.children = "x-words", {}, []
            return
        target = self.address + target if target.startswith("#") else target
        place = target if target in self.inside else target.partition("#")[0]
        if not target.startswith("/"):
            plain = {target.rstrip("/"), target.partition("://")[2].rstrip("/")}
            name = "plain" if link.words.rstrip("/") in plain else link.name
            link.attributes = {"href": as_ascii(target), "class": name}
        elif place in self.inside:
            link.attributes = {"data-place": place}
        elif self.site_address:
            link.attributes = {"href": self.site_address + target, "class": "plain"}
        else:
            link.tag, link.attributes = "x-words", {}


def _words(words: str, *, may_be_tick_box: bool) -> Sequence[Element | str]:
    words = (words.lstrip() if may_be_tick_box else words).replace("\n", " ")
    if may_be_tick_box and words.startswith(TICK_BOX):
        return Element("x-tick"), shown(words.removeprefix(TICK_BOX))
    return (shown(words),)


def _rest(blank: Element, after: Sequence[Element | str]) -> dict[str, str]:
    following = after[0] if after else "\n"
    ends = following.tag == "br" if isinstance(following, Element) else following[:1] == "\n" or not following.strip()
    return {"data-rest": "true"} if ends and blank.words.count("_") >= REST_FROM else {}
