"""Files made before, by key, in a folder that builds share. Nothing in it is needed: it can be deleted at any time."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mutualaid.downloads.download import key_of

KEPT = 600
"""How many files that no build used just now are kept, the latest ones."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Each file is the hash of its contents, then the contents: a file cut short is not taken for a whole one."""

    folder: Path

    def find(self, key: str) -> bytes | None:
        """Return the contents under `key`, or None."""
        file = self.folder / key
        try:
            stamp, _, contents = file.read_bytes().partition(b"\n")
        except (FileNotFoundError, NotADirectoryError):
            return None
        if stamp != key_of(contents).encode():
            return None
        os.utime(file)
        return contents

    def keep(self, key: str, contents: bytes) -> None:
        """Keep `contents` under `key`; another build that keeps the same at the same time does no harm."""
        self.folder.mkdir(parents=True, exist_ok=True)
        coming = self.folder / f"{key}.{os.getpid()}.part"
        coming.write_bytes(key_of(contents).encode() + b"\n" + contents)
        coming.replace(self.folder / key)

    def prune(self, used: Iterable[str]) -> int:
        """Remove all but the files in use and the latest `KEPT` others; return how many went."""
        in_use = set(used)
        if not self.folder.is_dir():
            return 0
        others = [file for file in self.folder.iterdir() if file.name not in in_use]
        others.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in others[KEPT:]:
            file.unlink(missing_ok=True)
        return len(others[KEPT:])
