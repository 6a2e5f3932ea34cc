"""The search page, and what its script searches: guide pages, paths, entries, words of the glossary, rows of law.

All texts go out as one script, which a browser also loads from a disk. The engine is MiniSearch, in the browser.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from mutualaid.core.content.page import rests
from mutualaid.core.entries.entry import Entry
from mutualaid.site.context import SiteContext
from mutualaid.site.pages.downloads import META as DOWNLOADS
from mutualaid.site.renderer import PageMeta, stamp
from mutualaid.text.markdown import plain_text, prose

WORD = re.compile(r"[^\W_]{2,}")
ADDRESS = re.compile(r"https?://\S+|\]\([^)]*\)|\{#[^}]*\}")
HEADING = re.compile(r"^##+ (.*?)(?: *\{#.*)?$", re.MULTILINE)
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
    called, small = site.content.search["pages"], {*site.content.search["small"]}
    rows: list[tuple[str | int, ...]] = []
    kinds: dict[str, int] = {}
    words: dict[str, list[int]] = {}

    def note(texts: Iterable[str], address: str, headings: Iterable[str], *row: str) -> None:
        title, found_as, line, status = row
        for word in _words(texts) - _words((title, line)) - small:
            words.setdefault(word, []).append(len(rows))
        names = " ".join((*headings, called.get(address, "")))
        kind = kinds.setdefault(found_as, len(kinds))
        rows.append((address[1:], title, kind, line, *((status, names) if status or names else ())))

    for page in (*site.renderer.pages, DOWNLOADS):
        if page.found_as:
            body = bodies.get(page.address, "")
            texts = _texts(entries[page.address]) if page.address in entries else (body,)
            note(texts, page.address, HEADING.findall(body), page.title, page.found_as, page.description, page.status)
    for term in site.content.terms:
        note((), f"/glossary/#{term.id}", (), term.term, "Glossary", plain_text(prose(term.definition)), "")
    for law in site.content.law.value["rows"]:
        told = [law.get(name, "") for name in ("law", "gives", "hears")] if rests(law) else []
        note(told, f"/help/which-law/#{law['id']}", (), f"{law['name']}: {LAW}", "Law", LAW_LINE, "")
    index = {
        "kinds": [*kinds],
        "pages": rows,
        "words": " ".join(f"{word} {_gaps(pages)}" for word, pages in sorted(words.items())),
        "small": site.content.search["small"],
        "synonyms": site.content.search["synonyms"],
    }
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path = f"theme/js/search-index.{stamp(data.encode())}.js"
    site.renderer.outputs.add(path, f"globalThis.searchIndex={data}\n")
    meta = PageMeta("Search", "/search/", "Search the guide, the collections and the glossary.")
    size = f"{round(len(data.encode()) / 1000, -1):.0f} kB"
    facets = ((own.kind.address, *each) for own in site.collections for each in enumerate(own.facets, start=1))
    topics = [f"{address}#narrow-{number}" for address, number, facet in facets if facet.rule.field == "topics"]
    site.renderer.render_page("search.html", meta, search={"index": f"/{path}", "size": size, "topics": topics})


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.kind.label("topics", topic) for topic in entry.fields.get("topics", ()))
    yield from _strings({name: value for name, value in entry.fields.items() if name not in NOT_SEARCHED})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | tuple | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(inner)


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in WORD.findall(ADDRESS.sub(" ", text).casefold())}


def _gaps(pages: Iterable[int]) -> str:
    """Return how far each page is from the one before, as one character: a third of the bytes of plain numbers."""
    return "".join(chr(GAP + after - before) for before, after in pairwise((-1, *pages)))
