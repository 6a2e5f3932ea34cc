"""The folder /data/: every entry for machines, each file with the schema or the words that say what it holds."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mutualaid.core.entries import citation, json_csv
from mutualaid.core.entries.collection import Collection
from mutualaid.downloads.download import size_in_words
from mutualaid.site.context import SiteContext
from mutualaid.site.feeds import LICENCE_URL
from mutualaid.site.renderer import PageMeta

CHANGES_MEANING = {
    "added": "came in, in this month",
    "retired": "was marked as no longer current, in this month; the entry is still here",
    "retracted": "was taken away, in this month; take it out of your copies too, please",
}
JSON, CSV, SCHEMA = "application/json", "text/csv", "application/schema+json"
CSL, BIBTEX = "application/vnd.citationstyles.csl+json", "application/x-bibtex"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file for machines, as the data page lists it."""

    name: str
    what: str
    medium: str
    contents: str

    @property
    def size(self) -> str:
        """The file's size in words."""
        return size_in_words(len(self.contents.encode()))


def make_data(site: SiteContext) -> None:
    """Make the data page and every file that it lists."""
    shelves = [_of_kind(collection, site.json_ld.site_address) for collection in site.collections]
    shelves.append({"id": "across", "title": "All kinds together", "files": _across(site.collections, site.edition)})
    files = [file for shelf in shelves for file in shelf["files"]]
    for file in files:
        site.renderer.outputs.add(f"data/{file.name}", file.contents)
    meta = PageMeta("Data", "/data/", "All entries as data files, to keep, to count, to use again.", "about")
    listed = [(file.name, f"/data/{file.name}", file.medium, file.size) for file in files]
    site.renderer.render_page("data.html", meta, shelves=shelves, structured=site.json_ld.catalogue(meta, listed))


def changes_of(collections: Iterable[Collection]) -> dict[str, Any]:
    """Return the changelog: by month, newest first, what was added, retired and retracted.

    Of a retracted entry it holds the address, which is its kind and slug, and the month, and nothing else.
    """
    months: dict[str, dict[str, list[dict[str, str]]]] = {}
    for month, change, entry in sorted(_changes(collections), key=lambda change: (*change[:2], change[2]["address"])):
        months.setdefault(month, {word: [] for word in CHANGES_MEANING})[change].append(entry)
    newest = [{"month": month, **months[month]} for month in sorted(months, reverse=True)]
    return {"licence": LICENCE_URL, "meaning": CHANGES_MEANING, "months": newest}


def _changes(collections: Iterable[Collection]) -> Iterator[tuple[str, str, dict[str, str]]]:
    for collection in collections:
        for entry in collection.entries:
            own = {"address": entry.address, "title": entry.title}
            yield str(entry.fields["added"]), "added", own
            if entry.is_retired:
                retired = entry.fields["retired"]
                replaced = retired.get("replaced_by")
                then = {"replaced_by": f"{entry.kind.address}{replaced}/"} if replaced else {}
                yield str(retired["on"]), "retired", own | {"why": retired["why"]} | then
        for entry in collection.retracted:
            yield str(entry.fields["retracted"]), "retracted", {"address": entry.address}


def _of_kind(collection: Collection, site_address: str) -> Mapping[str, Any]:
    kind = collection.kind
    schema_name = f"{kind.name}.schema.json"
    schema = json_csv.schema_of_json(kind, f"{site_address}/data/{schema_name}" if site_address else "")
    everything = f"Everything about {len(collection.entries)} entries. Good for programs."
    shape = "What the JSON file may hold, as JSON Schema. It needs no other file."
    files = (
        DataFile(f"{kind.name}.json", everything, JSON, json_csv.as_json(collection, LICENCE_URL)),
        DataFile(f"{kind.name}.csv", "The same as a table. Good for spreadsheets.", CSV, json_csv.as_csv(collection)),
        DataFile(schema_name, shape, SCHEMA, schema),
    )
    return {"id": kind.name, "title": kind.title, "files": files, "columns": json_csv.columns_of(kind)}


def _across(collections: Sequence[Collection], edition: citation.Edition) -> tuple[DataFile, ...]:
    entries = [entry for collection in collections for entry in collection.entries]
    cited = [edition.entry(entry) for entry in entries]
    works = [citation.work(entry) for entry in entries if "medium" in entry.fields]
    changes = json.dumps(changes_of(collections), ensure_ascii=False, indent=1) + "\n"
    log = "What was added, retired and retracted, month by month. Good for keeping a copy current."
    described = "The works that the resources describe, to cite or borrow them. For Zotero and others."
    latex = "The same as BibTeX. For LaTeX."
    return (
        DataFile("changes.json", log, JSON, changes),
        DataFile("entries.csl.json", "Every entry, to cite it. For Zotero and others.", CSL, citation.as_csl(cited)),
        DataFile("entries.bib", latex, BIBTEX, citation.as_bibtex(cited)),
        DataFile("reading-list.csl.json", described, CSL, citation.as_csl(works)),
        DataFile("reading-list.bib", latex, BIBTEX, citation.as_bibtex(works)),
    )
