"""A bare git repository and forks of it: objects, refs, commits, differences, merges.

Objects and refs are read and written as the files that git keeps them in, so that a request starts no process. Anyone
may push to the folders with git itself at any time: objects are remembered, because their names tell what is in them,
and nothing about refs is.
"""

import contextlib
import datetime as dt
import hashlib
import os
import re
import subprocess
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SHA = re.compile(r"[0-9a-f]{40}")
NOTHING = "0" * 40
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
FILE, PROGRAM, LINK, FOLDER = "100644", "100755", "120000", "040000"
HEADS = "refs/heads/"
UNFIT = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(/|$)|^[./]|[./]$")
CONFIG = "[core]\nbare = true\nfsync = none\n[gc]\nauto = 0\n[transfer]\nunpackLimit = 1000000\n"
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}


class GitError(Exception):
    """Git itself refused; carries what it said."""


def git(*arguments: str) -> bytes:
    """Run one git command that reads nobody's own settings. Raises GitError."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    run = subprocess.run(("git", *arguments), capture_output=True, env={**environment, **QUIET}, check=False)
    if run.returncode:
        raise GitError(f"git {' '.join(arguments[2:4])}: {run.stderr.decode('utf-8', 'replace').strip()}")
    return run.stdout


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One line of a tree."""

    mode: str
    sha: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit; its author and committer are signed lines: `Sam <sam@example.org> 1798783200 +0000`."""

    tree: str
    parents: tuple[str, ...]
    author: str
    committer: str
    message: str
    sha: str = ""


Files = Mapping[str, str | bytes | TreeEntry | None]
"""What to write by path: text, bytes, or an entry that is there already, such as a link; None takes a file away."""


class GitRepository:
    """A bare repository in `folder/repo.git`, and forks of it that share its objects."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repo.git"
        self._forks = folder / "forks"
        self._objects: dict[str, tuple[str, bytes]] = {EMPTY_TREE: ("tree", b"")}
        self._files: dict[str, dict[str, TreeEntry]] = {}
        self._commits: dict[str, Commit] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        _make(self.folder)
        (self.folder / "objects").mkdir()

    # --- objects ---

    def read(self, sha: str) -> tuple[str, bytes]:
        """Read an object by its full sha: its kind and content; of none both are empty."""
        if sha not in self._objects and SHA.fullmatch(sha):
            with contextlib.suppress(FileNotFoundError):
                whole = zlib.decompress((self.folder / "objects" / sha[:2] / sha[2:]).read_bytes())
                heading, _, content = whole.partition(b"\0")
                self._objects[sha] = (heading.split(b" ")[0].decode(), content)
        return self._objects.get(sha, ("", b""))

    def write(self, kind: str, content: bytes) -> str:
        whole = f"{kind} {len(content)}\0".encode() + content
        sha = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        if sha not in self._objects:
            place = self.folder / "objects" / sha[:2] / sha[2:]
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(zlib.compress(whole, 1))
            self._objects[sha] = (kind, content)
        return sha

    def files(self, tree: str) -> Mapping[str, TreeEntry]:
        """Return every file in a tree and in its folders by its path; an unknown sha is an empty tree."""
        if tree not in self._files:
            kind, content = self.read(tree)
            if kind != "tree":
                return {}
            found = self._files[tree] = {}
            for mode, raw, sha in re.findall(rb"(\d+) ([^\0]+)\0(.{20})", content, re.DOTALL):
                name, entry = raw.decode("utf-8", "surrogateescape"), TreeEntry(mode.decode().zfill(6), sha.hex())
                inner = self.files(entry.sha) if entry.mode == FOLDER else None
                found |= {name: entry} if inner is None else {f"{name}/{path}": one for path, one in inner.items()}
        return self._files[tree]

    def changed_tree(self, base: str, files: Files) -> str:
        changed = dict(self.files(base))
        for path, content in files.items():
            if content is None:
                changed.pop(path, None)
            elif isinstance(content, TreeEntry):
                changed[path] = content
            else:
                blob = content.encode() if isinstance(content, str) else content
                changed[path] = TreeEntry(FILE, self.write("blob", blob))
        return self._write_tree(changed)

    def _write_tree(self, files: Mapping[str, TreeEntry]) -> str:
        """Write a tree and those of its folders in git's own order, in which a folder's name ends with a slash."""
        lines: dict[str, TreeEntry] = {}
        below: defaultdict[str, dict[str, TreeEntry]] = defaultdict(dict)
        for path, entry in files.items():
            first, slash, rest = path.partition("/")
            if slash:
                below[f"{first}/"][rest] = entry
            else:
                lines[first] = entry
        lines |= {folder: TreeEntry(FOLDER, self._write_tree(inner)) for folder, inner in below.items()}
        named = sorted((name.encode("utf-8", "surrogateescape"), line) for name, line in lines.items())
        parts = (
            b"%b %b\0%b" % (one.mode.lstrip("0").encode(), name.rstrip(b"/"), bytes.fromhex(one.sha))
            for name, one in named
        )
        return self.write("tree", b"".join(parts))

    # --- commits ---

    def commit(self, sha: str) -> Commit | None:
        if sha not in self._commits:
            kind, content = self.read(sha)
            if kind != "commit":
                return None
            self._commits[sha] = _read_commit(sha, content.decode("utf-8", "replace"))
        return self._commits[sha]

    def write_commit(self, commit: Commit) -> str:
        lines = [f"tree {commit.tree}", *(f"parent {parent}" for parent in commit.parents)]
        lines += [f"author {commit.author}", f"committer {commit.committer}", "", commit.message]
        return self.write("commit", "\n".join(lines).encode())

    def tree_of(self, sha: str | None) -> str:
        commit = self.commit(sha or "")
        return commit.tree if commit else EMPTY_TREE

    def ancestors(self, sha: str) -> frozenset[str]:
        """Return a commit and all that lead to it."""
        if sha not in self._ancestors:
            found, waiting = {sha}, [sha]
            while waiting:
                commit = self.commit(waiting.pop())
                new = set(commit.parents) - found if commit else set()
                found |= new
                waiting += new
            self._ancestors[sha] = frozenset(found)
        return self._ancestors[sha]

    def base(self, first: str, second: str) -> str | None:
        """Find a best commit that both come from: one of these leads to no other, so none has more ancestors."""
        common = self.ancestors(first) & self.ancestors(second)
        return max(common, key=lambda sha: len(self.ancestors(sha)), default=None)

    def log(self, end: str, *, without: str | None = None) -> list[str]:
        """List commits, each before its parents, that lead to `end` but not to `without`."""
        shas = self.ancestors(end) - (self.ancestors(without) if without else set())
        return sorted(shas, key=lambda sha: -len(self.ancestors(sha)))

    def changes(self, before: str, after: str) -> list[dict[str, str]]:
        """List the files that differ between two commits as GitHub does; one that moved unchanged is renamed."""
        old, new = (self.files(self.tree_of(sha)) for sha in (before, after))
        gone = {path: entry.sha for path, entry in old.items() if path not in new}
        files = []
        for path, entry in new.items():
            file = {"filename": path, "sha": entry.sha, "status": "modified" if path in old else "added"}
            moved = next((was for was, sha in gone.items() if path not in old and sha == entry.sha), "")
            if moved:
                del gone[moved]
                file |= {"status": "renamed", "previous_filename": moved}
            if old.get(path) != entry:
                files.append(file)
        files += [{"filename": path, "sha": sha, "status": "removed"} for path, sha in gone.items()]
        return sorted(files, key=lambda file: file["filename"])

    def merged_tree(self, base: str, head: str) -> str | None:
        """Return the tree that a merge of the two gives, or None where they conflict."""
        if base in self.ancestors(head):
            return self.tree_of(head)
        with contextlib.suppress(GitError):
            found = git("--git-dir", str(self.folder), "merge-tree", "--write-tree", "--no-messages", base, head)
            return found.decode().split()[0]
        return None

    # --- refs ---

    def ref(self, name: str, fork: str | None = None) -> str | None:
        if not is_ref_name(name) or "/" in (fork or ""):
            return None
        with contextlib.suppress(OSError):
            return (self._home(fork) / name).read_text(encoding="ascii").strip()
        return None

    def refs(self, start: str) -> dict[str, str]:
        files = (file for file in (self.folder / "refs").rglob("*") if file.is_file())
        names = sorted(file.relative_to(self.folder).as_posix() for file in files)
        return {name: self.ref(name) or "" for name in names if name.startswith(start)}

    def set_ref(self, name: str, sha: str | None, fork: str | None = None) -> None:
        """Set a ref, or delete it (None). Raises GitError, for example where a/b is wanted and a exists."""
        place = self._home(fork) / name
        try:
            if sha is None:
                place.unlink()
                return
            place.parent.mkdir(parents=True, exist_ok=True)
            unfinished = place.with_name(f"{place.name}.lock")
            unfinished.write_text(f"{sha}\n", encoding="ascii")
            unfinished.replace(place)
        except OSError as error:
            raise GitError(f"{name} cannot be set.") from error

    def fork(self, login: str) -> Path:
        """Return the folder of somebody's fork, made when first asked for, with main as it is then."""
        home = self._home(login)
        if not home.exists():
            _make(home)
            (home / "objects").symlink_to(self.folder.resolve() / "objects")
            self.set_ref(f"{HEADS}main", self.ref(f"{HEADS}main"), login)
        return home

    def _home(self, fork: str | None) -> Path:
        return self.folder if fork is None else self._forks / f"{fork}.git"


