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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SHA = re.compile(r"[0-9a-f]{40}")
NOTHING = "0" * 40
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
FILE, PROGRAM, LINK, FOLDER, MODULE = "100644", "100755", "120000", "040000", "160000"
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

    @property
    def kind(self) -> str:
        """The kind of object: blob, tree or commit."""
        return {FOLDER: "tree", MODULE: "commit"}.get(self.mode, "blob")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit; its author and committer are signed lines: `Sam <sam@example.org> 1798783200 +0000`."""

    tree: str
    parents: tuple[str, ...]
    author: str
    committer: str
    message: str
    sha: str = ""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs between two commits, in GitHub's words: added, removed, modified or renamed."""

    path: str
    status: str
    sha: str
    before: str | None = None


Files = Mapping[str, str | bytes | TreeEntry | None]
"""What to write by path: text, bytes, or an entry that is there already, such as a link; None takes a file away."""


class GitRepository:
    """A bare repository in `folder/repo.git`, and forks of it that share its objects."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repo.git"
        self._forks = folder / "forks"
        self._objects: dict[str, tuple[str, bytes]] = {EMPTY_TREE: ("tree", b"")}
        self._trees: dict[str, dict[str, TreeEntry]] = {}
        self._commits: dict[str, Commit] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        _make(self.folder)
        (self.folder / "objects").mkdir()

    # --- objects ---

    def read(self, sha: str) -> tuple[str, bytes] | None:
        """Read an object by its full sha: its kind and content, or None where there is none."""
        if sha not in self._objects and SHA.fullmatch(sha):
            with contextlib.suppress(FileNotFoundError):
                whole = zlib.decompress((self.folder / "objects" / sha[:2] / sha[2:]).read_bytes())
                heading, _, content = whole.partition(b"\0")
                self._objects[sha] = (heading.split(b" ")[0].decode(), content)
        return self._objects.get(sha)

    def write(self, kind: str, content: bytes) -> str:
        """Write an object and return its sha."""
        whole = f"{kind} {len(content)}\0".encode() + content
        sha = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        place = self.folder / "objects" / sha[:2] / sha[2:]
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(zlib.compress(whole, 1))
        self._objects[sha] = (kind, content)
        return sha

    def tree(self, sha: str) -> dict[str, TreeEntry]:
        """Read a tree's own lines; an unknown sha is an empty tree."""
        if sha not in self._trees:
            kind, content = self.read(sha) or ("", b"")
            if kind != "tree":
                return {}
            self._trees[sha] = {
                name.decode("utf-8", "surrogateescape"): TreeEntry(mode.decode().zfill(6), entry.hex())
                for mode, name, entry in re.findall(rb"(\d+) ([^\0]+)\0(.{20})", content, re.DOTALL)
            }
        return self._trees[sha]

    def changed_tree(self, base: str, files: Files) -> str:
        """Write the tree that `base` becomes with these files, and return its sha."""
        lines = dict(self.tree(base))
        below: dict[str, dict[str, str | bytes | TreeEntry | None]] = {}
        for path, content in files.items():
            first, _, rest = path.partition("/")
            if rest:
                below.setdefault(first, {})[rest] = content
            elif content is None:
                lines.pop(first, None)
            elif isinstance(content, TreeEntry):
                lines[first] = content
            else:
                blob = content.encode() if isinstance(content, str) else content
                lines[first] = TreeEntry(FILE, self.write("blob", blob))
        for first, inner in below.items():
            there = lines.pop(first, None)
            sha = self.changed_tree(there.sha if there and there.mode == FOLDER else EMPTY_TREE, inner)
            if sha != EMPTY_TREE:
                lines[first] = TreeEntry(FOLDER, sha)
        return self._write_tree(lines)

    def find(self, tree: str, path: str) -> TreeEntry | None:
        """Find what is at a path in a tree."""
        entry: TreeEntry | None = TreeEntry(FOLDER, tree)
        for step in path.split("/"):
            entry = self.tree(entry.sha).get(step) if entry and entry.mode == FOLDER else None
        return entry

    def walk(self, tree: str, above: str = "") -> Iterator[tuple[str, TreeEntry]]:
        """List all that is in a tree with its path, folders before what is in them."""
        for name, entry in self.tree(tree).items():
            yield above + name, entry
            if entry.mode == FOLDER:
                yield from self.walk(entry.sha, f"{above}{name}/")

    def _write_tree(self, lines: Mapping[str, TreeEntry]) -> str:
        """Write a tree in git's own order, in which a folder's name ends with a slash."""
        named = [(name.encode("utf-8", "surrogateescape"), entry) for name, entry in lines.items()]
        named.sort(key=lambda line: line[0] + b"/" * (line[1].mode == FOLDER))
        parts = (b"%b %b\0%b" % (line.mode.lstrip("0").encode(), name, bytes.fromhex(line.sha)) for name, line in named)
        return self.write("tree", b"".join(parts))

    # --- commits ---

    def commit(self, sha: str) -> Commit | None:
        """Read a commit, or None where there is no such commit."""
        if sha not in self._commits:
            kind, content = self.read(sha) or ("", b"")
            if kind != "commit":
                return None
            self._commits[sha] = _read_commit(sha, content.decode("utf-8", "replace"))
        return self._commits[sha]

    def write_commit(self, commit: Commit) -> str:
        """Write a commit and return its sha."""
        lines = [f"tree {commit.tree}", *(f"parent {parent}" for parent in commit.parents)]
        lines += [f"author {commit.author}", f"committer {commit.committer}", "", commit.message]
        return self.write("commit", "\n".join(lines).encode())

    def tree_of(self, sha: str | None) -> str:
        """Return the tree of a commit; no commit has the empty tree."""
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

    def changes(self, before: str, after: str) -> tuple[FileChange, ...]:
        """List the files that differ between two commits by path; a file that moved unchanged is renamed."""
        old, new = (
            {path: entry for path, entry in self.walk(self.tree_of(sha)) if entry.mode != FOLDER}
            for sha in (before, after)
        )
        gone = {path: entry.sha for path, entry in old.items() if path not in new}
        files = []
        for path, entry in new.items():
            if path in old and old[path] != entry:
                files.append(FileChange(path, "modified", entry.sha))
            elif path not in old:
                moved = next((was for was, sha in gone.items() if sha == entry.sha), None)
                gone.pop(moved or "", None)
                files.append(FileChange(path, "renamed" if moved else "added", entry.sha, moved))
        files += [FileChange(path, "removed", sha) for path, sha in gone.items()]
        return tuple(sorted(files, key=lambda file: file.path))

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
        """Read where a ref (`refs/heads/main`) is now, here or in somebody's fork."""
        if not is_ref_name(name) or "/" in (fork or ""):
            return None
        with contextlib.suppress(OSError):
            return (self._home(fork) / name).read_text(encoding="ascii").strip()
        return None

    def refs(self, start: str) -> dict[str, str]:
        """List refs whose name begins so, in order."""
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
    """Make a folder a bare repository that still needs a place for its objects."""
    (folder / "refs" / "heads").mkdir(parents=True)
    (folder / "HEAD").write_text(f"ref: {HEADS}main\n", encoding="ascii")
    (folder / "config").write_text(CONFIG, encoding="ascii")


def is_ref_name(name: str) -> bool:
    """Whether git takes this as a full ref name."""
    return name.startswith("refs/") and name.count("/") > 1 and not UNFIT.search(name)


def signed(name: str, email: str, at: dt.datetime) -> str:
    """Write who made a commit, and when; characters that would end the line or the address are dropped."""
    name, email = (re.sub(r"[<>\n\0]", "", text).strip() for text in (name, email))
    return f"{name} <{email}> {int(at.timestamp())} +0000"


def signer(line: str) -> tuple[str, str, dt.datetime]:
    """Read who made a commit, and when: name, address and time."""
    match = re.fullmatch(r"(.*?) ?<(.*)> (\d+) .*", line)
    name, email, seconds = match.groups() if match else (line, "", "0")
    return name, email, dt.datetime.fromtimestamp(int(seconds), dt.UTC)


def _read_commit(sha: str, text: str) -> Commit:
    heading, _, message = text.partition("\n\n")
    lines = [(name, value) for name, _, value in (line.partition(" ") for line in heading.split("\n"))]
    fields, parents = dict(lines), tuple(value for name, value in lines if name == "parent")
    return Commit(fields["tree"], parents, fields["author"], fields["committer"], message, sha)
