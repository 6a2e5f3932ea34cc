"""Lighthouse, run beside us on one address. `make audit` installs it."""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from site_under_test import QUIET, browser_program
from world import ran

PROGRAM = Path(__file__).parent / "audit" / "node_modules" / "lighthouse" / "cli" / "index.js"
FLAGS = f"--headless --no-sandbox --disable-gpu {QUIET}"


def report_on(address: str) -> Any:
    """Open `address` as Lighthouse's phone does and return what it wrote; fails where it cannot run."""
    assert PROGRAM.is_file(), "Lighthouse is not installed. Run: make audit"
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        command = [str(Path(sys.executable).parent / "node"), str(PROGRAM), address, "--quiet", "--output=json"]
        command += [f"--output-path={file}", f"--chrome-flags={FLAGS}"]
        environment = {**os.environ, "CHROME_PATH": browser_program()}
        run = ran(*command, env=environment)
        assert run.returncode == 0, run.stderr[-2000:]
        return json.loads(file.read_text(encoding="utf-8"))
