"""The folders `submissions/<kind>/`: one YAML file an entry. Judges nothing beyond whether a file can be read."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mutualaid.adapters.yaml import Reading, read_yaml
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.errors import Misuse

MAX_BYTES = 64 * 1024


def entry_files(folder: Path, kind_names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield (kind, file) for every entry below `folder`, in a fixed order."""
    for name in kind_names:
        home = folder / name
        for file in sorted(item.name for item in _in_folder(home) if _is_entry(item)):
            yield name, home / file


def stray_files(folder: Path, kind_names: Iterable[str]) -> tuple[Path, ...]:
    """Return files below `folder` that no entry can be: wrong ending, wrong folder, deeper folders, links."""
    return tuple(sorted(_strays(folder, {str(folder / name) for name in kind_names})))


def _strays(folder: Path, homes: set[str]) -> Iterator[Path]:
    is_home = str(folder) in homes
    for item in _in_folder(folder):
        if item.is_dir(follow_symlinks=False):
            yield from _strays(folder / item.name, homes)
        elif _counts(item) and not (is_home and _is_entry(item)):
            yield folder / item.name


def _in_folder(folder: Path) -> list["os.DirEntry[str]"]:
    """List a folder without asking about each file again; one that is not there is empty."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _counts(one: "os.DirEntry[str]") -> bool:
    return one.name not in ("README.md", ".gitkeep") and (one.is_symlink() or one.is_file())


def _is_entry(one: "os.DirEntry[str]") -> bool:
    return one.name.endswith(".yaml") and one.is_file(follow_symlinks=False)


def read_entry(file: Path, shown_as: str) -> Reading:
    """Read one file; `shown_as` names it in problems. A file that is too large is never read whole."""
    with file.open("rb", buffering=0) as stream:
        raw = stream.read(MAX_BYTES + 1) or b""
        size = os.fstat(stream.fileno()).st_size if len(raw) > MAX_BYTES else len(raw)
    if size > MAX_BYTES:
        sentence = (
            f"The file is {size:,} bytes long; an entry may have {MAX_BYTES:,}. "
            "Shorten it, or split it into two entries."
        )
        return Reading(None, (Problem("file.too-large", "The file", sentence, Place(shown_as)),))
    return read_bytes(raw, shown_as)


def write_new_entry(file: Path, text: str) -> None:
    """Write an entry that is not there yet. Raises Misuse where a file of that name is."""
    try:
        if not file.parent.is_dir():
            file.parent.mkdir(parents=True)
    except OSError as error:
        raise Misuse(f"The folder {file.parent} cannot be made: {error.strerror}.") from error
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise Misuse(f"{file.name} is there already, and was left as it is. Run the command again.") from None
    except OSError as error:
        raise Misuse(f"{file} cannot be written: {error.strerror}.") from error


def rewrite_entry(file: Path, text: str) -> None:
    """Write an entry anew, whole or not at all. Raises Misuse where it cannot be written."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Misuse(f"{file} cannot be written: {error.strerror}. It is as it was.") from error


def read_bytes(raw: bytes, shown_as: str) -> Reading:
    """Read the bytes of one entry; bytes that are not UTF-8 become a problem with their place."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        sentence = (
            f"The byte 0x{raw[error.start]:02x} here is not UTF-8 text. "
            "Save the file again with the encoding UTF-8, and look at the letters around this place."
        )
        return Reading(None, (Problem("file.not-utf-8", "The file", sentence, Place(shown_as, line, column)),))
    return read_yaml(text, shown_as)
