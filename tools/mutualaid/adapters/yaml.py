"""YAML text, strictly: text, whole numbers, true and false, lists, mappings. The home of the library.

Refused, each with a sentence: tabs, control and text-direction characters, aliases, anchors, tags, duplicate keys,
several documents, and nesting deeper than `MAX_DEPTH`. `no`, `12:30` and dates stay text. Events are read one by one,
so a nesting bomb is stopped at its first step too deep.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple, NoReturn, cast

import yaml

from mutualaid.core.entries.document import KEY, Document, Steps
from mutualaid.core.entries.hidden_characters import hidden_in, name_of_hidden
from mutualaid.core.entries.kind import Kind, in_schema_order
from mutualaid.core.entries.problem import Place, Problem, filled, in_reading_order

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 8
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
BOOLEANS = {"true": True, "false": False}
NULLS = ("null", "Null", "NULL", "~")
_COMMENT = re.compile(r"""(?<=[ '"\[\]{},:|>?+\-0-9])#""")
"""A `#` that may begin a comment behind something on its line; after any other character it is a part of the text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text: a `document`, or the `problems` that kept it from being one."""

    document: Document | None
    problems: tuple[Problem, ...] = ()


def read_yaml(text: str, file: str) -> Reading:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    hidden = hidden_characters(text, file)
    if hidden:
        return Reading(None, hidden)
    reader = _EventReader(file, yaml.parse(text, Loader=LOADER))
    try:
        value = reader.read()
    except _StopReadingError:
        pass
    except yaml.MarkedYAMLError as error:
        problem = _syntax_problem(error, text, reader.scalars, file)
        reader.problems = [one for one in reader.problems if one.place.line != problem.place.line] + [problem]
    except yaml.YAMLError:
        reader.tell("syntax unknown")
    problems = (*reader.problems, *_comments(text, reader.scalars, file, is_whole=reader.is_whole))
    marks = reader.marks
    return Reading(None, in_reading_order(problems)) if problems else Reading(Document(file, value, lambda: marks))


def write_yaml(value: Any) -> str:
    """Write plain values in the one form that the project keeps: keys in the order given, long text in blocks."""
    return str(
        yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)
    )


def canonical(value: Mapping[str, Any], kind: Kind) -> str:
    """Write an entry in its one form: fields in the order of the schema. Reading it back gives the same value."""
    return write_yaml(in_schema_order(value, kind.schema))


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indent lists below their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Write a value that is there twice out twice: the reader refuses aliases."""
        return True


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    looks_plain = not INTEGER.fullmatch(text) and text not in BOOLEANS and not _ODD.search(text)
    looks_plain = looks_plain and not _CURLY.fullmatch(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if looks_plain else "'")


_Dumper.add_representer(str, _text_node)


def hidden_characters(text: str, file: str) -> tuple[Problem, ...]:
    return tuple(
        _problem("tab" if run[0] == "\t" else "invisible-character", _place_at(at, text, file), name_of_hidden(run))
        for at, run in sorted(hidden_in(text))
    )


def _problem(name: str, place: Place, *facts: object) -> Problem:
    """Return a problem of yaml.md; `facts` fill its sentence."""
    sentence = filled(__package__, "yaml.md", name, *facts)
    return Problem(f"yaml.{name.partition(' ')[0]}", "The file", sentence, place)


def _place_at(index: int, text: str, file: str) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _comments(text: str, scalars: list["_Scalar"], file: str, *, is_whole: bool) -> Iterator[Problem]:
    """Yield a problem for each comment behind something on its line, or where the text above it could go on.

    Where reading stopped (not `is_whole`), nothing is said of what comes after the last of `scalars`.
    """
    text += "\n"
    starts = [text.index("\n", scalar.start) if scalar.style in BLOCKS else scalar.start for scalar in scalars]
    reported = -1
    for at in (mark.start() for mark in _COMMENT.finditer(text)):
        before = scalars[bisect_right(starts, at) - 1] if starts and starts[0] <= at else None
        line = text.rfind("\n", 0, at) + 1
        beside = text[line:at].strip()
        if line == reported or beside.startswith("#") or (before and at < before.end):
            continue
        goes_on = before is not None and not text[before.end : at].strip()
        if not (beside or (before and goes_on and at - line >= before.column)):
            continue
        if is_whole or goes_on or (scalars and before is not scalars[-1]):
            reported = line
            yield _problem("comment", _place_at(at, text, file))


BLOCKS, QUOTES = ("|", ">"), ("'", '"')


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, scalars: list["_Scalar"], file: str) -> Problem:
    """Return what is wrong where reading broke off, at its cause; the library's own mark is often a line too late."""
    said, late, context = str(error.problem), cast("yaml.Mark", error.problem_mark), error.context_mark
    lines, last = [*text.split("\n"), ""], scalars[-1] if scalars else _Scalar(0, 0, "")
    opened = context and (context.line < late.line or "end of stream" in said)
    mark = context if context and opened and "block" not in str(error.context) else late
    if last.style in QUOTES and not text[last.end : late.index].strip():
        ends_here = "\n" not in text[last.start : last.end]
        place = _place_at(last.end if ends_here else last.start, text, file)
        return _problem("syntax quotes end" if ends_here else "syntax quotes open", place)
    is_late = "mapping values" in said and "\n" in text[last.start : last.end]
    first = text.count("\n", 0, last.start) if is_late else mark.line
    for number in range(first, mark.line + 1):
        for name, pattern in _SLIPS:
            if found := re.search(pattern, lines[number]):
                place = Place(file, number + 1, found.start(found.lastindex or 0) + 1)
                return _problem(name, place, name_of_hidden(found[0]))
    name = next((name for part, name in _CAUSES if part in ("'-' indicator" if is_late else said)), "syntax")
    return _problem(name, Place(file, *_place(mark)))


_ODD = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CURLY = re.compile("[“”„‟‘’‚‛«»‹›][^“”„‟«»‹›]*[“”‟‘’‛«»‹›]")
_SLIPS: tuple[tuple[str, str], ...] = (
    ("odd-space", rf"(?:^|(?<=[ :,\[{{-])){_ODD.pattern}|{_ODD.pattern}(?= *:)"),
    ("syntax fence", "^ *```"),
    ("syntax merge", "^(?:<{7}|={7}|>{7})"),
    ("syntax hyphen", r"^ *([•·–—*]\s|\d+[.)]\s|-(?=[^\s-]))"),
    ("syntax wide colon", r"^[ -]*\w[\w ]*(：)"),
    ("syntax no space", r"^[ -]*\w+(:)(?!//)\S"),
    ("curly-quotes", "(?<=[:-] )[“”„‟‘’‚‛«»‹›]"),
    ("syntax block", r"(?<=[:-] )[|>][-+]?\s+\S"),
    ("syntax reserved", r"(?<=[:-] )(?:[\[{].*[\]}]\s*[^\s,\]}#]|[&*!%@`?-])"),
)
"""What is wrong by the look of a line that could not be read, and where it is seen."""
_CAUSES = (
    ("mapping values are not allowed", "syntax colon inside"),
    ("'-' indicator", "syntax column"),
    ("<document start>", "syntax column"),
    ("did not find expected key", "syntax indent"),
    ("find expected ':'", "syntax name"),
    ("found character that cannot start any token", "syntax reserved"),
    ("unexpected end of stream", "syntax quotes open"),
    ("unknown escape", "syntax escape"),
    ("expected ',' or", "syntax bracket"),
)
"""What the library says, and what is wrong then."""


class _Scalar(NamedTuple):
    """Where a text begins and ends; lines indented by at least `column` signs could be more of it."""

    start: int
    end: int
    style: str
    column: float = inf


class _StopReadingError(Exception):
    """What follows is not worth reading."""


class _EventReader:
    """Builds a value from events. Nests as deep as the text does, which is at most `MAX_DEPTH`."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.problems: list[Problem] = []
        self.marks: dict[Steps, tuple[int, int]] = {}
        self.scalars: list[_Scalar] = []
        self.is_whole = False
        self._file, self._events = file, events

    def read(self) -> Any:
        """Return the value of the only document. Raises _StopReadingError after a problem that nothing can follow."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            self._stop("empty", None)
        value = self._value(next(self._events), (), 0)
        next(self._events)
        more = next(self._events)
        if not isinstance(more, yaml.StreamEndEvent):
            self._stop("several-documents", more)
        self.is_whole = not self.problems
        return value

    def tell(self, name: str, event: Any = None, *facts: object, signs: int = 0) -> None:
        """Take down a problem, at the beginning of the file if not at an event, or some signs into its one line."""
        line, column = _place(event.start_mark) if event else (1, 1)
        inside = signs if event and event.end_mark.line == event.start_mark.line else 0
        place = Place(self._file, line, column + inside)
        self.problems.append(_problem(name, place, *facts))

    def _stop(self, name: str, event: Any, *facts: object) -> NoReturn:
        self.tell(name, event, *facts)
        raise _StopReadingError

    def _value(self, event: Any, steps: Steps, column: float) -> Any:
        """Return the value that begins with `event`; lines indented by at least `column` signs could be more of it."""
        self.marks[steps] = _place(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self.tell("alias", event, event.anchor)
            return ""
        self._refuse_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, inf if event.style in QUOTES else column)
        if len(steps) >= MAX_DEPTH:
            self._stop("too-deep", event, MAX_DEPTH)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(steps)
        found: list[Any] = []
        column = self.marks[steps][1]
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*steps, len(found)), column))
        return found

    def _mapping(self, steps: Steps) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if isinstance(event, yaml.AliasEvent):
                self._stop("alias", event, event.anchor)
            self._refuse_marks(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._stop("key-not-text", event)
            self._scalar(event, inf, is_name=True)
            name = event.value
            if name in found:
                self.tell("duplicate-field", event, name, self.marks[(KEY, *steps, name)][0])
            place = self.marks[(KEY, *steps, name)] = _place(event.start_mark)
            found[name] = self._value(next(self._events), (*steps, name), place[1])
        return found

    def _scalar(self, event: Any, column: float, *, is_name: bool = False) -> Any:
        """Return what a text is: true, false, a whole number, or itself, where it is in quotes or in a block."""
        text = event.value
        if any(hidden_in(text)):
            self.tell("invisible-character escaped", event)
        self.scalars.append(_Scalar(event.start_mark.index, event.end_mark.index, event.style or "", column))
        if event.style:
            return text
        odd = None if text.isascii() else _ODD.search(text)
        at = odd.start() if odd and (is_name or not odd.start()) else len(text.rstrip()) if odd else len(text)
        if at < len(text):
            self.tell("odd-space", event, name_of_hidden(text[at]), signs=at)
        elif _CURLY.fullmatch(text):
            self.tell("curly-quotes", event)
        elif text in NULLS:
            self.tell("null", event, text)
        return BOOLEANS[text] if text in BOOLEANS else int(text) if INTEGER.fullmatch(text) else text

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor:
            self.tell("anchor", event, event.anchor)
        if event.tag and event.tag != "!":
            self.tell("tag", event, event.tag)


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
