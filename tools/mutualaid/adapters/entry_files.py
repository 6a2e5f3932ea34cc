"""The folders `submissions/<kind>/`: one YAML file an entry. Judges nothing beyond whether a file can be read."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mutualaid.adapters.yaml import Reading, read_yaml
from mutualaid.core.entries.document import Steps
from mutualaid.core.entries.problem import Place, problem_of
from mutualaid.errors import Misuse

MAX_BYTES = 64 * 1024


def entry_files(folder: Path, kind_names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield (kind, file) for every entry below `folder`, in a fixed order."""
    for name in kind_names:
        for file in sorted((folder / name).glob("*.yaml")):
            if _is_entry(file):
                yield name, file


def stray_files(folder: Path, kind_names: Iterable[str]) -> tuple[Path, ...]:
    """Return files below `folder` that no entry can be: wrong ending, wrong folder, deeper folders, links."""
    homes = {folder / name for name in kind_names}
    strays = (
        file
        for file in folder.rglob("*")
        if file.name not in ("README.md", ".gitkeep")
        and (file.is_symlink() or not file.is_dir())
        and not (file.parent in homes and _is_entry(file))
    )
    return tuple(sorted(strays))


def _is_entry(file: Path) -> bool:
    return file.suffix == ".yaml" and file.is_file() and not file.is_symlink()


def read_entry(file: Path, shown_as: str) -> Reading:
    """Read one file; `shown_as` names it in problems. A file that is too large is never read whole."""
    size = file.stat().st_size
    if size <= MAX_BYTES:
        return read_bytes(file.read_bytes(), shown_as)
    return Reading(None, (problem_of("file.too-large", "The file", Place(shown_as), size=size, most=MAX_BYTES),))


def first_bytes(file: Path) -> bytes:
    """Return the bytes of a file, and of one that is too large as many as show it."""
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def marks_of(file: Path, shown_as: str) -> Mapping[Steps, tuple[int, int]]:
    """Read again where values are in a file that had nothing wrong."""
    document = read_entry(file, shown_as).document
    return document.marks() if document else {}


def write_new_entry(file: Path, text: str) -> None:
    """Write an entry that is not there yet. Raises Misuse where a file of that name is."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise Misuse(f"{file} is there already, and was left as it is. Run the command again.") from None
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
        place = Place(shown_as, line, column)
        return Reading(None, (problem_of("file.not-utf-8", "The file", place, byte=raw[error.start]),))
    return read_yaml(text, shown_as)
