"""Where an entry is named in pages and in other entries: at each such place a build would stop once it is gone."""

import re
from collections.abc import Iterator

from mutualaid.core.entries.document import Document
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.entries.submission import texts_in
from mutualaid.core.entries.validation import value_at


def mentions_in(document: Document, kind: str, slug: str) -> Iterator[Problem]:
    """Yield each text that names the entry as `kind/slug`, or as `slug` alone below a field called `kind`."""
    name = _name_of(kind, slug)
    for steps, text in texts_in(document.value):
        if name.search(text) or (text == slug and kind in steps):
            yield _still_named(document.place_of(steps))


def mentions_in_text(text: str, begins: Place, kind: str, slug: str) -> Iterator[Problem]:
    """Yield each line of a text that names the entry; the text begins at the place `begins`."""
    name = _name_of(kind, slug)
    for number, line in enumerate(text.splitlines(), begins.line):
        if name.search(line):
            yield _still_named(Place(begins.file, number))


def successors_in(document: Document, slug: str) -> Iterator[Problem]:
    """Yield the place where a retired entry of the same kind names the entry as its successor."""
    steps = ("retired", "replaced_by")
    if value_at(steps, document.value) == slug:
        yield _still_named(document.place_of(steps))


def _name_of(kind: str, slug: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(kind)}/{re.escape(slug)}(?![\w-])")


def _still_named(place: Place) -> Problem:
    sentence = "The entry is still named here, and the site cannot be built so. Take the mention out."
    return Problem("entry.still-named", "Mention", sentence, place)
