"""Work in two processes gives what one would: results in order, its errors, and a word where a process was stopped."""

import os
import signal
from collections.abc import Callable
from functools import partial

import pytest

from mutualaid.adapters.two_processes import ENOUGH, results_of
from mutualaid.errors import BrokenCheckout, WorldError


def _who(number: int) -> tuple[int, int]:
    return number, os.getpid()


def _fail(number: int) -> tuple[int, int]:
    raise BrokenCheckout(f"Job {number} can't be done.")


def _stop(number: int) -> tuple[int, int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return number, 0


@pytest.mark.parametrize(("count", "processes"), [(0, 0), (1, 1), (ENOUGH - 1, 1), (ENOUGH, 2), (ENOUGH + 1, 2)])
def test_results_keep_their_order(count: int, processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    found = results_of([partial(_who, number) for number in range(count)])
    assert [number for number, _ in found] == [*range(count)]
    assert len({process for _, process in found}) == processes


def test_one_processor_does_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0})
    assert {process for _, process in results_of([partial(_who, 1)] * ENOUGH)} == {os.getpid()}


@pytest.mark.parametrize("place", [2, 3])
def test_what_a_job_raises_is_raised(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    jobs: list[Callable[[], tuple[int, int]]] = [partial(_who, number) for number in range(ENOUGH)]
    jobs[place] = partial(_fail, place)
    with pytest.raises(BrokenCheckout, match=f"Job {place} can't"):
        results_of(jobs)


def test_a_second_process_that_was_stopped_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    jobs: list[Callable[[], tuple[int, int]]] = [partial(_who, number) for number in range(ENOUGH)]
    jobs[1] = partial(_stop, 1)
    with pytest.raises(WorldError, match="second process was stopped"):
        results_of(jobs)
