"""Makes what the cache does not hold, in several processes where it pays. The bytes are the same with one."""

import multiprocessing
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from mutualaid.downloads.download import Download, File, key_of
from mutualaid.errors import BrokenCheckout, MutualAidError

Failed = tuple[Download, MutualAidError]
ALONE = 2
"""Up to so many new files, starting another process takes longer than it saves."""
KEPT = 600
"""How many files that no build used just now are kept, the latest ones."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Files made before, by key, in a folder that builds share and that can be deleted at any time.

    Each file is the hash of its contents, then the contents: a file cut short is not taken for a whole one.
    """

    folder: Path

    def find(self, key: str) -> bytes | None:
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

    def prune(self, used: Collection[str]) -> None:
        others = [file for file in self.folder.glob("*") if file.name not in used]
        others.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in others[KEPT:]:
            file.unlink(missing_ok=True)


def make_all(downloads: Iterable[Download], cache: Cache) -> tuple[tuple[File, ...], list[Failed]]:
    """Return every download with its bytes, in the order given, and those that could not be made; prune the cache.

    Raises BrokenCheckout where two have the same path.
    """
    planned: dict[str, Download] = {}
    found: dict[str, bytes] = {}
    for download in downloads:
        if download.path in planned:
            raise BrokenCheckout(f"Two downloads have the path {download.path}. Give one of them another path.")
        planned[download.path] = download
        contents = cache.find(download.key)
        if contents is not None:
            found[download.path] = contents
    missing = [download for path, download in planned.items() if path not in found]
    failed: list[Failed] = []
    for download, made in _made(missing):
        if isinstance(made, bytes):
            cache.keep(download.key, made)
            found[download.path] = made
        else:
            failed.append((download, made))
    cache.prune({download.key for download in planned.values()})
    files = (File(download, found[path], download in missing) for path, download in planned.items() if path in found)
    return tuple(files), failed


def _made(missing: Sequence[Download]) -> Iterator[tuple[Download, bytes | MutualAidError]]:
    if len(missing) <= ALONE:
        yield from ((download, _outcome(download.make)) for download in missing)
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
        pending = {pool.submit(_outcome, download.make): download for download in missing}
        for future in as_completed(pending):
            # Where a process could not start or was stopped from outside, no text is to blame: make it here.
            is_broken = isinstance(future.exception(), BrokenProcessPool)
            yield pending[future], _outcome(pending[future].make if is_broken else future.result)


def _outcome(make: Callable[[], bytes | MutualAidError]) -> bytes | MutualAidError:
    """Return what was made, or why not, so that it can come from another process."""
    try:
        return make()
    except MutualAidError as error:
        return error
    except Exception as error:  # noqa: BLE001 - whatever keeps one file back, the others are made
        return BrokenCheckout(f"{type(error).__name__}: {error}")
