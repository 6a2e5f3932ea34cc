"""The stage of a play: a copy of the project behind a fake GitHub, the real bot, and what people do there.

What a play says is read back from GitHub, as any stranger sees it; it's never recalled.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from fake_github import BOT, FakeGitHub, GitError, Refusal
from fake_github.git import git
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.pelican import build_site
from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.pipeline.policy import PERMISSIONS
from mutualaid.errors import MutualAidError
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.reconcile import ReconcileStep, reconcile
from mutualaid.rehearsal.hands import CONTRIBUTOR, STRANGER, Hands, must

HELPER, SORTER = "helper", "sorter"
"""Logins: who may write but reviews nothing here, and who may only sort issues."""
RIGHTS = {"contents": "write", "issues": "write", "pull_requests": "write", "statuses": "write"}
"""Those of the job that reconciles, in .github/workflows/submission.yml."""
BEFORE = dt.timedelta(hours=2)
"""A play begins so long before now, so that nothing in it lies in the future."""
PLAYED = ("submissions", "schemas", "content", "theme", ".github", "pelicanconf.py")
SITE = "output"


@dataclass(slots=True)
class Stage(Hands):
    """`project` is a checkout of main, as a workflow has it; `planted` is where people have brought main.

    `steps` is all that the bot did since a play began. Workflows have run for the first `noticed` events, and `is_due`
    says that they would build the site.
    """

    github: FakeGitHub = field(kw_only=True)
    planted: str = ""
    steps: list[ReconcileStep] = field(default_factory=list)
    noticed: int = 0
    is_due: bool = False

    @property
    def trace(self) -> Path:
        """A file that only hostile code would write."""
        return self.project.parent / "hostile-code-ran"

    def entry(self, title: str = "By hand", slug: str = "by-hand", **changes: Any) -> dict[str, str]:
        own = {"slug": slug, "added": f"{self.github.clock:%Y-%m}", "intake": {"channel": "offline"}}
        return {f"submissions/{self.kind.name}/{slug}.yaml": write_yaml(self.value(title, **own, **changes))}

    # --- what people do ---

    def offer(self, login: str = CONTRIBUTOR, body: str | None = None, **changes: Any) -> int:
        return self.github.open_issue(
            login, self.form_title, body or self.form(**changes), (f"kind: {self.kind.name}",)
        )

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

    def work(self) -> None:
        """Do what workflows would do about all that has happened since, as main's own files say what starts them."""
        while self.noticed < len(self.github.events):
            event = self.github.events[self.noticed]
            self.noticed += 1
            started = self.github.started_by(event.name) if event.starts == "run" else []
            if event.name == "workflow_dispatch":
                started = [PurePosixPath(event.payload["workflow"]).name]
            if "review.yml" in started:
                given = {"pull_request": str(event.payload["pull_request"]["number"])}
                place = {"workflow_id": "submission.yml"}
                self.github.call(BOT, "actions/create-workflow-dispatch", place, ref="main", inputs=given)
            if "submission.yml" in started:
                steps = self.look(event=event.payload)
                self.github.ran("submission.yml", event.name)
                self.is_due = self.is_due or any(step.publishes for step in steps)

    def built_page(self, address: str) -> str:
        """Read from the site, which is built first where that is due. Raises Missed."""
        if self.is_due:
            self.refresh()
            outcome = build_site(self.project, preview=True, output=self.project / SITE)
            errors = [one for one in outcome.report.get("problems", ()) if one["weight"] == "error"]
            first = [f"{one['file']}:{one['line']}: {one['message']}" for one in errors[:1]]
            first = first or outcome.said.splitlines()[-1:]
            must(not outcome.status, f"The site was not built. {' '.join(first)}")
            self.is_due = False
        file = self.project / SITE / address
        return file.read_text(encoding="utf-8") if file.is_file() else ""

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
            github.settings.branch_goes_after_merge = True
            github.seed(root, PLAYED)
            git("clone", "--quiet", "--single-branch", "--branch", "main", github.git_url, str(project))

            @cache
            def line(login: str) -> Client:
                return Client(github.address, github.repository, github.token_for(login))

            stage = Stage(project, load_checkout(project), line, github=github)
            stage.pause, stage.page = stage.work, stage.built_page
            role = max("maintain", stage.checkout.policy.approver_permission, key=PERMISSIONS.index)
            for login, own in ((stage.maintainer, role), (HELPER, "write"), (SORTER, "triage")):
                github.permit(login, own)
            yield stage
    except (GitError, Refusal) as error:
        raise MutualAidError(f"The rehearsal could not go on. {error}") from error
