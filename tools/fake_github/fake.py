"""`FakeGitHub`: a repository on GitHub, on this machine, for as long as a `with` block lasts.

What people do here goes through the same operations and rules as a request; only requests are counted and limited. A
helper that is refused raises `Refusal`, as GitHub would answer.
"""

import datetime as dt
import stat
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from fake_github import shapes
from fake_github.events import notice_pushes
from fake_github.git import FILE, HEADS, PROGRAM, Commit, Files, GitRepository, TreeEntry
from fake_github.operation import Response, answer, perform
from fake_github.operations import OPERATIONS
from fake_github.operations.git import WORKFLOWS, check_forward, check_main, move_ref
from fake_github.operations.issues import open_issue
from fake_github.operations.workflows import notice_quiet, started_by
from fake_github.repository import BOT, NAME, OWNER, RULES, Actor, Event, Repository
from fake_github.server import Server

PEOPLE: Mapping[str, str] = {"admin": "admin", "maintainer": "maintain"}
START = dt.datetime(2027, 1, 4, 9, 0, tzinfo=dt.UTC)
EVERY_RIGHT = {
    "metadata": "read",
    **dict.fromkeys(("actions", "checks", "contents", "issues", "pages", "pull_requests", "statuses"), "write"),
}
LEFT_OUT = {"__pycache__", "node_modules", ".git"}


