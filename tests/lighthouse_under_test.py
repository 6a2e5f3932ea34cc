"""Lighthouse, run beside us on one address. `make audit` installs it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from site_under_test import browser_program

PROGRAM = Path(__file__).parent / "audit" / "node_modules" / "lighthouse" / "cli" / "index.js"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-quic --disable-sync --no-first-run"
)


@dataclass(frozen=True, slots=True)
class LighthouseReport:
    """Scores by category, 0 to 1, and the whole report as Lighthouse wrote it."""

    scores: Mapping[str, float | None]
    whole: Mapping[str, Any]

    def failed(self, category: str) -> list[str]:
        weighed = [one["id"] for one in self.whole["categories"][category]["auditRefs"] if one["weight"]]
        audits = self.whole["audits"]
        return [audits[name]["title"] for name in weighed if audits[name]["score"] not in (None, 1)]


def report_on(address: str) -> LighthouseReport:
    """Open `address` as Lighthouse's phone does and return what it found; fails where it cannot run."""
    assert PROGRAM.is_file(), "Lighthouse is not installed. Run: make audit"
    node = Path(sys.executable).parent / "node"
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        command = [str(node), str(PROGRAM), address, "--output=json", f"--output-path={file}", "--quiet"]
        environment = {**os.environ, "CHROME_PATH": browser_program()}
        run = subprocess.run(
            [*command, f"--chrome-flags={FLAGS}"], env=environment, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr[-2000:]
        whole = json.loads(file.read_text(encoding="utf-8"))
    return LighthouseReport({name: category["score"] for name, category in whole["categories"].items()}, whole)
