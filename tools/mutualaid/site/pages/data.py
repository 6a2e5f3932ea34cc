"""The folder /data/: every entry for machines, each file with the schema or the words that say what it holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from mutualaid.core.entries import citation, json_csv
from mutualaid.core.entries.collection import Collection
from mutualaid.downloads.download import size_in_words
from mutualaid.site.context import SiteContext
from mutualaid.site.feeds import LICENCE_URL
from mutualaid.site.kept_pages import Job
from mutualaid.site.renderer import HERE, PageMeta

CHANGES_MEANING = {
    "added": "came in, in this month",
    "retired": "was marked as no longer current, in this month; the entry is still here",
    "retracted": "was taken away, in this month; take it out of your copies too, please",
}
FOLDER = "data/"
MEDIA = {
    ".schema.json": "application/schema+json",
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".json": "application/json",
    ".csv": "text/csv",
    ".bib": "application/x-bibtex",
}


def jobs_of_data(site: SiteContext) -> Iterator[Job]:
    about = _about(site)
    for one in site.collections:
        yield partial(_add, site, partial(_of_kind, one, about)), ("data", one.kind.name, *one.entries, about)
    everything = [entry for one in site.collections for entry in (*one.entries, *one.retracted)]
    yield partial(_add, site, partial(_across, site, about)), ("data", *everything, about)


def _add(site: SiteContext, make: Callable[[], Mapping[str, str]]) -> None:
    for name, contents in make().items():
        site.renderer.outputs.add(f"{FOLDER}{name}", contents)


def make_data(site: SiteContext) -> None:
    """Make the page that lists the files, which are there already."""
    outputs = site.renderer.outputs
    paths = [path for path in outputs.changed if path.startswith(FOLDER)]
    sizes = {path.removeprefix(FOLDER): size_in_words(len(outputs.read(path))) for path in paths}
    shelves: list[dict[str, Any]] = [
        *(
            {"id": one.kind.name, "title": one.kind.title, "count": len(one.entries), "starts": f"{one.kind.name}."}
            for one in site.collections
        ),
        {"id": "across", "title": "All kinds together", "starts": ""},
    ]
    left = dict(sizes)
    for shelf, table in zip(shelves, _package(site)["resources"], strict=True):
        shelf["files"] = {name: left.pop(name) for name in sizes if name in left and name.startswith(shelf["starts"])}
        shelf["columns"] = table["schema"]["fields"]
    meta = PageMeta("Data", "/data/", "All entries as files, to keep, to count, to use again.", "about", found_as=HERE)
    media = {name: next(medium for ending, medium in MEDIA.items() if name.endswith(ending)) for name in sizes}
    structured = site.json_ld.catalogue(meta, [(name, f"/data/{name}", media[name], sizes[name]) for name in sizes])
    site.renderer.render_page("data.html", meta, shelves=shelves, structured=structured)


def _about(site: SiteContext) -> Mapping[str, str]:
    return {
        "site": site.json_ld.site_address,
        "data_version": json_csv.DATA_VERSION,
        "month": site.today.strftime("%Y-%m"),
        "licence": LICENCE_URL,
        "attribution": ", ".join(filter(None, (site.edition.group, site.edition.name))),
    }


def _package(site: SiteContext) -> dict[str, Any]:
    return json_csv.package_of([collection.kind for collection in site.collections], _about(site))


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


def _across(site: SiteContext, about: Mapping[str, str]) -> dict[str, str]:
    collections = site.collections
    entries = [entry for collection in collections for entry in collection.entries]
    cited = [site.edition.entry(entry) for entry in entries]
    works = [citation.work(entry) for entry in entries if "medium" in entry.fields]
    return {
        "changes.json": json_csv.json_file({**about, **changes_of(collections, about["site"])}),
        f"{json_csv.LINKS}.csv": json_csv.links_as_csv(collections, about["site"]),
        "datapackage.json": json_csv.json_file(_package(site)),
        "topics.json": json_csv.json_file({**about, "topics": json_csv.topics_of(one.kind for one in collections)}),
        "entries.csl.json": citation.as_csl(cited),
        "entries.bib": citation.as_bibtex(cited),
        "reading-list.csl.json": citation.as_csl(works),
        "reading-list.bib": citation.as_bibtex(works),
    }