class FakeGitHub:
    """The repository `example/project`, kept in an empty folder. `off` names rules (see `RULES`) that don't hold here.

    `address` and `repository` are what to give as GITHUB_API_URL and GITHUB_REPOSITORY; `git_url` is where git itself
    can clone from and push to, and nothing judges such a push. `settings` is what an administrator has set: change it
    at any time. `requests`, `writes` and `creations` (requests that notify people) count what came over HTTP, and
    `log` has it one by one: method, address and status. `repo` is all that GitHub remembers.
    """

    def __init__(
        self,
        folder: Path,
        *,
        people: Mapping[str, str] = PEOPLE,
        off: Collection[str] = (),
        clock: dt.datetime = START,
    ) -> None:
        if unknown := set(off) - RULES:
            raise KeyError(f"There is no rule {', '.join(sorted(unknown))}; RULES has them all.")
        self._lock = RLock()
        self.repo = Repository(GitRepository(folder), clock, frozenset(off))
        self.repository, self.settings = f"{OWNER}/{NAME}", self.repo.settings
        self.address, self.git_url = "", str(self.repo.git.folder)
        self.requests = self.writes = self.creations = 0
        self.log: list[tuple[str, str, int]] = []
        self._writes_left: int | None = None
        self._is_dead = False
        self._server: Server | None = None
        for login, role in people.items():
            self.permit(login, role)
        self.plant({"README.md": f"# {NAME}\n"}, "Begin")

    def __enter__(self) -> Self:
        self._server = Server(self.request)
        self.address = self.repo.address = self._server.address
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._writes_left, self._is_dead = 0, True
        if self._server:
            self._server.close()

    # --- where it is, and how to get in ---

    def token_for(self, login: str, **rights: str) -> str:
        """Return somebody's token, fine-grained where rights are named; the bot's is the one of a workflow's job."""
        given = {**rights, "metadata": "read"} if rights else EVERY_RIGHT if login == BOT else None
        token = "-".join(("token", login, *(f"{right}.{level}" for right, level in sorted(rights.items()))))
        self.repo.account(login)
        self.repo.tokens[token] = Actor(login, given)
        return token

    # --- time and settings ---

    @property
    def clock(self) -> dt.datetime:
        """The time it is here; it moves only when it is set."""
        return self.repo.clock

    @clock.setter
    def clock(self, now: dt.datetime) -> None:
        self.repo.clock = now
        notice_quiet(self.repo)

    def later(self, **span: float) -> None:
        self.clock += dt.timedelta(**span)

    def permit(self, login: str, role: str) -> None:
        self.repo.account(login)
        self.repo.roles[login] = role

    # --- what has happened, and what goes wrong ---

    @property
    def events(self) -> list[Event]:
        """Everything that GitHub would have sent to workflows, oldest first, pushes by git itself included."""
        with self._lock:
            notice_pushes(self.repo, self.repo.pulls.values())
        return self.repo.events

    def started_by(self, event: str) -> list[str]:
        return started_by(self.repo, event)

    def fail_after(self, writes: int | None) -> None:
        """Be dead after this many more writes: every later request finds the line cut. None brings it back."""
        self._writes_left, self._is_dead = writes, False

    def just_before(self, operation: str, act: Callable[[], object]) -> None:
        """Do something at the last moment before the next request of an operation (`pulls/merge`) is carried out."""
        self.repo.before.setdefault(operation, []).append(act)

    def request(self, method: str, target: str, token: str, body: bytes = b"") -> Response | None:
        """Answer a request as over HTTP; None where the line is cut."""
        with self._lock:
            is_write = method != "GET" and target != "/graphql"
            if self._writes_left == 0 and (is_write or self._is_dead):
                self._is_dead = True
                return None
            response, operation = answer(self.repo, method, target, token, body)
            self.requests += 1
            self.writes += is_write
            self.creations += bool(operation and operation.notifies)
            self.log.append((method, target, response.status))
            if is_write and self._writes_left:
                self._writes_left -= 1
            return response

    # --- what people do ---

    def call(self, login: str, operation: str, path: Mapping[str, object] | None = None, /, **fields: object) -> Any:
        """Carry out any operation as somebody (the bot included), and return the answer's data. Raises Refusal."""
        self.repo.account(login)
        with self._lock:
            return perform(self.repo, _actor(login), OPERATIONS[operation], {**(path or {}), **fields}).data

    def open_issue(self, login: str, title: str, body: str, labels: Collection[str] = ()) -> int:
        """Open an issue as a form does: with the form's own labels, whoever fills it in."""
        with self._lock:
            return open_issue(self.repo, _actor(login), title, body, tuple(labels)).number

    def edit_issue(self, login: str, number: int, **changes: object) -> None:
        self.call(login, "issues/update", {"issue_number": number}, **changes)

    def close_issue(self, login: str, number: int, reason: str = "completed") -> None:
        self.call(login, "issues/update", {"issue_number": number}, state="closed", state_reason=reason)

    def comment(self, login: str, number: int, body: str) -> int:
        return int(self.call(login, "issues/create-comment", {"issue_number": number}, body=body)["id"])

    def review(self, login: str, number: int, event: str, commit_id: str | None = None, body: str = "") -> int:
        """Review a pull request: APPROVE, REQUEST_CHANGES or COMMENT; returns the review's id."""
        given = {"event": event, "body": body, "commit_id": commit_id or ""}
        return int(self.call(login, "pulls/create-review", {"pull_number": number}, **given)["id"])

    def push(self, login: str, branch: str, files: Files, message: str = "Change", *, force: bool = False) -> str:
        """Push a commit: to a branch here by those who may write, to their own fork by others; returns its sha.

        A branch that is not there yet starts at main; with `force` it starts there anew. None takes a file away.
        """
        repo, actor, name = self.repo, _actor(login), HEADS + branch
        with self._lock:
            fork = None if repo.has_role(actor, "write") else login
            if fork:
                repo.git.fork(fork)
            before = repo.tip(branch, fork)
            sha = self._commit(files, (None if force else before) or repo.tip("main"), login, message)
            if fork:
                repo.git.set_ref(name, sha, fork)
                notice_pushes(repo, repo.pulls.values(), actor)
                return sha
            check_main(repo, name)
            if before and not force:
                check_forward(repo, before, sha)
            move_ref(repo, actor, name, sha)
            return sha

    def open_pull(self, login: str, branch: str, title: str, body: str = "") -> int:
        """Open a pull request against main, from a branch here or from somebody's fork; returns its number."""
        head = branch if self.repo.tip(branch) else f"{login}:{branch}"
        return int(self.call(login, "pulls/create", title=title, body=body, head=head, base="main")["number"])

    # --- files ---

    def plant(self, files: Files, message: str = "Change") -> str:
        """Put files on main without asking anybody, as before the story begins; returns the commit."""
        sha = self._commit(files, self.repo.tip("main"), OWNER, message)
        self.repo.git.set_ref(f"{HEADS}main", sha)
        return sha

    def seed(self, checkout: Path, names: Collection[str]) -> str:
        """Put what is at or below these names of a checkout on main, as it is on disk; returns the commit."""
        files = (file for name in names for file in (checkout / name, *(checkout / name).rglob("*")))
        found = {file.relative_to(checkout): file for file in files if file.is_file()}
        kept = {path.as_posix(): file for path, file in found.items() if not LEFT_OUT.intersection(path.parts)}
        modes = {path: PROGRAM if file.stat().st_mode & stat.S_IXUSR else FILE for path, file in kept.items()}
        write = self.repo.git.write
        return self.plant({path: TreeEntry(modes[path], write("blob", kept[path].read_bytes())) for path in kept})

    def read(self, path: str, ref: str = "main") -> str | None:
        """Read one text file of a branch or commit; None where it is not there."""
        git = self.repo.git
        entry = git.files(git.tree_of(self.repo.tip(ref) or ref)).get(path)
        return git.read(entry.sha)[1].decode() if entry else None

    def ran(
        self, workflow: str, event: str, conclusion: str = "success", at: dt.datetime | None = None, title: str = ""
    ) -> None:
        """Keep that a workflow (`submission.yml`) ran on main, under a title of its own."""
        named = {"path": f"{WORKFLOWS}/{workflow}", "display_title": title or workflow, "event": event}
        ended = {"status": "completed", "conclusion": conclusion, "created_at": shapes.moment(at or self.clock)}
        self.repo.runs.append({**named, **ended})

    def kept(self, name: str, *, expired: bool = False) -> None:
        self.repo.artifacts.append({"id": self.repo.next_id(), "name": name, "expired": expired})

    def _commit(self, files: Files, parent: str | None, login: str, message: str) -> str:
        git, signature = self.repo.git, self.repo.signature(login)
        tree = git.changed_tree(git.tree_of(parent), files)
        return git.write_commit(Commit(tree, (parent,) if parent else (), signature, signature, message))


def _actor(login: str) -> Actor:
    return Actor(login, EVERY_RIGHT if login == BOT else None)
