"""What the last build was made from and what it wrote, so that a build with nothing to do ends before it begins.

In doubt it is built: also where the output folder isn't what was written. Nothing here is imported that takes long.
"""

import datetime as dt
import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mutualaid.adapters.stamps import digest_of, files_below

OWN = Path(__file__).resolve().parent.parent
RECENT = 2_000_000_000
"""Nanoseconds in which two writes may have one stamp, on the coarsest clocks: of files that new the bytes count."""


class LastBuild:
    """Knows a build of `root` into `output`; `words` are all else that it is made from, `now` is in nanoseconds."""

    def __init__(self, root: Path, output: Path, settings: Mapping[str, Any], words: Any, now: int, file: Path) -> None:
        self.output, self.file, self.now = output, file, now
        base = Path(root, settings["PATH"]).parent
        self.places = [
            *(base / name for name in ("content", "schemas", "submissions")),
            *(root / "pelicanconf.py", Path(root, settings["THEME"]), OWN),
        ]
        said = sorted((name, repr(value)) for name, value in settings.items() if name.isupper())
        packages = [Path(place).stat().st_mtime_ns for place in sys.path if place.endswith("site-packages")]
        day = dt.datetime.fromtimestamp(now // 1_000_000_000, tz=dt.UTC).date()
        self.words = (words, said, str(output), sys.version, packages, str(day))
        self.read: list[str] = []
        self.digest = ""

    def report(self) -> Mapping[str, Any] | None:
        """Return what the last build reported, where nothing has changed since, on either side of it."""
        with suppress(OSError, ValueError, KeyError):
            last = json.loads(self.file.read_text(encoding="utf-8"))
            is_same = digest_of(self.places, self.words, frozenset(last["read"])) == last["inputs"]
            if is_same and digest_of([self.output], "") == last["outputs"]:
                found = last["report"]
                idle = {"written": 0, "removed": 0, "changed": [], "unchanged": found["written"] + found["unchanged"]}
                return {**found, **idle}
        return None

    def begin(self) -> None:
        """Remember what the build is made from, before anything of it is read."""
        self.file.unlink(missing_ok=True)
        since = self.now - RECENT
        with suppress(OSError):
            found = [file for place in self.places for file in files_below(place)]
            self.read = [path for path, file in found if max(file.st_mtime_ns, file.st_ctime_ns) > since]
            self.digest = digest_of(self.places, self.words, frozenset(self.read))

    def end(self, report: Mapping[str, Any]) -> None:
        """Keep what was made, unless an input is a link."""
        with suppress(OSError):
            outputs = digest_of([self.output], "")
            kept = {"inputs": self.digest, "read": self.read, "outputs": outputs, "report": report}
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(json.dumps(kept), encoding="utf-8")
