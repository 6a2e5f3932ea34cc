"""Measure downloads of the real entries: all anew, nothing changed, one entry changed. See bench/README.md."""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from corpus import make_corpus
from run import ours, timed

ONE = "submissions/groups"
WIDE = 20


def main(rounds: int = 3) -> None:
    """Print seconds on the clock and of processors, and the ratio to making all anew."""
    with tempfile.TemporaryDirectory(prefix="mutualaid-bench-") as folder:
        root = Path(folder)
        make_corpus(root, 0)
        entry = min((root / ONE).glob("*.yaml"))
        text = entry.read_text(encoding="utf-8")
        tasks: dict[str, Callable[[int], None]] = {
            "all made anew": lambda _round: shutil.rmtree(root / ".build", ignore_errors=True),
            "nothing changed": lambda _round: None,
            "one entry changed": lambda number: _change(entry, text, number),
        }
        taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in tasks}
        for number in range(rounds):
            for name, prepare in tasks.items():
                prepare(number)
                taken[name].append(timed(ours("downloads"), root))
        whole = statistics.median(clock for clock, _, _ in taken["all made anew"])
        for name, pairs in taken.items():
            clock, processor, memory = (statistics.median(values) for values in zip(*pairs, strict=True))
            share = clock / whole
            print(f"{name:{WIDE}} {clock:6.2f} s, {processor:6.2f} s busy, {share:5.2f} of all anew, {memory:.0f} MB")


def _change(entry: Path, text: str, number: int) -> None:
    entry.write_text(text.replace("\ntitle: ", f"\ntitle: Version {number} of ", 1), encoding="utf-8")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
