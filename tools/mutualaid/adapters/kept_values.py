"""Values worked out before, each by a key over what it is made from. What isn't asked for again is forgotten."""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any


class KeptValues:
    """Plain values as JSON holds them, in `file`; without a file none are kept. `stamp` says what all are made from."""

    def __init__(self, file: Path | None, stamp: str) -> None:
        self.file, self.stamp = file, stamp
        self.last: dict[str, Any] = {}
        self.now: dict[str, Any] = {}
        with suppress(OSError, ValueError, TypeError):
            self.last = dict(json.loads(file.read_text(encoding="utf-8"))) if file else {}

    def key_of(self, *parts: Any) -> str:
        return hashlib.sha256(repr((self.stamp, parts)).encode()).hexdigest()

    def find(self, key: str) -> Any:
        """Return the value under `key`, and keep it; None where one must be made."""
        if key in self.last:
            self.now[key] = self.last[key]
        return self.now.get(key)

    def get(self, part: str, make: Callable[[str], Any]) -> Any:
        key = self.key_of(part)
        if self.find(key) is None:
            self.now[key] = make(part)
        return self.now[key]

    def save(self) -> None:
        """Remember the values that were asked for, and no others. Where that can't be written, none are kept."""
        if not self.file or self.now.keys() == self.last.keys():
            return
        beside = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self.now), encoding="utf-8")
            beside.replace(self.file)
