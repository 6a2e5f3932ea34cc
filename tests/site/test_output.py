"""The output folder holds a whole site, the old or the new one, whatever comes in between."""

import errno
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from mutualaid.site.output import NotWritten, Outputs
from site_under_test import held

OLD, NEW = {"a.html": b"old a", "b/b.html": b"old b"}, {"a.html": b"new a", "b/b.html": b"new b", "c.css": b"new c"}


def _write(files: Mapping[str, bytes], folder: Path) -> dict[str, object]:
    with closing(Outputs(folder)) as outputs:
        for path, contents in files.items():
            outputs.add(path, contents)
        return outputs.write()


@pytest.mark.parametrize("place", range(len(NEW)))
def test_a_full_disk_leaves_the_last_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    """At whichever file the room ends, nothing of the site has changed, and nothing is left beside it."""
    output = tmp_path / "output"
    _write(OLD, output)
    left, real = iter(range(len(NEW))), Path.write_bytes

    def full(file: Path, contents: bytes) -> int:
        if next(left) == place:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, contents)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(NotWritten, match="No space left"):
        _write(NEW, output)
    assert held(output) == OLD and [one.name for one in tmp_path.iterdir()] == ["output"]
    monkeypatch.undo()
    counts = {"written": 3, "unchanged": 0, "removed": 0, "changed": ["c.css", "a.html", "b/b.html"]}
    assert _write(NEW, output) == counts
    assert held(output) == NEW


def test_two_builds_take_turns(tmp_path: Path) -> None:
    """Else one would take away, or move in, what the other has laid beside it, and believe it its own."""
    folder = tmp_path / "output"
    _write(OLD, folder)
    with closing(Outputs(folder)) as first:
        second = Thread(target=_write, args=({"a.html": b"later"}, folder))
        second.start()
        second.join(0.3)
        assert second.is_alive()
        for path, contents in NEW.items():
            first.add(path, contents)
        assert first.write()["written"] == len(NEW)
    second.join()
    assert held(folder) == {"a.html": b"later"}


def test_new_names_come_before_what_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is there already is replaced last, so that no page names a style sheet that isn't there yet."""
    _write(OLD, tmp_path / "output")
    moved: list[str] = []
    real = Path.replace

    def replace(file: Path, to: Path) -> Path:
        moved.append(file.name)
        return real(file, to)

    monkeypatch.setattr(Path, "replace", replace)
    _write(NEW, tmp_path / "output")
    assert moved == ["c.css", "a.html", "b.html"]
