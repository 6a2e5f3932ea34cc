"""The program Pelican, run beside us: it builds the site and leaves a report. Nothing of it is imported here."""

import base64
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from mutualaid.core.pipeline.limits import shortened
from mutualaid.errors import WorldError

REPORT = Path(".build/report.json")


class BuildOutcome(NamedTuple):
    """What a run left: its exit status, its report (empty where none was written), and what it said."""

    status: int
    report: dict[str, Any]
    said: str


def read_settings(root: Path) -> dict[str, Any]:
    """Return the build settings of `root`, as Pelican reads them."""
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
        "MUTUALAID_REPORT": str(root / ".build" / "report.json"),
    }


PREVIEW = Path(".build/preview")


def build_site(root: Path, *, preview: bool = False, output: Path | None = None) -> BuildOutcome:
    """Run Pelican once in `root`; warnings of its own count as failures.

    A preview goes into a folder of its own, without files to download. `output`, where it is given,
    outranks every other wish.
    """
    report = root / REPORT
    report.unlink(missing_ok=True)
    own = {"MUTUALAID_OUTPUT": str(root / PREVIEW), "MUTUALAID_DOWNLOADS": "none"} if preview else {}
    own |= {"MUTUALAID_OUTPUT": str(output)} if output else {}
    command = [sys.executable, "-m", "pelican", "--settings", "pelicanconf.py", "--fatal", "warnings", "--quiet"]
    run = subprocess.run(command, cwd=root, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    found = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    return BuildOutcome(run.returncode, found, (run.stdout + run.stderr).strip())


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
    """Lay out a checkout like `root`, with this file, for as long as a `with` block lasts."""
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
