"""Lighthouse, run beside us on one address. `make audit` installs it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from site_under_test import browser_program

PROGRAM = Path(__file__).parent / "audit" / "node_modules" / "lighthouse" / "cli" / "index.js"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-quic --disable-sync --no-first-run"
)


def report_on(address: str) -> Any:
    """Open `address` as Lighthouse's phone does and return what it wrote; fails where it cannot run."""
    assert PROGRAM.is_file(), "Lighthouse is not installed. Run: make audit"
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        command = [str(Path(sys.executable).parent / "node"), str(PROGRAM), address, "--quiet", "--output=json"]
        command += [f"--output-path={file}", f"--chrome-flags={FLAGS}"]
        environment = {**os.environ, "CHROME_PATH": browser_program()}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr[-2000:]
        return json.loads(file.read_text(encoding="utf-8"))
