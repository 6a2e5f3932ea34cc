"""The search page, and what its script searches: guide pages, paths, entries, words of the glossary, rows of law.

All texts go out as one script, which a browser also loads from a disk. The engine is MiniSearch, in the browser.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from mutualaid.core.content.law import rests
from mutualaid.core.entries.collection import Collection
from mutualaid.core.entries.entry import Entry
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import PageMeta, stamp
from mutualaid.text.markdown import plain_text, prose
from mutualaid.text.urls import file_of

WORD = re.compile(r"[^\W_]{2,}")
ADDRESS = re.compile(r"https?://\S+|\]\([^)]*\)|\{#[^}]*\}")
LAW = "which law may cover you"
LAW_LINE = "A row with its date and its source. Information, not legal advice."
GAP = ord('"')
NOT_SEARCHED = frozenset(
    {"slug", "aliases", "sources", "intake", "retraction", "licence", "added", "edited", "reviewed"}
)


def make_search(site: SiteContext) -> None:
    """Make the search page, which finds all pages made so far that say what they are (`found_as`)."""
    entries = {entry.address: entry for entry in site.entries.values()}
    bodies = {page.address: page.body for page in site.content.pages}
    rows: list[tuple[str, ...]] = []
    words: dict[str, list[int]] = {}

    def note(texts: Iterable[str], *row: str) -> None:
        for word in _words(texts):
            words.setdefault(word, []).append(len(rows))
        rows.append(row)

    for page in site.renderer.pages:
        if page.found_as:
            entry = entries.get(page.address)
            texts = _texts(entry) if entry else (bodies.get(page.address, ""),)
            note(texts, file_of(page.address), page.title, page.found_as, page.description, page.status)
    for term in site.content.terms:
        meaning = plain_text(prose(term.definition))
        note((), f"{file_of('/glossary/')}#{term.id}", term.term, "Glossary", meaning, "")
    for law in site.content.law.value["rows"]:
        told = [law.get(name, "") for name in ("law", "gives", "hears")] if rests(law) else []
        note(told, f"{file_of('/help/which-law/')}#{law['id']}", f"{law['name']}: {LAW}", "Law", LAW_LINE, "")
    index = {
        "pages": rows,
        "words": {word: _gaps(pages) for word, pages in sorted(words.items())},
        "synonyms": site.content.synonyms,
    }
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path = f"theme/js/search-index.{stamp(data.encode())}.js"
    site.renderer.outputs.add(path, f"globalThis.searchIndex={data}\n")
    meta = PageMeta("Search", "/search/", "Search the guide, the collections and the glossary.")
    size = f"{round(len(data.encode()) / 1000, -1):.0f} kB"
    shown = {"index": f"/{path}", "size": size, "topics": _topics(site.collections)}
    site.renderer.render_page("search.html", meta, search=shown)


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.kind.label("topics", topic) for topic in entry.fields.get("topics", ()))
    yield from _strings({name: value for name, value in entry.fields.items() if name not in NOT_SEARCHED})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _strings(inner)


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in WORD.findall(ADDRESS.sub(" ", text).casefold())}


def _gaps(pages: Iterable[int]) -> str:
    """Return how far each page is from the one before, as one character: a third of the bytes of plain numbers."""
    return "".join(chr(GAP + after - before) for before, after in pairwise((-1, *pages)))


def _topics(collections: Iterable[Collection]) -> str:
    """Return the address of the list of topics, on the page of the first collection that is narrowed by them."""
    for collection in collections:
        for number, facet in enumerate(collection.facets, start=1):
            if facet.rule.field == "topics":
                return f"{collection.kind.address}#narrow-{number}"
    return ""
