"""The stage of a play: who is there, what they do, what can be seen. What is told is read back, never recalled."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_github import BOT, FakeGitHub
from fake_github.git import FILE, git
from mutualaid.errors import HouseError

CONTRIBUTOR, STRANGER, HELPER, SORTER = "contributor", "stranger", "helper", "sorter"
"""Logins: who offers, who has no part in it, who may write but reviews nothing here, who may only sort issues."""
TITLE = "A rehearsed list"


class Missed(HouseError):
    """Something that must happen did not, or something that must not happen did; the sentence says what."""

    exitcode = 1


def must(is_so: object, otherwise: str) -> None:
    """Go on only if it is so. Raises Missed with the sentence."""
    if not is_so:
        raise Missed(otherwise)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot made of one submission in one run: its status, why, and how GitHub refused ('' where it did not)."""

    number: int
    status: str
    reason: str
    refusal: str
    publishes: bool


@dataclass(frozen=True, slots=True)
class Built:
    """A build of the site: its `folder`, its counts, and the `problem` that stopped it, '' for none."""

    folder: Path
    pages: int
    entries: int
    seconds: float
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """What people write here: `form` gives an issue's body, `file` an entry's text; both take a title and changes."""

    kind: str
    form_title: str
    form: Callable[..., str]
    file: Callable[..., str]


@dataclass(slots=True)
class Stage:
    """`project` is a checkout of main, as a workflow has it; `trace` is a file that only hostile code would write."""

    github: FakeGitHub
    project: Path
    maintainer: str
    texts: Texts
    bot: Callable[["Stage", Mapping[str, Any] | None], list[Answer]]
    build: Callable[["Stage"], Built]
    is_sole: bool = False
    dispatches: int = 0
    answers: list[Answer] = field(default_factory=list)
    number: int = 0
    planted: str = ""

    @property
    def trace(self) -> Path:
        """Where hostile code would leave its trace."""
        return self.project.parent / "hostile-code-ran"

    # --- what people do ---

    def offer(self, login: str = CONTRIBUTOR, title: str = TITLE, body: str | None = None, **changes: Any) -> int:
        """Have somebody send the form; returns the issue's number."""
        text = self.texts.form(title, **changes) if body is None else body
        return self.github.open_issue(login, self.texts.form_title, text, (f"kind: {self.texts.kind}",))

    def in_review(self, login: str = CONTRIBUTOR, title: str = TITLE, **changes: Any) -> tuple[int, int]:
        """Bring a form to its pull request; returns both numbers."""
        number = self.offer(login, title, **changes)
        self.look(number)
        pull = self.pull_of(number)
        must(
            pull, f"The bot opened no pull request, so the attack could not begin. It said: {self.first_words(number)}"
        )
        return number, pull

    def approve(self, pull: int, login: str = "", commit: str | None = None) -> None:
        """Have somebody approve a pull request."""
        self.github.review(login or self.maintainer, pull, "APPROVE", commit)

    def from_fork(self, files: Mapping[str, Any], branch: str, login: str = STRANGER) -> int:
        """Have somebody push files to a fork of theirs and open a pull request; returns its number."""
        self.github.push(login, branch, files, "My entry")
        return self.github.open_pull(login, branch, "My entry")

    def change_main(self, files: Mapping[str, Any]) -> None:
        """Have main change while a play is on, as when a person merges something by hand."""
        self.planted = self.github.plant(files, "A person merged something else")

    # --- what the machine does ---

    def look(self, number: int = 0, *, is_handed_on: bool = False) -> list[Answer]:
        """Run the bot on a fresh checkout of main: for one issue or pull request, or, with 0, as the timer does.

        `is_handed_on` is how the review workflow tells of a pull request.
        """
        self.refresh()
        self.github.later(minutes=1)
        handed = {"inputs": {"pull_request": str(number)}}
        event = handed if is_handed_on else {"issue": {"number": number}} if number else None
        answers = self.bot(self, event)
        self.answers += answers
        return answers

    def refresh(self) -> None:
        """Bring the checkout to main, and nothing else."""
        if not self.project.exists():
            git("clone", "--quiet", "--single-branch", "--branch", "main", self.github.git_url, str(self.project))
        git("-C", str(self.project), "fetch", "--quiet", "origin", "main")
        git("-C", str(self.project), "reset", "--quiet", "--hard", "FETCH_HEAD")

    # --- what anybody can see ---

    def issue(self, number: int) -> dict[str, Any]:
        """Return an issue as GitHub shows it to anybody."""
        return dict(self.github.call(STRANGER, "issues/get", {"issue_number": number}))

    def labels(self, number: int) -> set[str]:
        """Return the labels that GitHub shows."""
        return {one["name"] for one in self.issue(number)["labels"]}

    def said(self, number: int) -> str:
        """Return the bot's one comment. Raises Missed where it has spoken twice."""
        every = self.github.call(STRANGER, "issues/list-comments", {"issue_number": number}, per_page=100)
        own = [str(one["body"]) for one in every if one["user"]["login"] == BOT]
        must(len(own) < 2, f"The bot left {len(own)} comments on #{number}; it must keep to one.")  # noqa: PLR2004
        return own[0] if own else ""

    def first_words(self, number: int) -> str:
        """Return the first sentence that the bot says."""
        lines = [line for line in self.said(number).splitlines() if line and not line.startswith("<!--")]
        return plain(lines[0].replace("**", "")) if lines else "nothing"

    def pull_of(self, number: int) -> int:
        """Return the newest pull request of a form; 0 for none."""
        own = [one.number for one in self.github.repo.pulls.values() if one.branch == f"submission/{number}"]
        return max(own, default=0)

    def pull(self, number: int) -> dict[str, Any]:
        """Return a pull request as GitHub shows it to anybody."""
        return dict(self.github.call(STRANGER, "pulls/get", {"pull_number": number}))

    def head(self, number: int) -> str:
        """Return the commit at which a pull request stands."""
        return str(self.pull(number)["head"]["sha"])

    def status_of(self, number: int) -> str:
        """Return where the bot says that it stands, from the label: `in-review`; '' for nowhere."""
        ours = [name.removeprefix("status: ") for name in self.labels(number) if name.startswith("status: ")]
        return ours[0] if ours else ""

    @property
    def tip(self) -> str:
        """The commit at which main stands."""
        return self.github.repo.tip("main") or ""

    def files(self, ref: str = "main") -> dict[str, str]:
        """Return what is below the entries: each file with its hash."""
        repo = self.github.repo
        every = repo.git.walk(repo.git.tree_of(repo.tip(ref) or ref))
        return {path: one.sha for path, one in every if path.startswith("submissions/") and one.mode == FILE}


def short(sha: str) -> str:
    """Return a commit as people read it."""
    return sha[:7]


def plain(text: str) -> str:
    """Return words of the bot as a reader sees them: without Markdown's marks and the signs that defuse it."""
    return re.sub(r"\\([^\w\s])", r"\1", html.unescape(text)).replace("`", "").replace("\u200b", "")
