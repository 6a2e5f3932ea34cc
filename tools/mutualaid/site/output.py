"""The output folder: what differs is written beside it first, then moved in, and what is gone is removed."""

import fcntl
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from mutualaid.errors import BrokenCheckout

SHOWN = 8


class NotWritten(Exception):
    """The disk is full, or the folder can't be written to."""


class Outputs:
    """The files that `folder` is to hold. One that differs from the folder's lies beside it until `write`.

    Another build into the same place waits until `close`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.beside = folder.with_name(f".{folder.name}-new")
        self.changed: dict[str, bool] = {}
        self.turn: int | None = None
        with suppress(OSError):  # what can't be locked can't be written either, and `add` says so
            self.turn = os.open(self.folder.parent, os.O_RDONLY)
            fcntl.flock(self.turn, fcntl.LOCK_EX)
        shutil.rmtree(self.beside, ignore_errors=True)

    def close(self) -> None:
        """Remove what was written and isn't in the folder yet, also by a build that was stopped."""
        shutil.rmtree(self.beside, ignore_errors=True)
        if self.turn is not None:
            os.close(self.turn)

    def add(self, path: str, contents: str | bytes) -> None:
        """Plan a file. Raises BrokenCheckout where two pages want one path, NotWritten where there's no room."""
        contents = contents.encode() if isinstance(contents, str) else contents
        self.keep(path)
        try:
            self.changed[path] = not _holds(self.folder / path, contents)
            if self.changed[path]:
                (self.beside / path).parent.mkdir(parents=True, exist_ok=True)
                (self.beside / path).write_bytes(contents)
        except OSError as error:
            raise NotWritten(error.strerror) from error

    def keep(self, path: str, is_changed: bool = False) -> None:
        """Plan a file that is in the folder, as it is there, or beside it."""
        if path in self.changed:
            raise BrokenCheckout(f"Two pages want the file {path}. Give one of them another address.")
        self.changed[path] = is_changed

    def read(self, path: str) -> bytes:
        return ((self.beside if self.changed[path] else self.folder) / path).read_bytes()

    def write(self) -> dict[str, Any]:
        """Bring the folder to hold the planned files and no others, and count; a file with equal bytes isn't touched.

        `changed` names the first of those that were written. Files with a new name are moved in before those that name
        them. Raises NotWritten.
        """
        changed = [path for path, is_changed in sorted(self.changed.items()) if is_changed]
        changed.sort(key=lambda path: (self.folder / path).exists())
        try:
            for path in changed:
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self.beside / path).replace(self.folder / path)
            removed = _remove_others(self.folder, self.changed)
        except OSError as error:
            raise NotWritten(error.strerror) from error
        counts = {"written": len(changed), "unchanged": len(self.changed) - len(changed), "removed": removed}
        return {**counts, "changed": changed[:SHOWN]}


def _holds(file: Path, contents: bytes) -> bool:
    return file.is_file() and file.stat().st_size == len(contents) and file.read_bytes() == contents


def _remove_others(folder: Path, wanted: Collection[str]) -> int:
    removed = 0
    for found in sorted(folder.rglob("*"), reverse=True):
        if found.is_dir():
            if not any(found.iterdir()):
                found.rmdir()
        elif found.relative_to(folder).as_posix() not in wanted:
            found.unlink()
            removed += 1
    return removed
