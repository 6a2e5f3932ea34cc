"""The folder /data/: every entry for machines, each file with the schema or the words that say what it holds."""

from collections.abc import Iterable, Iterator, Mapping
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
    about = {
        "site": site.json_ld.site_address,
        "data_version": json_csv.DATA_VERSION,
        "month": site.today.strftime("%Y-%m"),
        "licence": LICENCE_URL,
        "attribution": f"{site.edition.editors}, {site.edition.name}",
    }
    package = json_csv.package_of([collection.kind for collection in site.collections], about)
    shelves = [_of_kind(collection, about) for collection in site.collections]
    shelves.append({"id": "across", "title": "All kinds together", "files": _across(site, about, package)})
    for shelf, table in zip(shelves, package["resources"], strict=True):
        shelf["columns"] = table["schema"]["fields"]
    files = [file for shelf in shelves for file in shelf["files"]]
    for file in files:
        site.renderer.outputs.add(f"data/{file.name}", file.contents)
    meta = PageMeta("Data", "/data/", "All entries as data files, to keep, to count, to use again.", "about")
    listed = [(file.name, f"/data/{file.name}", file.medium, file.size) for file in files]
    site.renderer.render_page("data.html", meta, shelves=shelves, structured=site.json_ld.catalogue(meta, listed))


def changes_of(collections: Iterable[Collection], site: str = "") -> dict[str, Any]:
    """Return the changelog: by month, newest first, what was added, retired and retracted.

    Of a retracted entry it holds the address, which is its kind and slug, and the month, and nothing else.
    """
    months: dict[str, dict[str, list[dict[str, str]]]] = {}
    for month, change, entry in sorted(
        _changes(collections, site), key=lambda change: (*change[:2], change[2]["address"])
    ):
        months.setdefault(month, {word: [] for word in CHANGES_MEANING})[change].append(entry)
    newest = [{"month": month, **months[month]} for month in sorted(months, reverse=True)]
    return {"meaning": CHANGES_MEANING, "months": newest}


def _changes(collections: Iterable[Collection], site: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    for collection in collections:
        for entry in collection.entries:
            own = {"address": site + entry.address, "title": entry.title}
            yield str(entry.fields["added"]), "added", own
            if entry.is_retired:
                retired = entry.fields["retired"]
                replaced = retired.get("replaced_by")
                then = {"replaced_by": f"{site}{entry.kind.address}{replaced}/"} if replaced else {}
                yield str(retired["on"]), "retired", own | {"why": retired["why"]} | then
        for entry in collection.retracted:
            yield str(entry.fields["retracted"]), "retracted", {"address": site + entry.address}


def _of_kind(collection: Collection, about: Mapping[str, str]) -> dict[str, Any]:
    kind, site = collection.kind, about["site"]
    everything = f"Everything about {len(collection.entries)} entries. Good for programs."
    shape = "What the JSON file may hold, as JSON Schema. It needs no other file."
    whole, entry = (
        json_csv.json_file(schema) for schema in (json_csv.schema_of_json(kind, site), json_csv.schema_of_entry(kind))
    )
    table = json_csv.as_csv(collection, site)
    files = (
        DataFile(f"{kind.name}.json", everything, JSON, json_csv.as_json(collection, about)),
        DataFile(f"{kind.name}.csv", "The same as a table. Good for spreadsheets.", CSV, table),
        DataFile(f"{kind.name}.schema.json", shape, SCHEMA, whole),
        DataFile(f"{kind.name}.entry.schema.json", "The same of one entry, as in the repository.", SCHEMA, entry),
    )
    return {"id": kind.name, "title": kind.title, "files": files}


def _across(site: SiteContext, about: Mapping[str, str], package: Mapping[str, Any]) -> tuple[DataFile, ...]:
    entries = [entry for collection in site.collections for entry in collection.entries]
    cited = [site.edition.entry(entry) for entry in entries]
    works = [citation.work(entry) for entry in entries if "medium" in entry.fields]
    log = "What was added, retired and retracted, month by month. Good for keeping a copy current."
    links = "Each source of each entry, and each other link in a list, as a table. Good for checking links."
    tables = "What each column of each table holds, as a data package. For Frictionless, R and others."
    described = "The works that the resources describe, to cite or borrow them. For Zotero and others."
    latex = "The same as BibTeX. For LaTeX."
    changes = json_csv.json_file({**about, **changes_of(site.collections, about["site"])})
    topics = json_csv.json_file({**about, "topics": json_csv.topics_of(one.kind for one in site.collections)})
    return (
        DataFile("changes.json", log, JSON, changes),
        DataFile(f"{json_csv.LINKS}.csv", links, CSV, json_csv.links_as_csv(site.collections, about["site"])),
        DataFile("datapackage.json", tables, JSON, json_csv.json_file(package)),
        DataFile("topics.json", "Every topic: its id, which never changes, and its name.", JSON, topics),
        DataFile("entries.csl.json", "Every entry, to cite it. For Zotero and others.", CSL, citation.as_csl(cited)),
        DataFile("entries.bib", latex, BIBTEX, citation.as_bibtex(cited)),
        DataFile("reading-list.csl.json", described, CSL, citation.as_csl(works)),
        DataFile("reading-list.bib", latex, BIBTEX, citation.as_bibtex(works)),
    )
