"""Each workflow file, run by act: what it asks of GitHub, which command it runs, and when it publishes.

No Docker is needed. act does not know the key `queue`, so it is given copies without that key; it looks at neither
`types`, `permissions` nor `environment`, which test_invariants.py holds. Remote actions are stand-ins that do nothing.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desk import git
from fake_github import BOT, FakeGitHub
from github_under_test import submission
from mutualaid.adapters.github.client import Client
from mutualaid.flows.upkeep import diagnosis_of
from world import PROJECT, SAMPLES, ran, rows_of

FOLDER = PROJECT / ".github" / "workflows"
ACT = Path(sys.executable).parent / "act"
QUEUE = re.compile(r"^ +queue: max\n", re.MULTILINE)
REMOTE = re.compile(r"uses: (actions/[a-z-]+)(?:/[a-z]+)?(@[0-9a-f]{40})")
NOTHING = "name: Nothing\nruns:\n  using: composite\n  steps:\n    - run: 'true'\n      shell: sh\n"


def in_git(folder: Path) -> None:
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        git(folder, *command)


@dataclass
class Runner:
    """act, in a small repository that holds the copies and a Makefile."""

    root: Path
    github: FakeGitHub

    @property
    def home(self) -> Path:
        return self.root.parent

    def run(self, event: str, workflow: str, token: str = "", **payload: object) -> subprocess.CompletedProcess[str]:
        """Run a workflow; without a token, with that of the job that looks after the timer."""
        token = token or self.github.token_for(BOT, actions="write")
        file = self.home / "event.json"
        file.write_text(json.dumps(payload), encoding="utf-8")
        files = [copy.read_text(encoding="utf-8") for copy in FOLDER.glob("*.yml")]
        remote = {"".join(name) for text in files for name in REMOTE.findall(text)}
        command = [ACT, event, "--workflows", f".github/workflows/{workflow}.yml", "--eventpath", file]
        command += ["--platform", "ubuntu-latest=-self-hosted", "--defaultbranch", "main", "--actor", "ada"]
        command += [f"--local-repository={name}={self.home / 'nothing'}" for name in sorted(remote)]
        command += ["--secret", "GITHUB_TOKEN", "--env", f"GITHUB_API_URL={self.github.address}"]
        command += ["--env", f"GITHUB_REPOSITORY={self.github.repository}", "--env", f"SEEN={self.home / 'seen'}"]
        environment = {**os.environ, "GITHUB_TOKEN": token, "HOME": str(self.home), "XDG_CACHE_HOME": str(self.home)}
        return ran(*command, cwd=self.root, env=environment)

    @property
    def seen(self) -> list[str]:
        file = self.home / "seen"
        return file.read_text(encoding="utf-8").split() if file.exists() else []


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    root = tmp_path / "clone"
    for folder in ("nothing", "nothing/restore", "nothing/save"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "action.yml").write_text(NOTHING, encoding="utf-8")
    in_git(tmp_path / "nothing")
    for file in shutil.copytree(FOLDER, root / ".github" / "workflows").iterdir():
        file.write_text(QUEUE.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copy(SAMPLES / "asked.mk", root / "Makefile")
    for name, text in {"merged": "true", "exit": "0", "stands": "0", "handed": ""}.items():
        (root / name).write_text(text)
    in_git(root)
    with FakeGitHub(tmp_path / "github") as github:
        github.plant({f".github/workflows/{file.name}": file.read_text() for file in FOLDER.iterdir()})
        yield Runner(root, github)


@pytest.mark.parametrize(
    ("level", "status", "started"), [("write", 204, ["refs/heads/main 1"]), ("read", 403, []), ("wrong", 401, [])]
)
def test_a_review_starts_a_look_at_main(level: str, status: int, started: list[str], runner: Runner) -> None:
    """One request, with the one right that the job has. Where its token only reads, as for a fork, it ends green."""
    number = submission(runner.github)
    token = level if level == "wrong" else runner.github.token_for(BOT, actions=level)
    run = runner.run("pull_request_review", "review", token, action="submitted", pull_request={"number": number})
    assert (run.returncode == 0) == (level != "wrong"), run.stdout + run.stderr
    given = [event.payload for event in runner.github.events if event.name == "workflow_dispatch"]
    assert [f"{one['ref']} {one['inputs']['pull_request']}" for one in given] == started
    assert [answered for *_, answered in runner.github.log] == [status]


@pytest.mark.parametrize(("event", "flow", "payload", "given", "is_green", "seen"), rows_of("runs", "asked"))
def test_commands(
    event: str, flow: str, payload: Any, given: dict[str, str], is_green: bool, seen: list[str], runner: Runner
) -> None:
    """What was merged is published in the same run, whatever said “look again”; not where main is bad."""
    for name, text in given.items():
        (runner.root / name).write_text(text)
    run = runner.run(event, flow, **payload)
    assert (run.returncode == 0) == is_green, run.stdout + run.stderr
    assert (sorted(runner.seen) if flow == "living" else runner.seen) == seen
    assert flow == "living" or ("Put it on Pages" in run.stdout) == ("site" in seen)


def test_previews_are_made_and_deleted(runner: Runner) -> None:
    """Each page by a job of its own, kept three days as one file; what is over is deleted by its name, and no other."""
    page = {"path": "submissions/resources/a-list.yaml", "blob": "1" * 40}
    pages = [{"number": number, **page} for number in (12, 15)]
    (runner.root / "handed").write_text(f"previews={json.dumps({'include': pages})}\nended=1 7\n")
    for name in ("preview-1.html", "preview-12.html", "preview-7.html", "preview-1.html", "github-pages"):
        runner.github.kept(name)
    runner.github.kept("preview-7.html", expired=True)
    run = runner.run("workflow_dispatch", "submission", inputs={})
    assert run.returncode == 0, run.stdout + run.stderr
    assert sorted(runner.seen)[:2] == [f"{number}-{page['path']}-{page['blob']}" for number in (12, 15)]
    left = [one["name"] for one in runner.github.repo.artifacts]
    assert left == ["preview-12.html", "github-pages", "preview-7.html"]


@pytest.mark.parametrize(("place", "made"), [("identical", 1), ("behind", 1), ("diverged", 0), ("ahead", 0)])
def test_a_tag_becomes_a_draft_if_main_has_it(
    place: str, made: int, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`gh` is a stand-in that says where the tagged commit is, and writes down what it is asked to make."""
    gh = runner.home / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(f"#!/bin/sh\n[ $1 = api ] && echo {place} || echo $1-$2 >>$SEEN\n")
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{gh.parent}:{os.environ['PATH']}")
    run = runner.run("push", "release", ref="refs/tags/v1.0.0")
    assert (run.returncode == 0) == bool(made), run.stdout + run.stderr
    assert runner.seen == ["release", "release-create"][: 1 + made]


