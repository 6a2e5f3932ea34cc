"""What search may find: a page or a word of the glossary, with what a result shows of it. No file, no program."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

EVERY = 8
"""One word in so many is handed out to draw in the index; a part of it holds some hundred words."""


@dataclass(frozen=True, slots=True)
class Findable:
    """`document` is HTML; of it, what stands inside `data-pagefind-body` is searched."""

    address: str
    title: str
    kind: str
    line: str
    document: str


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """`files` by their path inside the folder of the index; `found` says which findable each result's id means."""

    files: tuple[tuple[str, bytes], ...]
    found: tuple[tuple[str, Findable], ...]


def words_across(findables: Iterable[Findable]) -> tuple[str, ...]:
    """Return words spread evenly over the alphabet of all that can be found: some for each part of an index."""
    words = {word for one in findables for word in re.findall(r"[a-z0-9]+", one.document.casefold())}
    return tuple(sorted(words)[::EVERY])
