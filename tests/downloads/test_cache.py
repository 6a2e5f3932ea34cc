"""The cache: gives back what was kept, never a part of it, and does not grow without end."""

import os
from functools import partial
from pathlib import Path

import pytest

from mutualaid.downloads import cache as cache_module
from mutualaid.downloads.cache import Cache
from mutualaid.downloads.download import Download, File, book_path, key_of, size_in_words
from mutualaid.downloads.make import ALONE, make_all
from mutualaid.errors import BrokenHouse
from paper import made_here_alone


class _Press:
    """Counts how often something was made."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def sheet(self, path: str, words: str) -> Download:
        """Return a download whose bytes are `words`."""

        def make() -> bytes:
            self.made.append(path)
            return words.encode()

        return Download(path, path, "PDF", "", "/", key_of(words), make)


def _contents(made: tuple[File, ...]) -> list[bytes]:
    return [one.contents for one in made]


def test_only_what_changed_is_made(tmp_path: Path) -> None:
    """A second run makes nothing; a third makes the one with other words, and what went is not needed."""
    press, cache = _Press(), Cache(tmp_path / "cache")
    first = [press.sheet("a.pdf", "one"), press.sheet("b.pdf", "two")]
    assert _contents(make_all(first, cache)) == [b"one", b"two"]
    again = make_all(first, cache)
    assert (_contents(again), press.made, [one.is_new for one in again]) == (
        [b"one", b"two"],
        ["a.pdf", "b.pdf"],
        [False, False],
    )
    assert _contents(make_all([first[0], press.sheet("b.pdf", "three")], cache)) == [b"one", b"three"]
    assert press.made == ["a.pdf", "b.pdf", "b.pdf"]


def test_equal_contents_of_two_paths_are_two_files(tmp_path: Path) -> None:
    """Two files with one key are both there."""
    press = _Press()
    assert _contents(make_all([press.sheet("a.pdf", "x"), press.sheet("b.pdf", "x")], Cache(tmp_path))) == [b"x", b"x"]


@pytest.mark.parametrize("damage", [b"", b"\n", b"no stamp at all", None])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    """A file cut short, by a machine that went off, is not served."""
    press, cache = _Press(), Cache(tmp_path)
    sheet = press.sheet("a.pdf", "one")
    make_all([sheet], cache)
    file = tmp_path / sheet.key
    file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)
    assert _contents(make_all([sheet], cache)) == [b"one"]
    assert press.made == ["a.pdf", "a.pdf"]


def test_old_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in use stays, and beside it only the latest others."""
    monkeypatch.setattr(cache_module, "KEPT", 2)
    press, cache = _Press(), Cache(tmp_path)
    for words in ("1", "2", "3", "4", "5"):
        make_all([press.sheet("a.pdf", words)], cache)
    assert len(list(tmp_path.iterdir())) == 3
    assert cache.find(key_of("5")) == b"5"
    assert cache.find(key_of("1")) is None


def test_two_want_one_path(tmp_path: Path) -> None:
    """It is refused before anything is made."""
    press = _Press()
    with pytest.raises(BrokenHouse, match=r"Two downloads have the path a\.pdf\."):
        make_all([press.sheet("a.pdf", "1"), press.sheet("a.pdf", "2")], Cache(tmp_path))
    assert press.made == []


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    """Every file is told of once, also those that were made before."""
    press, told = _Press(), []
    sheets = [press.sheet(f"{name}.pdf", name) for name in "abc"]
    make_all(sheets[:1], Cache(tmp_path))
    make_all(sheets, Cache(tmp_path), lambda one, done, total: told.append((one.path, done, total)))
    assert told == [("a.pdf", 1, 3), ("b.pdf", 2, 3), ("c.pdf", 3, 3)]


def test_processes_that_stop_without_a_word(tmp_path: Path) -> None:
    """No text is to blame for that, so each file is made here."""
    make = partial(made_here_alone, os.getpid())
    sheets = [Download(f"{number}.pdf", "", "PDF", "", "/", key_of(str(number)), make) for number in range(ALONE + 1)]
    assert _contents(make_all(sheets, Cache(tmp_path))) == [b"made"] * len(sheets)


def test_keys_differ_where_parts_do() -> None:
    """Moving a letter from one part to the next gives another key."""
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("ab", "c", "")}) == 4


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 kB"), (84_400, "84 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (2_528_593, "2.5 MB")],
)
def test_sizes(count: int, words: str) -> None:
    """Sizes read as people say them."""
    assert size_in_words(count) == words


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Mutual Aid at Work", "downloads/mutual-aid-at-work.pdf"),
        ("Ayuda mutua: ¡en el trabajo!", "downloads/ayuda-mutua-en-el-trabajo.pdf"),
        ("new-here", "downloads/new-here.pdf"),
        ("互助", "downloads/book.pdf"),
    ],
)
def test_books_are_named_after_their_site(name: str, path: str) -> None:
    """A copy for another community gives its books its own name."""
    assert book_path(name, ".pdf") == path
