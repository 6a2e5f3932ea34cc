"""A submission: what somebody offers as an entry, read but not yet accepted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, splitext
from typing import Any

from mutualaid.core.entries.document import Document, Steps
from mutualaid.core.entries.kind import Kind

ADDRESS = re.compile(r"https?://[^\s<>]*")


@dataclass(frozen=True)
class Submission:
    """One file's contents under the kind of its folder."""

    kind: Kind
    document: Document

    @property
    def file_slug(self) -> str:
        return splitext(basename(self.document.file))[0]

    @cached_property
    def texts(self) -> tuple[tuple[Steps, str], ...]:
        """Every text in it that is not a web address alone, with the steps that lead there, in the file's order."""
        return texts_in(self.value)

    @cached_property
    def groups(self) -> tuple[tuple[Steps, Mapping[str, Any]], ...]:
        """Every group of named fields in it, itself first, with the steps that lead there, in the file's order."""
        return tuple((steps, inner) for steps, inner in every(self.value) if isinstance(inner, dict))

    @property
    def value(self) -> Any:
        """The fields as read; a mapping once the checks have passed."""
        return self.document.value

    @property
    def is_retracted(self) -> bool:
        return isinstance(self.value, dict) and "retracted" in self.value


def texts_in(value: Any) -> tuple[tuple[Steps, str], ...]:
    """Return the texts that are not a web address alone, each with its steps."""
    texts = ((steps, inner) for steps, inner in every(value) if isinstance(inner, str))
    return tuple((steps, text) for steps, text in texts if not (text.startswith("http") and ADDRESS.fullmatch(text)))


def every(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Yield a value and all that is in it, in order, with the steps that lead there."""
    left = [(steps, value)]
    while left:
        steps, value = left.pop()
        yield steps, value
        if isinstance(value, dict):
            left += [((*steps, step), inner) for step, inner in reversed(value.items())]
        elif isinstance(value, list | tuple):
            left += [((*steps, step), inner) for step, inner in reversed([*enumerate(value)])]
