"""The e-book, by the checker of DAISY, who write the rules of accessible publishing."""

import json
import os
import subprocess
import sys
from pathlib import Path

from site_under_test import BuiltSite, browser_program

ACE = Path(__file__).parent / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"


def test_ace_finds_nothing_moderate_in_the_book(built_site: BuiltSite, tmp_path: Path) -> None:
    book = built_site.folder / "downloads" / "mutual-aid-at-work.epub"
    own = {"PUPPETEER_EXECUTABLE_PATH": browser_program(), "ACE_TIMEOUT_INITIAL": "60000"}
    node = Path(sys.executable).parent / "node"
    command: list[Path | str] = [node, ACE, "--silent", "--outdir", tmp_path, book]
    run = subprocess.run(command, env={**os.environ, **own}, timeout=3600, check=False)
    files = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["assertions"]
    tests = [(file["earl:testSubject"]["url"], one["earl:test"]) for file in files for one in file["assertions"]]
    found = [(url, test["dct:title"]) for url, test in tests if test["earl:impact"] != "minor"]
    assert (run.returncode, found) == (0, [])
    assert len(files) > 300