def _make(folder: Path) -> None:
    (folder / "refs" / "heads").mkdir(parents=True)
    (folder / "HEAD").write_text(f"ref: {HEADS}main\n", encoding="ascii")
    (folder / "config").write_text(CONFIG, encoding="ascii")


def is_ref_name(name: str) -> bool:
    return name.startswith("refs/") and name.count("/") > 1 and not UNFIT.search(name)


def signed(name: str, email: str, at: dt.datetime) -> str:
    """Write who made a commit, and when; characters that would end the line or the address are dropped."""
    name, email = (re.sub(r"[<>\n\0]", "", text).strip() for text in (name, email))
    return f"{name} <{email}> {int(at.timestamp())} +0000"


def signer(line: str) -> tuple[str, str, dt.datetime]:
    match = re.fullmatch(r"(.*?) ?<(.*)> (\d+) .*", line)
    name, email, seconds = match.groups() if match else (line, "", "0")
    return name, email, dt.datetime.fromtimestamp(int(seconds), dt.UTC)


def _read_commit(sha: str, text: str) -> Commit:
    heading, _, message = text.partition("\n\n")
    lines = [(name, value) for name, _, value in (line.partition(" ") for line in heading.split("\n"))]
    fields, parents = dict(lines), tuple(value for name, value in lines if name == "parent")
    return Commit(fields["tree"], parents, fields["author"], fields["committer"], message, sha)
