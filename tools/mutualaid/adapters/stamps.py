"""Stamps of files: what says, without reading them, whether they are what they were."""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any


def stamp_of(file: os.stat_result) -> list[int]:
    """Return what changes whenever a file is written, moved or put back: none of it can be set by a copy's program."""
    return [file.st_size, file.st_mtime_ns, file.st_ctime_ns, file.st_ino]


def files_below(place: str | Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file below a folder, or the file itself. Raises OSError where there's none, or a link in it."""
    if Path(place).is_file():
        yield str(place), Path(place).stat()
        return
    with os.scandir(place) as found:
        for one in found:
            if one.is_symlink():
                raise OSError(f"{one.path} is a link, and what it leads to may change unseen.")
            if one.is_dir():
                yield from files_below(one.path) if one.name != "__pycache__" else ()
            else:
                yield one.path, one.stat()


def digest_of(places: Iterable[str | Path], words: Any, read: Collection[str] | None = ()) -> str:
    """Return one digest of all files in some places by their stamps, and of some words.

    Of the files in `read` the bytes count instead, and of all where it is None. Raises OSError as `files_below`.
    """
    digest = hashlib.sha256(repr(words).encode())
    for path, found in sorted(file for place in places for file in files_below(place)):
        own = hashlib.sha256(Path(path).read_bytes()).digest() if read is None or path in read else stamp_of(found)
        digest.update(repr((path, own)).encode())
    return digest.hexdigest()
