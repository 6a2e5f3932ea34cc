"""The checkout that we stand in, asked through the program git."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from mutualaid.errors import BrokenHouse


@dataclass(frozen=True, slots=True)
class Head:
    """A commit, and the tree of its files."""

    commit: str
    tree: str


def head_of(root: Path) -> Head:
    """Return what is checked out in `root`. Raises BrokenHouse where nothing is."""
    command = ["git", "-C", str(root), "rev-parse", "HEAD", "HEAD^{tree}"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise BrokenHouse(f"{root} is no Git checkout with a commit, and entries are built on one. Clone the project.")
    return Head(*run.stdout.split())
