"""Entry pages that lie in the output folder from the build before, and need not be made again.

A page is kept where its key is the same, a hash of all that goes into it, and its file is the one that was written.
What is remembered is a list of keys, files and what lists say of each page. It is made anew by each build, so that
it holds no word of an entry that is gone.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

from mutualaid.adapters.last_build import stamp_of
from mutualaid.site.output import Outputs
from mutualaid.site.renderer import PageMeta
from mutualaid.text.urls import file_of


class KeptPages:
    """`stamp` says what all entry pages are made from: templates, schemas, code, settings, host and day."""

    def __init__(self, file: Path, stamp: str, outputs: Outputs) -> None:
        self.file, self.stamp, self.outputs = file, stamp, outputs
        self.last: dict[str, list[tuple[list[Any], list[int]]]] = {}
        self.now: dict[str, list[PageMeta]] = {}
        with suppress(OSError, ValueError, TypeError):
            self.last = dict(json.loads(file.read_text(encoding="utf-8")))

    def key_of(self, *parts: Any) -> str:
        return hashlib.sha256(repr((self.stamp, parts)).encode()).hexdigest()

    def find(self, key: str) -> Sequence[PageMeta]:
        """Keep the pages under `key`, and return them; none where one must be made."""
        pages = [(PageMeta(*meta), stamp) for meta, stamp in self.last.get(key, ())]
        if any(self._stamp_of(page) != stamp for page, stamp in pages):
            return ()
        self.now[key] = [page for page, _ in pages]
        for page in self.now[key]:
            self.outputs.keep(file_of(page.address))
        return self.now[key]

    def save(self, stamp: str) -> None:
        """Remember the pages, now that they are written; none of them where `stamp` is another by now."""
        pages = self.now if stamp == self.stamp else {}
        kept = {key: [(astuple(page), self._stamp_of(page)) for page in own] for key, own in pages.items()}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(kept), encoding="utf-8")

    def _stamp_of(self, page: PageMeta) -> list[int] | None:
        try:
            return stamp_of((self.outputs.folder / file_of(page.address)).stat())
        except OSError:
            return None
