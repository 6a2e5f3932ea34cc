"""The trial before a merge: the site built with the entry, by a process that has nothing worth stealing."""

from pathlib import Path

import pytest

from mutualaid.adapters.pelican import try_whole
from site_under_test import small_checkout
from world import World

FILE = "submissions/resources/a-reading-list.yaml"


@pytest.fixture
def root(world: World) -> Path:
    return small_checkout(world).root


def test_what_can_be_built(world: World, root: Path) -> None:
    """The page and what is printed of it are made, in a copy: main's own folder stays as it is."""
    file = world.entry("exercises", "a-walk", minutes_max=30)
    text = file.read_text(encoding="utf-8")
    file.unlink()
    before = sorted(root.rglob("*"))
    assert try_whole(root, "submissions/exercises/a-walk.yaml", text) == ""
    assert sorted(root.rglob("*")) == before


def test_what_cannot_be_built(root: Path) -> None:
    found = try_whole(root, FILE, "slug: another\n")
    assert found.startswith(f"{FILE}:1:1: title.missing: ") and "/tmp" not in found  # noqa: S108


def test_the_process_has_no_token(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code that runs in it sees no token, and nothing else that a workflow is given."""
    seen = tmp_path / "seen"
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("GITHUB_EVENT_PATH", "secret")
    conf = root / "pelicanconf.py"
    conf.write_text(f"import os\nopen({str(seen)!r}, 'w').write(str(dict(os.environ)))\n{conf.read_text()}")
    try_whole(root, FILE, "slug: another\n")
    assert "MUTUALAID_DOWNLOADS" in seen.read_text() and "secret" not in seen.read_text()
