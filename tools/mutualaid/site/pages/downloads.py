"""The page of everything to download: each file with its size, its date and what it is good for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mutualaid.core.content.page import Content, Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.downloads.download import BOOKS, Download, File
from mutualaid.site.context import SiteContext
from mutualaid.site.offline import belongs, planned_copy
from mutualaid.site.renderer import PageMeta

META = PageMeta(
    "Downloads",
    "/downloads/",
    "The whole work, the sheets and the data as files, to print, to keep, to change.",
)
READ, TEACH, ADAPT = "read", "teach", "adapt"


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one page, entry or path; `date` is that of its newest part, in words, or empty."""

    title: str
    address: str
    date: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class DownloadsView:
    """The page's parts. `copy` is the offline copy, None in that copy itself; `month` is that of the newest part."""

    month: str
    read: tuple[FileGroup, ...]
    teach: tuple[FileGroup, ...]
    adapt: tuple[FileGroup, ...]
    copy: File | None


def make_downloads(site: SiteContext, files: tuple[File, ...], make: Callable[[Download], File] | None) -> None:
    """Make the offline copy of all pages made so far, then the page that lists it; without `make`, no copy."""
    renderer, content, entries = site.renderer, site.content, site.entries
    newest = _newest(content, entries)
    month = dates.in_words(newest)
    named = {path.address: (path.title, month) for path in content.paths} | {"/": (site.json_ld.site_name, month)}
    for owner in _owners(content, entries):
        named.setdefault(owner.address, (owner.title, dates.in_words(day) if (day := _date_of(owner)) else ""))
    copy = None
    if make:
        kept = (file for file in files if belongs(file.download.path))
        inside = DownloadsView(month, (), _groups(kept, named).get(TEACH, ()), (), None)
        own = renderer.as_text("downloads.html", META, downloads=inside, is_copy=True)
        copy = make(planned_copy(renderer.outputs, own, newest))
        renderer.outputs.add(copy.download.path, copy.contents)
    found = _groups(files, named)
    whole = DownloadsView(month, found.get(READ, ()), found.get(TEACH, ()), found.get(ADAPT, ()), copy)
    renderer.render_page("downloads.html", META, downloads=whole, is_copy=False)


def _groups(files: Iterable[File], named: Mapping[str, tuple[str, str]]) -> dict[str, tuple[FileGroup, ...]]:
    """Return, by section, the files of each owner, in the order in which owners first come."""
    held: dict[tuple[str, str], list[File]] = {}
    for file in files:
        held.setdefault((_section(file.download), file.download.owner), []).append(file)
    found: dict[str, tuple[FileGroup, ...]] = {}
    for (section, owner), own in held.items():
        title, date = named[owner]
        found[section] = (*found.get(section, ()), FileGroup(title, owner, date, tuple(own)))
    return found


def _section(download: Download) -> str:
    if download.format == "DOCX":
        return ADAPT
    return READ if download.path.startswith(f"{BOOKS}/") else TEACH


def _date_of(owner: Page | Entry) -> str:
    """Return when an entry or page was last edited, reviewed or checked, whichever is latest, or empty."""
    edited = owner.edited if isinstance(owner, Entry) else owner.fields.get("edited", "")
    reviewed = owner.fields.get("reviewed", {}).get("on", "")
    return max(str(edited), str(reviewed), str(owner.fields.get("sources_checked", "")))


def _owners(content: Content, entries: Mapping[str, Entry]) -> list[Page | Entry]:
    return [*content.pages, *entries.values()]


def _newest(content: Content, entries: Mapping[str, Entry]) -> str:
    """Return the month of the newest part."""
    newest = max((day for owner in _owners(content, entries) if (day := _date_of(owner))), default="2026-11")
    return newest[: len("2026-11")]
