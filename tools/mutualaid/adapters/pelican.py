"""The program Pelican, run beside us: it builds the site and leaves a report. Nothing of it is imported here."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

REPORT = Path(".build/report.json")


class BuildOutcome(NamedTuple):
    """What a run left: its exit status, its report (empty where none was written), and what it said."""

    status: int
    report: dict[str, Any]
    said: str


def read_settings(root: Path) -> dict[str, Any]:
    """Return the build settings of `root`, as Pelican reads them."""
    return runpy.run_path(str(root / "pelicanconf.py"))


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
