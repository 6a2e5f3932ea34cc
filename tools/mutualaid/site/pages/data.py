"""The folder /data/: every entry for machines, each file with the schema or the words that say what it holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from mutualaid.core.entries import citation, json_csv
from mutualaid.core.entries.collection import Collection
from mutualaid.downloads.download import size_in_words
from mutualaid.site.context import SiteContext
from mutualaid.site.feeds import LICENCE_URL
from mutualaid.site.renderer import HERE, PageMeta

CHANGES_MEANING = {
    "added": "came in, in this month",
    "retired": "was marked as no longer current, in this month; the entry is still here",
    "retracted": "was taken away, in this month; take it out of your copies too, please",
}
MEDIA = {
    ".schema.json": "application/schema+json",
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".json": "application/json",
    ".csv": "text/csv",
    ".bib": "application/x-bibtex",
}


def make_data(site: SiteContext) -> None:
    """Make the data page and every file that it lists."""
    about = {
        "site": site.json_ld.site_address,
        "data_version": json_csv.DATA_VERSION,
        "month": site.today.strftime("%Y-%m"),
        "licence": LICENCE_URL,
        "attribution": ", ".join(filter(None, (site.edition.group, site.edition.name))),
    }
    package = json_csv.package_of([collection.kind for collection in site.collections], about)
    shelves: list[dict[str, Any]] = []
    for one in site.collections:
        files = _added(site, partial(_of_kind, one, about), one.kind.name, *one.entries, about)
        shelves.append({"id": one.kind.name, "title": one.kind.title, "count": len(one.entries), "files": files})
    everything = [entry for one in site.collections for entry in (*one.entries, *one.retracted)]
    files = _added(site, partial(_across, site, about, package), "across", *everything, about)
    shelves.append({"id": "across", "title": "All kinds together", "files": files})
    listed = []
    for shelf, table in zip(shelves, package["resources"], strict=True):
        for name, size in shelf["files"].items():
            medium = next(medium for ending, medium in MEDIA.items() if name.endswith(ending))
            listed.append((name, f"/data/{name}", medium, size))
        shelf["columns"] = table["schema"]["fields"]
    meta = PageMeta("Data", "/data/", "All entries as files, to keep, to count, to use again.", "about", found_as=HERE)
    site.renderer.render_page("data.html", meta, shelves=shelves, structured=site.json_ld.catalogue(meta, listed))


def _added(site: SiteContext, make: Callable[[], Mapping[str, str]], *parts: Any) -> dict[str, str]:
    """Plan the files that `make` returns by name, or keep them; return their sizes in words."""
    outputs = site.renderer.outputs
    before = len(outputs.changed)

    def add() -> None:
        for name, contents in make().items():
            outputs.add(f"data/{name}", contents)

    site.keep((add, ("data", *parts)))
    paths = [*outputs.changed][before:]
    return {path.removeprefix("data/"): size_in_words(len(outputs.read(path))) for path in paths}


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


def _of_kind(collection: Collection, about: Mapping[str, str]) -> dict[str, str]:
    kind, site = collection.kind, about["site"]
    return {
        f"{kind.name}.json": json_csv.as_json(collection, about),
        f"{kind.name}.csv": json_csv.as_csv(collection, site),
        f"{kind.name}.schema.json": json_csv.json_file(json_csv.schema_of_json(kind, site)),
        f"{kind.name}.entry.schema.json": json_csv.json_file(json_csv.schema_of_entry(kind)),
    }


def _across(site: SiteContext, about: Mapping[str, str], package: Mapping[str, Any]) -> dict[str, str]:
    collections = site.collections
    entries = [entry for collection in collections for entry in collection.entries]
    cited = [site.edition.entry(entry) for entry in entries]
    works = [citation.work(entry) for entry in entries if "medium" in entry.fields]
    topics = json_csv.topics_of(collection.kind for collection in collections)
    return {
        "changes.json": json_csv.json_file({**about, **changes_of(collections, about["site"])}),
        f"{json_csv.LINKS}.csv": json_csv.links_as_csv(collections, about["site"]),
        "datapackage.json": json_csv.json_file(package),
        "topics.json": json_csv.json_file({**about, "topics": topics}),
        "entries.csl.json": citation.as_csl(cited),
        "entries.bib": citation.as_bibtex(cited),
        "reading-list.csl.json": citation.as_csl(works),
        "reading-list.bib": citation.as_bibtex(works),
    }
