"""SVG text, strictly: shapes and labels on a sheet 360 units wide. The only home of the XML parser.

What is not in `ATTRIBUTES` is refused with its place, and what passes is written anew from what was read. So a drawing
cannot carry script, style, colors, sizes of type, ids, links, pictures or anything from elsewhere: how it looks comes
from the theme's `d-` classes, and its name from the page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from xml.parsers import expat

from mutualaid.core.content.figure import Drawing
from mutualaid.core.entries.problem import Place, Problem

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
PARENTS = ("svg", "g")
_NUMBER = r"-?[0-9]{1,4}(\.[0-9]{1,2})?"
_NAMES = "|".join(sorted(CLASSES))
_VALUES: Mapping[str, str] = {
    "viewBox": rf"0 0 {SHEET} [1-9][0-9]{{2}}",
    "class": rf"({_NAMES})( ({_NAMES}))*",
    "transform": rf"translate\({_NUMBER} {_NUMBER}\)",
    "text-anchor": "start|middle|end",
    "d": r"[Mm][MLHVCSQTAZmlhvcsqtaz0-9 .,-]*",
}


@dataclass(frozen=True, slots=True)
class DrawingReading:
    """What became of a file: a `drawing`, or the `problems` that kept it from being one."""

    drawing: Drawing | None
    problems: tuple[Problem, ...] = ()


def read_drawing_file(file: Path, shown_as: str) -> DrawingReading:
    """Read one file; a missing file, or one that is too large, becomes a problem."""
    if not file.is_file():
        sentence = f"The drawing {file.name} is missing. Put it beside its words, or take the words away."
        return DrawingReading(None, (Problem("svg.missing", "The drawing", sentence, Place(shown_as)),))
    size = file.stat().st_size
    if size > MAX_BYTES:
        sentence = (
            f"The drawing is {size:,} bytes long; it may have {MAX_BYTES:,}. Draw with fewer and rounder numbers."
        )
        return DrawingReading(None, (Problem("svg.too-large", "The drawing", sentence, Place(shown_as)),))
    return read_drawing(file.read_bytes(), shown_as)


def read_drawing(raw: bytes, shown_as: str) -> DrawingReading:
    """Read the bytes of one drawing; `shown_as` names it in problems."""
    parser = expat.ParserCreate("utf-8", " ")
    reader = _DrawingReader(shown_as, parser)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(raw, True)
    except _StopReading:
        pass
    except expat.ExpatError as error:
        place = Place(shown_as, error.lineno, error.offset + 1)
        sentence = f"The drawing cannot be read from here on ({expat.ErrorString(error.code)}). Look at this line."
        reader.problems.append(Problem("svg.syntax", "The drawing", sentence, place))
    if reader.problems:
        return DrawingReading(None, tuple(reader.problems))
    return DrawingReading(Drawing(reader.view_box, "".join(reader.written)))


class _StopReading(Exception):
    """What follows is not worth reading."""


@dataclass
class _DrawingReader:
    file: str
    parser: expat.XMLParserType
    view_box: str = ""
    problems: list[Problem] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)

    def start(self, full_name: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        name = full_name.removeprefix(f"{NAMESPACE} ")
        around = self._open[-1] if self._open else ""
        self._open.append(name)
        if (name == "svg") != (around == "") or name not in ATTRIBUTES or " " not in full_name:
            shown = full_name.rpartition(" ")[2]
            self._problem("element", f"<{shown}> may not stand here. A drawing is one <svg> with {_listed()} in it.")
        elif around and around not in PARENTS:
            self._problem("element", f"<{name}> may not stand inside <{around}>. Put it after.")
        else:
            self._judge(name, attributes)
            self._write(name, attributes)

    def end(self, _full_name: str) -> None:
        """Take in the end of an element."""
        name = self._open.pop()
        if name == "text":
            self.written.append(escape(" ".join("".join(self._words).split()), quote=False))
            self._words.clear()
        if name in ("g", "text"):
            self.written.append(f"</{name}>")

    def words(self, text: str) -> None:
        """Take in text between elements."""
        if self._open[-1] == "text":
            self._words.append(text)
        elif text.strip():
            self._problem("stray-text", "Words stand here outside of <text>. Put them into one, or take them out.")

    def doctype(self, *_: object) -> None:
        """Refuse a document type: it may define what later stands for something else."""
        self._problem("doctype", "A document type stands here. Take it out.")
        raise _StopReading

    def instruction(self, target: str, _data: str) -> None:
        """Refuse an instruction to another program."""
        self._problem("instruction", f"An instruction, <?{target}?>, stands here. Take it out.")

    def _judge(self, name: str, attributes: dict[str, str]) -> None:
        for full_key, value in attributes.items():
            key = full_key.rpartition(" ")[2]
            if full_key not in ATTRIBUTES[name]:
                allowed = ", ".join(ATTRIBUTES[name])
                self._problem("attribute", f"`{key}` may not stand on <{name}>; {allowed} may. Take it out.")
            elif not re.fullmatch(_VALUES.get(key, _NUMBER), value):
                self._problem("value", f"`{key}` may not be {value!r}. {_HELP.get(key, _HELP['number'])}")
        if name == "svg" and "viewBox" not in attributes:
            self._problem("value", f"`viewBox` is missing. {_HELP['viewBox']}")

    def _write(self, name: str, attributes: dict[str, str]) -> None:
        if name == "svg":
            self.view_box = attributes.get("viewBox", "")
            return
        listed = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        self.written.append(f"<{name}{listed}{'>' if name in ('g', 'text') else '/>'}")

    def _problem(self, rule: str, sentence: str) -> None:
        place = Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.problems.append(Problem(f"svg.{rule}", "The drawing", sentence, place))


def _listed() -> str:
    return ", ".join(f"<{name}>" for name in ATTRIBUTES if name != "svg")


_HELP: Mapping[str, str] = {
    "viewBox": f'Write viewBox="0 0 {SHEET} 400", with a height from 100 to 999: all drawings have one width.',
    "class": f"Choose from: {', '.join(sorted(CLASSES))}.",
    "transform": 'Write transform="translate(10 20)"; nothing else turns or stretches.',
    "text-anchor": "Write start, middle or end.",
    "d": "Write a path that starts with M and holds only letters of paths, numbers, spaces and commas.",
    "number": "Write a number from -9999 to 9999 with at most two digits after the point.",
}
