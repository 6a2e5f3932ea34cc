"""The bare git repository behind the stand-in: its objects and refs. History, differences and merges: `git_history.py`.

Reads go to one long-running `git cat-file`, so that a request costs no new process; loose objects are written here and
refs by `git update-ref`. Objects are remembered, because an object's name tells what is in it. Nothing about refs is:
anyone may push to the folder with git itself, at any time.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from mutualaid.rehearsal.git_process import GitRefused, Process, git, long_running, say

SHA = re.compile(r"[0-9a-f]{40}")
NOTHING = "0" * 40
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
FILE, PROGRAM, LINK, FOLDER, MODULE = "100644", "100755", "120000", "040000", "160000"
_CONFIG = """
[gc]
    auto = 0
[receive]
    autogc = false
[core]
    logAllRefUpdates = false
    fsync = none
"""
_UNFIT = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(/|$)|^[./]|[./]$")


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One line of a tree."""

    mode: str
    sha: str

    @property
    def kind(self) -> str:
        """The kind of object: blob, tree or commit."""
        return {FOLDER: "tree", MODULE: "commit"}.get(self.mode, "blob")


class GitStore:
    """A bare repository in `folder/repo.git`, and forks of it that share its objects."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repo.git"
        self._forks = folder / "forks"
        folder.mkdir(parents=True, exist_ok=True)
        git("init", "--quiet", "--bare", "--initial-branch=main", "--template=", str(self.folder))
        with (self.folder / "config").open("a", encoding="utf-8") as config:
            config.write(_CONFIG)
        # A story may look on while a workflow's requests come in.
        self._lock = RLock()
        self._reader: Process | None = None
        self._writer: Process | None = None
        self._objects: dict[str, tuple[str, bytes]] = {}

    def close(self) -> None:
        """Stop the running processes; the next that is needed is started anew."""
        for process in filter(None, (self._reader, self._writer)):
            process.communicate()
        self._reader = self._writer = None

    def git(self, *arguments: str) -> bytes:
        """Run one git command in this repository. Raises GitRefused."""
        return git("--git-dir", str(self.folder), *arguments)

    # --- objects ---

    def read(self, name: str) -> tuple[str, bytes] | None:
        """Read one object by its full sha: its kind and content, or None where there is none."""
        if not SHA.fullmatch(name):
            return None
        if name == EMPTY_TREE:
            return "tree", b""
        if name not in self._objects and (found := self._read(name)):
            self._objects[name] = found
        return self._objects.get(name)

    def _read(self, name: str) -> tuple[str, bytes] | None:
        with self._lock:
            if self._reader is None or self._reader.poll() is not None:
                self._reader = self._start("cat-file", "--batch")
            said = say(self._reader, name)
            heading = said.readline().split()
            if heading[-1] == b"missing":
                return None
            return heading[1].decode(), said.read(int(heading[2]) + 1)[:-1]

    def write(self, kind: str, content: bytes) -> str:
        """Write one loose object and return its sha."""
        whole = f"{kind} {len(content)}\0".encode() + content
        sha = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        place = self.folder / "objects" / sha[:2] / sha[2:]
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            unfinished = place.with_suffix(".new")
            unfinished.write_bytes(zlib.compress(whole, 1))
            unfinished.replace(place)
        return sha

    def tree(self, sha: str) -> dict[str, TreeEntry]:
        """Read a tree's own lines; an unknown sha is an empty tree."""
        found = self.read(sha)
        content = found[1] if found and found[0] == "tree" else b""
        lines: dict[str, TreeEntry] = {}
        start = 0
        while start < len(content):
            end = content.index(b"\0", start)
            mode, name = content[start:end].decode("utf-8", "surrogateescape").split(" ", 1)
            lines[name] = TreeEntry(mode.zfill(6), content[end + 1 : end + 21].hex())
            start = end + 21
        return lines

    def write_tree(self, lines: Mapping[str, TreeEntry]) -> str:
        """Write a tree in git's own order."""
        ordered = sorted(lines.items(), key=lambda each: _as_bytes(each[0] + ("/" if each[1].mode == FOLDER else "")))
        parts = (_as_bytes(f"{one.mode.lstrip('0')} {name}\0") + bytes.fromhex(one.sha) for name, one in ordered)
        return self.write("tree", b"".join(parts))

    def changed_tree(self, base: str, changes: Mapping[str, TreeEntry | None]) -> str:
        """Write the tree that `base` becomes when files are set, or taken away (None)."""
        lines = self.tree(base)
        below: dict[str, dict[str, TreeEntry | None]] = {}
        for name, entry in changes.items():
            first, _, rest = name.partition("/")
            if rest:
                below.setdefault(first, {})[rest] = entry
            elif entry is None:
                lines.pop(first, None)
            else:
                lines[first] = entry
        for first, inner in below.items():
            here = lines.get(first)
            sha = self.changed_tree(here.sha if here and here.mode == FOLDER else EMPTY_TREE, inner)
            if sha == EMPTY_TREE:
                lines.pop(first, None)
            else:
                lines[first] = TreeEntry(FOLDER, sha)
        return self.write_tree(lines)

    def find(self, tree: str, path: str) -> TreeEntry | None:
        """Find what stands at a path in a tree; the empty path is the tree itself."""
        entry: TreeEntry | None = TreeEntry(FOLDER, tree)
        for step in filter(None, path.split("/")):
            entry = self.tree(entry.sha).get(step) if entry and entry.mode == FOLDER else None
        return entry

    def walk(self, tree: str, *, deep: bool = True, above: str = "") -> Iterator[tuple[str, TreeEntry]]:
        """List a tree's lines with their paths, folders before what is in them."""
        for name, entry in self.tree(tree).items():
            yield above + name, entry
            if deep and entry.mode == FOLDER:
                yield from self.walk(entry.sha, above=f"{above}{name}/")

    # --- refs ---

    def ref(self, name: str, fork: str | None = None) -> str | None:
        """Read where a ref (`refs/heads/main`) stands now, here or in somebody's fork."""
        if not is_ref_name(name) or "/" in (fork or ""):
            return None
        folder = self._home(fork)
        try:
            return (folder / name).read_text(encoding="ascii").strip() or None
        except OSError:
            return _packed(folder).get(name)

    def refs(self, start: str = "refs/") -> dict[str, str]:
        """List refs whose name begins so, in order."""
        listed = self.git("for-each-ref", "--format=%(refname) %(objectname)").decode().split("\n")
        pairs = (line.split(" ") for line in listed if line)
        return {name: sha for name, sha in pairs if name.startswith(start)}

    def set_ref(self, name: str, sha: str | None, fork: str | None = None) -> None:
        """Set a ref, or delete it (None). Raises GitRefused, for example where a/b is wanted and a exists."""
        if not is_ref_name(name):
            raise GitRefused(f"{name} is no name for a ref.")
        if fork is None:
            with self._lock:
                self._order(f"delete {name}" if sha is None else f"update {name} {sha}")
            return
        git("--git-dir", str(self._home(fork)), "update-ref", *((name, sha) if sha else ("-d", name)))

    def fork(self, login: str) -> Path:
        """Return the folder of somebody's fork, made when first asked for, with main as it stands now."""
        home = self._home(login)
        if not home.exists():
            git("init", "--quiet", "--bare", "--initial-branch=main", "--template=", str(home))
            (home / "config").write_bytes((self.folder / "config").read_bytes())
            self._share_objects(home)
            if tip := self.ref("refs/heads/main"):
                self.set_ref("refs/heads/main", tip, login)
        return home

    def _share_objects(self, fork: Path) -> None:
        """Let the repository and a fork see each other's objects, as GitHub does in a network of forks."""
        pair = (self.folder.resolve() / "objects", fork.resolve() / "objects")
        for own, other in (pair, pair[::-1]):
            (own / "info").mkdir(exist_ok=True)
            with (own / "info" / "alternates").open("a", encoding="utf-8") as alternates:
                alternates.write(f"{other}\n")
        # Running processes have read the list already.
        self.close()

    def _home(self, fork: str | None) -> Path:
        return self.folder if fork is None else self._forks / f"{fork}.git"

    def _order(self, order: str) -> None:
        """Have the long-running `git update-ref` carry out one order. It ends when it refuses, and is started anew."""
        if self._writer is None or self._writer.poll() is not None:
            self._writer = self._start("update-ref", "--stdin")
        said = say(self._writer, f"start\n{order}\ncommit")
        answers = [said.readline(), said.readline()]
        if answers != [b"start: ok\n", b"commit: ok\n"]:
            _, complaint = self._writer.communicate()
            self._writer = None
            raise GitRefused(f"git update-ref: {complaint.decode('utf-8', 'replace').strip()}")

    def _start(self, *arguments: str) -> Process:
        return long_running("--git-dir", str(self.folder), *arguments)


def is_ref_name(name: str) -> bool:
    """Whether git takes this as a full ref name."""
    return name.startswith("refs/") and name.count("/") > 1 and not _UNFIT.search(name)


def _packed(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / "packed-refs").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {name: sha for sha, _, name in (line.partition(" ") for line in lines) if SHA.fullmatch(sha)}


def _as_bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