RELEASED = rows_of("runs", "released")


@pytest.mark.parametrize(("tag", "file", "text", "named"), rows_of("runs", "releases"))
def test_a_release_agrees_with_itself(tag: str, file: str, text: str, named: str, tmp_path: Path) -> None:
    """Its notes have the sum of its sums; where tag, version and date don't agree, nothing is packed."""
    for name, said in {**RELEASED, file or "pyproject.toml": text or RELEASED["pyproject.toml"]}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(said)
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    environment = {**os.environ, "GITHUB_REF_NAME": tag}
    run = ran(tmp_path / ".ci/release", env=environment)
    assert (run.returncode == 0, (tmp_path / "release").exists()) == (not named, not named) and named in run.stderr
    if not named:
        command = f"cd {tmp_path}/release && sha256sum -c SHA256SUMS && sha256sum SHA256SUMS"
        sums = ran("sh", "-c", command).stdout
        assert sums.count(": OK") == 6 and sums.split()[-2] in (tmp_path / "release-notes.md").read_text("utf-8")


WHAT_IS_DUE = rows_of("runs", "due")


@pytest.mark.parametrize("timer", WHAT_IS_DUE)
def test_each_time_starts_what_is_due(timer: str, runner: Runner) -> None:
    text = (FOLDER / "timer.yml").read_text(encoding="utf-8")
    assert sorted(re.findall(r"- cron: '([^']*)'", text)) == sorted(WHAT_IS_DUE)
    run = runner.run("schedule", "timer", schedule=timer)
    assert run.returncode == 0, run.stdout + run.stderr
    (event,) = runner.github.events
    assert (event.name, event.payload["ref"]) == ("workflow_dispatch", "refs/heads/main")
    found = [event.payload["workflow"].rpartition("/")[2], event.payload["inputs"]]
    assert found == WHAT_IS_DUE[timer]


def test_a_timer_that_can_start_nothing_is_red(runner: Runner) -> None:
    runner.github.repo.stopped[".github/workflows/submission.yml"] = "disabled_manually"
    assert runner.run("schedule", "timer", schedule="7,37 * * * *").returncode != 0
    assert [status for *_, status in runner.github.log] == [422]


def _said(github: FakeGitHub) -> Mapping[str, str]:
    where = Client(github.address, github.repository, github.token_for("admin"))
    return {finding.name: finding.said for finding in diagnosis_of(PROJECT, where, github.clock)}


def test_a_quiet_winter(runner: Runner) -> None:
    """75 days without a commit: GitHub has stopped every timer. The first form is looked at, and starts them again."""
    github = runner.github
    github.ran("submission.yml", "workflow_dispatch", title="Sweep")
    github.later(days=75)
    assert _said(github)["workflows"] == "Switched off: timer.yml."
    assert "on 2027-01-04, 75 days ago" in _said(github)["last sweep"]

    events = ("issues", "issue_comment", "pull_request_review", "pull_request", "push")
    assert github.started_by("schedule") == [] and all(github.started_by(event) for event in events)
    github.open_issue("sam", "Removal", "Please take it away.")
    (workflow,) = github.started_by(github.events[-1].name)
    run = runner.run("issues", workflow.removesuffix(".yml"), issue={"number": 1})
    assert run.returncode == 0, run.stdout + run.stderr
    assert runner.seen[0] == "reconcile"

    assert _said(github)["workflows"] == "All are on."
    assert github.started_by("schedule") == ["timer.yml"]
    assert runner.run("schedule", "timer", schedule="7,37 * * * *").returncode == 0
    assert github.events[-1].payload["workflow"] == ".github/workflows/submission.yml"


@pytest.mark.parametrize("state", ["active", "disabled_manually", "disabled_fork"])
def test_what_people_switched_off_stays_off(state: str, runner: Runner) -> None:
    """Only what GitHub stopped for quietness is switched on again."""
    runner.github.repo.stopped[".github/workflows/timer.yml"] = state
    assert runner.run("issues", "submission", issue={"number": 1}).returncode == 0
    assert [verb for verb, *_ in runner.github.log] == ["GET"]
    assert runner.github.repo.stopped[".github/workflows/timer.yml"] == state
