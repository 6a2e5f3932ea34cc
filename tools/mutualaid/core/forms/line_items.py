r"""Items written one a line, their parts with a bar between, such as `10 minutes | Write three offers | In silence`.

- A bar counts where white space, or the end of the item, is on both sides; `\|` means a bar in the text.
- Parts come in the order of `x-line`; an empty one between two bars is left out. After them, or in place of those that
  may be left out, come further parts under their name: `Publisher: Verso`. `\Publisher: …` is text that begins so.
- A line that begins with two spaces goes on with the item above; empty lines before it belong to the item.
- A list mark or number at the beginning of an item is taken off, once.

What `item_text` and `items_text` write, `items_of` and `parts_of` read back exactly. A part, like the whole answer to
a question of one line, is text, a whole number with its unit, yes or no, or the label of a choice.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any

from mutualaid.core.entries.kind import Schema

SHORT = 80
YES, NO = "yes", "no"
_NUMBER = re.compile(r"([0-9]{1,9})\s*([^\W\d]*)\.?")
SEPARATOR = " | "
INDENT = "  "
_NAME = re.compile(
    r"[^\W\d_a-z]\.?|(?=[^\W_]*[^\W_A-Z])[^\W\d_a-z][\w.'’-]*|(?:d[aeiou]|da|del|de|la|van|von|der|den|bin|al|el)"
)
_BAR = re.compile(r"(?:(?<=\s)|^)(\\*)\|(?=\s|$)")
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
    """Return the human names of an item's parts that come under their name, by property."""
    return {name: str(inner["title"]) for name, inner in schema["properties"].items() if name not in schema["x-line"]}


def shape_of_line(schema: Schema, had: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return how a line is laid out: its parts with bars between, by their human names where it `had` none."""
    known = schema["properties"]
    kept = {
        name: text for name, text in had.items() if len(text) < SHORT and scalar_from(text, known[name]) is not None
    }
    return SEPARATOR.join(kept.get(name) or str(known[name]["title"]).lower() for name in schema["x-line"])


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an item by property, still text; `left_over` are those that have no place, `twice` come again."""

    values: Mapping[str, str]
    left_over: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


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
    """Whether a body's name could be a person's: `Dean Spade`."""
    words = str(value.get("name", "")).replace(",", "").split(" ")
    return "given" not in value and bool(parted_name(f"{words[0]}, {' '.join(words[1:])}", schema))


def parts_of(item: str, schema: Schema) -> Parts:
    """Split an item into its parts."""
    if person := parted_name(item, schema):
        return Parts(dict(zip(schema["x-line"], person, strict=True)))
    item = _parted_as_said(item, schema)
    names = ends_of(schema)
    by_title = {title.casefold(): name for name, title in names.items()}
    places = list(schema["x-line"])
    values: dict[str, str] = {}
    left_over: list[str] = []
    twice: list[str] = []
    for index, part in enumerate(_split(item)):
        escapes, title, rest = _named(part, by_title) if index else ("", "", "")
        if title and not escapes:
            name = by_title[title.casefold()]
            if name in values:
                twice.append(names[name])
            values[name] = rest
        elif places:
            values[places.pop(0)] = part[1:] if title else part
        elif part:
            left_over.append(part)
    return Parts({name: value for name, value in values.items() if value}, tuple(left_over), tuple(twice))


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


def _split(item: str) -> list[str]:
    parts, start = [], 0
    for bar in _BAR.finditer(item):
        if not bar[1]:
            parts.append(item[start : bar.start()])
            start = bar.end()
    parts.append(item[start:])
    return [_BAR.sub(lambda bar: f"{bar[1][1:]}|", part.strip()) for part in parts]


def _named(part: str, titles: Iterable[str]) -> tuple[str, str, str]:
    """Return the escapes before a known name, the name, and what follows; three empty texts where there is none."""
    bare = part.lstrip("\\")
    title, colon, rest = bare.partition(":")
    if colon and title.strip().casefold() in set(titles):
        return part[: len(part) - len(bare)], title.strip(), rest.strip()
    return "", "", ""


def item_text(value: Mapping[str, Any], schema: Schema) -> str:
    """Write one item, so that `parts_of` reads it back."""
    names = ends_of(schema)
    titles = {title.casefold() for title in names.values()}
    row = [scalar_text(value.get(name, ""), schema["properties"][name]) for name in schema["x-line"]]
    row = [row[0], *(f"\\{part}" if _named(part, titles)[1] else part for part in row[1:])]
    while len(row) > 1 and not row[-1]:
        row.pop()
    row += [
        f"{title}: {scalar_text(value[name], schema['properties'][name])}"
        for name, title in names.items()
        if name in value
    ]
    text = SEPARATOR.join(_BAR.sub(r"\\\g<0>", part) for part in row)
    return f"{text} |" if parted_name(text, schema) else text


def scalar_text(value: Any, schema: Schema) -> str:
    """Write a value as a person would type it."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int):
        one, many = (*schema.get("x-form-units", ()), "", "")[:2]
        return f"{value} {one if value == 1 else many}".strip()
    return str(schema.get("x-labels", {}).get(value, value))


def scalar_from(text: str, schema: Schema) -> str | int | bool | None:
    """Return the value that `text` means; None where it means none."""
    if "enum" in schema:
        labels = schema.get("x-labels", {})
        return chosen(text, ((str(value), str(labels.get(value, value))) for value in schema["enum"]))
    match schema.get("type"):
        case "boolean":
            return {YES: True, "true": True, NO: False, "false": False}.get(text.casefold())
        case "integer":
            found = _NUMBER.fullmatch(text)
            units = ("", *(str(unit).casefold() for unit in schema.get("x-form-units", ())))
            return int(found[1]) if found and found[2].casefold() in units else None
    return text


def chosen(text: str, options: Iterable[tuple[str, str]]) -> str | None:
    """Return the value of the option whose label, or else whose value, `text` is; capital letters do not count."""
    known = tuple(options)
    by_value = {value.casefold(): value for value, _ in known if value}
    by_label = {label.casefold(): value for value, label in known}
    return {**by_value, **by_label}.get(text.strip().casefold())


def wanted(schema: Schema) -> str:
    """Return how a sentence says what the value must be."""
    if schema.get("type") == "integer":
        return f"must be a whole number, for example `{scalar_text((schema.get('examples') or [10])[0], schema)}`"
    is_yes = schema.get("type") == "boolean"
    return f"must be {YES}, or be left out" if is_yes else "must be one of the choices in the list"
