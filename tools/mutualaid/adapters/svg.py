"""SVG text, strictly: shapes and labels on a sheet 360 units wide. The only home of the XML parser.

What is not in `ATTRIBUTES` is refused with its place, and what passes is written anew from what was read. So a drawing
cannot carry script, style, colors, sizes of type, ids, links, pictures or anything from elsewhere: how it looks comes
from the theme's `d-` classes, and its name from the page.
"""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from xml.parsers import expat

from mutualaid.core.content.page import Drawing
from mutualaid.core.entries.problem import Place, Problem, problem_of

MAX_BYTES = 12_000
SHEET = 360
NAMESPACE = "http://www.w3.org/2000/svg"
CLASSES = frozenset(
    ("d-line", "d-fill", "d-key", "d-maybe", "d-ask", "d-far", "d-broken", "d-thin", "d-strong", "d-over")
)

_LOOK = ("class", "transform")
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "svg": ("viewBox",),
    "g": (*_LOOK, "text-anchor"),
    "path": (*_LOOK, "d"),
    "circle": (*_LOOK, "cx", "cy", "r"),
    "rect": (*_LOOK, "x", "y", "width", "height", "rx"),
    "text": (*_LOOK, "x", "y", "text-anchor"),
}
_INSIDE = {name: [inner for inner in ATTRIBUTES if inner != "svg"] for name in ("svg", "g")} | {"": ["svg"]}
_NUMBER = r"-?[0-9]{1,4}(\.[0-9]{1,2})?"
_NAMES = "|".join(sorted(CLASSES))
_VALUES: Mapping[str, tuple[str, str]] = {
    "viewBox": (
        rf"0 0 {SHEET} ([1-9]|1[01])[0-9]{{2}}",
        f'Write viewBox="0 0 {SHEET} 400", with a height from 100 to 1199: all drawings have one width.',
    ),
    "class": (rf"({_NAMES})( ({_NAMES}))*", f"Choose from: {', '.join(sorted(CLASSES))}."),
    "transform": (
        rf"translate\({_NUMBER} {_NUMBER}\)",
        'Write transform="translate(10 20)"; nothing else turns or stretches.',
    ),
    "text-anchor": ("start|middle|end", "Write start, middle or end."),
    "d": (
        r"[Mm][MLHVCSQTAZmlhvcsqtaz0-9 .,-]*",
        "Write a path that starts with M and holds only letters of paths, numbers, spaces and commas.",
    ),
}
_ANY_NUMBER = (_NUMBER, "Write a number from -9999 to 9999 with at most two digits after the point.")


def read_drawing_file(file: Path, shown_as: str) -> Drawing | Problem:
    if not file.is_file():
        return problem_of("svg.missing", "The drawing", Place(shown_as), name=file.name)
    size = file.stat().st_size
    if size > MAX_BYTES:
        return problem_of("svg.too-large", "The drawing", Place(shown_as), size=size, most=MAX_BYTES)
    return read_drawing(file.read_bytes(), shown_as)


def read_drawing(raw: bytes, shown_as: str) -> Drawing | Problem:
    """Read the bytes of one drawing, or return the first thing that it may not hold; `shown_as` names it there."""
    parser = expat.ParserCreate("utf-8", " ")
    copy = _Copy()
    parser.StartElementHandler, parser.EndElementHandler = copy.start, copy.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = copy.words, copy.doctype
    try:
        parser.Parse(raw, True)
    except _RefusedError as error:
        (rule, sentence), line = error.args, parser.CurrentLineNumber
        return Problem(f"svg.{rule}", "The drawing", sentence, Place(shown_as, line, parser.CurrentColumnNumber + 1))
    except expat.ExpatError as error:
        place = Place(shown_as, error.lineno, error.offset + 1)
        return problem_of("svg.syntax", "The drawing", place, said=expat.ErrorString(error.code))
    return Drawing(copy.view_box, "".join(copy.written))


class _RefusedError(Exception):
    """Something that a drawing may not hold: its rule, and a sentence."""


class _Copy:
    def __init__(self) -> None:
        self.view_box, self.written = "", list[str]()
        self._open, self._words = [""], ""

    def start(self, full_name: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full_name.rpartition(" ")
        if namespace != NAMESPACE or name not in _INSIDE.get(self._open[-1], ()):
            where = f"inside <{self._open[-1]}>" if self._open[-1] else "outermost"
            listed = ", ".join(f"<{inner}>" for inner in _INSIDE["svg"])
            raise _RefusedError(
                "element", f"<{name}> may not be {where}. A drawing is one <svg> with {listed} in it, or in a <g>."
            )
        for key, value in attributes.items():
            _judge(name, key, value)
        if name == "svg":
            self.view_box = attributes.get("viewBox") or _judge(name, "viewBox", "")
        else:
            listed = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
            self.written.append(f"<{name}{listed}{'>' if name in ('g', 'text') else '/>'}")
        self._open.append(name)

    def end(self, _full_name: str) -> None:
        name = self._open.pop()
        words, self._words = escape(" ".join(self._words.split()), quote=False), ""
        if name in ("g", "text"):
            self.written.append(f"{words}</{name}>")

    def words(self, text: str) -> None:
        if self._open[-1] == "text":
            self._words += text
        elif text.strip():
            raise _RefusedError("stray-text", "Words are outside of <text>. Put them into one, or take them out.")

    def doctype(self, *_: object) -> None:
        """Refuse a document type: it may define what is read as something else below."""
        raise _RefusedError("doctype", "This is a document type. Take it out.")


def _judge(name: str, key: str, value: str) -> str:
    if key not in ATTRIBUTES[name]:
        allowed, shown = ", ".join(ATTRIBUTES[name]), key.rpartition(" ")[2]
        raise _RefusedError("attribute", f"`{shown}` may not be on <{name}>; {allowed} may. Take it out.")
    pattern, cure = _VALUES.get(key, _ANY_NUMBER)
    if not re.fullmatch(pattern, value):
        raise _RefusedError("value", f"`{key}` may not be {value!r}. {cure}")
    return value
