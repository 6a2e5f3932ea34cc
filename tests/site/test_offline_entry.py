"""An entry that came in without an account, from the letter to the page, and away again with its removal code."""

import re
import shutil
from pathlib import Path

import pytest

from mutualaid.cli.main import main
from mutualaid.cli.terminal import FINE
from offline_letters import ANSWERS, letter_text
from site_under_test import ROOT, build
from world import document_of

PARTS = ("content", "schemas", "submissions", "theme", "pelicanconf.py")
SLUG = "a-jar-for-the-late-bus"


def _holders(output: Path, *words: str) -> list[str]:
    """Return the built files that hold one of the words."""
    files = (file for file in output.rglob("*") if file.is_file())
    held = ((file.relative_to(output).as_posix(), file.read_bytes()) for file in files)
    return sorted(name for name, raw in held if any(word.encode() in raw for word in words))


def test_taken_in_and_taken_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page shows the story; no output holds what is kept of the code; with the code it leaves every output."""
    root, output, letter = tmp_path / "checkout", tmp_path / "output", tmp_path / "letter.txt"
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / part)
    letter.write_text(letter_text(), encoding="utf-8")
    assert main(["--root", str(root), "new", "examples", "--from", str(letter)]) == FINE
    (code,) = re.findall(r"^ {4}(examples/.*)$", capsys.readouterr().err, re.MULTILINE)
    kept = document_of((root / f"submissions/examples/{SLUG}.yaml").read_text(encoding="utf-8")).value["retraction"]
    assert build(output, root).returncode == 0
    page = f"examples/{SLUG}/index.html"
    assert {page, "data/examples.json", "data/examples.csv"} <= set(_holders(output, ANSWERS["title"]))
    assert _holders(output, kept["salt"], kept["hash"], "scrypt", code.partition(": ")[2]) == []

    assert main(["--root", str(root), "retract", "--code", code]) == FINE
    run = build(output, root)
    assert run.returncode == 0, run.stderr
    assert _holders(output, ANSWERS["title"], ANSWERS["summary"], "Whoever had coins") == []
    # Its address stays: at the tombstone, in the copy of it, and where those who use the data learn what to drop.
    assert set(_holders(output, SLUG)) <= {page, "data/changes.json", "downloads/guide-offline.zip"}
    assert "Removed" in (output / page).read_text(encoding="utf-8")
