"""Make the downloads without the site's pages: read, plan, make what changed, write it beside the built site."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from mutualaid.adapters.pelican import read_settings
from mutualaid.core.entries.problem import Problem
from mutualaid.downloads.catalogue import planned
from mutualaid.downloads.download import File
from mutualaid.downloads.held_back import held_back
from mutualaid.downloads.make import Cache, make_all
from mutualaid.downloads.material import read_material
from mutualaid.errors import Misuse


def make_downloads(
    root: Path, today: dt.date, only: Sequence[str]
) -> tuple[tuple[File, ...], Path, tuple[Problem, ...]]:
    """Make every download whose path or owner holds one of the words `only`; with none, all. Write what differs.

    Returns the files, the folder into which they were written, and what could not be made. Raises
    NotPublishable where entries or pages have problems, and Misuse where nothing is meant by `only`.
    """
    settings, material = read_settings(root), read_material(root, today)
    plan = tuple(planned(material))
    chosen = [one for one in plan if not only or any(word in one.path or word in one.owner for word in only)]
    if not chosen:
        raise Misuse(f"No download has {' or '.join(only)} in its path. One is {plan[0].path}.")
    files, failed = make_all(chosen, Cache(Path(settings["MUTUALAID_DOWNLOADS_CACHE"])))
    folder = root / settings["OUTPUT_PATH"]
    for file in files:
        path = folder / file.download.path
        if not path.is_file() or path.read_bytes() != file.contents:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.contents)
    return files, folder, held_back(failed, material)
