"""What Pelican calls: `generate_context` reads and checks, `generate_output` makes the site."""

import datetime as dt
import json
import os
import shutil
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from pelican.generators import Generator

from mutualaid.adapters.last_build import OWN, digest_of_bytes
from mutualaid.core.content.page import Content
from mutualaid.core.entries.problem import Place, Problem, as_line, as_mapping
from mutualaid.downloads.download import File
from mutualaid.downloads.make import Cache
from mutualaid.downloads.material import Material, material_of
from mutualaid.errors import BrokenCheckout, NotPublishable
from mutualaid.flows.load_content import load_content
from mutualaid.flows.load_entries import Loaded, load_entries
from mutualaid.site.build import make_pages, orphans, read_pages
from mutualaid.site.context import site_context
from mutualaid.site.kept_pages import KeptPages
from mutualaid.site.output import NotWritten, Outputs
from mutualaid.site.renderer import Renderer, lay_out_assets
from mutualaid.text.filters import FILTERS


class SiteGenerator(Generator):  # type: ignore[misc]
    """Makes every page of the site from one reading of entries and content."""

    def generate_context(self) -> None:
        """Read entries and content once. Raises NotPublishable where a problem is an error."""
        self.started = time.perf_counter()
        self.root = Path(self.settings["MUTUALAID_ROOT"])
        self.today = _build_day(self.settings.get("MUTUALAID_TODAY", ""))
        self.sources = self._sources()
        self.loaded: Loaded = load_entries(self.root, self.today, Path(self.settings["MUTUALAID_KEPT"]))
        loaded_content = load_content(self.root)
        self.problems = (*self.loaded.problems, *loaded_content.problems)
        self._stop_at_errors(self.problems)
        if loaded_content.content is None:
            raise BrokenCheckout("The content could not be read, and no problem says why.")
        self.content: Content = loaded_content.content

    def generate_output(self, _writer: Any) -> None:
        self.env.filters.update(FILTERS)
        with closing(Outputs(Path(self.output_path))) as outputs:
            try:
                self._make(outputs)
            except NotWritten as error:
                said = f"It can't be written: {error}. Make room, or make it writable, and run this again."
                place = Place(self.output_path, 1, 1)
                self._stop_at_errors((Problem("output.not-written", "The output folder", said, place),))

    def _make(self, outputs: Outputs) -> None:
        settings = self.settings
        stamp, content = self._stamp(), self.sources[1]
        kept_in = Path(settings["MUTUALAID_KEPT"])
        self.env.bytecode_cache = CompiledTemplates(str(_compiled(kept_in / "templates", stamp)))
        renderer = Renderer(self.env, outputs, lay_out_assets(Path(self.theme), outputs), Path(self.theme))
        material = material_of(settings, self.loaded, self.content, self.today)
        kept = KeptPages(kept_in, stamp, content, outputs)
        site = site_context(material, renderer, kept, settings["MUTUALAID_LAST_SWEEP"])
        bodies, problems = read_pages(site)
        self._stop_at_errors(problems)
        is_whole = settings["MUTUALAID_DOWNLOADS"] != "none"
        cache = Cache(Path(settings["MUTUALAID_DOWNLOADS_CACHE"])) if is_whole else None
        files, missing = made_downloads(material, cache) if cache else ((), ())
        for file in files:
            outputs.add(file.download.path, file.contents)
        make_pages(site, bodies, self.root, files, cache)
        problems = (*self.problems, *problems, *orphans(site, bodies), *missing)
        written = outputs.write()
        site.kept.save(is_current=self._sources() == self.sources)
        counts = Counter(entry.kind.name for entry in self.loaded.entries if not entry.is_retracted)
        self._report(
            problems,
            pages=len(renderer.pages),
            entries=dict(sorted(counts.items())),
            guide_pages=sum(page.is_guide for page in self.content.pages),
            **written,
            seconds=round(time.perf_counter() - self.started, 2),
        )

    def _stamp(self) -> str:
        """Return what changes with whatever all entry pages are made from; their own parts are in the key of each."""
        plain = (str, int, bool, dict, list, tuple)
        said = sorted((name, repr(value)) for name, value in self.settings.items() if isinstance(value, plain))
        words = (self.sources[0], said, sorted(self.content.host.items()), str(self.today))
        return digest_of_bytes((), words)

    def _sources(self) -> tuple[str, str]:
        """Return digests of templates, schemas and code, and of what people wrote: taken before any of it is read.

        Whatever is saved while a build runs is in another digest then, and made anew by the next.
        """
        content = digest_of_bytes([self.root / "content"])
        return digest_of_bytes((self.theme, self.root / "schemas", OWN)), content

    def _stop_at_errors(self, problems: tuple[Problem, ...]) -> None:
        if any(problem.is_error for problem in problems):
            self._report(problems)
            lines = "\n".join(as_line(problem) for problem in problems)
            raise NotPublishable(f"The site was not built; the last good one stays in place.\n{lines}")

    def _report(self, problems: tuple[Problem, ...], **figures: Any) -> None:
        # Between two builds `pelican -r` watches these folders too; the next begins with none, and copies none.
        self.settings["STATIC_PATHS"] = [str(self.root / folder) for folder in ("submissions", "schemas")]
        file = Path(self.settings["MUTUALAID_REPORT"])
        file.parent.mkdir(parents=True, exist_ok=True)
        report = {"problems": [as_mapping(problem) for problem in problems], **figures}
        file.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")


def made_downloads(material: Material, cache: Cache) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """Return the files to download, and a problem for each that can't be made. What makes them is slow to load."""
    from mutualaid.downloads.catalogue import planned
    from mutualaid.downloads.held_back import held_back
    from mutualaid.downloads.make import make_all

    files, failed = make_all(planned(material), cache)
    return files, tuple(held_back(failed, material))


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates compiled before; what can't be kept, as where another build takes the folder away, isn't."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled(folder: Path, stamp: str) -> Path:
    """Return the folder of compiled templates, empty where templates, or what compiles them, may be others."""
    if not (folder / stamp).is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        (folder / stamp).mkdir(parents=True, exist_ok=True)
    return folder / stamp


def _build_day(given: str) -> dt.date:
    """Return the day of the build: as given, else of SOURCE_DATE_EPOCH, else today in UTC.

    Source: reproducible-builds.org, SOURCE_DATE_EPOCH.
    """
    if given:
        return dt.date.fromisoformat(given)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(epoch) if epoch else time.time(), tz=dt.UTC).date()
