"""What the last build was made from and what it wrote, so that a build with nothing to do ends before it begins.

In doubt it is built: also where the output folder isn't what was written. Nothing here is imported that takes long.
"""

import datetime as dt
import hashlib
import json
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

OWN = Path(__file__).resolve().parent.parent
RECENT = 2_000_000_000
"""Nanoseconds in which two writes may have one stamp, on the coarsest clocks: of files that new the bytes count."""


def stamp_of(file: os.stat_result) -> list[int]:
    """Return what changes whenever a file is written, moved or put back; no program can set all of it."""
    return [file.st_size, file.st_mtime_ns, file.st_ctime_ns, file.st_ino]


def files_below(place: str | Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file below a folder, or the file itself. Raises OSError where there's none, or a link in it."""
    if Path(place).is_file():
        yield str(place), Path(place).stat()
        return
    with os.scandir(place) as found:
        for one in found:
            if one.is_symlink():
                raise OSError(f"{one.path} is a link, and what it leads to may change unseen.")
            if one.is_dir():
                yield from files_below(one.path) if one.name != "__pycache__" else ()
            else:
                yield one.path, one.stat()


def digest_of(places: Iterable[str | Path], words: Any, read: Collection[str] | None = ()) -> str:
    """Return one digest of Python and its packages, of `words`, and of all files in some places by their stamps.

    Of the files in `read` the bytes count instead, and of all where it is None. Raises OSError as `files_below`.
    """
    packages = [Path(place).stat().st_mtime_ns for place in sys.path if place.endswith("site-packages")]
    digest = hashlib.sha256(repr((sys.version, packages, words)).encode())
    for path, found in sorted(file for place in places for file in files_below(place)):
        own = hashlib.sha256(Path(path).read_bytes()).digest() if read is None or path in read else stamp_of(found)
        digest.update(repr((path, own)).encode())
    return digest.hexdigest()


def digest_of_bytes(places: Iterable[str | Path], words: Any = "") -> str:
    """Return the digest of all bytes in some places, or one that never comes again where a link may lead elsewhere."""
    try:
        return digest_of(places, words, None)
    except OSError:
        return os.urandom(16).hex()


class LastBuild:
    """Knows a build of `root` into `output`; `words` are all else that it is made from, `now` is in nanoseconds."""

    def __init__(self, root: Path, output: Path, settings: Mapping[str, Any], words: Any, now: int, file: Path) -> None:
        self.output, self.file, self.since = output, file, now - RECENT
        folders = [Path(root, settings["PATH"]).parent / name for name in ("content", "schemas", "submissions")]
        self.places = [*folders, root / "pelicanconf.py", Path(root, settings["THEME"]), OWN]
        said = sorted((name, repr(value)) for name, value in settings.items() if name.isupper())
        self.words = words, said, str(output), str(dt.datetime.fromtimestamp(now // 10**9, tz=dt.UTC).date())
        self.read: list[str] = []
        self.inputs = ""

    def report(self) -> Mapping[str, Any] | None:
        """Return what the last build reported, where nothing has changed since, on either side of it."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            last = json.loads(self.file.read_text(encoding="utf-8"))
            is_same = digest_of(self.places, self.words, frozenset(last["read"])) == last["inputs"]
            if is_same and digest_of([self.output], "") == last["outputs"]:
                found = last["report"]
                idle = {"written": 0, "removed": 0, "changed": [], "unchanged": found["written"] + found["unchanged"]}
                return {**found, **idle}
        return None

    def begin(self) -> None:
        """Remember what the build is made from, before anything of it is read."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)
            found = [file for place in self.places for file in files_below(place)]
            self.read = [path for path, file in found if max(file.st_mtime_ns, file.st_ctime_ns) > self.since]
            self.inputs = digest_of(self.places, self.words, frozenset(self.read))

    def end(self, report: Mapping[str, Any]) -> None:
        with suppress(OSError):
            outputs = digest_of([self.output], "")
            kept = {"inputs": self.inputs, "read": self.read, "outputs": outputs, "report": report}
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(json.dumps(kept), encoding="utf-8")
