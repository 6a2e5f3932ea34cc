"""The page of everything to download: each file with its size, its date and what it is good for."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from posixpath import relpath
from typing import Any

from mutualaid.core.content.page import Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.downloads.download import BOOKS, Download, File
from mutualaid.downloads.make import Cache, make_all
from mutualaid.site.context import SiteContext
from mutualaid.site.offline import belongs, planned_copy
from mutualaid.site.output import Outputs
from mutualaid.site.renderer import HERE, PageMeta

META = PageMeta(
    "Downloads",
    "/downloads/",
    "The whole work, the sheets and the data as files, to print, to keep, to change.",
    found_as=HERE,
)


def make_downloads(site: SiteContext, files: tuple[File, ...], cache: Cache | None) -> None:
    """Make the offline copy of all pages made so far, then the page that lists it; without a `cache`, no copy."""
    renderer, content, copy, sums = site.renderer, site.content, None, ""
    parts: list[Page | Entry] = [*content.pages, *site.entries.values()]
    owners = {part.address: part for part in parts}
    days = {address: _date_of(owner) for address, owner in owners.items()}
    newest = max(days.values(), default="")[: len("2026-11")] or "2026-11"
    month = dates.in_words(newest)
    named = {address: (owners[address].title, day and dates.in_words(day)) for address, day in days.items()}
    named |= {path.address: (path.title, month) for path in content.paths} | {"/": (site.json_ld.site_name, month)}
    if cache:
        kept = (file for file in files if belongs(file.download.path))
        inside = renderer.as_text("downloads.html", META, month=month, groups=_groups(kept, named), is_copy=True)
        note = renderer.environment.get_template("read-me.txt").render(month=month) + "\n"
        (copy,), _ = make_all([planned_copy(renderer.outputs, inside, note)], cache)
        renderer.outputs.add(copy.download.path, copy.contents)
        sums = _sums(renderer.outputs, (copy, *files))
        renderer.outputs.add(f"{BOOKS}/SHA256SUMS", sums)
    stamp = sums and sha256(sums.encode()).hexdigest()
    renderer.render_page("downloads.html", META, month=month, groups=_groups(files, named), copy=copy, sums=stamp)


def _sums(outputs: Outputs, files: Iterable[File]) -> str:
    """Return what `sha256sum -c` reads in the folder of the books: a line for each of `files` and each data file."""
    data = (path for path in outputs.changed if path.startswith("data/") and not path.endswith(".html"))
    paths = sorted((*(file.download.path for file in files), *data))
    return "".join(f"{sha256(outputs.read(path)).hexdigest()}  {relpath(path, BOOKS)}\n" for path in paths)


def _groups(files: Iterable[File], named: Mapping[str, tuple[str, str]]) -> dict[str, list[dict[str, Any]]]:
    held: dict[str, dict[str, list[File]]] = {"read": {}, "teach": {}, "adapt": {}}
    for file in files:
        held[_section(file.download)].setdefault(file.download.owner, []).append(file)
    return {
        section: [
            {"address": owner, "title": named[owner][0], "date": named[owner][1], "files": own}
            for owner, own in owners.items()
        ]
        for section, owners in held.items()
    }


def _section(download: Download) -> str:
    if download.format == "DOCX":
        return "adapt"
    return "read" if download.path.startswith(f"{BOOKS}/") else "teach"


def _date_of(owner: Page | Entry) -> str:
    edited = owner.edited if isinstance(owner, Entry) else owner.fields.get("edited", "")
    reviewed = owner.fields.get("reviewed", {}).get("on", "")
    return max(str(edited), str(reviewed), str(owner.fields.get("sources_checked", "")))
