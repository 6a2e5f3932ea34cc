"""Commits of the stand-in's repository: reading and writing them, their history, differences and merges."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mutualaid.rehearsal.git_process import GitRefused
from mutualaid.rehearsal.git_store import EMPTY_TREE, GitStore

LONGEST_LINE = 50
STATUSES = {"A": "added", "M": "modified", "D": "removed", "R": "renamed", "C": "copied", "T": "changed"}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who made a commit, and when."""

    name: str
    email: str
    at: dt.datetime

    def line(self) -> str:
        """Write it as git does; characters that would end the line or the address are dropped."""
        name, email = (re.sub(r"[<>\n\0]", "", text).strip() for text in (self.name, self.email))
        return f"{name} <{email}> {int(self.at.timestamp())} {self.at:%z}"


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit."""

    tree: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    message: str
    sha: str = ""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs between two commits."""

    path: str
    status: str
    sha: str
    additions: int
    deletions: int
    before: str | None = None


@dataclass(slots=True)
class History:
    """Reads and writes commits. What is remembered follows from shas alone, so it never grows old."""

    store: GitStore
    _commits: dict[str, Commit] = field(default_factory=dict)
    _merges: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _changes: dict[tuple[str, str], tuple[FileChange, ...]] = field(default_factory=dict)
    _logs: dict[tuple[str, str | None, str], list[str]] = field(default_factory=dict)
    _bases: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def commit(self, sha: str) -> Commit | None:
        """Read a commit, or None where there is no such commit."""
        if sha not in self._commits:
            found = self.store.read(sha)
            if not found or found[0] != "commit":
                return None
            self._commits[sha] = _read_commit(sha, found[1].decode("utf-8", "replace"))
        return self._commits[sha]

    def write(self, commit: Commit) -> str:
        """Write a commit and return its sha."""
        lines = [f"tree {commit.tree}", *(f"parent {parent}" for parent in commit.parents)]
        lines += [f"author {commit.author.line()}", f"committer {commit.committer.line()}", "", commit.message]
        return self.store.write("commit", "\n".join(lines).encode())

    def tree_of(self, sha: str) -> str:
        """Return the tree of a commit; no commit has the empty tree."""
        commit = self.commit(sha)
        return commit.tree if commit else EMPTY_TREE

    def base(self, one: str, other: str) -> str | None:
        """Find the best commit that both come from, or None."""
        pair = (one, other)
        if pair not in self._bases:
            self._bases[pair] = one if self._between(one, other) is not None else self._base(one, other)
        return self._bases[pair]

    def log(self, end: str, *, without: str | None = None, path: str = "") -> list[str]:
        """List commits, newest first, that lead to `end` but not to `without`."""
        asked = (end, without, path)
        if asked not in self._logs:
            line = self._between(without, end) if without and not path else None
            self._logs[asked] = self._log(*asked) if line is None else line
        return list(self._logs[asked])

    def changes(self, before: str, after: str) -> tuple[FileChange, ...]:
        """List the files that differ between two commits, in the order of their paths, renames found."""
        pair = (before, after)
        if pair not in self._changes:
            added = tuple(self._additions(self.tree_of(before), self.tree_of(after)))
            self._changes[pair] = self._diff(*pair) if None in added else tuple(filter(None, added))
        return self._changes[pair]

    def merged_tree(self, base: str, head: str) -> str | None:
        """Return the tree that a merge of the two gives, or None where they conflict."""
        pair = (base, head)
        if pair not in self._merges:
            self._merges[pair] = self._merge(base, head)
        return self._merges[pair]

    def _between(self, start: str, end: str) -> list[str] | None:
        """List the commits of a straight line from `end` back to `start`; None where the line is long or forks.

        Most branches here are a commit or two ahead of main, and this spares a process for each of them.
        """
        line: list[str] = []
        while end != start:
            commit = self.commit(end)
            if commit is None or len(commit.parents) != 1 or len(line) >= LONGEST_LINE:
                return None
            line.append(end)
            end = commit.parents[0]
        return line

    def _base(self, one: str, other: str) -> str | None:
        try:
            return self.store.git("merge-base", one, other).decode().strip()
        except GitRefused:
            return None

    def _log(self, end: str, without: str | None, path: str) -> list[str]:
        excluded = (f"^{without}",) if without else ()
        below = ("--", path) if path else ("--",)
        return self.store.git("rev-list", "--topo-order", end, *excluded, *below).decode().split()

    def _diff(self, before: str, after: str) -> tuple[FileChange, ...]:
        said = self.store.git("diff", "--raw", "--numstat", "-z", "--no-abbrev", "-M", before, after)
        return _read_changes(said.decode("utf-8", "replace").split("\0"))

    def _additions(self, before: str, after: str, above: str = "") -> Iterator[FileChange | None]:
        """List new files; None stands for any other change, which git itself must look at."""
        old, new = self.store.tree(before), self.store.tree(after)
        if old.keys() - new.keys():
            yield None
        for name, entry in sorted(new.items()):
            was = old.get(name)
            if was == entry:
                continue
            if entry.kind == "tree" and (was is None or was.kind == "tree"):
                yield from self._additions(was.sha if was else EMPTY_TREE, entry.sha, f"{above}{name}/")
            elif was is None and entry.kind == "blob":
                yield FileChange(above + name, "added", entry.sha, self._lines(entry.sha), 0)
            else:
                yield None

    def _lines(self, sha: str) -> int:
        """Count a file's lines as git does: none in a file that is not text."""
        found = self.store.read(sha)
        content = found[1] if found else b""
        is_text = b"\0" not in content[:8000]
        return content.count(b"\n") + (not content.endswith(b"\n")) if content and is_text else 0

    def _merge(self, base: str, head: str) -> str | None:
        if self.base(base, head) == base:
            return self.tree_of(head)
        try:
            return self.store.git("merge-tree", "--write-tree", "--no-messages", base, head).decode().split()[0]
        except GitRefused:
            return None


