"""Makes what is new: gives back what was kept, never a part of it, and keeps no more than it should."""

import os
from functools import partial
from pathlib import Path

import pytest

from mutualaid.downloads import make as make_module
from mutualaid.downloads.download import Download, book_path, key_of, size_in_words
from mutualaid.downloads.make import ALONE, Cache, make_all
from mutualaid.errors import BrokenCheckout
from paper import made_here_alone


class _Press:
    """Counts how often something was made, and keeps it in a folder."""

    def __init__(self, folder: Path) -> None:
        self.made: list[str] = []
        self.cache = Cache(folder)

    def sheet(self, path: str, words: str) -> Download:
        def make() -> bytes:
            self.made.append(path)
            return words.encode()

        return Download(path, path, "PDF", "", "/", key_of(words), make)

    def contents(self, **words: str) -> list[bytes]:
        files, failed = make_all([self.sheet(path, text) for path, text in words.items()], self.cache)
        assert failed == []
        return [one.contents for one in files]


@pytest.fixture
def press(tmp_path: Path) -> _Press:
    return _Press(tmp_path / "cache")


def test_only_what_changed_is_made(press: _Press) -> None:
    assert press.contents(a="one", b="two") == press.contents(a="one", b="two") == [b"one", b"two"]
    assert press.made == ["a", "b"]
    assert press.contents(a="one", b="three") == [b"one", b"three"]
    assert press.made == ["a", "b", "b"]
    assert press.contents(a="x", b="x") == [b"x", b"x"]


@pytest.mark.parametrize("damage", [b"", b"\n", b"no stamp at all", None])
def test_a_damaged_file_is_made_anew(press: _Press, damage: bytes | None) -> None:
    """A file cut short, by a machine that went off, is not served."""
    press.contents(a="one")
    file = press.cache.folder / key_of("one")
    file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)
    assert press.contents(a="one") == [b"one"]
    assert press.made == ["a", "a"]


def test_old_files_go(press: _Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_module, "KEPT", 2)
    for words in ("1", "2", "3", "4", "5"):
        press.contents(a=words)
    assert len(list(press.cache.folder.iterdir())) == 3
    assert press.cache.find(key_of("5")) == b"5"
    assert press.cache.find(key_of("1")) is None


def test_two_want_one_path(press: _Press) -> None:
    with pytest.raises(BrokenCheckout, match=r"Two downloads have the path a\."):
        make_all([press.sheet("a", "1"), press.sheet("a", "2")], press.cache)
    assert press.made == []


def test_processes_that_stop_without_a_word(tmp_path: Path) -> None:
    """No text is to blame for that, so each file is made here."""
    make = partial(made_here_alone, os.getpid())
    sheets = [Download(f"{number}.pdf", "", "PDF", "", "/", key_of(str(number)), make) for number in range(ALONE + 1)]
    files, failed = make_all(sheets, Cache(tmp_path))
    assert ([one.contents for one in files], failed) == ([b"made"] * len(sheets), [])


def test_keys_sizes_and_names() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("ab", "c", "")}) == 4
    said = [size_in_words(count) for count in (1, 84_400, 999_499, 999_500, 2_528_593)]
    assert said == ["1 kB", "84 kB", "999 kB", "1.0 MB", "2.5 MB"]
    assert book_path("Ayuda mutua: ¡en el trabajo!", ".pdf") == "downloads/ayuda-mutua-en-el-trabajo.pdf"
    assert book_path("互助", ".pdf") == "downloads/book.pdf"
