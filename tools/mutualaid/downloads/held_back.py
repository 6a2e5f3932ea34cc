"""What could not be made, with the text that keeps it back: found by putting plain words in place of others."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from re import search
from typing import Any

from mutualaid.core.content.page import Page
from mutualaid.core.entries.document import Steps
from mutualaid.core.entries.entry import Entry, frozen
from mutualaid.core.entries.kind import Schema, plain
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.entries.submission import texts_in
from mutualaid.core.entries.validation import field_at, given, name_of
from mutualaid.downloads.catalogue import planned
from mutualaid.downloads.download import Download
from mutualaid.downloads.make import Failed
from mutualaid.downloads.material import Material

Slot = tuple[str, Steps]
"""Where a text lies: the address of an entry or page; and the steps to it, none for a page's title and body."""
WORDS = "Words"


def held_back(failed: Sequence[Failed], material: Material) -> tuple[Problem, ...]:
    """Return a problem for each file that could not be made. Looking for the text takes a few builds of that file."""
    known: list[Slot] = []
    problems = []
    for download, error in failed:
        where, place, cause = _named(_culprit(download, material, known), material) or (download.name, "", NO_TEXT)
        said = str(error).rpartition("It says: ")[2]
        sentence = (
            f"The file {download.path} could not be made, so the site has no such file and no link to it. "
            f"{cause} The program said: {said}"
        )
        problems.append(Problem("download.not-made", where, sentence, Place(place or download.path)))
    return tuple(problems)


NO_TEXT = "No single text causes this, so look at how it's made, in tools/mutualaid/downloads."


def _named(slot: Slot | None, material: Material) -> tuple[str, str, str] | None:
    if slot is None:
        return None
    address, steps = slot
    page = material.content.page_at(address)
    if page:
        where, text, file = "Title and text", "", page.document.file
    else:
        entry = material.entries[address.strip("/")]
        where, text = name_of(steps, entry.kind.schema), _at(entry.fields, steps)
        file = f"submissions/{address.strip('/')}.yaml"
    return where, file, f"The cause is in “{where}”{given(text)} Reword it."


def _culprit(download: Download, material: Material, known: list[Slot]) -> Slot | None:
    """Return the text without which `download` can be made; those that were found before are tried first."""

    def is_made(slots: Iterable[Slot]) -> bool:
        return _is_made(download.path, _with_plain_words(material, slots))

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
    own = [entry for entry in material.entries.values() if entry.address == download.owner]
    for entry in own or material.entries.values():
        texts = texts_in(plain(entry.fields))
        yield from ((entry.address, steps) for steps, _ in texts if _takes_words(field_at(steps, entry.kind.schema)))
    if not own:
        yield from ((page.address, ()) for page in material.content.pages)


def _takes_words(schema: Schema) -> bool:
    return "enum" not in schema and "format" not in schema and bool(search(schema.get("pattern", ""), WORDS))


def _with_plain_words(material: Material, slots: Iterable[Slot]) -> Material:
    steps_of: dict[str, list[Steps]] = defaultdict(list)
    for address, steps in slots:
        steps_of[address].append(steps)

    def entry_of(entry: Entry) -> Entry:
        fields = plain(entry.fields)
        for steps in steps_of.get(entry.address, ()):
            _at(fields, steps[:-1])[steps[-1]] = WORDS
        return replace(entry, fields=frozen(fields)) if entry.address in steps_of else entry

    def page_of(page: Page) -> Page:
        is_meant = page.address in steps_of
        return replace(page, body=WORDS, fields={**page.fields, "title": WORDS}) if is_meant else page

    collections = tuple(replace(one, entries=tuple(map(entry_of, one.entries))) for one in material.collections)
    content = replace(material.content, pages=tuple(map(page_of, material.content.pages)))
    return replace(material, collections=collections, content=content)


def _at(value: Any, steps: Steps) -> Any:
    for step in steps:
        value = value[step]
    return value
