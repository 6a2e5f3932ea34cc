"""Makes what the cache does not hold, on several processors where it pays. The bytes are the same with one."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from mutualaid.downloads.cache import Cache
from mutualaid.downloads.download import Download, File
from mutualaid.errors import BrokenHouse, HouseError

Progress = Callable[[Download, int, int], None]
"""Is called with each file that is ready, how many are, and how many there are to be."""
Failure = Callable[[Download, HouseError], None]
"""Is called with each file that could not be made, and why."""
ALONE = 6
"""Up to so many new files, starting another process takes longer than it saves."""


def make_all(
    downloads: Iterable[Download],
    cache: Cache,
    progress: Progress = lambda *_: None,
    failure: Failure | None = None,
) -> tuple[File, ...]:
    """Return every download with its bytes, in the order given, and prune the cache.

    A heavy one that is missing is begun as soon as it is planned, while others still are, in a thread beside: the
    program that lays it out is not Python and takes every processor that is free.

    One that cannot be made is left out where `failure` is there to be called; else what kept it back is raised. Raises
    BrokenHouse where two have the same path.
    """
    planned: dict[str, Download] = {}
    found: dict[str, bytes] = {}
    begun: dict[Future[bytes | HouseError], Download] = {}
    with ThreadPoolExecutor(1) as beside:
        for download in downloads:
            if download.path in planned:
                raise BrokenHouse(f"Two downloads have the path {download.path}. Give one of them another path.")
            planned[download.path] = download
            contents = cache.find(download.key)
            if contents is not None:
                found[download.path] = contents
            elif download.is_heavy:
                begun[beside.submit(_outcome, download.make)] = download
        for count, path in enumerate(found, 1):
            progress(planned[path], count, len(planned))
        missing = [download for path, download in planned.items() if path not in found]
        light, done = [download for download in missing if not download.is_heavy], len(found)
        for count, (download, made) in enumerate(_made(light, begun), done + 1):
            if isinstance(made, bytes):
                cache.keep(download.key, made)
                found[download.path] = made
            elif failure:
                failure(download, made)
            else:
                raise made
            progress(download, count, len(planned))
    cache.prune(download.key for download in planned.values())
    new = {download.path for download in missing}
    return tuple(File(download, found[path], path in new) for path, download in planned.items() if path in found)


def _made(
    light: Sequence[Download], begun: dict[Future[bytes | HouseError], Download]
) -> Iterator[tuple[Download, bytes | HouseError]]:
    workers = min(os.cpu_count() or 1, len(light))
    if workers <= 1 or len(light) <= ALONE:
        for download in light:
            yield download, _outcome(download.make)
    else:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            pending = {pool.submit(_outcome, download.make): download for download in light}
            for future in as_completed(pending):
                # Where a process could not start or was stopped from outside, no text is to blame: make it here.
                is_broken = isinstance(future.exception(), BrokenProcessPool)
                yield pending[future], _outcome(pending[future].make if is_broken else future.result)
    for future in as_completed(begun):
        yield begun[future], _outcome(future.result)


def _outcome(make: Callable[[], bytes | HouseError]) -> bytes | HouseError:
    """Return what was made, or why not, so that it can come from another process."""
    try:
        return make()
    except HouseError as error:
        return error
    except Exception as error:  # noqa: BLE001 - whatever keeps one file back, the others are made
        return BrokenHouse(f"{type(error).__name__}: {error}")
