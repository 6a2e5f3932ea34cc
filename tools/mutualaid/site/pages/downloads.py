"""The page of everything to download: each file with its size, its date and what it is good for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mutualaid.core.content.page import Content, Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.downloads.download import Made, Offer, TakeAway, offer_of
from mutualaid.site.context import SiteContext
from mutualaid.site.offline import heavy_files, planned_copy
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
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class DownloadsView:
    """The page's parts. `copy` is the offline copy, None in that copy itself; `month` is that of the newest part."""

    month: str
    read: tuple[FileGroup, ...]
    teach: tuple[FileGroup, ...]
    adapt: tuple[FileGroup, ...]
    copy: Offer | None


def make_downloads(site: SiteContext, made: tuple[Made, ...], make: Callable[[TakeAway], Made] | None) -> None:
    """Make the offline copy of all pages made so far, then the page that lists it; without `make`, no copy."""
    renderer, content, entries = site.renderer, site.content, site.entries
    month = _newest(content, entries)
    file_groups = tuple(_file_groups(made, content, entries, site.json_ld.site_name, month))
    of_group = {group: tuple(own for name, own in file_groups if name == group) for group in (READ, TEACH, ADAPT)}
    copy = None
    if make:
        heavy = heavy_files(made)
        light = tuple(one for one in made if one.take_away.path not in heavy)
        taught = (files for group, files in _file_groups(light, content, entries, "", month) if group == TEACH)
        inside = DownloadsView(dates.in_words(month), (), tuple(taught), (), None)
        own = renderer.as_text("downloads.html", META, downloads=inside, is_copy=True)
        copy = make(planned_copy(renderer.outputs, heavy, own, month))
        renderer.outputs.add(copy.take_away.path, copy.contents)
    offer = offer_of(copy) if copy else None
    whole = DownloadsView(dates.in_words(month), of_group[READ], of_group[TEACH], of_group[ADAPT], offer)
    renderer.render_page("downloads.html", META, downloads=whole, is_copy=False)


def _file_groups(
    made: Sequence[Made], content: Content, entries: Mapping[str, Entry], site_name: str, month: str
) -> Iterator[tuple[str, FileGroup]]:
    """Yield, with its group, the files of each place, in the order in which places first come."""
    held: dict[tuple[str, str], list[Offer]] = {}
    for one in made:
        held.setdefault((_group(one.take_away), one.take_away.belongs_to), []).append(offer_of(one))
    paths = {path.address: path.title for path in content.paths}
    by_address = {entry.address: entry for entry in entries.values()}
    for (group, address), offers in held.items():
        page = content.page_at(address)
        if address == "/":
            yield group, FileGroup(site_name, "/", dates.in_words(month), tuple(offers))
        elif address in paths:
            yield group, FileGroup(paths[address], address, dates.in_words(month), tuple(offers))
        elif address in by_address:
            entry = by_address[address]
            yield group, FileGroup(entry.title, address, dates.in_words(_date_of_entry(entry)), tuple(offers))
        elif page:
            day = _date_of_page(page)
            yield group, FileGroup(page.title, address, dates.in_words(day) if day else "", tuple(offers))


def _group(take_away: TakeAway) -> str:
    if take_away.format == "DOCX":
        return ADAPT
    is_whole = take_away.belongs_to == "/" or take_away.belongs_to.startswith("/paths/")
    return READ if is_whole else TEACH


def _date_of_entry(entry: Entry) -> str:
    reviewed = entry.fields.get("reviewed", {}).get("on", "")
    return max(entry.edited, str(reviewed))


def _date_of_page(page: Page) -> str:
    reviewed = page.fields.get("reviewed", {}).get("on", "")
    return max(str(reviewed), *(str(page.fields.get(name, "")) for name in ("sources_checked", "edited")))


def _newest(content: Content, entries: Mapping[str, Entry]) -> str:
    """Return the month of the newest part."""
    dates = [_date_of_entry(entry) for entry in entries.values()] + [_date_of_page(page) for page in content.pages]
    newest = max((date for date in dates if date), default="2026-11")
    return newest[: len("2026-11")]
