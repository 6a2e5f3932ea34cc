"""A tree of our own HTML as Typst, for books and sheets. What each function looks like is in theme/print/*.typ."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from mutualaid.core.entries.addresses import as_ascii
from mutualaid.text.html_tree import Element
from mutualaid.text.room import CIRCLES
from mutualaid.text.typst import array, content, literal, text

TICK_BOX = "[ ] "
UNDERSCORES_IN_A_LINE, REST_FROM, SHORTEST_COLUMN = 60, 12, 9
LINES = re.compile(r"(?:#lines\((\d+)\)\n\n){2,}")
FACTS_IN_A_ROW = 3
BREAK = Element("br")


@dataclass
class Typesetter:
    """Turns elements into Typst.

    `inside` are the addresses with a label in this document, such as `/safety/#rights`, and `address` is that of the
    page at hand. `site_address` is '' where it is not known. `deeper` is added to the level of each heading. On a sheet
    links have no notes or page numbers; its print may be large, or tight: short things stand side by side.
    """

    inside: frozenset[str] = frozenset()
    site_address: str = ""
    address: str = ""
    deeper: int = 1
    exhibits: Mapping[str, str] = field(default_factory=dict)
    is_sheet: bool = False
    is_large: bool = False
    is_tight: bool = False
    _notes: dict[str, Element] = field(default_factory=dict)
    _noted: set[str] = field(default_factory=set)
    is_narrow: bool = False
    """In a table or note, where a link has its address beside it and a line to write on a row of its own."""

    def document(self, tree: Element) -> str:
        """Return what is in a page or entry, with its notes at the foot of the paper."""
        sections = tree.every("section", "footnotes")
        self._notes = {item.attributes.get("id", ""): item for section in sections for item in section.every("li")}
        return self.inner(tree)

    def inner(self, element: Element) -> str:
        made, children = [], element.children
        for index, child in enumerate(children):
            if isinstance(child, str):
                begins = not index or children[index - 1] == BREAK
                made.append(_words(child.lstrip() if begins else child, may_be_tick_box=begins))
            elif child.tag == "span" and "aria-label" in child.attributes:
                made.append(self._blank(child.words, children[index + 1 :]))
            else:
                write = WRITERS.get(child.name) or WRITERS.get(child.tag)
                made.append(write(self, child) if write else self.inner(child))
        return LINES.sub(_as_one_ruling, "".join(made))

    def content(self, element: Element) -> str:
        return content(self.inner(element).strip())

    def narrow(self, element: Element) -> str:
        before, self.is_narrow = self.is_narrow, True
        made = self.content(element)
        self.is_narrow = before
        return made

    def link(self, element: Element) -> str:
        """Return a link: with a page number where its target is in the document, else to the site, else its words."""
        target, words = element.attributes["href"], self.inner(element)
        if target.startswith("#note-"):
            return self._note(target.removeprefix("#"))
        if target.startswith("#mark-"):
            return ""
        if target.startswith("#"):
            target = self.address + target
        if not target.startswith("/"):
            return self._outward(target, words, is_source=element.name == "source")
        place = target if target in self.inside else target.partition("#")[0]
        if place in self.inside:
            return f"#to({literal(place)}, {content(words)});"
        return f"#link({literal(self.site_address + target)}, {content(words)});" if self.site_address else words

    def _outward(self, target: str, words: str, *, is_source: bool) -> str:
        plain = words.replace('#"', "").replace('"', "").rstrip("/")
        if plain in {target.rstrip("/"), target.partition("://")[2].rstrip("/")}:
            away = "out-plain"
        elif is_source or (self.is_narrow and not self.is_sheet):
            away = "out-line"
        else:
            away = "out-plain" if self.is_sheet else "out"
        return f"#{away}({literal(as_ascii(target))}, {content(words)});"

    def _note(self, name: str) -> str:
        label = f"label({literal(f'{self.address}@{name}')})"
        if name in self._noted or name not in self._notes:
            return f"#footnote({label});"
        self._noted.add(name)
        return f"#footnote({self.narrow(self._notes[name])})#{label};"

    def _blank(self, underscores: str, after: Sequence[Element | str]) -> str:
        if self.is_narrow:
            return f"#block(height: {6 * (underscores.count(' ') + 1)}mm, width: 100%)"
        count = underscores.count("_")
        is_rest = count >= REST_FROM and _ends_a_line(after)
        return "#rest();" if is_rest else f"#blank({min(count * 4, 200)}pt);"


def _words(words: str, *, may_be_tick_box: bool) -> str:
    words = words.replace("\n", " ")
    if may_be_tick_box and words.startswith(TICK_BOX):
        return f"#tick-box;{text(words.removeprefix(TICK_BOX))}"
    return text(words)


def _ends_a_line(after: Sequence[Element | str]) -> bool:
    following = after[0] if after else "\n"
    return (
        following.tag == "br" if isinstance(following, Element) else following.startswith("\n") or not following.strip()
    )


def _as_one_ruling(found: re.Match[str]) -> str:
    return f"#lines({sum(int(number) for number in re.findall(r'[0-9]+', found.group()))})\n\n"


def _paragraph(setter: Typesetter, element: Element) -> str:
    if element.elements and not element.words.strip("_ \n\\"):
        return f"#lines({max(1, round(element.words.count('_') / UNDERSCORES_IN_A_LINE))})\n\n"
    return f"{setter.inner(element).strip()}\n\n"


def _heading(setter: Typesetter, element: Element) -> str:
    place = f"{setter.address}#{element.attributes.get('id')}"
    label = f" #label({literal(place)})" if place in setter.inside else ""
    level = int(element.tag[1]) + setter.deeper
    return f"\n#heading(level: {level}, outlined: false, {setter.content(element)}){label}\n\n"


def _list(setter: Typesetter, element: Element) -> str:
    start = f"start: {element.attributes['start']}, " if "start" in element.attributes else ""
    name, items = "enum" if element.tag == "ol" else "list", [setter.content(item) for item in element.elements]
    if setter.is_tight and len(items) > 1 and not start and not setter.is_narrow:
        half = (len(items) + 1) // 2
        second = f"start: {half + 1}, " if name == "enum" else ""
        return f"#halves({name}({', '.join(items[:half])}), {name}({second}{', '.join(items[half:])}))\n\n"
    return f"#{name}({start}{', '.join(items)})\n\n"


def _table(setter: Typesetter, element: Element) -> str:
    head, *rows = [row.elements for row in element.every("tr")]
    lengths = [[len(cell.words) for cell in row] for row in (head, *rows)]
    widths = (sqrt(max(SHORTEST_COLUMN, *column)) for column in zip(*lengths, strict=True))
    boxed = str("____" in element.words).lower()
    cells = ", ".join(setter.narrow(cell) for row in rows for cell in row)
    columns = array(f"{width:.2f}fr" for width in widths)
    return f"#ruled-table({columns}, {array(map(setter.narrow, head))}, boxed: {boxed}, {cells})\n\n"


def _box(function: str) -> Callable[[Typesetter, Element], str]:
    def write(setter: Typesetter, element: Element) -> str:
        title, *rest = element.elements
        return f"#{function}({literal(title.words.strip())}, {setter.content(Element('', children=[*rest]))})\n\n"

    return write


def _mark(function: str) -> Callable[[Typesetter, Element], str]:
    return lambda setter, element: f"#{function}{content(setter.inner(element))};"


def _span(setter: Typesetter, element: Element) -> str:
    language = element.attributes.get("lang", "").partition("-")[0]
    direction = element.attributes.get("dir", "ltr")
    inner = setter.inner(element)
    return f"#text(lang: {literal(language)}, dir: {direction}){content(inner)};" if language else inner


def _pairs(element: Element) -> Iterable[tuple[Element, Element]]:
    return zip(element.every("dt"), element.every("dd"), strict=True)


def _terms(setter: Typesetter, element: Element) -> str:
    function = "term" if element.name == "terms" else "pair"
    made = []
    for head, body in _pairs(element):
        place = f"{setter.address}#{head.attributes.get('id')}"
        label = f" #label({literal(place)})" if place in setter.inside else ""
        made.append(f"{function}({content(setter.inner(head) + label)}, {setter.content(body)})")
    if setter.is_tight:
        return f"#halves({', '.join(made)})\n\n"
    return "".join(f"#{one}\n\n" for one in made)


def _facts(setter: Typesetter, element: Element) -> str:
    columns = 1 if setter.is_large else 4 if setter.is_tight else FACTS_IN_A_ROW
    span = 2 if setter.is_tight else columns
    cells: list[str] = []
    for head, body in _pairs(element):
        fact = f"fact({literal(head.words)}, {setter.content(body)})"
        if body.name == "wide":
            cells += ["[]"] * (-len(cells) % span)
            cells += [f"wide({span}, {fact})", *[""] * (span - 1)]
        else:
            cells.append(fact)
    return f"#facts({columns}, {', '.join(filter(None, cells))})\n\n"


def _imprint(_setter: Typesetter, element: Element) -> str:
    _, facts = element.elements
    words = " · ".join(f"{head.words}: {body.words}" for head, body in _pairs(facts))
    return f"#block(above: 1em, small({literal(words)}))\n\n"


def _steps(setter: Typesetter, element: Element) -> str:
    minutes = array(step.attributes["data-minutes"] for step in element.every("section", "step"))
    return f"#ruler({minutes})\n\n{setter.inner(element)}"


def _step(setter: Typesetter, element: Element) -> str:
    head, *rest = element.elements
    minutes = element.attributes["data-minutes"]
    unit = "minute" if minutes == "1" else "minutes"
    body = setter.content(Element("", children=[*rest]))
    return f"#step({literal(minutes)}, {literal(unit)}, {content(_heading(setter, head))}, {body})\n\n"


def _prompt(setter: Typesetter, element: Element) -> str:
    words, space = element.elements
    kind, lines = space.attributes.get("data-draw"), space.attributes["data-lines"]
    is_large = str(setter.is_large).lower()
    head = f"#prompt({setter.content(words)}, {0 if kind else lines}, {is_large})\n\n"
    if not kind:
        return head
    rows = [row.elements for row in space.every("tr")]
    cells = "".join(array(setter.content(cell) for cell in row) + ", " for row in rows)
    top = str(bool(rows) and rows[0][0].tag == "th").lower()
    return f"{head}#room({literal(kind)}, {lines}, {is_large}, {top}, ({cells}), {literal(CIRCLES)})\n\n"


def _care(setter: Typesetter, element: Element) -> str:
    facts = ", ".join(f"({literal(head.words)}, {setter.content(body)})" for head, body in _pairs(element))
    return f"#care({str(setter.is_large).lower()}, {facts})\n\n"


def _card(setter: Typesetter, element: Element) -> str:
    head, summary, facts = element.elements
    kind, title = head.elements
    inner = f"{setter.content(title)}, {setter.content(summary)}, {literal(facts.words)}"
    return f"#entry-card({literal(kind.words)}, {inner})\n\n"


def _index(_setter: Typesetter, element: Element) -> str:
    rows = ((row.words, array(literal(link.attributes["href"]) for link in row.every("a"))) for row in element.elements)
    return f"#index-of({', '.join(f'({literal(words)}, {places})' for words, places in rows)})\n\n"


def _subjects(_setter: Typesetter, element: Element) -> str:
    names = (head.words for head in element.every("h3"))
    places = (array(literal(link.attributes["href"]) for link in rows.every("a")) for rows in element.every("ul"))
    rows = ", ".join(f"({literal(name)}, {where})" for name, where in zip(names, places, strict=True))
    return f'#heading(level: 2, outlined: false, "Subjects")\n\n#index-of({rows})\n\n'


WRITERS: Mapping[str, Callable[[Typesetter, Element], str]] = {
    # by class
    "after": _box("after-this"),
    "by-topic": _subjects,
    "card": _card,
    "care": _care,
    "contents": lambda _setter, _element: "",
    "facts": _facts,
    "footnotes": lambda _setter, _element: "",
    "imprint": _imprint,
    "index": _index,
    "lead": lambda setter, element: f"#lead-note({setter.content(element)})\n\n",
    "minutes": lambda _setter, _element: "",
    "more": _box("more"),
    "notice": _box("warning"),
    "printable": _box("printable"),
    "prompt": _prompt,
    "run-in": lambda setter, element: f"{setter.inner(element)} ",
    "step": _step,
    "steps": _steps,
    "take": _box("take-with-you"),
    # by tag
    "a": Typesetter.link,
    "b": _mark("strong"),
    "blockquote": lambda setter, element: f"#quote(block: true, {setter.content(element)})\n\n",
    "br": lambda _setter, _element: "#linebreak();",
    "cite": _mark("emph"),
    "code": lambda _setter, element: f"#raw({literal(element.words)});",
    "dl": _terms,
    "em": _mark("emph"),
    **dict.fromkeys(("h1", "h2", "h3", "h4"), _heading),
    "hr": lambda _setter, _element: "#cut()\n\n",
    **dict.fromkeys(("ol", "ul"), _list),
    "p": _paragraph,
    "pre": lambda _setter, element: f"#raw({literal(element.words)}, block: true)\n\n",
    "s": _mark("strike"),
    "small": _mark("small"),
    "span": _span,
    "strong": _mark("strong"),
    "table": _table,
    "x-exhibit": lambda setter, element: setter.exhibits[element.attributes["name"]],
}
"""What writes an element, by the first word of its class, else by its tag. Any other element gives what is in it."""
