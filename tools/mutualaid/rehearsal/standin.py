"""`StandIn`: GitHub on this machine, for as long as a `with` block lasts.

    with StandIn(folder, people={"ada": "maintain"}) as github:
        number = github.open_issue("sam", "A title", "A body")
        run_something(GITHUB_API_URL=github.address, GITHUB_TOKEN=github.token_for(BOT))
        github.review("ada", pull, "APPROVE")

What people do here goes through the same operations and rules as a request; only requests over HTTP are counted and
limited. A helper that is refused raises `Refusal`, as GitHub would answer.
"""

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from mutualaid.rehearsal import events, planting, pushing
from mutualaid.rehearsal.description import github
from mutualaid.rehearsal.exchange import Answer, Asked, carry_out, perform
from mutualaid.rehearsal.git_store import GitStore
from mutualaid.rehearsal.operations import DEEDS
from mutualaid.rehearsal.operations.git import HEADS
from mutualaid.rehearsal.operations.issues import open_issue
from mutualaid.rehearsal.operations.workflows import notice_quiet, record_run, started_by
from mutualaid.rehearsal.rules import RULES
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.server import Server
from mutualaid.rehearsal.shapes.issues import issue as issue_shape
from mutualaid.rehearsal.things import Event, Run, Settings
from mutualaid.rehearsal.world import BOT, EVERY_RIGHT, Actor, World

PEOPLE: Mapping[str, str] = {"admin": "admin", "maintainer": "maintain"}
START = dt.datetime(2027, 1, 4, 9, 0, tzinfo=dt.UTC)


