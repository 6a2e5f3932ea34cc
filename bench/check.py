"""Measure the check of many made-up entries: the whole command in a new process, wall and processor time."""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from run import copy_checkout, run_command, write_entry


def main(count: int = 10_000, rounds: int = 5) -> None:
    """Check `count` made-up entries beside the real ones `rounds` times; print least and median."""
    with tempfile.TemporaryDirectory(prefix="mutualaid-bench-") as folder:
        root = Path(folder)
        copy_checkout(root)
        for number in range(count):
            write_entry(root, number)
        print(f"{count:,} made-up entries, {rounds} rounds, Python {sys.version.split()[0]}")
        taken: dict[str, list[tuple[float, float]]] = {}
        for _ in range(rounds):
            for name, arguments in {"entries": ("check", str(root / "submissions")), "all": ("check",)}.items():
                start, before = time.perf_counter(), _busy()
                run_command(root, *arguments)
                taken.setdefault(name, []).append((time.perf_counter() - start, _busy() - before))
        for name, pairs in taken.items():
            wall, busy = zip(*pairs, strict=True)
            print(
                f"check {name:8} wall {min(wall):6.2f} s at least, {median(wall):6.2f} s median; "
                f"processor {min(busy):6.2f} s at least, {median(busy):6.2f} s median"
            )


def _busy() -> float:
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
