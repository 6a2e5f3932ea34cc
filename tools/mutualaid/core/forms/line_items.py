r"""Items written one a line, their parts with a bar between, such as `10 minutes | Write three offers | In silence`.

- A bar counts where white space, or the end of the item, is on both sides; `\|` means a bar in the text.
- Parts come in the order of `x-line`; an empty one between two bars is left out. After them, or in place of those that
  may be left out, come further parts under their name: `Publisher: Verso`.
- A line that begins with two spaces goes on with the item above; empty lines before it belong to the item.
- A list mark or number at the beginning of an item is taken off, once.

What `item_text` and `items_text` write, `items_of` and `parts_of` read back. A part, like the whole answer to
a question of one line, is text, a whole number with its unit, yes or no, or the label of a choice.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from types import MappingProxyType
from typing import Any

from mutualaid.core.entries.kind import Schema, takes_line_breaks
from mutualaid.core.entries.spellings import read_name
from mutualaid.core.entries.validation import READERS

SHORT, FEW = 80, 8
YES, NO = "yes", "no"
_NUMBER = re.compile(r"([0-9]{1,9})\s*([^\W\d]*)\.?")
SEPARATOR = " | "
INDENT = "  "
_NAME = re.compile(
    r"[^\W\d_a-z]\.?|(?=[^\W_]*[^\W_A-Z])[^\W\d_a-z][\w.'’-]*|(?:d[aeiou]|da|del|de|la|van|von|der|den|bin|al|el)"
)
_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_BAR_IN_TEXT = re.compile(r"(?:(?<=\s)|^)\\\|(?=\s|$)")
_MARK = re.compile(r"\A(?:[-*•·–]|[0-9]{1,2}[.)])\s+")


def items_of(text: str) -> list[tuple[str, int]]:
    """Split an answer into its items: each with where its first line is, counted from 0 within the answer."""
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.split("\n")):
        if line.strip() and (not line.startswith(" ") or not found):
            found.append((number, [line.lstrip(" ")]))
        elif found:
            found[-1][1].append(line.removeprefix(INDENT) if line.startswith(INDENT) else line.lstrip(" "))
    return [("\n".join((_MARK.sub("", first, count=1), *more)).rstrip(), number) for number, (first, *more) in found]


def items_text(items: Iterable[str]) -> str:
    """Write items one a line, so that `items_of` reads them back."""
    marked = (f"- {item}" if _MARK.match(item) else item for item in items)
    return "\n".join(re.sub(r"\n(?=[^\n])", f"\n{INDENT}", item) for item in marked)


def ends_of(schema: Schema) -> dict[str, str]:
    return {name: str(inner["title"]) for name, inner in schema["properties"].items() if name not in schema["x-line"]}


def shape_of_line(schema: Schema, had: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return how a line is laid out: its parts with bars between, by their human names where it `had` none."""
    known = schema["properties"]
    kept = {name: text for name, text in had.items() if len(text) < SHORT and not read_value(text, known[name])[2]}
    return SEPARATOR.join(kept.get(name) or str(known[name]["title"]).lower() for name in schema["x-line"])


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an item by property, still text; `left_over` are those that have no place, or come again."""

    values: Mapping[str, str]
    left_over: tuple[str, ...] = ()


def parted_name(text: str, schema: Schema) -> list[str]:
    """Return family and given name of `Spade, Dean`; empty where it may be a body, or two people.

    A word of `x-person` in it, or one in capitals, speaks of a body.
    """
    parts = text.split(", ")
    words = [part.split(" ") for part in parts]
    of_a_body = {word.casefold() for word in schema.get("x-person", ())}
    sizes = sorted(map(len, words))
    is_plain = all(_NAME.fullmatch(word) and word.casefold() not in of_a_body for word in chain(*words))
    return parts if of_a_body and is_plain and len(parts) == 2 and sizes[0] == 1 and sizes[1] < 4 else []  # noqa: PLR2004


def may_be_a_person(value: Mapping[str, Any], schema: Schema) -> bool:
    words = str(value.get("name", "")).replace(",", "").split(" ")
    return "given" not in value and bool(parted_name(f"{words[0]}, {' '.join(words[1:])}", schema))


def parts_of(item: str, schema: Schema) -> Parts:
    if person := parted_name(item, schema):
        return Parts(dict(zip(schema["x-line"], person, strict=True)))
    item = _parted_as_said(item, schema)
    by_title = {title.casefold(): name for name, title in ends_of(schema).items()}
    places = list(schema["x-line"])
    values: dict[str, str] = {}
    left_over: list[str] = []
    for index, part in enumerate(_BAR_IN_TEXT.sub("|", part.strip()) for part in _BAR.split(item)):
        title, colon, rest = part.partition(":")
        name = by_title.get(title.strip().casefold()) if index and colon else None
        if name and name not in values:
            values[name] = rest.strip()
        elif places and not name:
            values[places.pop(0)] = part
        elif part:
            left_over.append(part)
    return Parts({name: value for name, value in values.items() if value}, tuple(left_over))


def _parted_as_said(item: str, schema: Schema) -> str:
    """Put bars where a step's minutes and its first sentence part it, as in `Sit down. Say a name. (2 min)`."""
    units = schema["properties"][schema["x-line"][0]].get("x-form-units", ())
    minutes = rf"\(?([0-9]{{1,3}} ?(?:{'|'.join(units)})\b\.?)\)?"
    found = units and (
        re.fullmatch(rf"{minutes}[\s:,–—-]*(.+)", item) or re.fullmatch(rf"(.+?)[\s,–—-]+{minutes}\.?", item)
    )
    if not found or _BAR.search(item):
        return item
    number, words = sorted(found.groups(), key=lambda part: not part[0].isdecimal())
    return SEPARATOR.join((number, *re.split(r"(?<=[^.])[.:!?]\s+", words, maxsplit=1)))


