"""Measure downloads of the real entries: all anew, nothing changed, one entry changed. See bench/README.md."""

import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from run import copy_checkout, run_command

ONE = "submissions/groups"
WIDE = 20


def main(rounds: int = 3) -> None:
    """Print seconds on the clock and of processors, and the ratio to making all anew."""
    with tempfile.TemporaryDirectory(prefix="mutualaid-bench-") as folder:
        root = Path(folder)
        copy_checkout(root)
        entry = min((root / ONE).glob("*.yaml"))
        text = entry.read_text(encoding="utf-8")
        tasks: dict[str, Callable[[int], None]] = {
            "all made anew": lambda _round: shutil.rmtree(root / ".build", ignore_errors=True),
            "nothing changed": lambda _round: None,
            "one entry changed": lambda number: _change(entry, text, number),
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
        for number in range(rounds):
            for name, prepare in tasks.items():
                prepare(number)
                taken[name].append(_measured(root))
        whole = statistics.median(clock for clock, _ in taken["all made anew"])
        for name, pairs in taken.items():
            clock, processor = (statistics.median(values) for values in zip(*pairs, strict=True))
            share = clock / whole
            print(f"{name:{WIDE}} {clock:6.2f} s, {processor:6.2f} s of processors, {share:5.2f} of all anew")


def _change(entry: Path, text: str, number: int) -> None:
    entry.write_text(text.replace("\ntitle: ", f"\ntitle: Version {number} of ", 1), encoding="utf-8")


def _measured(root: Path) -> tuple[float, float]:
    """Return seconds on the clock, and of all processors together."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run_command(root, "downloads")
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return end - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
