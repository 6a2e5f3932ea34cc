"""Pages and files that lie in the output folder from the build before, and need not be made again.

They are kept where their key is the same, a hash of all that goes into them, and each file is the one that was written.
What is remembered is a list of keys, files and what lists say of each page. It is made anew by each build, so that
it holds no word of an entry that is gone.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from mutualaid.adapters.kept_values import KeptValues
from mutualaid.adapters.last_build import stamp_of
from mutualaid.adapters.two_processes import results_of
from mutualaid.core.entries.entry import Entry
from mutualaid.site.output import Outputs
from mutualaid.site.renderer import PageMeta

Job = tuple[Callable[[], None], Sequence[Any]]
"""What makes outputs, and the parts that it makes them from: values that say everything of themselves by `repr`."""
Made = tuple[list[PageMeta], dict[str, bool]]
"""Pages, and files with whether they differ from those in the output folder."""


class KeptPages:
    """`stamp` says what all of them are made from: templates, schemas, code, settings, host and day.

    `content` says what pages that people wrote are made from; it goes into the parts of whatever shows any of it.
    """

    def __init__(self, folder: Path, stamp: str, content: str, outputs: Outputs) -> None:
        self.file, self.stamp, self.content, self.outputs = folder / "pages.json", stamp, content, outputs
        self.texts = KeptValues(folder / "texts.json", f"{stamp} {content}")
        self.last: dict[str, tuple[list[list[Any]], dict[str, list[int]]]] = {}
        self.now: dict[str, tuple[list[PageMeta], list[str]]] = {}
        self.digests: dict[str, str] = {}
        with suppress(OSError, ValueError, TypeError):
            self.last = dict(json.loads(self.file.read_text(encoding="utf-8")))

    def digest(self, entry: Entry) -> str:
        if entry.address not in self.digests:
            self.digests[entry.address] = self._hash(entry.address, entry.fields)
        return self.digests[entry.address]

    def make(self, pages: list[PageMeta], jobs: Sequence[Job]) -> None:
        """Do `jobs`, each of which makes outputs and adds to `pages`, or keep what was made before from equal parts."""
        keys = [self._hash(parts) for _, parts in jobs]
        kept = [self._kept(key) for key in keys]
        left = [partial(self._made, pages, make) for (make, _), found in zip(jobs, kept, strict=True) if not found]
        made = iter(results_of(left))
        for key, found in zip(keys, kept, strict=True):
            metas, changed = found or next(made)
            for path, is_changed in changed.items():
                self.outputs.keep(path, is_changed)
            self.now[key] = metas, [*changed]
            pages.extend(metas)

    def _kept(self, key: str) -> Made | None:
        metas, files = self.last.get(key, ((), {}))
        is_there = files and all(self._stamp_of(path) == stamp for path, stamp in files.items())
        return ([PageMeta(*meta) for meta in metas], dict.fromkeys(files, False)) if is_there else None

    def _made(self, pages: list[PageMeta], make: Callable[[], None]) -> Made:
        """Return what `make` makes and adds, and leave lists as they were: this may run in another process."""
        before, self.outputs.changed, count = self.outputs.changed, {}, len(pages)
        make()
        changed, self.outputs.changed = self.outputs.changed, before
        metas, pages[count:] = pages[count:], []
        return metas, changed

    def save(self, *, is_current: bool) -> None:
        """Remember what was made, now that it is written; nothing of it where its sources are others by now."""
        kept = {
            key: ([astuple(page) for page in pages], {path: self._stamp_of(path) for path in paths})
            for key, (pages, paths) in (self.now.items() if is_current else ())
        }
        self.texts.now = self.texts.now if is_current else {}
        self.texts.save()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(kept), encoding="utf-8")

    def _hash(self, *parts: Any) -> str:
        return hashlib.sha256(repr((self.stamp, parts)).encode()).hexdigest()

    def _stamp_of(self, path: str) -> list[int] | None:
        try:
            return stamp_of((self.outputs.folder / path).stat())
        except OSError:
            return None
