"""Bringing files into the stand-in's repository and out of it again."""

import io
import stat
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mutualaid.rehearsal.git_history import Commit
from mutualaid.rehearsal.git_store import EMPTY_TREE, FILE, LINK, PROGRAM, TreeEntry
from mutualaid.rehearsal.shapes.git import signature
from mutualaid.rehearsal.world import World

SEEDED = ("submissions", "schemas", "content", "theme", ".github", "pelicanconf.py")
LEFT_OUT = {"__pycache__", "node_modules", ".git"}
Files = Mapping[str, str | bytes | TreeEntry | None]
"""What to write by path: text, bytes, a ready entry such as a link; None takes a file away."""


def entries(world: World, files: Files) -> dict[str, TreeEntry | None]:
    """Write files as blobs; None stands for a file to take away."""
    return {path: None if text is None else _entry(world, text) for path, text in files.items()}


def commit(world: World, files: Mapping[str, TreeEntry | None], parent: str | None, login: str, message: str) -> str:
    """Write a commit that changes these files."""
    tree = world.store.changed_tree(world.history.tree_of(parent) if parent else EMPTY_TREE, files)
    signed = signature(world, login)
    return world.history.write(Commit(tree, (parent,) if parent else (), signed, signed, message))


def checkout_files(world: World, checkout: Path, names: Iterable[str]) -> dict[str, TreeEntry | None]:
    """Write the files of a checkout that stand at or below these names, as they are on disk."""
    found = (file for name in names for file in _files(checkout / name))
    return {file.relative_to(checkout).as_posix(): _from_disk(world, file) for file in found}


def unpack(world: World, ref: str, folder: Path) -> None:
    """Write everything that a branch or commit holds into a folder. Raises GitRefused."""
    packed = world.store.git("archive", "--format=tar", ref)
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _entry(world: World, text: str | bytes | TreeEntry) -> TreeEntry:
    if isinstance(text, TreeEntry):
        return text
    return TreeEntry(FILE, world.store.write("blob", text.encode() if isinstance(text, str) else text))


def _files(top: Path) -> Iterator[Path]:
    if top.is_symlink() or top.is_file():
        yield top
    elif top.is_dir() and top.name not in LEFT_OUT:
        for inner in sorted(top.iterdir()):
            yield from _files(inner)


def _from_disk(world: World, file: Path) -> TreeEntry:
    if file.is_symlink():
        return TreeEntry(LINK, world.store.write("blob", str(file.readlink()).encode()))
    mode = PROGRAM if file.stat().st_mode & stat.S_IXUSR else FILE
    return TreeEntry(mode, world.store.write("blob", file.read_bytes()))
