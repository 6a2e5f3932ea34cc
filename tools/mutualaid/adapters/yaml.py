"""YAML text, strictly: text, whole numbers, true and false, lists, mappings. The home of the library.

Refused, each with a sentence: tabs, control and text-direction characters, aliases, anchors, tags, duplicate keys,
several documents, and nesting deeper than `MAX_DEPTH`. `no`, `12:30` and dates stay text. Events are read one by one,
so a nesting bomb is stopped at its first step too deep and nothing recurses.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

import yaml

from mutualaid.core.entries.document import KEY, Document, Steps
from mutualaid.core.entries.kind import Kind, in_schema_order
from mutualaid.core.entries.problem import Place, Problem, in_reading_order
from mutualaid.core.entries.shown import hidden_in, name_of_hidden

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 8
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
BOOLEANS = {"true": True, "false": False}
_COMMENT = re.compile(r"""(?<=[ '"\[\]{},:|>+\-0-9])#""")
"""A `#` that may begin a comment behind something on its line; after any other character it is a part of the text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text: a `document`, or the `problems` that kept it from being one."""

    document: Document | None
    problems: tuple[Problem, ...] = ()


def read_yaml(text: str, file: str) -> Reading:
    """Read one YAML document; `file` names it in problems."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    hidden = hidden_characters(text, file)
    if hidden:
        return Reading(None, hidden)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        broken = Problem("yaml.syntax", "The file", _syntax_sentence(error), place)
        lost = _comments(text, builder.scalars, file, is_whole=False)
        return Reading(None, in_reading_order((*builder.problems, *lost, broken)))
    except yaml.YAMLError:
        sentence = "The file cannot be read as YAML. Copy the layout of another entry and fill it in again."
        return Reading(None, (Problem("yaml.syntax", "The file", sentence, Place(file)),))
    problems = (*builder.problems, *_comments(text, builder.scalars, file, is_whole=not builder.problems))
    if problems:
        return Reading(None, in_reading_order(problems))
    if builder.is_empty:
        sentence = "The file is empty. It must hold named fields, each on a line of its own."
        return Reading(None, (Problem("yaml.empty", "The file", sentence, Place(file)),))
    return Reading(Document(file, builder.value, builder.marks))


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
        """Write a value that stands twice out twice: the reader refuses aliases."""
        return True


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    looks_plain = not INTEGER.fullmatch(text) and text not in BOOLEANS
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if looks_plain else "'")


_Dumper.add_representer(str, _text_node)


def hidden_characters(text: str, file: str) -> tuple[Problem, ...]:
    """Return a problem for each place where there is what no reader sees."""
    return tuple(_hidden_here(run, _place_at(start, text, file)) for start, run in sorted(hidden_in(text)))


def _hidden_here(run: str, place: Place) -> Problem:
    if run[0] == "\t":
        return Problem("yaml.tab", "The file", "A tab stands here. Indent with spaces, two a level.", place)
    name = name_of_hidden(run)
    sentence = f"An invisible character stands here ({name}). Delete it and type the text around it again."
    return Problem("yaml.invisible-character", "The file", sentence, place)


def _place_at(index: int, text: str, file: str) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _comments(text: str, scalars: list["_Scalar"], file: str, *, is_whole: bool) -> Iterator[Problem]:
    """Yield a problem for each comment behind something on its line, or where the text above it could go on.

    Where reading stopped (not `is_whole`), nothing is said of what comes after the last of `scalars`.
    """
    text += "\n"
    starts = [text.index("\n", scalar.start) if scalar.style in BLOCKS else scalar.start for scalar in scalars]
    told = -1
    for at in (mark.start() for mark in _COMMENT.finditer(text)):
        before = scalars[bisect_right(starts, at) - 1] if starts and starts[0] <= at else None
        line = text.rfind("\n", 0, at) + 1
        beside = text[line:at].strip()
        if line == told or beside.startswith("#") or (before and at < before.end):
            continue
        goes_on = before is not None and not text[before.end : at].strip()
        if not (beside or (before and goes_on and at - line >= before.column)):
            continue
        if is_whole or goes_on or (scalars and before is not scalars[-1]):
            told = line
            yield Problem("yaml.comment", "The file", COMMENT, _place_at(at, text, file))


BLOCKS, QUOTES = ("|", ">"), ("'", '"')
COMMENT = (
    "The words from # on are left out, as a comment. Put the whole text in quotes. "
    "If they are a comment, begin a line with the #."
)


def _syntax_sentence(error: yaml.MarkedYAMLError) -> str:
    said = str(error.problem or "")
    for part, cure in _CURES:
        if part in said:
            return cure
    return "The file cannot be read from here on. Look at this line and the one above: a quote, colon or indent is off."


_CURES = (
    ("mapping values are not allowed", "A colon inside the text is read as a new field. Put the whole text in quotes."),
    ("did not find expected key", "The indent or a quote is off here. Line the field up with the ones above it."),
    ("could not find expected ':'", "A field's name must end in a colon, with its text after it or below it."),
    ("found character that cannot start any token", "The text starts with a reserved character. Put it in quotes."),
    ("unexpected end of stream", "A quote is opened and never closed. Close it."),
)


@dataclass(frozen=True, slots=True)
class _Scalar:
    """Where a text begins and ends; lines indented by at least `column` signs could be more of it."""

    start: int
    end: int
    style: str
    column: float = inf


@dataclass
class _Open:
    """A list or mapping that is being filled."""

    value: Any
    steps: Steps
    key: str | None = None
    is_mapping: bool = False


@dataclass
class _Builder:
    file: str
    value: Any = None
    is_empty: bool = True
    problems: list[Problem] = field(default_factory=list)
    marks: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    scalars: list[_Scalar] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _documents: int = 0

    def take(self, event: Any) -> bool:
        """Take in one event; false stops the reading."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_marks(event)
            return self._start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._problem("alias", f"An alias, *{event.anchor}, stands here. Write the text out again.", event)
            if self._awaits_key():
                return False
            self._place_value("", event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._problem("several-documents", "A second document starts here. Put it in a file of its own.", event)
                return False
        return True

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor:
            self._problem("anchor", f"An anchor, &{event.anchor}, stands here. Take it out.", event)
        if event.tag and event.tag != "!":
            self._problem("tag", f"A tag, {event.tag}, stands here. Take it out; plain text is enough.", event)

    def _refuse_escapes(self, event: Any) -> None:
        if any(hidden_in(event.value)):
            sentence = "An escape in this text stands for a tab or an invisible character. Take it out."
            self._problem("invisible-character", sentence, event)

    def _start(self, event: Any) -> bool:
        if len(self._open) >= MAX_DEPTH:
            sentence = f"The text is nested more than {MAX_DEPTH} deep here. No entry needs that; take levels out."
            self._problem("too-deep", sentence, event)
            return False
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        value: Any = {} if is_mapping else []
        if self._awaits_key():
            self._problem("key-not-text", "A field's name must be plain text. Take the brackets out.", event)
            return False
        steps = self._place_value(value, event)
        self._open.append(_Open(value, steps, None, is_mapping))
        return True

    def _awaits_key(self) -> bool:
        return bool(self._open) and self._open[-1].is_mapping and self._open[-1].key is None

    def _scalar(self, event: Any) -> None:
        self._refuse_escapes(event)
        top = self._open[-1] if self._open else None
        is_key = top is not None and top.is_mapping and top.key is None
        column = inf if is_key or event.style in QUOTES else self._column(top)
        self.scalars.append(_Scalar(event.start_mark.index, event.end_mark.index, event.style or "", column))
        if top and is_key:
            steps = (*top.steps, event.value)
            if event.value in top.value:
                first = self.marks[(KEY, *steps)][0]
                sentence = (
                    f"The field `{event.value}` stands here a second time; the first is on line {first}. Keep one."
                )
                self._problem("duplicate-field", sentence, event)
            top.key = event.value
            self.marks[(KEY, *steps)] = _mark(event)
            return
        self._place_value(_plain_value(event), event)

    def _column(self, top: _Open | None) -> int:
        """Return the column of the key or list to which the next value belongs."""
        if top is None:
            return 0
        return self.marks[(KEY, *top.steps, top.key or "") if top.is_mapping else top.steps][1]

    def _place_value(self, value: Any, event: Any) -> Steps:
        if not self._open:
            self.value, self.is_empty = value, False
            self.marks[()] = _mark(event)
            return ()
        top = self._open[-1]
        if top.is_mapping:
            steps: Steps = (*top.steps, top.key or "")
            top.value[top.key or ""] = value
            top.key = None
        else:
            steps = (*top.steps, len(top.value))
            top.value.append(value)
        self.marks[steps] = _mark(event)
        return steps

    def _problem(self, rule: str, sentence: str, event: Any) -> None:
        self.problems.append(Problem(f"yaml.{rule}", "The file", sentence, Place(self.file, *_mark(event))))


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _plain_value(event: Any) -> Any:
    """Return what a text is: true, false, a whole number, or itself, where it is in quotes or in a block."""
    text = event.value
    if event.style:
        return text
    return BOOLEANS[text] if text in BOOLEANS else int(text) if INTEGER.fullmatch(text) else text
