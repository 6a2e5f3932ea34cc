"""The page before the yes on a fake GitHub: from a word on a pull request to one file, and away again."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from desk import Desk
from fake_github import BOT
from github_under_test import asked_by_command
from mutualaid.cli.main import main
from mutualaid.cli.terminal import BROKEN, FINE
from site_under_test import small_checkout
from world import World


def test_from_a_word_to_a_page(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for where the text is reviewed. What makes it may only read, and takes from GitHub that text alone."""
    desk.github.clock = dt.datetime.now(tz=dt.UTC)
    number, handed = desk.in_review(summary="Maps & charts of one workplace."), tmp_path / "handed"
    desk.comment("eve", desk.pull_of(number), "/preview")
    desk.comment("ada", desk.pull_of(number), "/decline is a word for the form\n/preview")
    assert desk.changes_nothing(number, desk.pull_of(number), None)
    desk.comment("ada", desk.pull_of(number), "Let me see.\n/preview")
    small_checkout(World(desk.root))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_OUTPUT", str(handed))
    monkeypatch.setenv("GITHUB_RUN_ID", "77")

    def reconcile(*words: str) -> str:
        handed.unlink(missing_ok=True)
        asked_by_command(monkeypatch, desk.github, desk.github.token_for(BOT))
        assert main(["--root", str(desk.root), "reconcile", *words]) == FINE
        return handed.read_text(encoding="utf-8").partition("\n")[2]

    reconcile("--dry-run")
    (page,) = json.loads(reconcile("--only", str(desk.pull_of(number))).removeprefix("previews="))["include"]
    assert "/example/project/actions/runs/77#artifacts" in desk.said(number)
    assert page["number"] == number and desk.files(f"submission/{number}")[page["path"]] == page["blob"]
    assert reconcile() == ""

    asked_by_command(monkeypatch, desk.github, desk.github.token_for(BOT, contents="read"))
    desk.github.log.clear()
    words = ["--root", str(desk.root), "preview", str(number)]
    assert main([*words, page["path"], page["blob"]]) == FINE
    assert [path.rpartition("/")[2] for _, path, _ in desk.github.log] == [page["blob"]]
    text = (tmp_path / f"preview-{number}.html").read_text(encoding="utf-8")
    assert text.count("NOT PUBLISHED") == 4 and text.count("<iframe") == text.count('sandbox="allow-popups ') == 2
    assert "Maps &amp;amp; charts of one workplace." in text
    assert not re.search(r"<script|<link|\bsrc=", text) and "font/woff2;base64," in text
    assert text.count("default-src &#x27;none&#x27;") == 2 and "@media print" in text and "@media tty" in text
    assert main([*words, "README.md", page["blob"]]) == BROKEN

    desk.comment("sam", number, "/withdraw")
    assert reconcile() == f"ended={number}\n"
    assert "/actions/runs/" not in desk.said(number)
