"""The quick way into YAML: the value of a text in which nothing is odd. `yaml_text` says what is wrong.

It reads the same events under the same rules and keeps no places; at the first thing that is not plainly right it
gives up, and the careful reader goes over the whole again. So it never has to explain anything.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from mutualaid.core.entries.characters import hidden_in

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 8
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
BOOLEANS = {"true": True, "false": False}
ODD = object()
"""Stands for "not plainly right": the careful reader must look."""
BEFORE_A_COMMENT = frozenset(" '\"[]{},:|>+-0123456789")
"""What may stand before a `#` that begins a comment on a line; after any other character it is a part of the text."""
_FIRST_OF_OTHERS = frozenset("-0123456789tf")


def quick_value(text: str) -> Any:
    """Return what a text holds that has no hidden character in it, or `ODD`."""
    if any(comment_marks(text)):
        return ODD
    try:
        return _value(LOADER(text).get_event, text)
    except yaml.YAMLError:
        return ODD


def comment_marks(text: str) -> Iterator[int]:
    """Yield the index of each `#` that may begin a comment, and does not stand at the very beginning of a line."""
    at = text.find("#", 1)
    while at > 0:
        if text[at - 1] in BEFORE_A_COMMENT:
            yield at
        at = text.find("#", at + 1)


def _value(take: Any, text: str) -> Any:  # noqa: C901, PLR0912 - one loop over all events; calls would double it
    may_hide = "\\" in text
    root: list[Any] = []
    here: Any = root
    key: str | None = None
    is_mapping = False
    above: list[tuple[Any, str | None, bool]] = []
    if type(take()) is not yaml.StreamStartEvent or type(take()) is not yaml.DocumentStartEvent:
        return ODD
    while True:
        event = take()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = event.value
            if event.anchor is not None or event.tag is not None or (may_hide and any(hidden_in(value))):
                return ODD
            if is_mapping and key is None:
                if value in here:
                    return ODD
                key = value
                continue
            if not event.style and value[:1] in _FIRST_OF_OTHERS:
                value = plain_value(value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            is_odd = event.anchor is not None or event.tag is not None
            if is_odd or len(above) >= MAX_DEPTH or (is_mapping and key is None):
                return ODD
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            here, key, is_mapping = above.pop()
            continue
        elif kind is yaml.DocumentEndEvent:
            return root[0] if type(take()) is yaml.StreamEndEvent else ODD
        else:
            return ODD
        if is_mapping:
            here[key] = value
            key = None
        else:
            here.append(value)
        if kind is not yaml.ScalarEvent:
            above.append((here, key, is_mapping))
            here, key, is_mapping = value, None, kind is yaml.MappingStartEvent


def plain_value(text: str) -> Any:
    """Return what unquoted text stands for: true, false, a whole number, or itself."""
    if text in BOOLEANS:
        return BOOLEANS[text]
    return int(text) if INTEGER.fullmatch(text) else text
