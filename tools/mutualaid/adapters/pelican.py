"""The program Pelican, run beside us: it builds the site and leaves a report. Nothing of it is loaded here."""

import base64
import json
import multiprocessing
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any, NamedTuple

from mutualaid.adapters.last_build import LastBuild
from mutualaid.core.entries.problem import shortened
from mutualaid.errors import WorldError

REPORT = Path(".build/report.json")


class BuildOutcome(NamedTuple):
    """What a run left: its exit status, its report (empty where none was written), and what it said."""

    status: int
    report: Mapping[str, Any]
    said: str


def read_settings(root: Path) -> dict[str, Any]:
    return defaults(root) | runpy.run_path(str(root / "pelicanconf.py"))


def defaults(root: Path) -> dict[str, Any]:
    """Return our settings, for a pelicanconf.py that has none of them; `MUTUALAID_DOWNLOADS` "none" makes none."""
    own = os.environ.get
    return {
        "SITESUBTITLE": "",
        "SITEURL": own("MUTUALAID_SITE_ADDRESS", ""),
        "OUTPUT_PATH": own("MUTUALAID_OUTPUT", "output"),
        "THEME": "theme",
        "MUTUALAID_ROOT": str(root),
        "MUTUALAID_LAST_SWEEP": own("MUTUALAID_LAST_SWEEP", ""),
        "MUTUALAID_DOWNLOADS": own("MUTUALAID_DOWNLOADS", ""),
        "MUTUALAID_DOWNLOADS_CACHE": own("MUTUALAID_DOWNLOADS_CACHE", str(root / ".build" / "downloads")),
        "MUTUALAID_PAPER": own("MUTUALAID_PAPER", "us-letter"),
        "MUTUALAID_KEPT": own("MUTUALAID_KEPT", str(root / ".build" / "kept")),
        "MUTUALAID_REPORT": str(root / REPORT),
    }


PREVIEW = Path(".build/preview")


Run = Callable[[Path, Mapping[str, str]], tuple[int, str]]
"""Runs Pelican in a folder with more of an environment; returns its exit status and what it said."""
ARGUMENTS = ("--settings", "pelicanconf.py", "--fatal", "warnings", "--quiet")
"""Warnings of Pelican's own count as failures."""


