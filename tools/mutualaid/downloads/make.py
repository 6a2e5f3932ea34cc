"""Makes what the cache does not hold, on several processors where it pays. The bytes are the same with one."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed

from mutualaid.downloads.cache import Cache
from mutualaid.downloads.download import Made, TakeAway
from mutualaid.errors import BrokenHouse, HouseError

Progress = Callable[[TakeAway, int, int], None]
"""Is told of each file that is ready, how many are, and how many there are to be."""
Failure = Callable[[TakeAway, HouseError], None]
"""Is told of each file that could not be made, and why."""
ALONE = 6
"""Up to so many new files, starting another process takes longer than it saves."""


def make_all(
    take_aways: Iterable[TakeAway], cache: Cache, progress: Progress | None = None, failure: Failure | None = None
) -> tuple[Made, ...]:
    """Return every take-away with its bytes, in the order given, and prune the cache.

    A heavy one that is missing is begun as soon as it is planned, while others still are, in a thread beside: the
    program that lays it out is not Python and takes every processor that is free.

    One that cannot be made is left out where `failure` is there to be told; else what kept it back is raised. Raises
    BrokenHouse where two want one path.
    """
    planned: dict[str, TakeAway] = {}
    found: dict[str, bytes] = {}
    begun: dict[Future[bytes | HouseError], TakeAway] = {}
    with ThreadPoolExecutor(1) as beside:
        for one in take_aways:
            if one.path in planned:
                raise BrokenHouse(f"Two take-aways want the file {one.path}. Give one of them another path.")
            planned[one.path] = one
            contents = cache.find(one.key)
            if contents is not None:
                found[one.path] = contents
            elif one.is_heavy:
                begun[beside.submit(_outcome, one.make)] = one
        told = _Teller(len(planned), progress)
        for path in found:
            told.of(planned[path])
        missing = [one for path, one in planned.items() if path not in found]
        for one, fresh in _made([one for one in missing if not one.is_heavy], begun):
            if isinstance(fresh, bytes):
                cache.keep(one.key, fresh)
                found[one.path] = fresh
            elif failure:
                failure(one, fresh)
            else:
                raise fresh
            told.of(one)
    cache.prune(one.key for one in planned.values())
    new = {one.path for one in missing}
    return tuple(Made(one, found[path], path in new) for path, one in planned.items() if path in found)


class _Teller:
    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self.total, self.progress = 0, total, progress

    def of(self, one: TakeAway) -> None:
        """Tell that one more is ready."""
        self.done += 1
        if self.progress:
            self.progress(one, self.done, self.total)


def _made(
    light: Sequence[TakeAway], begun: dict[Future[bytes | HouseError], TakeAway]
) -> Iterator[tuple[TakeAway, bytes | HouseError]]:
    workers = min(os.cpu_count() or 1, len(light))
    if workers <= 1 or len(light) <= ALONE:
        for one in light:
            yield one, _outcome(one.make)
    else:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            pending = {pool.submit(_outcome, one.make): one for one in light}
            for future in as_completed(pending):
                yield pending[future], _outcome(future.result)
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
