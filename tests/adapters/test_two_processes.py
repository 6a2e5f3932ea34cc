"""Work in two processes gives what one would: results in order, its errors, and a word where a process was stopped."""

import os
import signal
from collections.abc import Callable
from functools import partial

import pytest

from mutualaid.adapters.two_processes import ENOUGH, results_of
from mutualaid.errors import BrokenCheckout, WorldError

Job = Callable[[int], tuple[int, int]]


def _who(number: int) -> tuple[int, int]:
    return number, os.getpid()


def _fail(number: int) -> tuple[int, int]:
    raise BrokenCheckout(f"Job {number} can't be done.")


def _stop(number: int) -> tuple[int, int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return number, 0


ROWS = [(0, 2, 0), (1, 2, 1), (ENOUGH - 1, 2, 1), (ENOUGH, 2, 2), (ENOUGH + 1, 2, 2), (ENOUGH, 1, 1)]


@pytest.mark.parametrize(("count", "processors", "processes"), ROWS)
def test_results_keep_their_order(count: int, processors: int, processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {*range(processors)})
    found = results_of([partial(_who, number) for number in range(count)])
    assert [number for number, _ in found] == [*range(count)]
    assert len({process for _, process in found}) == processes
    assert processes != 1 or found[0][1] == os.getpid()


@pytest.mark.parametrize(
    ("place", "job", "said"), [(2, _fail, "Job 2 can't"), (3, _fail, "Job 3 can't"), (1, _stop, "process was stopped")]
)
def test_what_goes_wrong_is_raised(place: int, job: Job, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    jobs = [partial(_who, number) for number in range(ENOUGH)]
    jobs[place] = partial(job, place)
    with pytest.raises(WorldError if job is _stop else BrokenCheckout, match=said):
        results_of(jobs)
