"""Work shared with a second process, where there is enough of it and the machine can compute in two places at once."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from mutualaid.errors import WorldError

Result = TypeVar("Result")
ENOUGH = 32
"""Jobs from which on the second process pays: to start it takes as long as a few of them."""


def results_of(jobs: Sequence[Callable[[], Result]]) -> list[Result]:
    """Return what each of `jobs` returns, in their order. A job may change nothing but files of its own.

    Half of many jobs run in a copy of this process, which sends back what they return. Raises what a job raises.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1  # where copies are safe
    if len(jobs) < ENOUGH or processors == 1:
        return [job() for job in jobs]
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    other = context.Process(target=_send, args=(sender, jobs[1::2]))
    other.start()
    sender.close()
    try:
        own = [job() for job in jobs[::2]]
        found = receiver.recv()
    except EOFError:
        raise WorldError("The second process was stopped, perhaps because memory ran out.", helps=True) from None
    finally:
        other.kill()
        other.join()
        receiver.close()
    if isinstance(found, Exception):
        raise found
    results = [*own, *found]
    results[::2], results[1::2] = own, found
    return results


def _send(sender: Connection, jobs: Sequence[Callable[[], object]]) -> None:
    try:
        sender.send([job() for job in jobs])
    except Exception as error:  # noqa: BLE001 - it is raised where the work was asked for
        sender.send(error)
