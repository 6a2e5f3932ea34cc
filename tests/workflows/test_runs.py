"""The real workflow files, run here by act against the stand-in, without Docker.

act does not know the key `queue`, so it is given copies without that key; it looks at neither `types`, `permissions`
nor `environment`, which test_invariants.py holds. Remote actions are stand-ins that do nothing.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from github_under_test import submission
from mutualaid.rehearsal.standin import StandIn
from world import PROJECT

FOLDER = PROJECT / ".github" / "workflows"
ACT = Path(sys.executable).parent / "act"
QUEUE = re.compile(r"^ +queue: max\n", re.MULTILINE)
REMOTE = re.compile(r"uses: (actions/[a-z-]+@[0-9a-f]{40})")
NOTHING = "name: Nothing\nruns:\n  using: composite\n  steps:\n    - run: 'true'\n      shell: sh\n"

MAKEFILE = """
reconcile:
\techo $@ >> "$$SEEN"
\techo "published=$$(cat merged)" >> "$$GITHUB_OUTPUT"
\texit $$(cat exit)
site test:
\techo $@ >> "$$SEEN"
"""


def _without_queue(text: str) -> str:
    return QUEUE.sub("", text)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda file: file.stem)
def test_copies_differ_by_one_key(file: Path) -> None:
    """What runs here is what runs there, but for `queue`."""

    def stripped(value: object) -> object:
        if isinstance(value, dict):
            return {key: stripped(inner) for key, inner in value.items() if key != "queue"}
        return [stripped(inner) for inner in value] if isinstance(value, list) else value

    text = file.read_text(encoding="utf-8")
    assert yaml.safe_load(_without_queue(text)) == stripped(yaml.safe_load(text))
    assert (QUEUE.search(text) is None) == (file.stem == "check")


@dataclass
class Runner:
    """act, in a small repository that holds the copies and a Makefile."""

    root: Path
    github: StandIn

    @property
    def home(self) -> Path:
        """Where act keeps its own things, and the Makefile what it was asked."""
        return self.root.parent

    def run(self, event: str, workflow: str, token: str, **payload: object) -> subprocess.CompletedProcess[str]:
        """Run one workflow as an event would."""
        file = self.root / "event.json"
        file.write_text(json.dumps(payload), encoding="utf-8")
        remote = {name for copy in FOLDER.glob("*.yml") for name in REMOTE.findall(copy.read_text(encoding="utf-8"))}
        command = [ACT, event, "--workflows", f".github/workflows/{workflow}.yml", "--eventpath", file]
        command += ["--platform", "ubuntu-latest=-self-hosted", "--defaultbranch", "main", "--actor", "ada"]
        command += [f"--local-repository={name}={self.home / 'nothing'}" for name in sorted(remote)]
        command += ["--secret", "GITHUB_TOKEN", "--env", f"GITHUB_API_URL={self.github.address}"]
        command += [
            "--env",
            f"GITHUB_REPOSITORY={self.github.repository}",
            "--env",
            f"SEEN={self.root.parent / 'seen'}",
        ]
        environment = {
            **os.environ,
            "GITHUB_TOKEN": token,
            "HOME": str(self.root.parent),
            "XDG_CACHE_HOME": str(self.root.parent),
        }
        return subprocess.run(
            [str(part) for part in command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    @property
    def seen(self) -> list[str]:
        """What the Makefile's targets wrote down, in order."""
        file = self.home / "seen"
        return file.read_text(encoding="utf-8").split() if file.exists() else []


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """Set up a repository with copies of the workflows, and a Makefile that writes down what was asked of it."""
    root, nothing = tmp_path / "clone", tmp_path / "nothing"
    (root / ".github" / "workflows").mkdir(parents=True)
    nothing.mkdir()
    (nothing / "action.yml").write_text(NOTHING, encoding="utf-8")
    for file in FOLDER.glob("*.yml"):
        (root / ".github" / "workflows" / file.name).write_text(_without_queue(file.read_text(encoding="utf-8")))
    (root / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (root / "merged").write_text("true")
    (root / "exit").write_text("0")
    for folder in (root, nothing):
        for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
            name = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
            subprocess.run(["git", *name, *command], cwd=folder, check=True, capture_output=True)
    with StandIn(tmp_path / "github") as github:
        github.plant({f".github/workflows/{file.name}": file.read_text() for file in FOLDER.iterdir()})
        yield Runner(root, github)


def _dispatched(github: StandIn) -> list[str]:
    return [event.ref for event in github.events if event.name == "workflow_dispatch"]


def test_a_review_starts_a_look_at_main(runner: Runner) -> None:
    """One request, with the one right that the job has; nothing else is asked of GitHub."""
    number = submission(runner.github)
    token = runner.github.workflow_token(actions="write")
    run = runner.run("pull_request_review", "review", token, action="submitted", pull_request={"number": number})
    assert run.returncode == 0, run.stdout + run.stderr
    assert _dispatched(runner.github) == ["refs/heads/main"]
    assert [status for *_, status in runner.github.log] == [204]


def test_a_review_from_a_fork_ends_green(runner: Runner) -> None:
    """Its token only reads; it says so, and the sweep looks later."""
    token = runner.github.workflow_token(actions="read")
    run = runner.run("pull_request_review", "review", token, action="submitted", pull_request={"number": 1})
    assert run.returncode == 0, run.stdout + run.stderr
    assert _dispatched(runner.github) == []
    assert [status for *_, status in runner.github.log] == [403]


def test_a_review_that_cannot_be_passed_on_is_red(runner: Runner) -> None:
    """Where GitHub gives another answer, somebody should see it."""
    run = runner.run("pull_request_review", "review", "wrong", action="submitted", pull_request={"number": 1})
    assert run.returncode != 0
    assert [status for *_, status in runner.github.log] == [401]


@pytest.mark.parametrize("event", ["issues", "issue_comment", "schedule", "workflow_dispatch"])
def test_what_was_merged_is_published_in_the_same_run(event: str, runner: Runner) -> None:
    """Whatever said “look again”."""
    run = runner.run(event, "submission", "x", issue={"number": 1, "title": '"; touch /tmp/never; "'})
    assert run.returncode == 0, run.stdout + run.stderr
    assert runner.seen == ["reconcile", "site"]
    assert "Put it on Pages" in run.stdout  # the job's own name, which act tells in any case


def test_nothing_merged_nothing_published(runner: Runner) -> None:
    """A build a comment would be a waste."""
    (runner.root / "merged").write_text("")
    assert runner.run("issues", "submission", "x", issue={"number": 1}).returncode == 0
    assert runner.seen == ["reconcile"]


def test_what_was_merged_is_published_even_if_more_went_wrong(runner: Runner) -> None:
    """The run is red, for somebody to see, and the site still tells what main holds."""
    (runner.root / "exit").write_text("1")
    assert runner.run("schedule", "submission", "x").returncode != 0
    assert runner.seen == ["reconcile", "site"]


def test_check_and_publish(runner: Runner) -> None:
    """Each is its one command."""
    assert runner.run("pull_request", "check", "x", pull_request={"number": 1}).returncode == 0
    assert runner.run("push", "publish", "x", ref="refs/heads/main").returncode == 0
    assert runner.seen == ["test", "site"]
