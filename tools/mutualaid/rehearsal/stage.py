"""The stage of a play: a copy of the project behind a fake GitHub, and the real bot with the rights of its job.

What a play says is read back from GitHub, as any stranger sees it; it's never recalled.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fake_github import BOT, FakeGitHub, GitError, Refusal
from fake_github.git import git
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.pelican import build_site
from mutualaid.core.pipeline.policy import PERMISSIONS
from mutualaid.errors import MutualAidError
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.reconcile import reconcile
from mutualaid.rehearsal.hands import Hands, must

RIGHTS = {"contents": "write", "issues": "write", "pull_requests": "write", "statuses": "write"}
"""Those of the job that reconciles, in .github/workflows/submission.yml."""
SITE = "output"


@dataclass(slots=True)
class Stage(Hands):
    """`project` is a checkout of main, as a workflow has it.

    Workflows have run for the first `noticed` events, and `is_due` says that they would build the site.
    """

    github: FakeGitHub = field(kw_only=True)
    noticed: int = 0
    is_due: bool = False

    def refresh(self) -> None:
        git("-C", str(self.project), "fetch", "--quiet", "origin", "main")
        git("-C", str(self.project), "reset", "--quiet", "--hard", "FETCH_HEAD")

    def work(self) -> None:
        """Do what workflows would do about all that has happened since, as main's own files say what starts them."""
        github = self.github
        while self.noticed < len(github.events):
            event = github.events[self.noticed]
            self.noticed += 1
            started = github.started_by(event.name) if event.starts else []
            if event.name == "workflow_dispatch":
                started = [event.payload["workflow"].rpartition("/")[2]]
            if "review.yml" in started:
                given = {"pull_request": str(event.payload["pull_request"]["number"])}
                place = {"workflow_id": "submission.yml"}
                github.call(BOT, "actions/create-workflow-dispatch", place, ref="main", inputs=given)
            if "submission.yml" in started:
                self.refresh()
                github.later(minutes=1)
                here = Client(github.address, github.repository, github.token_for(BOT, **RIGHTS))
                run, steps = reconcile(self.project, here, github.clock, event=event.payload)
                self.is_due = run.publishes(list(steps)) or self.is_due
                github.ran("submission.yml", event.name)

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


@contextmanager
def stage_in(root: Path, folder: Path, now: dt.datetime) -> Iterator[Stage]:
    """Set a stage in an empty folder, which holds afterwards `project/`, the checkout, and `github/`, the repository.

    What is not committed yet at `root` is played along. Raises MutualAidError where the project is wrong, or git or
    the fake GitHub refused what the play needs.
    """
    project = folder / "project"
    try:
        began = now - dt.timedelta(hours=2)  # so long before, that nothing in a play lies in the future
        with FakeGitHub(folder / "github", people={"admin": "admin"}, clock=began) as github:
            github.settings.branch_goes_after_merge = True
            github.seed(root, ("submissions", "schemas", "content", "theme", ".github", "pelicanconf.py"))
            git("clone", "--quiet", "--single-branch", "--branch", "main", github.git_url, str(project))

            @cache
            def line(login: str) -> Client:
                return Client(github.address, github.repository, github.token_for(login))

            stage = Stage(project, load_checkout(project), line, github=github)
            stage.pause, stage.page = stage.work, stage.built_page
            role = max("maintain", stage.checkout.policy.approver_permission, key=PERMISSIONS.index)
            github.permit(stage.maintainer, role)
            yield stage
    except (GitError, Refusal) as error:
        raise MutualAidError(f"The rehearsal could not go on. {error}") from error
