"""How packages are installed: by hash always, and on GitHub from what was kept, where all of it is there."""

import os
import shutil
from pathlib import Path

import pytest

from world import PROJECT, SAMPLES, ran, rows_of

PYTHON = (SAMPLES / "python.sh").read_text(encoding="utf-8")
"""In place of Python: writes down what it was asked, and installs from wheels only where all of them are there."""


@pytest.mark.parametrize(("ci", "kept", "what", "asked"), rows_of("packages", "asked"))
def test_where_packages_come_from(ci: str, kept: tuple[str, ...], what: str, asked: list[str], tmp_path: Path) -> None:
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    for name, text in {"python": PYTHON, "npm": "#!/bin/sh\n", **{f".wheels/{name}": "" for name in kept}}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "tests" / "browser").mkdir(parents=True)
    own = {"CI": ci, "PYTHON": f"{tmp_path}/python", "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    given = {**os.environ, **own, "GITHUB_STEP_SUMMARY": f"{tmp_path}/summary"}
    said = ran(tmp_path / ".ci/timed", "Set up", tmp_path / ".ci/set-up", what, env=given).stdout.splitlines()
    *lines, last = (tmp_path / "asked").read_text().splitlines()
    assert [line.split()[2] + " --no-index" * ("--no-index" in line) for line in lines] == asked
    assert all("--require-hashes" in line and f"requirements/{what}.txt" in line for line in lines)
    assert "--no-deps" in last and (tmp_path / "summary").read_text() == f"- {said[-1]}\n"
    assert (tmp_path / ".venv" / f".{what}-ready").exists()