def item_text(value: Mapping[str, Any], schema: Schema) -> str:
    """Write one item, so that `parts_of` reads it back."""
    known = schema["properties"]
    row = [scalar_text(value.get(name, ""), known[name]) for name in schema["x-line"]]
    while len(row) > 1 and not row[-1]:
        row.pop()
    ends = {name: title for name, title in ends_of(schema).items() if name in value}
    row += [f"{title}: {scalar_text(value[name], known[name])}" for name, title in ends.items()]
    text = SEPARATOR.join(_BAR.sub(r"\|", part) for part in row)
    return f"{text} |" if parted_name(text, schema) else text


def scalar_text(value: Any, schema: Schema) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int):
        one, many = (*schema.get("x-form-units", ()), "", "")[:2]
        return f"{value} {one if value == 1 else many}".strip()
    return str(schema.get("x-labels", {}).get(value, value))


def read_value(text: str, schema: Schema) -> tuple[Any, str, str]:
    """Return what `text` means, the end of a problem's code, and of its sentence; '' where it means something."""
    plain, way = text if takes_line_breaks(schema) else joined(text), schema.get("format", "")
    if way or "x-table" in schema:
        meant, fault = READERS[way](plain) if way else read_name(plain, schema)
        return meant or None, {"edtf": "no-such-date", "": "not-in-list"}.get(way, "malformed"), fault
    value: Any = plain
    rule = fault = ""
    if "enum" in schema:
        options = options_of(schema)
        known = {name.casefold(): name for name, _ in options if name}
        value = (known | {label.casefold(): name for name, label in options}).get(plain.casefold())
        rule, fault = "not-in-list", _choices(plain, [label for _, label in options])
    elif schema.get("type") == "integer":
        found = _NUMBER.fullmatch(plain)
        units = ("", *(str(unit).casefold() for unit in schema.get("x-form-units", ())))
        value = int(found[1]) if found and found[2].casefold() in units else None
        example = scalar_text((schema.get("examples") or [10])[0], schema)
        rule, fault = "not-a-number", f"must be a whole number, for example `{example}`"
    elif schema.get("type") == "boolean":
        value = {YES: True, "true": True, NO: False, "false": False}.get(plain.casefold())
        rule, fault = "not-in-list", f"must be {YES}, or be left out"
    return None if value == "" else value, rule, fault if value is None else ""


def options_of(schema: Schema) -> tuple[tuple[str, str], ...]:
    """Return the (value, label) of each choice; the value '' leaves the field out."""
    unset, labels = schema.get("x-form-unset"), schema.get("x-labels", {})
    own = tuple((str(value), str(labels.get(value, value))) for value in schema["enum"])
    return (("", str(unset)), *own) if unset else own


def _choices(text: str, labels: Sequence[str]) -> str:
    """Say which choices there are, or which of them is meant."""
    near = get_close_matches(text, labels, 1)
    few = f": {', '.join(labels)}" if len(labels) <= FEW else "; copy one from the list in a new form"
    return f"must be one of the form's choices{f', perhaps “{near[0]}”' if near else few}"


def joined(text: str) -> str:
    """Return text on one line; a line that was wrapped by hand becomes whole again."""
    return " ".join(line.strip() for line in text.split("\n") if line.strip())