def _read_commit(sha: str, text: str) -> Commit:
    heading, _, message = text.partition("\n\n")
    fields: dict[str, list[str]] = {}
    for line in heading.split("\n"):
        name, _, value = line.partition(" ")
        fields.setdefault(name, []).append(value)
    author, committer = (_read_signature(fields[name][0]) for name in ("author", "committer"))
    return Commit(fields["tree"][0], tuple(fields.get("parent", ())), author, committer, message, sha)


def _read_signature(line: str) -> Signature:
    match = re.fullmatch(r"(.*?) ?<(.*)> (\d+) ([+-]\d{2})(\d{2})", line)
    if not match:
        return Signature(line, "", dt.datetime.fromtimestamp(0, dt.UTC))
    name, email, seconds, hours, minutes = match.groups()
    zone = dt.timezone(dt.timedelta(hours=int(hours), minutes=int(hours[0] + minutes)))
    return Signature(name, email, dt.datetime.fromtimestamp(int(seconds), zone))


def _read_changes(parts: list[str]) -> tuple[FileChange, ...]:
    """Read what `git diff --raw --numstat -z` said: first the raw lines, then the counts in the same order."""
    raw: list[tuple[str, str, str, str | None]] = []
    counts: list[tuple[int, int]] = []
    rest = iter(parts)
    for part in rest:
        if part.startswith(":"):
            _, _, before_sha, after_sha, status = part.split(" ")
            first = next(rest)
            moved = status[0] in "RC"
            path, before = (next(rest), first) if moved else (first, None)
            raw.append((path, STATUSES[status[0]], before_sha if status == "D" else after_sha, before))
        elif part:
            added, removed, path = part.split("\t")
            if not path:
                next(rest), next(rest)
            counts.append((_count(added), _count(removed)))
    pairs = zip(raw, counts, strict=True)
    return tuple(FileChange(path, status, sha, *count, before) for (path, status, sha, before), count in pairs)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else 0
