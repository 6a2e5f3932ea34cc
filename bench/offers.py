"""A sweep over many open offers, on the stand-in for GitHub. See bench/README.md."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from desk import desk_in


def main(count: int = 60) -> None:
    """Open `count` offers, sweep until nothing more is begun, and print what a sweep of all of them takes then."""
    with TemporaryDirectory() as folder, desk_in(Path(folder) / "desk") as desk:
        for number in range(count):
            desk.offer(title=f"A Reading List {number}")
        start = time.perf_counter()
        begun = -1
        while begun < desk.spent()[2]:
            begun = desk.spent()[2]
            desk.run()
        print(f"{count} offers taken up in {time.perf_counter() - start:.0f} s, {desk.spent()[0]} requests")
        before, start, busy = desk.spent(), time.perf_counter(), time.process_time()
        looked = len(desk.run())
        clock, used = time.perf_counter() - start, time.process_time() - busy
        requests, writes = (after - one for after, one in zip(desk.spent()[:2], before[:2], strict=True))
        print(f"A sweep of {count} open offers, {looked} of them looked at: {clock:.2f} s, {used:.2f} s of processors,")
        print(f"{requests} requests to GitHub, {writes} of them writing")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
