"""YAML text, strictly: text, whole numbers, true and false, lists, mappings. With `yaml_quick` the home of the library.

Refused, each with a sentence: tabs, control and text-direction characters, aliases, anchors, tags, duplicate keys,
several documents, and nesting deeper than `MAX_DEPTH`. `no`, `12:30` and dates stay text. Events are read one by one,
so a nesting bomb is stopped at its first step too deep and nothing recurses. `yaml_quick` reads what is plainly right;
the careful reading here happens where it is not, and where somebody asks for a place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from mutualaid.adapters.yaml_fast import BOOLEANS, INTEGER, LOADER, MAX_DEPTH, ODD, plain_value, quick_value
from mutualaid.core.entries.characters import UNWANTED, name_of_character
from mutualaid.core.entries.document import KEY, Document, Steps
from mutualaid.core.entries.kind import Kind, in_schema_order
from mutualaid.core.entries.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text: a `document`, or the `problems` that kept it from being one."""

    document: Document | None
    problems: tuple[Problem, ...] = ()


def read_yaml(text: str, file: str) -> Reading:
    """Read one YAML document; `file` names it in problems."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    unwanted = tuple(_unwanted_characters(text, file))
    if unwanted:
        return Reading(None, unwanted)
    value = quick_value(text)
    if value is not ODD:
        return Reading(Document(file, value, _Marks(text)))
    return _read_carefully(text, file)


def _read_carefully(text: str, file: str) -> Reading:
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        return Reading(None, (*builder.problems, Problem("yaml.syntax", "The file", _syntax_sentence(error), place)))
    except yaml.YAMLError:
        sentence = "The file cannot be read as YAML. Copy the layout of another entry and fill it in again."
        return Reading(None, (Problem("yaml.syntax", "The file", sentence, Place(file)),))
    if builder.problems:
        return Reading(None, tuple(builder.problems))
    if builder.is_empty:
        sentence = "The file is empty. It must hold named fields, each on a line of its own."
        return Reading(None, (Problem("yaml.empty", "The file", sentence, Place(file)),))
    return Reading(Document(file, builder.value, builder.marks))


class _Marks(Mapping[Steps, tuple[int, int]]):
    """The places in a text that was read quickly: found when the first is asked for."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: Mapping[Steps, tuple[int, int]] | None = None

    def __getitem__(self, steps: Steps) -> tuple[int, int]:
        return self._all()[steps]

    def __iter__(self) -> Iterator[Steps]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> Mapping[Steps, tuple[int, int]]:
        if self._found is None:
            document = _read_carefully(self._text, "").document
            self._found = document.marks if document else {}
        return self._found


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


def _unwanted_characters(text: str, file: str) -> Iterator[Problem]:
    for match in UNWANTED.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        place = Place(file, text.count("\n", 0, match.start()) + 1, match.start() - start + 1)
        character = match.group()
        if character == "\t":
            yield Problem("yaml.tab", "The file", "A tab stands here. Indent with spaces, two a level.", place)
        else:
            name = name_of_character(character)
            sentence = f"An invisible character stands here ({name}). Delete it and type the text around it again."
            yield Problem("yaml.invisible-character", "The file", sentence, place)


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
        if UNWANTED.search(event.value):
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
        if top and top.is_mapping and top.key is None:
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
    return event.value if event.style else plain_value(event.value)
