"""The search page, and the index that its script asks: guide pages, paths, entries and words of the glossary."""

import json
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from mutualaid.core.content.page import Term
from mutualaid.core.content.search_index import Findable, words_across
from mutualaid.core.entries.collection import Collection
from mutualaid.site.renderer import Leaf, Press
from mutualaid.site.search_index import index_pages
from mutualaid.text.markdown import plain_text, prose
from mutualaid.text.urls import file_of

ENGINE = "pagefind"
"""The folder of the index on the site; the engine looks for its parts beside itself."""
PAGES = f"{ENGINE}/pages.json"


def print_search(press: Press, collections: Iterable[Collection], terms: Iterable[Term], root: Path) -> None:
    """Index every page printed so far that has a word for its kind, and print the search page."""
    findables = (*_pages(press), *_terms(terms))
    index = index_pages(root, findables)
    for path, contents in index.files:
        press.outputs.add(f"{ENGINE}/{path}", contents)
    told = {
        "words": " ".join(words_across(findables)),
        "pages": {name: [_place(one.address), one.title, one.kind, one.line] for name, one in index.found},
    }
    press.outputs.add(PAGES, json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
    kilobytes = round(sum(len(contents) for _, contents in index.files) / 1000, -1)
    leaf = Leaf("Search", "/search/", "Search the guide, the collections and the glossary.")
    press.print_page("search.html", leaf, search={"size": f"{kilobytes:.0f} kB", "topics": _topics(collections)})


def _topics(collections: Iterable[Collection]) -> str:
    """Return where topics stand as a list: beside the first collection that is narrowed by them."""
    for collection in collections:
        for number, facet in enumerate(collection.facets, start=1):
            if facet.rule.field == "topics":
                return f"{collection.kind.address}#narrow-{number}"
    return ""


def _place(address: str) -> str:
    page, mark, fragment = address.partition("#")
    return file_of(page) + mark + fragment


def _pages(press: Press) -> Iterator[Findable]:
    for leaf in press.leaves:
        if leaf.found_as:
            page = press.outputs.files[file_of(leaf.address)].decode()
            main = page[page.index("<main") : page.rindex("</main>")]
            yield Findable(leaf.address, leaf.title, leaf.found_as, leaf.description, _document(f"{main}</main>"))


def _terms(terms: Iterable[Term]) -> Iterator[Findable]:
    for term in terms:
        meaning = plain_text(prose(term.definition))
        words = f"<main data-pagefind-body><h1>{escape(term.term)}</h1><p>{escape(meaning)}</p></main>"
        yield Findable(f"/glossary/#{term.id}", term.term, "Glossary", meaning, _document(words))


def _document(main: str) -> str:
    return f'<!doctype html><html lang="en"><body>{main}</body></html>'
