"""The stage of a play: a copy of the project behind a fake GitHub, the real bot, and what people do there.

What a play says is read back from GitHub, as any stranger sees it; it's never recalled.
"""

import datetime as dt
import html
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_github import BOT, FakeGitHub, GitError, Refusal
from fake_github.git import git
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.entries.kind import Kind
from mutualaid.core.forms.answers import write_form
from mutualaid.core.forms.to_entry import answers_of
from mutualaid.core.pipeline.policy import PERMISSIONS
from mutualaid.errors import MutualAidError
from mutualaid.flows.load_checkout import Checkout, load_checkout
from mutualaid.flows.reconcile import ReconcileStep, reconcile

CONTRIBUTOR, STRANGER, HELPER, SORTER = "contributor", "stranger", "helper", "sorter"
"""Logins: who offers, who has no part in it, who may write but reviews nothing here, who may only sort issues."""
TITLE = "A rehearsed list"
FAVOURITE = "resources"
RIGHTS = {"contents": "write", "issues": "write", "pull_requests": "write", "statuses": "write"}
"""Those of the job that reconciles, in .github/workflows/submission.yml."""
BEFORE = dt.timedelta(hours=2)
"""A play begins so long before now, so that nothing in it lies in the future."""
PLAYED = ("submissions", "schemas", "content", "theme", ".github", "pelicanconf.py")


class Missed(MutualAidError):
    """Something that must happen did not, or something that must not happen did; the sentence says what."""

    exitcode = 1


