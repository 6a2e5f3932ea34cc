"""Measure checks and builds side by side on a made-up corpus; see bench/README.md. Nothing here is to publish."""

import datetime as dt
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("content", "schemas", "submissions", "theme", "pelicanconf.py")
KIND = "resources"


def main(count: int = 1000, rounds: int = 5) -> None:
    """Measure `count` made-up entries beside the real ones, `rounds` times, and print medians and ratios."""
    with tempfile.TemporaryDirectory(prefix="mutualaid-bench-") as folder:
        root = Path(folder)
        copy_checkout(root)
        for number in range(count):
            write_entry(root, number)
        tasks: dict[str, Callable[[], None]] = {
            "check all entries": lambda: _run("check", root),
            "clean build": lambda: _clean_build(root),
            "build, nothing changed": lambda: _run("site", root),
            "build, one entry changed": lambda: _changed_build(root),
        }
        taken: dict[str, list[float]] = {name: [] for name in tasks}
        for _ in range(rounds):
            for name, task in tasks.items():
                start = time.perf_counter()
                task()
                taken[name].append(time.perf_counter() - start)
        (index,) = (root / "output" / "theme" / "js").glob("search-index.*.js")
        text = index.read_bytes()
        print(f"search loads {len(text) / 1e6:.2f} MB, {len(gzip.compress(text)) / 1e6:.2f} MB compressed")
        real = sum(1 for _ in (ROOT / "submissions").glob("*/*.yaml"))
        print(f"{real} real and {count} made-up entries, {rounds} rounds, Python {sys.version.split()[0]}")
        clean = taken["clean build"]
        for name, seconds in taken.items():
            ratio = statistics.median(one / whole for one, whole in zip(seconds, clean, strict=True))
            print(
                f"{name:26} median {statistics.median(seconds):6.2f} s  "
                f"({min(seconds):.2f} to {max(seconds):.2f})  {ratio:5.2f} of a clean build"
            )


def copy_checkout(root: Path) -> None:
    """Copy what a build needs into a folder of its own."""
    for part in PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / part)


def _clean_build(root: Path) -> None:
    shutil.rmtree(root / "output", ignore_errors=True)
    _run("site", root)


def _changed_build(root: Path) -> None:
    write_entry(root, 0, str(time.time()))
    _run("site", root)


def _run(command: str, root: Path) -> None:
    run_command(root, command)


def run_command(root: Path, *words: str) -> None:
    """Run the command on a folder, in a new process."""
    arguments = [sys.executable, "-m", "mutualaid.cli.main", "--root", str(root), *words]
    environment = {**os.environ, "MUTUALAID_OUTPUT": str(root / "output"), "MUTUALAID_DOWNLOADS": "none"}
    run = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(run.stderr[-2000:])


def write_entry(root: Path, number: int, extra: str = "first") -> None:
    """Write one made-up entry."""
    words = " ".join(f"word{(number * 7919 + step * 104729) % 9973}" for step in range(120))
    month = dt.date(2026, 1 + number % 11, 1).strftime("%Y-%m")
    text = f"""slug: made-up-{number}
title: Made-up entry number {number} with a title as long as they come
summary: Made-up words that only measure how long a build takes, number {number}, {words[:80]}.
creators: [{{name: Nobody {number}}}]
published: '20{10 + number % 16}'
medium: {("guide", "article", "book", "report")[number % 4]}
access: {("free", "paid", "partly-free", "unknown")[number % 7 % 4]}
language:
  - {("en", "es", "fr")[number % 11 % 3]}
about: |-
  Version {extra}. {words[:400]}

  - {words[400:600]}
  - {words[600:800]}
link:
  url: https://example.org/{number}
topics:
  - {("layoffs", "mapping", "taxes", "privacy-and-security", "disaster")[number % 5]}
  - {("organizing", "peer-support", "pandemic")[number % 3]}
sources:
  - title: Made-up source {number}
    url: https://example.org/source/{number}
licence: CC-BY-NC-SA-4.0
added: '{month}'
intake:
  channel: editors
"""
    (root / "submissions" / KIND / f"made-up-{number}.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
