"""The fake GitHub itself: that it overlooks nothing, dies when told, and keeps a sound repository."""

import ast
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import fake_github
from fake_github import BOT, FakeGitHub
from fake_github.git import git
from github_under_test import README, ask, submission
from world import PROJECT, rows_of

PACKAGE = Path(fake_github.__file__).parent


def test_it_imports_nothing_but_the_standard_library() -> None:
    """So another project can take the folder as it is; the README's example runs as it is written there."""
    nodes = [node for file in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {f"{node.module}" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {"json", "fake_github.git"} <= named
    assert {name.partition(".")[0] for name in named} <= {"fake_github", *sys.stdlib_module_names}
    (example,) = re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    exec(compile(example, str(README), "exec"), {})  # noqa: S102 - our own text


@pytest.mark.parametrize(("request_", "fields", "status", "words"), rows_of("unknown-requests", "requests"))
def test_nothing_is_overlooked(request_: str, fields: dict[str, Any], status: int, words: str, tmp_path: Path) -> None:
    github = FakeGitHub(tmp_path)
    submission(github)
    response = ask(github, github.token_for(BOT), request_, **fields)
    assert (response.status, words in response.data["message"]) == (status, True), response.data


def test_git_finds_nothing_wrong(tmp_path: Path) -> None:
    github = FakeGitHub(tmp_path / "github")
    github.seed(PROJECT, ("submissions", "pelicanconf.py", ".ci"))
    files = {"a/b.txt": "x\n", "a": None, "README.md": None, "bytes.bin": b"\0\1", "é/ü.yaml": "title: Ünïcode\n"}
    moved = {"conf.py": (PROJECT / "pelicanconf.py").read_bytes(), "pelicanconf.py": None}
    github.push(BOT, "submission/1", {**files, **moved})
    shown = github.call(BOT, "repos/compare-commits", {"basehead": "main...submission/1"})["files"]
    names = {"A": "added", "D": "removed", "M": "modified", "R100": "renamed"}
    found = git("--git-dir", github.git_url, "diff", "--name-status", "-M", "-z", "main...submission/1").decode()
    rows = re.findall(r"(R100|[ADM])\0(?:pelicanconf.py\0)?([^\0]+)\0", found)
    assert [(file["status"], file["filename"]) for file in shown] == [(names[row[0]], row[1]) for row in rows]
    assert ".ci/set-up" in git("--git-dir", github.git_url, "ls-tree", "-r", "--name-only", "main").decode()
    assert "error" not in git("--git-dir", github.git_url, "fsck", "--strict", "--no-dangling").decode()