def must(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise Missed(otherwise)


@dataclass(slots=True)
class Stage:
    """`project` is a checkout of main, as a workflow has it; `planted` is where people have brought main.

    `checkout` is what the project held when the play began, and `steps` is all that the bot did since.
    """

    github: FakeGitHub
    project: Path
    checkout: Checkout
    planted: str = ""
    steps: list[ReconcileStep] = field(default_factory=list)

    @property
    def trace(self) -> Path:
        """A file that only hostile code would write."""
        return self.project.parent / "hostile-code-ran"

    @property
    def maintainer(self) -> str:
        return next(iter(self.checkout.policy.approvers), "maintainer")

    @property
    def kind(self) -> Kind:
        books = self.checkout.rulebooks
        return books[FAVOURITE if FAVOURITE in books else self.checkout.policy.kinds[0]].kind

    # --- what people write: the schema's own examples under a title and addresses of their own ---

    def form(self, title: str = TITLE, *, has_mistake: bool = False, **changes: Any) -> str:
        """Return the body of an issue that GitHub makes of a form: what it doesn't ask is left to the bot."""
        form = self.checkout.forms[self.kind.name]
        value = self._value(title, **changes, **({"summary": ""} if has_mistake else {}))
        asked = {field.steps[0] for field in form.short} | changes.keys()
        return write_form(answers_of({name: value[name] for name in asked & value.keys()}, form, self.kind), form)

    def entry(self, title: str = "By hand", slug: str = "by-hand", **changes: Any) -> dict[str, str]:
        own = {"slug": slug, "added": f"{self.github.clock:%Y-%m}", "intake": {"channel": "offline"}}
        return {f"submissions/{self.kind.name}/{slug}.yaml": write_yaml(self._value(title, **own, **changes))}

    def _value(self, title: str, **changes: Any) -> dict[str, Any]:
        properties, word = self.kind.schema["properties"], title.lower().replace(" ", "-")
        examples = {name: properties[name]["examples"][0] for name in self.kind.schema["required"]}
        own = {
            "title": title,
            "summary": "It was written for a rehearsal, and is about nothing.",
            "sources": [{"title": f"On “{title}”", "url": f"https://www.example.org/on-{word}"}],
            **({"link": {"url": f"https://www.example.org/{word}"}} if "link" in properties else {}),
        }
        return {**examples, **own, **changes}

    # --- what people do ---

    def offer(self, login: str = CONTRIBUTOR, body: str | None = None, **changes: Any) -> int:
        title = str(self.kind.schema.get("x-singular", self.kind.name))
        return self.github.open_issue(login, title, body or self.form(**changes), (f"kind: {self.kind.name}",))

    def in_review(self, login: str = CONTRIBUTOR, **changes: Any) -> tuple[int, int]:
        """Bring a form to its pull request; returns both numbers."""
        number = self.offer(login, **changes)
        self.look(number)
        pull = self.pull_of(number)
        said = self.first_words(number)
        must(pull, f"The bot opened no pull request, so the attack could not begin. It said: {said}")
        return number, pull

    def approve(self, pull: int, login: str = "", commit: str | None = None) -> None:
        self.github.review(login or self.maintainer, pull, "APPROVE", commit)

    def from_fork(self, files: Mapping[str, Any], branch: str = "mine", login: str = STRANGER) -> int:
        """Have somebody push files to a fork of theirs and open a pull request; returns its number."""
        self.github.push(login, branch, files, "My entry")
        return self.github.open_pull(login, branch, "My entry")

    def change_main(self, files: Mapping[str, Any]) -> None:
        """Have main change while a play is on, as when a person merges something by hand."""
        self.planted = self.github.plant(files, "A person merged something else")

    # --- what the machine does ---

    def look(self, number: int = 0, event: Mapping[str, Any] | None = None) -> list[ReconcileStep]:
        """Run the bot on a fresh checkout of main, with the rights of its job and no others.

        It is given one issue or pull request, or an event, or, without either, nothing, as by the timer.
        """
        self.refresh()
        self.github.later(minutes=1)
        github, given = self.github, event or ({"issue": {"number": number}} if number else None)
        here = Client(github.address, github.repository, github.token_for(BOT, **RIGHTS))
        steps = list(reconcile(self.project, here, github.clock, event=given)[1])
        self.steps += steps
        return steps

    def look_again(self, number: int) -> None:
        """Run the bot on one issue or pull request, and then by the timer."""
        self.look(number)
        self.look()

    def refresh(self) -> None:
        git("-C", str(self.project), "fetch", "--quiet", "origin", "main")
        git("-C", str(self.project), "reset", "--quiet", "--hard", "FETCH_HEAD")

    # --- what anybody can see ---

    def issue(self, number: int) -> dict[str, Any]:
        return dict(self.github.call(STRANGER, "issues/get", {"issue_number": number}))

    def pull(self, number: int) -> dict[str, Any]:
        return dict(self.github.call(STRANGER, "pulls/get", {"pull_number": number}))

    def said(self, number: int) -> str:
        """Return the bot's one comment. Raises Missed where it has spoken twice."""
        every = self.github.call(STRANGER, "issues/list-comments", {"issue_number": number}, per_page=100)
        own = [str(one["body"]) for one in every if one["user"]["login"] == BOT]
        must(len(own) < 2, f"The bot left {len(own)} comments on #{number}; it must keep to one.")  # noqa: PLR2004
        return own[0] if own else ""

    def first_words(self, number: int) -> str:
        lines = [line for line in self.said(number).splitlines() if line and not line.startswith("<!--")]
        return plain(lines[0].replace("**", "")) if lines else "nothing"

    def status_of(self, number: int) -> str:
        """Return the status that the bot's label gives: `in-review`; '' for none."""
        names = [label["name"] for label in self.issue(number)["labels"]]
        return next((name.removeprefix("status: ") for name in names if name.startswith("status: ")), "")

    def must_be(self, number: int, *wanted: str, what: str = "") -> str:
        """Return the status, which is one of these. Raises Missed."""
        found, said = self.status_of(number), self.first_words(number)
        of = f"#{number}{what and f' ({what})'}"
        must(found in wanted, f"{of} is “{found}” and must be “{' or '.join(wanted)}”. The bot says: {said}")
        return found

    def pull_of(self, number: int) -> int:
        """Return the newest pull request of a form; 0 for none."""
        own = [one.number for one in self.github.repo.pulls.values() if one.branch == f"submission/{number}"]
        return max(own, default=0)

    def head(self, number: int) -> str:
        return str(self.pull(number)["head"]["sha"])

    @property
    def tip(self) -> str:
        return self.github.repo.tip("main") or ""

    def files(self) -> list[str]:
        git = self.github.repo.git
        return [path for path in git.files(git.tree_of(self.tip)) if path.startswith("submissions/")]


@contextmanager
def stage_in(root: Path, folder: Path, now: dt.datetime, *, off: Collection[str] = ()) -> Iterator[Stage]:
    """Set a stage in an empty folder, which holds afterwards `project/`, the checkout, and `github/`, the repository.

    What is not committed yet at `root` is played along; `off` names rules of the fake GitHub that do not hold here.
    Raises MutualAidError where the project is wrong, or git or the fake GitHub refused what the play needs.
    """
    project = folder / "project"
    try:
        with FakeGitHub(folder / "github", people={"admin": "admin"}, off=off, clock=now - BEFORE) as github:
            github.seed(root, PLAYED)
            git("clone", "--quiet", "--single-branch", "--branch", "main", github.git_url, str(project))
            stage = Stage(github, project, load_checkout(project))
            role = max("maintain", stage.checkout.policy.approver_permission, key=PERMISSIONS.index)
            for login, own in ((stage.maintainer, role), (HELPER, "write"), (SORTER, "triage")):
                github.permit(login, own)
            yield stage
    except (GitError, Refusal) as error:
        raise MutualAidError(f"The rehearsal could not go on. {error}") from error


def short(sha: str) -> str:
    return sha[:7]


def plain(text: str) -> str:
    """Return words of the bot as a reader sees them: without Markdown's marks and the signs that defuse it."""
    return re.sub(r"\\([^\w\s])", r"\1", html.unescape(text)).replace("`", "").replace("\u200b", "")
