"""Makes what the cache does not hold, on several processors where it pays. The bytes are the same with one."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from mutualaid.errors import BrokenHouse
from mutualaid.takeaways.cache import Cache
from mutualaid.takeaways.takeaway import Made, TakeAway

Progress = Callable[[TakeAway, int, int], None]
"""Is told of each file that is ready, how many are, and how many there are to be."""
ALONE = 6
"""Up to so many new files, none of them heavy, starting another process takes longer than it saves."""


def make_all(take_aways: Sequence[TakeAway], cache: Cache, progress: Progress | None = None) -> tuple[Made, ...]:
    """Return every take-away with its bytes, in the order given, and prune the cache.

    Raises BrokenHouse where two want one path, or one cannot be made.
    """
    _stop_at_doubles(take_aways)
    found = {one.path: cache.find(one.key) for one in take_aways}
    missing = [one for one in take_aways if found[one.path] is None]
    done = 0
    for one in take_aways:
        if found[one.path] is not None:
            done += 1
            if progress:
                progress(one, done, len(take_aways))
    for one, fresh in _made(missing):
        cache.keep(one.key, fresh)
        found[one.path] = fresh
        done += 1
        if progress:
            progress(one, done, len(take_aways))
    cache.prune(one.key for one in take_aways)
    new = {one.path for one in missing}
    return tuple(
        Made(one, contents, one.path in new) for one in take_aways if (contents := found[one.path]) is not None
    )


def _stop_at_doubles(take_aways: Sequence[TakeAway]) -> None:
    paths: set[str] = set()
    for one in take_aways:
        if one.path in paths:
            raise BrokenHouse(f"Two take-aways want the file {one.path}. Give one of them another path.")
        paths.add(one.path)


def _made(missing: Sequence[TakeAway]) -> Iterator[tuple[TakeAway, bytes]]:
    workers = min(os.cpu_count() or 1, len(missing))
    heavy = sum(one.is_heavy for one in missing)
    if workers <= 1 or (len(missing) <= ALONE and heavy <= 1):
        for one in missing:
            yield one, one.make()
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        pending = {pool.submit(one.make): one for one in missing}
        for future in as_completed(pending):
            yield pending[future], future.result()
