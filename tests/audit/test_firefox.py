"""The readers' tasks in Firefox, beside Chromium in tests/browser: what differs between the two is found here."""

import json
import shutil
from pathlib import Path

from site_under_test import BuiltSite
from world import ran

PLAY = Path(__file__).parent / "firefox.mjs"


def test_the_tasks_in_firefox(built_site: BuiltSite) -> None:
    """A missing Firefox fails the test; it never skips."""
    program = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    assert program, "Firefox is needed (on Debian and Ubuntu: apt install firefox-esr)"
    run = ran("node", PLAY.name, program, built_site.address, cwd=PLAY.parent, timeout=300)
    assert run.returncode == 0, run.stderr
    results = json.loads(run.stdout.splitlines()[-1])
    assert len(results) > 1
    assert {result["name"]: result["fault"] for result in results if result["fault"]} == {}
