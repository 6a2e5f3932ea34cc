"""Make what readers carry away, without the pages: read, plan, make what changed, write it beside the built site."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutualaid.adapters.pelican import read_settings
from mutualaid.core.entries.collection import gather, in_order
from mutualaid.core.entries.problem import Problem
from mutualaid.downloads.cache import Cache
from mutualaid.downloads.catalogue import planned
from mutualaid.downloads.download import Made, TakeAway
from mutualaid.downloads.held_back import held_back
from mutualaid.downloads.make import Progress, make_all
from mutualaid.downloads.material import Material, paper_of
from mutualaid.errors import HouseError, Misuse
from mutualaid.flows.load_content import load_content
from mutualaid.flows.load_entries import load_entries


@dataclass(frozen=True, slots=True)
class MadeAll:
    """What was made, the folder into which it was written, and what could not be made."""

    made: tuple[Made, ...]
    folder: Path
    problems: tuple[Problem, ...] = ()


def make_takeaways(root: Path, today: dt.date, only: Sequence[str], progress: Progress | None = None) -> MadeAll:
    """Make every take-away whose path or page holds one of the words `only`; with none, all. Write what differs.

    Raises Misuse where entries or pages have problems, or where nothing is meant by `only`.
    """
    settings = read_settings(root)
    others: list[str] = []
    failed: list[tuple[TakeAway, HouseError]] = []
    material = read_material(root, today)
    chosen = _chosen(planned(material), only, others)
    cache = Cache(Path(settings["MUTUALAID_TAKEAWAYS_CACHE"]))
    made = make_all(chosen, cache, progress, lambda *both: failed.append(both))
    if not made and not failed:
        raise Misuse(f"No take-away has {' or '.join(only)} in its path. One is {others[0]}.")
    folder = root / settings["OUTPUT_PATH"]
    for one in made:
        file = folder / one.take_away.path
        if not file.is_file() or file.read_bytes() != one.contents:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(one.contents)
    return MadeAll(made, folder, held_back(failed, material))


def _chosen(found: Iterable[TakeAway], only: Sequence[str], others: list[str]) -> Iterator[TakeAway]:
    """Yield those that are meant, and add the paths of the rest to `others`."""
    for one in found:
        if not only or any(word in one.path or word in one.belongs_to for word in only):
            yield one
        else:
            others.append(one.path)


def read_material(root: Path, today: dt.date) -> Material:
    """Read entries and pages. Raises Misuse where they have problems."""
    settings, loaded, content = read_settings(root), load_entries(root, today), load_content(root).content
    if content is None or any(problem.is_error for problem in loaded.problems):
        raise Misuse("Entries or pages have problems. Run mutualaid check and mend them first.")
    collections = tuple(gather(kind, loaded.entries, today) for kind in in_order(loaded.kinds))
    return Material(
        settings["SITENAME"],
        settings["SITESUBTITLE"],
        str(settings["SITEURL"] or content.host["site_address"]).rstrip("/"),
        collections,
        {f"{entry.kind.name}/{entry.slug}": entry for one in collections for entry in one.entries},
        content,
        today,
        root / settings["THEME"],
        paper_of(settings),
    )
