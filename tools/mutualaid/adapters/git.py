"""The checkout that we're in, asked through the program git: what its head is; and one file, put on a new branch.

A file is put on a branch of the remote by nobody in particular, and the working tree stays as it is. The commit is
written out whole, at the beginning of the day and in no time zone, so that neither git's settings nor its environment
can put a person's name in it. Source: git documentation, "git fast-import", "git push".
"""

import datetime as dt
import subprocess
from dataclasses import dataclass
from pathlib import Path

from mutualaid.errors import BrokenCheckout, Misuse, WorldError

AUTHOR = "Editors <noreply@editors.invalid>"
"""Names nobody. Addresses below `.invalid` can never be registered (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Head:
    """A commit, the tree of its files, and when it was made."""

    commit: str
    tree: str
    at: dt.datetime


def head_of(root: Path) -> Head:
    """Return what is checked out in `root`. Raises BrokenCheckout where nothing is."""
    run = _run(root, "log", "-1", "--format=%H %T %ct")
    if run.returncode:
        raise BrokenCheckout(
            f"{root} is no Git checkout with a commit, and entries are built on one. Clone the project."
        )
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

    Raises WorldError where git or the remote refused; nothing was changed there.

    """
    _asked(root, "fetch", "--quiet", "--no-tags", remote, "HEAD")
    base = _asked(root, "rev-parse", "--verify", "FETCH_HEAD^{commit}").strip()
    if _asked(root, "ls-tree", base, "--", file).strip():
        raise WorldError(
            f"{remote} has a file {file} already, and nothing was sent. Fetch its main branch, and run this again: "
            "the entry then gets a name of its own.",
            helps=False,
        )
    moment = int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
    own = f"refs/mutualaid/{branch}"
    commit = f"commit {own}\ncommitter {AUTHOR} {moment} +0000\n{_data(message)}from {base}\n"
    _asked(root, "fast-import", "--quiet", "--force", given=f"{commit}M 100644 inline {file}\n{_data(text)}")
    address = _asked(root, "remote", "get-url", "--push", remote).strip()  # by address: no remote branch is kept here
    quiet = ("--quiet", "--no-verify", "--no-follow-tags", "--no-signed")
    try:
        _asked(root, "push", *quiet, address, f"{own}:refs/heads/{branch}")
    finally:
        _asked(root, "update-ref", "-d", own)


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _asked(root: Path, *arguments: str, given: str = "") -> str:
    run = _run(root, *arguments, given=given)
    if run.returncode:
        lines = run.stderr.strip().splitlines() or ["It said nothing."]
        said = next((line for line in lines if line.startswith(("fatal:", "error:", "!", " !"))), lines[-1])
        raise WorldError(f"git {arguments[0]} did not work. It said: {said.strip()}. Fix that first.", helps=False)
    return run.stdout


def _run(root: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", "-C", str(root), *arguments], input=given, capture_output=True, encoding="utf-8", check=False
        )
    except FileNotFoundError:
        raise Misuse("The program git is not installed, and this needs it. Install git, and run this again.") from None
