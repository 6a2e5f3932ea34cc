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
from mutualaid.core.entries.problem import Place, Problem, in_reading_order

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
    """Read one YAML document; `file` names it in problems."""
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
        reader.tell("syntax", "The file cannot be read as YAML. Copy the layout of another entry and fill it in again.")
    problems = (*reader.problems, *_comments(text, reader.scalars, file, is_whole=reader.is_whole))
    return Reading(None, in_reading_order(problems)) if problems else Reading(Document(file, value, reader.marks))


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
    """Return a problem for each place where there is what no reader sees."""
    return tuple(_hidden_here(run, _place_at(start, text, file)) for start, run in sorted(hidden_in(text)))


def _hidden_here(run: str, place: Place) -> Problem:
    tab = "There's a tab here. Type spaces in its place: two for each level of an indent, else one."
    other = f"There's an invisible character here ({name_of_hidden(run)}). Delete it and type the text around it again."
    rule, sentence = ("tab", tab) if run[0] == "\t" else ("invisible-character", other)
    return Problem(f"yaml.{rule}", "The file", sentence, place)


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
            yield Problem("yaml.comment", "The file", COMMENT, _place_at(at, text, file))


BLOCKS, QUOTES = ("|", ">"), ("'", '"')
_ALIAS = "There's an alias here, *{}. Write the text out again, or put it in quotes if it begins with a star."
COMMENT = (
    "The words from # on are left out, as a comment. Put the whole text in quotes. "
    "If they are a comment, begin a line with the #."
)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, scalars: list["_Scalar"], file: str) -> Problem:
    """Return what is wrong where reading broke off, at its cause; the library's own mark is often a line too late."""
    said, late, context = str(error.problem), cast("yaml.Mark", error.problem_mark), error.context_mark
    lines, last = [*text.split("\n"), ""], scalars[-1] if scalars else _Scalar(0, 0, "")
    opened = context and (context.line < late.line or "end of stream" in said)
    mark = context if context and opened and "block" not in str(error.context) else late
    if last.style in QUOTES and not text[last.end : late.index].strip():
        ends_here = "\n" not in text[last.start : last.end]
        place = _place_at(last.end if ends_here else last.start, text, file)
        return Problem("yaml.syntax", "The file", _QUOTES_END if ends_here else _QUOTES_OPEN, place)
    is_late = "mapping values" in said and "\n" in text[last.start : last.end]
    first = text.count("\n", 0, last.start) if is_late else mark.line
    for number in range(first, mark.line + 1):
        for rule, pattern, cure in _SLIPS:
            if found := re.search(pattern, lines[number]):
                place = Place(file, number + 1, found.start(found.lastindex or 0) + 1)
                return Problem(f"yaml.{rule}", "The file", cure.format(name_of_hidden(found[0])), place)
    cure = next((cure for part, cure in _CURES if part in ("'-' indicator" if is_late else said)), _OTHER)
    return Problem("yaml.syntax", "The file", cure, Place(file, *_place(mark)))