def run_cold(root: Path, own: Mapping[str, str]) -> tuple[int, str]:
    command = (sys.executable, "-m", "pelican", *ARGUMENTS)
    run = subprocess.run(command, cwd=root, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def run_warm(root: Path, own: Mapping[str, str]) -> tuple[int, str]:
    """Run Pelican in a copy of a process that has it loaded; nothing of one build is left for the next."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pelican", "mutualaid.site.generator"])
    with NamedTemporaryFile("r") as said:
        process = context.Process(target=_pelican, args=(root, dict(own), said.name))
        process.start()
        process.join()
        return process.exitcode or 0, said.read()


def _pelican(root: Path, own: Mapping[str, str], said: str) -> None:
    for descriptor in (1, 2):
        os.dup2(os.open(said, os.O_WRONLY | os.O_APPEND), descriptor)
    os.chdir(root)
    os.environ.update(own)
    import_module("pelican").main(ARGUMENTS)


def build_site(
    root: Path, *, preview: bool = False, output: Path | None = None, now: int = 0, run: Run = run_cold
) -> BuildOutcome:
    """Run Pelican once in `root`.

    A preview goes into a folder of its own, without files to download. `output`, where it is given,
    outranks every other wish. With `now`, in nanoseconds, nothing is run where nothing has changed.
    """
    of_preview = {
        "MUTUALAID_OUTPUT": str(root / PREVIEW),
        "MUTUALAID_DOWNLOADS": "none",
        "MUTUALAID_KEPT": str(root / ".build" / "kept-preview"),
    }
    own = (of_preview if preview else {}) | ({"MUTUALAID_OUTPUT": str(output)} if output else {})
    last = _last_build(root, own, now) if now else None
    if last and (found := last.report()):
        return BuildOutcome(0, found, "")
    if last:
        last.begin()
    report = root / REPORT
    report.unlink(missing_ok=True)
    status, said = run(root, own)
    found = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    if last and status == 0 and not any(problem["weight"] == "error" for problem in found["problems"]):
        last.end(found)
    return BuildOutcome(status, found, said.strip())


def _last_build(root: Path, own: Mapping[str, str], now: int) -> LastBuild | None:
    """Return what is known of the last build; None where the settings can't be read, which Pelican says better."""
    try:
        settings = read_settings(root)
    except (Exception, SystemExit):  # noqa: BLE001 - the file is code, and may do anything
        return None
    output = Path(root, own.get("MUTUALAID_OUTPUT", settings["OUTPUT_PATH"]))
    file = Path(own.get("MUTUALAID_KEPT", settings["MUTUALAID_KEPT"])) / "build.json"
    asked = {name: value for name, value in os.environ.items() if name.startswith(("MUTUALAID_", "SOURCE_DATE"))}
    return LastBuild(root, output, settings, sorted({**asked, **own}.items()), now, file)


COPIED, LINKED = ("submissions", "content"), ("schemas", "theme")
KEPT = ("PATH", "HOME", "LANG", "LC_ALL")
"""All of the environment that is handed on: no token, nothing of GitHub's."""
WITHOUT_NETWORK = ("unshare", "--net", "--map-root-user")
FINE, LONGEST = 0, 1500
STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
FONT = re.compile(r'url\("([^"]+\.woff2)"\)')


def try_whole(root: Path, path: str, text: str) -> str:
    """Return why the site, or what is printed of the entry, can't be made of `root` with this file; '' where it can.

    What is tried are the bytes that are merged in the next moment, so nothing can come between a verdict and its merge,
    as it could with a job of its own. A process does it that has no token, and no network where the machine can take it
    away.
    """
    with _tried(root, path, text) as trial:
        sheets = path.removeprefix("submissions/").removesuffix(".yaml")
        found = _run(trial, "site") or _run(trial, "downloads", "--only", f"{sheets}/")
    return shortened(found.replace(str(trial), ""), LONGEST)


def page_of(root: Path, path: str, text: str, address: str) -> str:
    """Return the page at `address` that `root` would have with this file, its styles and fonts inside it.

    It is built as `try_whole` builds. Raises WorldError with what the build said.
    """
    with _tried(root, path, text) as trial:
        if found := _run(trial, "site"):
            raise WorldError(shortened(found.replace(str(trial), ""), LONGEST), helps=False)
        page = trial / "output" / address.strip("/") / "index.html"
        return STYLES.sub(lambda link: _style(page.parent / link[1]), page.read_text(encoding="utf-8"))


def _style(file: Path) -> str:
    def font(named: re.Match[str]) -> str:
        data = base64.b64encode((file.parent / named[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{data})"

    return f"<style>{FONT.sub(font, file.read_text(encoding='utf-8'))}</style>"


@contextmanager
def _tried(root: Path, path: str, text: str) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        trial = Path(folder)
        for name in COPIED:
            shutil.copytree(root / name, trial / name)
        for name in LINKED:
            (trial / name).symlink_to(root / name)
        shutil.copy(root / "pelicanconf.py", trial)
        (trial / path).parent.mkdir(parents=True, exist_ok=True)
        (trial / path).write_text(text, encoding="utf-8")
        yield trial


def _run(root: Path, *words: str) -> str:
    own = {name: os.environ[name] for name in KEPT if name in os.environ} | {"MUTUALAID_DOWNLOADS": "none"}
    command = [sys.executable, "-m", "mutualaid.cli.main", "--root", str(root), *words]
    run = _started((*_shut_off(), *command), own)
    return "" if run.returncode == FINE else (run.stderr or run.stdout).strip() or f"It ended with {run.returncode}."


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _shut_off() -> tuple[str, ...]:
    """Return the words that take the network away from a command, where the machine lets us."""
    can = shutil.which(WITHOUT_NETWORK[0]) and _started((*WITHOUT_NETWORK, "true"), {**os.environ}).returncode == FINE
    return WITHOUT_NETWORK if can else ()
