"""Sending one file: a branch with one commit by nobody, and a checkout that stays as it was. Real git, real remotes."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk import git, with_remote
from mutualaid.adapters.git import AUTHOR, send_file
from mutualaid.errors import Misuse, WorldError

FILE = "submissions/examples/jar.yaml"
DAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Two:
    """A checkout and its remote."""

    root: Path
    remote: Path

    def git(self, *arguments: str, at: str = "root") -> str:
        return git(getattr(self, at), *arguments)

    def send(self, file: str = FILE, branch: str = "submission/offline-00") -> None:
        send_file(self.root, "origin", branch, file, "title: A jar\n", "Offer an entry", DAY)


@pytest.fixture
def two(tmp_path: Path) -> Two:
    made = Two(tmp_path / "root", tmp_path / "remote.git")
    (made.root / "submissions/groups").mkdir(parents=True)
    (made.root / "submissions/groups/fund.yaml").write_text("title: A fund\n")
    (made.root / "README.md").write_text("Read me.\n")
    with_remote(made.root, made.remote)
    made.git("config", "user.name", "Jane Roe")
    made.git("config", "user.email", "jane@work.example")
    return made


def test_sent(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """One commit on the newest main, that adds one file; nobody's name, whatever git's settings and environment say."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Jane Roe")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "jane@work.example")
    (two.root / "half-done.txt").write_text("mine")
    (two.root / "README.md").write_text("Changed.\n")
    hook = two.root / ".git/hooks/pre-push"  # it could stop the push, or write the name down
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    before = two.git("status", "--porcelain", "--branch"), two.git("show-ref")
    two.send()
    commit = two.git("cat-file", "commit", "submission/offline-00", at="remote")
    assert f"author {AUTHOR} 1795305600 +0000\ncommitter {AUTHOR} 1795305600 +0000\n" in commit
    assert "Jane" not in commit and "work.example" not in commit
    assert two.git("log", "--format=%s", "main..submission/offline-00", at="remote") == "Offer an entry\n"
    changes = two.git("diff", "--raw", "--no-abbrev", "main", "submission/offline-00", at="remote").split("\n")
    assert len(changes) == 2 and changes[0].startswith(":000000 100644 ") and changes[0].endswith(f"A\t{FILE}")
    assert two.git("show", f"submission/offline-00:{FILE}", at="remote") == "title: A jar\n"
    assert (two.git("status", "--porcelain", "--branch"), two.git("show-ref")) == before


def test_it_begins_at_the_main_of_the_remote(two: Two) -> None:
    two.git("commit", "-q", "--allow-empty", "-m", "Only here")
    two.send("submissions/groups/another.yaml")
    tree = two.git("ls-tree", "-r", "--name-only", "submission/offline-00", at="remote").split()
    assert tree == ["README.md", "submissions/groups/another.yaml", "submissions/groups/fund.yaml"]
    assert "Only here" not in two.git("log", "--format=%s", "submission/offline-00", at="remote")


def test_what_is_refused(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or branch that is there, a remote that is gone, no git: it is said, and nothing changes."""
    with pytest.raises(WorldError, match=r"origin has a file submissions/groups/fund\.yaml already"):
        two.send("submissions/groups/fund.yaml")
    assert two.git("branch", "--list", "submission/*", at="remote") == ""
    two.send()
    with pytest.raises(WorldError, match="git push did not work"):
        send_file(two.root, "origin", "submission/offline-00", FILE, "title: Other\n", "Offer", DAY)
    assert two.git("show", f"submission/offline-00:{FILE}", at="remote") == "title: A jar\n"
    two.git("remote", "set-url", "origin", str(two.root / "gone.git"))
    with pytest.raises(WorldError, match=r"git fetch did not work. It said: fatal: .*gone.git.* Fix that first"):
        two.send()
    monkeypatch.setenv("PATH", str(two.root))
    with pytest.raises(Misuse, match="The program git is not installed"):
        two.send()
