"""Each workflow file, run by act: what it asks of GitHub, which command it runs, and when it publishes."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from act_under_test import FOLDER, QUEUE, Runner, in_git, nothing_in, without_queue, workflow_copies
from fake_github import FakeGitHub
from github_under_test import submission
from mutualaid.adapters.github.client import Client
from mutualaid.flows.doctor import diagnosis_of
from world import PROJECT

MAKEFILE = """
reconcile:
\techo $@ >> "$$SEEN"
\techo "published=$$(cat merged)" >> "$$GITHUB_OUTPUT"
\texit $$(cat exit)
may-publish:
	echo $@ >> "$$SEEN"
	exit $$(cat stands)
site test review links:
\techo $@ >> "$$SEEN"
"""


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda file: file.stem)
def test_copies_differ_by_one_key(file: Path) -> None:
    """What runs here is what runs there, but for `queue`."""

    def stripped(value: object) -> object:
        if isinstance(value, dict):
            return {key: stripped(inner) for key, inner in value.items() if key != "queue"}
        return [stripped(inner) for inner in value] if isinstance(value, list) else value

    text = file.read_text(encoding="utf-8")
    assert yaml.safe_load(without_queue(text)) == stripped(yaml.safe_load(text))
    assert (QUEUE.search(text) is None) == (file.stem == "check")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """Set up a repository with copies of the workflows, and a Makefile that writes down what was asked of it."""
    root = tmp_path / "clone"
    (root / ".github" / "workflows").mkdir(parents=True)
    nothing_in(tmp_path / "nothing")
    for name, text in workflow_copies().items():
        (root / name).write_text(text, encoding="utf-8")
    (root / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (root / "merged").write_text("true")
    (root / "exit").write_text("0")
    (root / "stands").write_text("0")
    in_git(root)
    with FakeGitHub(tmp_path / "github") as github:
        github.plant({f".github/workflows/{file.name}": file.read_text() for file in FOLDER.iterdir()})
        yield Runner(root, github)


def _dispatched(github: FakeGitHub) -> list[str]:
    return [event.payload["ref"] for event in github.events if event.name == "workflow_dispatch"]


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


def _token(runner: Runner) -> str:
    """Return the token of the job that looks after the timer; the other jobs here only write down that they ran."""
    return runner.github.workflow_token(actions="write")


@pytest.mark.parametrize("event", ["issues", "issue_comment", "workflow_dispatch"])
def test_what_was_merged_is_published_in_the_same_run(event: str, runner: Runner) -> None:
    """Whatever said “look again”."""
    run = runner.run(event, "submission", _token(runner), issue={"number": 1, "title": '"; touch /tmp/never; "'})
    assert run.returncode == 0, run.stdout + run.stderr
    assert runner.seen == ["reconcile", "may-publish", "site"]
    assert "Put it on Pages" in run.stdout  # the job's own name, which act tells in any case


def test_nothing_merged_nothing_published(runner: Runner) -> None:
    """A build a comment would be a waste."""
    (runner.root / "merged").write_text("")
    assert runner.run("issues", "submission", _token(runner), issue={"number": 1}).returncode == 0
    assert runner.seen == ["reconcile"]


def test_what_was_merged_is_published_even_if_more_went_wrong(runner: Runner) -> None:
    """The run is red, for somebody to see, and the site still tells what main holds."""
    (runner.root / "exit").write_text("1")
    assert runner.run("workflow_dispatch", "submission", _token(runner)).returncode != 0
    assert runner.seen == ["reconcile", "may-publish", "site"]


def test_living(runner: Runner) -> None:
    """By hand both lists are looked at; at its time each alone."""
    assert runner.run("workflow_dispatch", "living", "x").returncode == 0
    assert sorted(runner.seen) == ["links", "review"]
    assert runner.run("workflow_dispatch", "living", "x", inputs={"list": "links"}).returncode == 0
    assert sorted(runner.seen) == ["links", "links", "review"]


def test_check_and_publish(runner: Runner) -> None:
    """Each is its one command."""
    assert runner.run("pull_request", "check", "x", pull_request={"number": 1}).returncode == 0
    assert runner.run("push", "publish", "x", ref="refs/heads/main").returncode == 0
    assert runner.seen == ["test", "may-publish", "site"]


def test_nothing_is_published_while_a_bad_merge_stands(runner: Runner) -> None:
    """Not after a merge, and not by the clock."""
    (runner.root / "stands").write_text("1")
    assert runner.run("issues", "submission", _token(runner), issue={"number": 1}).returncode != 0
    assert runner.run("workflow_dispatch", "publish", "x", ref="refs/heads/main").returncode != 0
    assert runner.seen == ["reconcile", "may-publish", "may-publish"]


WHAT_IS_DUE = {
    "7,37 * * * *": ("submission.yml", {}),
    "23 4 * * *": ("publish.yml", {}),
    "11 5 1 * *": ("living.yml", {"list": "review"}),
    "41 5 * * 3": ("living.yml", {"list": "links"}),
}


@pytest.mark.parametrize("timer", WHAT_IS_DUE)
def test_each_time_starts_what_is_due(timer: str, runner: Runner) -> None:
    """On main, with the one right that the job has."""
    text = (FOLDER / "timer.yml").read_text(encoding="utf-8")
    assert sorted(re.findall(r"- cron: '([^']*)'", text)) == sorted(WHAT_IS_DUE)
    run = runner.run("schedule", "timer", _token(runner), schedule=timer)
    assert run.returncode == 0, run.stdout + run.stderr
    (event,) = runner.github.events
    assert (event.name, event.payload["ref"]) == ("workflow_dispatch", "refs/heads/main")
    found = (event.payload["workflow"].rpartition("/")[2], event.payload["inputs"])
    assert found == WHAT_IS_DUE[timer]


def test_a_timer_that_can_start_nothing_is_red(runner: Runner) -> None:
    """Somebody should see it."""
    runner.github.repo.stopped[".github/workflows/submission.yml"] = "disabled_manually"
    run = runner.run("schedule", "timer", _token(runner), schedule="7,37 * * * *")
    assert run.returncode != 0
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

    started = {name: github.started_by(name) for name in ("schedule", *EVENTS)}
    assert started == {"schedule": [], **EVENTS}
    github.open_issue("sam", "Removal", "Please take it away.")
    (workflow,) = github.started_by(github.events[-1].name)
    run = runner.run("issues", workflow.removesuffix(".yml"), _token(runner), issue={"number": 1})
    assert run.returncode == 0, run.stdout + run.stderr
    assert runner.seen[0] == "reconcile"

    assert _said(github)["workflows"] == "All six are on."
    assert github.started_by("schedule") == ["timer.yml"]
    assert runner.run("schedule", "timer", _token(runner), schedule="7,37 * * * *").returncode == 0
    assert github.events[-1].payload["workflow"] == ".github/workflows/submission.yml"


EVENTS = {
    "issues": ["submission.yml"],
    "issue_comment": ["submission.yml"],
    "pull_request_review": ["review.yml"],
    "pull_request": ["check.yml"],
    "push": ["publish.yml"],
}


@pytest.mark.parametrize("state", ["active", "disabled_manually", "disabled_fork"])
def test_what_people_switched_off_stays_off(state: str, runner: Runner) -> None:
    """Only what GitHub stopped for quietness is switched on again."""
    runner.github.repo.stopped[".github/workflows/timer.yml"] = state
    assert runner.run("issues", "submission", _token(runner), issue={"number": 1}).returncode == 0
    assert [verb for verb, *_ in runner.github.log] == ["GET"]
    assert runner.github.repo.stopped[".github/workflows/timer.yml"] == state
