"""A download: one file that a reader takes along, with a key that changes when anything that goes into it changes."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mutualaid import text
from mutualaid.core.entries.collection import sortable

BOOKS = "downloads"
NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Download:
    """One file before it is made.

    `path` is its place in the output folder, `name` its name below the title of what it belongs to: `owner` is the
    address of the page or entry that links to it, `/` for the whole work. `make` returns its bytes; it is a function of
    a module, or a `functools.partial` of one with plain values, since it may run in another process. `key` is `key_of`
    everything that `make` uses.
    """

    path: str
    name: str
    format: str
    good_for: str
    owner: str
    key: str
    make: Callable[[], bytes]

    @property
    def address(self) -> str:
        return f"/{self.path}"


@dataclass(frozen=True, slots=True)
class File:
    """A download and its bytes; `is_new` where they were not in the cache."""

    download: Download
    contents: bytes
    is_new: bool

    @property
    def size(self) -> str:
        return size_in_words(len(self.contents))


def book_path(name: str, ending: str) -> str:
    """Return where a book lies whose name is a site's or a path's: the same in each format but for its `ending`.

    A name without a Latin letter or a number gives `book`.
    """
    return f"{BOOKS}/{NOT_IN_A_NAME.sub('-', sortable(name)).strip('-') or 'book'}{ending}"


def key_of(*parts: str | bytes) -> str:
    """Return the hash of all parts, each with its length, so that no two lists of parts share one."""
    whole = hashlib.sha256()
    for part in parts:
        contents = part.encode() if isinstance(part, str) else part
        whole.update(len(contents).to_bytes(8, "big"))
        whole.update(contents)
    return whole.hexdigest()


@cache
def made_by_code() -> str:
    """Return the hash of our own code that makes files of what was planned."""
    folders = (Path(__file__).parent, *map(Path, text.__path__))
    return key_of(*(file.read_bytes() for folder in folders for file in sorted(folder.rglob("*.py"))))


def size_in_words(count: int) -> str:
    """Return a number of bytes as `84 kB` or `1.4 MB`, in thousands."""
    return f"{count / 1_000_000:.1f} MB" if count >= MEGABYTE else f"{max(1, round(count / 1000)):,} kB"


MEGABYTE = 999_500
"""From here on kilobytes would be rounded to 1,000."""
