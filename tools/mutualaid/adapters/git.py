"""The checkout that we stand in, asked through the program git: what its head is; and one file, put on a new branch.

A file is put on a branch of the remote by nobody in particular, and the working tree stays as it is. The commit is
written out whole, so that neither git's settings nor its environment can put a person's name in it.
Source: git documentation, "git hash-object", "git mktree", "git push".
"""

import datetime as dt
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mutualaid.errors import BrokenHouse, Misuse, WorldError

AUTHOR = "Mutual Aid at Work <noreply@mutual-aid-at-work.invalid>"
"""Names nobody. Addresses below `.invalid` can never be registered (RFC 2606)."""
PLAIN_FILE = "100644"


@dataclass(frozen=True, slots=True)
class Head:
    """A commit, the tree of its files, and when it was made."""

    commit: str
    tree: str
    at: dt.datetime


def head_of(root: Path) -> Head:
    """Return what is checked out in `root`. Raises BrokenHouse where nothing is."""
    command = ["git", "-C", str(root), "log", "-1", "--format=%H %T %ct"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise BrokenHouse(f"{root} is no Git checkout with a commit, and entries are built on one. Clone the project.")
    commit, tree, seconds = run.stdout.split()
    return Head(commit, tree, dt.datetime.fromtimestamp(int(seconds), dt.UTC))


def remote_address(root: Path, remote: str) -> str:
    """Return where a remote leads. Raises Misuse where there is none, with what to do."""
    run = _run(root, "remote", "get-url", remote)
    if run.returncode:
        raise Misuse(
            f"There is no remote named {remote} here, so nothing can be sent. Name one with --remote, or add one: "
            f"git remote add {remote} ADDRESS. Without --send the entry is written into submissions/."
        )
    return run.stdout.strip()


def send_file(root: Path, remote: str, branch: str, file: str, text: str, message: str, day: dt.date) -> None:
    """Make `branch` on the remote from its default branch, with one commit that adds `file`.

    Raises:
        WorldError: git or the remote refused; nothing was changed there.

    """
    _asked(root, "fetch", "--quiet", "--no-tags", remote, "HEAD")
    base = _asked(root, "rev-parse", "--verify", "FETCH_HEAD^{commit}").strip()
    if _asked(root, "ls-tree", base, "--", file).strip():
        raise WorldError(
            f"{remote} has a file {file} already, and nothing was sent. Fetch its main branch, and run this again: "
            "the entry then gets a name of its own.",
            helps=False,
        )
    blob = _asked(root, "hash-object", "-w", "--stdin", given=text).strip()
    tree = _tree_with(root, base, PurePosixPath(file).parts, blob)
    commit = _asked(
        root, "hash-object", "-t", "commit", "-w", "--stdin", given=_commit(tree, base, message, day)
    ).strip()
    quiet = ("--quiet", "--no-verify", "--no-follow-tags", "--no-signed")
    address = _asked(root, "remote", "get-url", "--push", remote).strip()  # by address: no remote branch is kept here
    _asked(root, "push", *quiet, address, f"{commit}:refs/heads/{branch}")


def _commit(tree: str, parent: str, message: str, day: dt.date) -> str:
    """Return a commit as git stores it: by nobody, at the beginning of the day, in no time zone."""
    moment = int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
    who = f"{AUTHOR} {moment} +0000"
    return f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\n{message}\n"


def _tree_with(root: Path, tree: str, steps: Sequence[str], blob: str) -> str:
    """Return the name of a tree like `tree` in which the file at `steps` is `blob`."""
    name, *inner = steps
    rows = [row for row in _asked(root, "ls-tree", "-z", tree).split("\0") if row]
    old = next((row for row in rows if row.partition("\t")[2] == name), "")
    if inner:
        below = old.split()[2] if old else _asked(root, "mktree", given="").strip()
        new = f"040000 tree {_tree_with(root, below, inner, blob)}\t{name}"
    else:
        new = f"{PLAIN_FILE} blob {blob}\t{name}"
    kept = [row for row in rows if row != old]
    return _asked(root, "mktree", "-z", given="".join(f"{row}\0" for row in (*kept, new))).strip()


def _asked(root: Path, *arguments: str, given: str = "") -> str:
    run = _run(root, *arguments, given=given)
    if run.returncode:
        lines = run.stderr.strip().splitlines() or ["It said nothing."]
        said = next((line for line in lines if line.startswith(("fatal:", "error:", "!", " !"))), lines[-1])
        raise WorldError(f"git {arguments[0]} did not work. It said: {said.strip()}. Mend that first.", helps=False)
    return run.stdout


def _run(root: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", "-C", str(root), *arguments], input=given, capture_output=True, encoding="utf-8", check=False
        )
    except FileNotFoundError:
        raise Misuse("The program git is not installed, and this needs it. Install git, and run this again.") from None