_ODD = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CURLY = re.compile("[“”„‟‘’‚‛«»‹›][^“”„‟«»‹›]*[“”‟‘’‛«»‹›]")
_ODD_SPACE = "There's a space here that only looks like one ({}). Delete it and type a plain space."
_STRAIGHT = "Curly quotes are part of the text here. Put straight quotes in their place, or around the whole text."
_RESERVED = "The text starts with a reserved sign. Put the whole text in quotes."
_HYPHEN = "A list's item begins with a plain hyphen (-) and a space after the hyphen."
_QUOTES_END = "The quotes end here, but the text goes on. Put the other kind of quotes, ' or \", around the whole text."
_QUOTES_OPEN = (
    "The quote that opens here is not closed where its text ends. Close it there, with the same straight one."
)
_INDENT = "This line begins in a column of its own. Line it up with the fields above it, space by space."
_OTHER = "The file cannot be read from here on. Look at this line and the one above: a quote, colon or indent is off."
_SLIPS: tuple[tuple[str, str, str], ...] = (
    ("odd-space", rf"(?:^|(?<=[ :,\[{{-])){_ODD.pattern}|{_ODD.pattern}(?= *:)", _ODD_SPACE),
    ("syntax", "^ *```", "The file holds ``` from the place that it was copied from. Take those lines out."),
    ("syntax", "^(?:<{7}|={7}|>{7})", "The mark of a merge is here. Keep one of the two versions, without marks."),
    ("syntax", r"^ *([•·–—*]\s|\d+[.)]\s|-(?=[^\s-]))", _HYPHEN),
    ("syntax", r"^[ -]*\w[\w ]*(：)", "The colon here is a wide one. Type a plain colon (:) and a space."),
    ("syntax", r"^[ -]*\w+(:)(?!//)\S", "A space is missing here. Put a space after the colon."),
    ("curly-quotes", "(?<=[:-] )[“”„‟‘’‚‛«»‹›]", _STRAIGHT),
    ("syntax", r"(?<=[:-] )[|>][-+]?\s+\S", "After | or > the text begins on the line below. Or put all in quotes."),
    ("syntax", r"(?<=[:-] )(?:[\[{].*[\]}]\s*[^\s,\]}#]|[&*!%@`?-])", _RESERVED),
)
"""What is wrong by the look of a line that could not be read: the rule's name, where it is seen, and the cure."""
_CURES = (
    ("mapping values are not allowed", "A colon inside the text is read as a new field. Put the whole text in quotes."),
    ("'-' indicator", _INDENT),
    ("<document start>", _INDENT),
    ("did not find expected key", "The indent or a quote is off here. Line the field up with the ones above it."),
    ("find expected ':'", "A field's name must end in a colon. If this is more of the text above, indent it."),
    ("found character that cannot start any token", _RESERVED),
    ("unexpected end of stream", _QUOTES_OPEN),
    ("unknown escape", "In double quotes a backslash begins an escape. Put single quotes around the text."),
    ("expected ',' or", "The bracket that opens this list is not closed: a comma or the closing bracket is missing."),
)


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
            self._stop("empty", "The file is empty. It must hold named fields, each on a line of its own.", None)
        value = self._value(next(self._events), (), 0)
        next(self._events)
        more = next(self._events)
        if not isinstance(more, yaml.StreamEndEvent):
            self._stop("several-documents", "A second document starts here. Put it in a file of its own.", more)
        self.is_whole = not self.problems
        return value

    def tell(self, rule: str, sentence: str, event: Any = None, signs: int = 0) -> None:
        """Take down a problem, at the beginning of the file if not at an event, or some signs into its one line."""
        line, column = _place(event.start_mark) if event else (1, 1)
        inside = signs if event and event.end_mark.line == event.start_mark.line else 0
        place = Place(self._file, line, column + inside)
        self.problems.append(Problem(f"yaml.{rule}", "The file", sentence, place))

    def _stop(self, rule: str, sentence: str, event: Any) -> NoReturn:
        self.tell(rule, sentence, event)
        raise _StopReadingError

    def _value(self, event: Any, steps: Steps, column: float) -> Any:
        """Return the value that begins with `event`; lines indented by at least `column` signs could be more of it."""
        self.marks[steps] = _place(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self.tell("alias", _ALIAS.format(event.anchor), event)
            return ""
        self._refuse_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, inf if event.style in QUOTES else column)
        if len(steps) >= MAX_DEPTH:
            sentence = f"The text is nested more than {MAX_DEPTH} deep here. No entry needs that; take levels out."
            self._stop("too-deep", sentence, event)
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
                self._stop("alias", _ALIAS.format(event.anchor), event)
            self._refuse_marks(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._stop("key-not-text", "A field's name must be plain text. Take the brackets out.", event)
            self._scalar(event, inf, is_name=True)
            name = event.value
            if name in found:
                line = self.marks[(KEY, *steps, name)][0]
                sentence = f"The field `{name}` is here a second time; the first is on line {line}. Keep one."
                self.tell("duplicate-field", sentence, event)
            place = self.marks[(KEY, *steps, name)] = _place(event.start_mark)
            found[name] = self._value(next(self._events), (*steps, name), place[1])
        return found

    def _scalar(self, event: Any, column: float, *, is_name: bool = False) -> Any:
        """Return what a text is: true, false, a whole number, or itself, where it is in quotes or in a block."""
        text = event.value
        if any(hidden_in(text)):
            sentence = "An escape in this text encodes a tab or an invisible character. Take it out."
            self.tell("invisible-character", sentence, event)
        self.scalars.append(_Scalar(event.start_mark.index, event.end_mark.index, event.style or "", column))
        if event.style:
            return text
        odd = None if text.isascii() else _ODD.search(text)
        at = odd.start() if odd and (is_name or not odd.start()) else len(text.rstrip()) if odd else len(text)
        if at < len(text):
            self.tell("odd-space", _ODD_SPACE.format(name_of_hidden(text[at])), event, at)
        elif _CURLY.fullmatch(text):
            self.tell("curly-quotes", _STRAIGHT, event)
        elif text in NULLS:
            sentence = f"`{text}` would be shown as a word. Leave the line out, or put the word in quotes."
            self.tell("null", sentence, event)
        return BOOLEANS[text] if text in BOOLEANS else int(text) if INTEGER.fullmatch(text) else text

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor:
            self.tell(
                "anchor", f"There's an anchor here, &{event.anchor}. Take it out, or put the text in quotes.", event
            )
        if event.tag and event.tag != "!":
            self.tell("tag", f"There's a tag here, {event.tag}. Take it out, or put the text in quotes.", event)


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
