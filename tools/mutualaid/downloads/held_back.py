"""What could not be made, told with the text that keeps it back: found by putting plain words in place of others."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from re import search
from typing import Any

from mutualaid.core.entries.document import Steps
from mutualaid.core.entries.entry import frozen, plain
from mutualaid.core.entries.kind import Schema
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.entries.submission import texts_in
from mutualaid.core.entries.validation import field_at, given, name_of
from mutualaid.downloads.catalogue import planned
from mutualaid.downloads.download import Download
from mutualaid.downloads.material import Material
from mutualaid.errors import HouseError

Slot = tuple[str, Steps]
"""Where a text lies: the entry as `kind/slug`, or a page's address; and the steps to it, none for a page's body."""
WORDS = "Words"


def held_back(failed: Sequence[tuple[Download, HouseError]], material: Material) -> tuple[Problem, ...]:
    """Return a problem for each file that could not be made. Looking for the text takes a few builds of that file."""
    known: list[Slot] = []
    return tuple(_problem(download, error, _culprit(download, material, known), material) for download, error in failed)


def _problem(download: Download, error: HouseError, slot: Slot | None, material: Material) -> Problem:
    said = f"The program said: {str(error).rpartition('It says: ')[2]}"
    head = f"The file {download.path} could not be made, so the site has no such file and no link to it."
    if slot is None:
        sentence = f"{head} No single text causes this, so look at how it's made, in tools/mutualaid/downloads. {said}"
        return Problem(CODE, download.name, sentence, Place(download.path))
    name, steps = slot
    entry = material.entries.get(name)
    if entry:
        where, text, place = name_of(steps, entry.kind.schema), _at(entry.fields, steps), f"submissions/{name}.yaml"
    else:
        (page,) = (page for page in material.content.pages if page.address == name)
        where, text, place = ("Title", page.title, page.document.file) if steps else ("Text", "", page.document.file)
    sentence = f"{head} The cause is in “{where}”{given(text)} Reword it. {said}"
    return Problem(CODE, where, sentence, Place(place))


CODE = "download.not-made"


def _culprit(download: Download, material: Material, known: list[Slot]) -> Slot | None:
    """Return the text without which `download` can be made; those that were found before are tried first."""

    def is_made(slots: Iterable[Slot]) -> bool:
        return _is_made(download.path, _with_plain_words(material, frozenset(slots)))

    own = next((slot for slot in known if is_made([slot])), None)
    slots = () if own else tuple(_slots(download, material))
    if slots and is_made(slots):
        own = slots[bisect_left(range(1, len(slots)), True, key=lambda count: is_made(slots[:count]))]
        known.append(own)
    return own


def _is_made(path: str, material: Material) -> bool:
    try:
        download = next((download for download in planned(material) if download.path == path), None)
        return download is None or bool(download.make())
    except Exception:  # noqa: BLE001 - whatever it is, the file was not made
        return False


def _slots(download: Download, material: Material) -> Iterator[Slot]:
    """Yield each text that may go into a file, of its own entry alone where it belongs to one."""
    own = {name: entry for name, entry in material.entries.items() if entry.address == download.owner}
    for name, entry in (own or material.entries).items():
        texts = texts_in(plain(entry.fields))
        yield from ((name, steps) for steps, _ in texts if _takes_words(field_at(steps, entry.kind.schema)))
    if not own:
        yield from ((page.address, steps) for page in material.content.pages for steps in ((), ("title",)))


def _takes_words(schema: Schema) -> bool:
    return "enum" not in schema and "format" not in schema and bool(search(schema.get("pattern", ""), WORDS))


def _with_plain_words(material: Material, slots: frozenset[Slot]) -> Material:
    steps_of: dict[str, list[Steps]] = {}
    for name, steps in slots:
        steps_of.setdefault(name, []).append(steps)
    entries = {
        name: replace(entry, fields=_with_words(entry.fields, steps_of[name])) if name in steps_of else entry
        for name, entry in material.entries.items()
    }
    pages = tuple(
        replace(
            page,
            body=WORDS if () in steps_of.get(page.address, ()) else page.body,
            fields={**page.fields, "title": WORDS} if ("title",) in steps_of.get(page.address, ()) else page.fields,
        )
        for page in material.content.pages
    )
    collections = tuple(
        replace(one, entries=tuple(entries[f"{one.kind.name}/{entry.slug}"] for entry in one.entries))
        for one in material.collections
    )
    content = replace(material.content, pages=pages)
    return replace(material, entries=entries, collections=collections, content=content, bodies={})


def _with_words(fields: Mapping[str, Any], places: Iterable[Steps]) -> Any:
    value = plain(fields)
    for steps in places:
        _at(value, steps[:-1])[steps[-1]] = WORDS
    return frozen(value)


def _at(value: Any, steps: Steps) -> Any:
    for step in steps:
        value = value[step]
    return value