class StandIn:
    """A repository on a GitHub of our own. `off` names rules (see `RULES`) that do not hold here."""

    def __init__(
        self,
        folder: Path,
        owner: str = "example",
        name: str = "mutual-aid-at-work",
        *,
        people: Mapping[str, str] = PEOPLE,
        off: Collection[str] = (),
        clock: dt.datetime = START,
    ) -> None:
        unknown = set(off) - RULES.keys()
        if unknown:
            raise KeyError(f"There is no rule {', '.join(sorted(unknown))}; RULES has them all.")
        self._lock = RLock()
        self.world = World(owner, name, "", GitStore(folder), clock, frozenset(off))
        self.requests = self.writes = self.creations = 0
        self.log: list[tuple[str, str, int]] = []
        self._writes_left: int | None = None
        self._is_dead = False
        self._server: Server | None = None
        for login, role in people.items():
            self.permit(login, role)
        self.plant({"README.md": f"# {name}\n"}, "Begin")

    def __enter__(self) -> Self:
        self._server = Server(self._answer, self._lock)
        self.world.address = self._server.address
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._server:
            self._server.close()
        self.world.store.close()

    # --- where it is, and how to get in ---

    @property
    def address(self) -> str:
        """What to give as GITHUB_API_URL."""
        return self.world.address

    @property
    def repository(self) -> str:
        """What to give as GITHUB_REPOSITORY."""
        return f"{self.world.owner}/{self.world.name}"

    @property
    def git_url(self) -> str:
        """Where git itself can clone from and push to; main is protected there as well."""
        pushing.guard_main(self.world)
        return str(self.world.store.folder)

    def fork_url(self, login: str) -> str:
        """Where git itself can push to somebody's fork, which is made when first asked for."""
        return str(self.world.store.fork(login))

    def token_for(self, login: str, **rights: str) -> str:
        """Return somebody's token, fine-grained where rights are named; the bot's is a workflow's own."""
        if login == BOT or rights:
            given = {**rights, "metadata": "read"} if rights else EVERY_RIGHT
            name = "-".join(f"{right}.{level}" for right, level in sorted(rights.items())) or "all"
            return self._token(f"rehearsal-{login}-{name}", Actor(login, given))
        return self._token(f"rehearsal-{login}", Actor(login))

    def workflow_token(self, **rights: str) -> str:
        """Return the token of a workflow's job with these `permissions`, and no others; with none named, all."""
        return self.token_for(BOT, **rights)

    # --- time and settings ---

    @property
    def settings(self) -> Settings:
        """What an administrator has set; change it at any time."""
        return self.world.settings

    @property
    def clock(self) -> dt.datetime:
        """The time it is here; it stands still until it is set."""
        return self.world.clock

    @clock.setter
    def clock(self, now: dt.datetime) -> None:
        self.world.clock = now
        notice_quiet(self.world)

    def later(self, **span: float) -> None:
        """Let time pass: `later(minutes=30)`."""
        self.clock += dt.timedelta(**span)

    def permit(self, login: str, role: str) -> None:
        """Give somebody a role: none, read, triage, write, maintain or admin."""
        self.world.account(login)
        self.world.roles[login] = role

    def delete_account(self, login: str) -> None:
        """Let an account go: its issues become the ghost's, its reviews nobody's."""
        self.world.gone_accounts.add(login)
        self.world.roles.pop(login, None)

    # --- what has happened, and what goes wrong ---

    @property
    def events(self) -> list[Event]:
        """Everything that GitHub would have told workflows, oldest first, pushes by git itself included."""
        with self._lock:
            events.notice_pushes(self.world)
        return self.world.events

    def started_by(self, event: str) -> list[str]:
        """Return the workflow files of main that an event starts now: those that listen to it and are switched on."""
        return started_by(self.world, event)

    def fail_after(self, writes: int | None) -> None:
        """Be dead after this many more writes: every later request finds the line cut. None brings it back."""
        self._writes_left, self._is_dead = writes, False

    def just_before(self, operation: str, act: Callable[[], object]) -> None:
        """Do something at the last moment before the next request of an operation (`pulls/merge`) is carried out."""
        self.world.before.setdefault(operation, []).append(act)

    # --- what people do ---

    def call(self, login: str, operation: str, path: Mapping[str, object] | None = None, /, **body: object) -> Any:
        """Carry out any operation as somebody (the bot included), and return the answer's data. Raises Refusal."""
        described = github().operations[operation]
        world, is_read = self.world, described.method == "GET"
        world.account(login)
        actor = _actor(login)
        target = f"/?{urlencode(body)}" if is_read else "/"
        asked = Asked(described.method, target, None, json.dumps(body).encode() if body and not is_read else b"")
        parts = {name: str(value) for name, value in (path or {}).items()}
        with self._lock:
            return carry_out(world, DEEDS, actor, described, parts, asked).data

    def open_issue(self, login: str, title: str, body: str, labels: Collection[str] = ()) -> int:
        """Open an issue as a form does: with the form's own labels, whoever fills it in."""
        self.world.account(login)
        with self._lock:
            return open_issue(self.world, Actor(login), title, body, tuple(labels)).number

    def edit_issue(self, login: str, number: int, **changes: object) -> None:
        """Change an issue's or pull request's `title` or `body`."""
        self.call(login, "issues/update", {"issue_number": number}, **changes)

    def close_issue(self, login: str, number: int, reason: str = "completed") -> None:
        """Close an issue."""
        self.call(login, "issues/update", {"issue_number": number}, state="closed", state_reason=reason)

    def reopen_issue(self, login: str, number: int) -> None:
        """Open an issue again."""
        self.call(login, "issues/update", {"issue_number": number}, state="open")

    def delete_issue(self, login: str, number: int) -> None:
        """Delete an issue, as an administrator can on the web."""
        one = self.world.issues[number]
        events.emit(self.world, Actor(login), "issues", "deleted", issue=issue_shape(self.world, one))
        one.is_deleted = True

    def transfer_issue(self, number: int, repository: str, as_number: int) -> None:
        """Transfer an issue to another repository, as a maintainer can on the web."""
        self.world.issues[number].moved_to = (repository.lower(), as_number)

    def comment(self, login: str, number: int, body: str) -> int:
        """Comment on an issue or pull request; returns the comment's id."""
        return int(self.call(login, "issues/create-comment", {"issue_number": number}, body=body)["id"])

    def edit_comment(self, login: str, comment: int, body: str) -> None:
        """Change a comment."""
        self.call(login, "issues/update-comment", {"comment_id": comment}, body=body)

    def review(self, login: str, number: int, state: str, commit_id: str | None = None, body: str = "") -> int:
        """Review a pull request: APPROVE, REQUEST_CHANGES or COMMENT; returns the review's id."""
        given = {"event": state, "body": body or ("" if state == "APPROVE" else "Please look again.")}
        given |= {"commit_id": commit_id} if commit_id else {}
        return int(self.call(login, "pulls/create-review", {"pull_number": number}, **given)["id"])

    def push(
        self, login: str, branch: str, files: planting.Files, message: str = "Change", *, force: bool = False
    ) -> str:
        """Push a commit: to a branch here by those who may write, to their own fork by others; returns its sha.

        A branch that is not there yet starts at main; with `force` it starts there anew. None takes a file away.
        """
        self.world.account(login)
        with self._lock:
            return pushing.push(self.world, _actor(login), branch, files, message, force=force)

    def open_pull(self, login: str, branch: str, title: str, body: str = "") -> int:
        """Open a pull request against main, from a branch here or from somebody's fork; returns its number."""
        fork = self.world.tip(branch) is None
        head = f"{login}:{branch}" if fork else branch
        return int(self.call(login, "pulls/create", title=title, body=body, head=head, base="main")["number"])

    # --- files ---

    def plant(self, files: planting.Files, message: str = "Change") -> str:
        """Put files on main without asking anybody, as before the story begins; returns the commit."""
        return self._plant(planting.entries(self.world, files), message)

    def seed(self, checkout: Path, names: Collection[str] = planting.SEEDED) -> str:
        """Put a checkout's own folders on main, so that the site can be built from here; returns the commit."""
        return self._plant(planting.checkout_files(self.world, checkout, names), "Bring in the house")

    def checkout(self, ref: str, folder: Path) -> Path:
        """Write all that a branch or commit holds into a folder, and return it."""
        planting.unpack(self.world, ref, folder)
        return folder

    def read(self, path: str, ref: str = "main") -> str | None:
        """Read one text file of a branch or commit; None where it is not there."""
        world = self.world
        there = world.store.find(world.history.tree_of(world.tip(ref) or ref), path)
        found = world.store.read(there.sha) if there else None
        return found[1].decode() if found else None

    def ran(
        self,
        workflow: str,
        event: str,
        conclusion: str | None = "success",
        at: dt.datetime | None = None,
        title: str = "",
    ) -> Run:
        """Keep that a workflow (`submission.yml`) ran on main, under a title of its own."""
        return record_run(self.world, workflow, event, conclusion, at, title)

    def _plant(self, files: Mapping[str, Any], message: str) -> str:
        world = self.world
        sha = planting.commit(world, files, world.tip("main"), world.owner, message)
        world.store.set_ref(f"{HEADS}main", sha)
        return sha

    def _token(self, token: str, actor: Actor) -> str:
        self.world.account(actor.name)
        self.world.tokens[token] = actor
        return token

    def _answer(self, asked: Asked) -> Answer | None:
        is_write = asked.method != "GET"
        if self._writes_left == 0 and (is_write or self._is_dead):
            self._is_dead = True
            return None
        answer = perform(self.world, DEEDS, asked)
        self.requests += 1
        self.writes += is_write
        matched = github().match(asked.method, asked.target.partition("?")[0])
        self.creations += bool(matched and matched[0].notifies)
        self.log.append((asked.method, asked.target, answer.status))
        if is_write and self._writes_left:
            self._writes_left -= 1
        return answer


def _actor(login: str) -> Actor:
    return Actor(login, EVERY_RIGHT if login == BOT else None)


__all__ = ["BOT", "RULES", "Refusal", "StandIn"]
