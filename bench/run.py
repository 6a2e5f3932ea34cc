"""Measure builds beside other site generators, on the same words; see bench/README.md. It prints, and fails nothing."""

import math
import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from corpus import make_corpus, plain_words
from generators import install, write_words

SIZES = (286, 1000, 5000)
ROUNDS = 3
MEMORY = Path("/dev/shm")  # noqa: S108 (a file system in memory, where there is one)
FIRST = "Hugo"
CLEAN = "ours, clean"
PORT = 8765
TARGETS = {
    CLEAN: (5, 3, 2.5),
    "ours, nothing changed": (1.5, 0.7, 0.3),
    "ours, one entry changed": (3, 1.5, 1),
    "ours, save to shown": (2, 1.2, 0.8),
    "ours, check alone": (3, 1.2, 0.6),
}


@dataclass
class Taken:
    """Of one task at one size: seconds on the clock and of processors in each round, and the most memory, in MB."""

    wall: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    memory: float = 0

    def add(self, wall: float, busy: float, memory: float) -> None:
        self.wall.append(wall)
        self.busy.append(busy)
        self.memory = max(self.memory, memory)


def main(*sizes: int) -> None:
    """Build everything in turn at each size, in rounds, and print ratios to Hugo's clean build of the same round."""
    sizes = sizes or SIZES
    table: dict[str, dict[int, Taken]] = defaultdict(dict)
    outputs: dict[str, dict[int, str]] = defaultdict(dict)
    for size in sizes:
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            for name, taken in _measured(Path(folder), size, outputs).items():
                table[name][size] = taken
    print(
        f"Wall time × Hugo's clean build (processor time in brackets), {ROUNDS} rounds, medians, {os.cpu_count()} cores"
    )
    for name, by_size in table.items():
        cells = [_ratio(taken, table[FIRST][size]) for size, taken in by_size.items()]
        limits = " ".join(f"≤ {limit}" for limit in TARGETS.get(name, ()))
        memory = max(taken.memory for taken in by_size.values())
        print(f"{name:26}", *(f"{cell:>16}" for cell in cells), f"{_growth(by_size):>8} {memory:6.0f} MB  {limits}")
    seconds = " ".join(f"{size}: {median(taken.wall):.2f} s" for size, taken in table[FIRST].items())
    print(f"Hugo took {seconds}")
    for name, written in outputs.items():
        print(f"{name:26}", *(f"{size}: {said}" for size, said in written.items()), sep="  ")


def _measured(place: Path, size: int, outputs: dict[str, dict[int, str]]) -> dict[str, Taken]:
    root = place / "ours"
    root.mkdir()
    files = make_corpus(root, size)
    peers = install(place)
    write_words(place, plain_words(files))
    built = {name: folder / "out" for name, (folder, _) in peers.items()} | {CLEAN: root / "output"}

    def clear(name: str) -> None:
        for folder in (built[name], root / ".build") if name == CLEAN else (built[name],):
            shutil.rmtree(folder, ignore_errors=True)

    tasks: dict[str, tuple[Callable[[], object], Path, list[str]]] = {
        **{name: (partial(clear, name), *peer) for name, peer in peers.items()},
        CLEAN: (partial(clear, CLEAN), root, ours("site")),
        "ours, nothing changed": (lambda: 0, root, ours("site")),
        "ours, one entry changed": (lambda: change(files[0]), root, ours("site")),
        "ours, check alone": (lambda: 0, root, ours("check")),
    }
    found: dict[str, Taken] = defaultdict(Taken)
    for _ in range(ROUNDS):
        for name, (prepare, folder, command) in tasks.items():
            prepare()
            found[name].add(*timed(command, folder))
    with serving(root):
        for _ in range(ROUNDS):
            found["ours, save to shown"].add(_shown(files[0]), 0, 0)
    for name, folder in built.items():
        made = [file for file in folder.rglob("*") if file.is_file()]
        outputs[name][size] = f"{len(made)} files, {sum(file.stat().st_size for file in made) / 1e6:.1f} MB"
    return found


def ours(command: str) -> list[str]:
    """Return the words that run one of this project's commands on the folder that they are started in."""
    return [sys.executable, "-m", "mutualaid.cli.main", "--root", ".", *command.split()]


def timed(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Run a command; return its seconds on the clock, of processors, and the memory of its largest process in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = process.stdout.read() if process.stdout else b""
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}\n{said.decode()[-3000:]}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def environment() -> dict[str, str]:
    """Return what commands find around them: node among the programs, and no downloads to make."""
    here = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": here, "MUTUALAID_DOWNLOADS": "none"}


def change(file: Path) -> str:
    """Change the title of an entry; return the new one."""
    title = f"Changed at {time.time_ns()}"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(f"title: {title}\n" if line.startswith("title:") else line for line in lines), "utf-8")
    return title


@contextmanager
def serving(root: Path) -> Iterator[None]:
    """Have `serve` show the site, from when its first page answers."""
    process = subprocess.Popen([*ours("serve"), "--port", str(PORT)], cwd=root, env=environment(), stderr=-3, stdout=-3)
    try:
        _wait_for("index.html", "</html>")
        time.sleep(1)
        yield
    finally:
        process.terminate()
        process.wait()


def _shown(file: Path) -> float:
    title = change(file)
    start = time.perf_counter()
    _wait_for(f"{file.parent.name}/{file.stem}/index.html", title)
    time.sleep(1)
    return time.perf_counter() - start - 1


def _wait_for(path: str, words: str) -> None:
    for _ in range(20000):
        try:
            with urlopen(f"http://127.0.0.1:{PORT}/{path}") as page:
                if words in page.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.01)
    raise SystemExit(f"After some minutes {path} does not show {words!r}.")


def _ratio(taken: Taken, first: Taken) -> str:
    wall = median(one / other for one, other in zip(taken.wall, first.wall, strict=True))
    busy = median(one / other for one, other in zip(taken.busy, first.busy, strict=True))
    return f"{wall:.2f} ({busy:.2f})"


def _growth(by_size: dict[int, Taken]) -> str:
    small, large = (list(by_size)[-2:] * 2)[:2]
    if small == large:
        return ""
    return f"n^{math.log(median(by_size[large].wall) / median(by_size[small].wall)) / math.log(large / small):.2f}"


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
