"""Each workflow file, run by act: what it asks of GitHub, which command it runs, and when it publishes."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from act_under_test import FOLDER, Runner, in_git, nothing_in, workflow_copies
from fake_github import BOT, FakeGitHub
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


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """Set up a repository with copies of the workflows, and a Makefile that writes down what was asked of it."""
    root = tmp_path / "clone"
    (root / ".github" / "workflows").mkdir(parents=True)
    nothing_in(tmp_path / "nothing")
    for name, text in workflow_copies().items():
        (root / name).write_text(text, encoding="utf-8")
    (root / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    for name, text in {"merged": "true", "exit": "0", "stands": "0"}.items():
        (root / name).write_text(text)
    in_git(root)
    with FakeGitHub(tmp_path / "github") as github:
        github.plant({f".github/workflows/{file.name}": file.read_text() for file in FOLDER.iterdir()})
        yield Runner(root, github)


def _dispatched(github: FakeGitHub) -> list[str]:
    return [event.payload["ref"] for event in github.events if event.name == "workflow_dispatch"]


@pytest.mark.parametrize(
    ("level", "status", "started"), [("write", 204, ["refs/heads/main"]), ("read", 403, []), ("wrong", 401, [])]
)
def test_a_review_starts_a_look_at_main(level: str, status: int, started: list[str], runner: Runner) -> None:
    """One request, with the one right that the job has; nothing else is asked of GitHub.

    Where its token only reads, as for a fork, it says so and ends green, and the sweep looks later. Another answer is
    red, because somebody should see it.
    """
    number = submission(runner.github)
    token = level if level == "wrong" else runner.github.token_for(BOT, actions=level)
    run = runner.run("pull_request_review", "review", token, action="submitted", pull_request={"number": number})
    assert (run.returncode == 0) == (level != "wrong"), run.stdout + run.stderr
    assert _dispatched(runner.github) == started
    assert [answered for *_, answered in runner.github.log] == [status]


def _token(runner: Runner) -> str:
    """Return the token of the job that looks after the timer; the other jobs here only write down that they ran."""
    return runner.github.token_for(BOT, actions="write")


PUBLISHED = ["reconcile", "may-publish", "site"]


@pytest.mark.parametrize(
    ("event", "given", "is_green", "seen"),
    [
        *((event, {}, True, PUBLISHED) for event in ("issues", "issue_comment", "workflow_dispatch")),
        ("issues", {"merged": ""}, True, PUBLISHED[:1]),
        ("workflow_dispatch", {"exit": "1"}, False, PUBLISHED),
        ("issues", {"stands": "1"}, False, PUBLISHED[:2]),
    ],
)
def test_what_was_merged_is_published_in_the_same_run(
    event: str, given: dict[str, str], is_green: bool, seen: list[str], runner: Runner
) -> None:
    """Whatever said “look again”, and even if more went wrong; not where nothing was merged, or main is bad."""
    for name, text in given.items():
        (runner.root / name).write_text(text)
    run = runner.run(event, "submission", _token(runner), issue={"number": 1, "title": '"; touch /tmp/never; "'})
    assert (run.returncode == 0) == is_green, run.stdout + run.stderr
    assert runner.seen == seen
    assert ("Put it on Pages" in run.stdout) == ("site" in seen)


@pytest.mark.parametrize(
    ("inputs", "ran"), [({}, ["links", "review"]), *(({"list": one}, [one]) for one in ("links", "review"))]
)
def test_living(inputs: dict[str, str], ran: list[str], runner: Runner) -> None:
    """By hand both lists are looked at; at its time each alone."""
    assert runner.run("workflow_dispatch", "living", "x", inputs=inputs).returncode == 0
    assert sorted(runner.seen) == ran


def test_check(runner: Runner) -> None:
    """It is one command."""
    assert runner.run("pull_request", "check", "x", pull_request={"number": 1}).returncode == 0
    assert runner.seen == ["test"]


@pytest.mark.parametrize(("stands", "seen"), [("0", ["may-publish", "site"]), ("1", ["may-publish"])])
def test_publish(stands: str, seen: list[str], runner: Runner) -> None:
    """After a push and by the clock, but not while a bad merge is there."""
    (runner.root / "stands").write_text(stands)
    run = runner.run("push", "publish", "x", ref="refs/heads/main")
    assert (str(int(run.returncode != 0)), runner.seen) == (stands, seen)


WHAT_IS_DUE = {
    "7,37 * * * *": ("submission.yml", {}),
    "23 4 * * *": ("publish.yml", {}),
    "11 5 1 * *": ("living.yml", {"list": "review"}),
    "41 5 * * 3": ("living.yml", {"list": "links"}),
    "17 2 * * 6": ("slow.yml", {}),
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

    events = ("issues", "issue_comment", "pull_request_review", "pull_request", "push")
    assert github.started_by("schedule") == [] and all(github.started_by(event) for event in events)
    github.open_issue("sam", "Removal", "Please take it away.")
    (workflow,) = github.started_by(github.events[-1].name)
    run = runner.run("issues", workflow.removesuffix(".yml"), _token(runner), issue={"number": 1})
    assert run.returncode == 0, run.stdout + run.stderr
    assert runner.seen[0] == "reconcile"

    assert _said(github)["workflows"] == "All are on."
    assert github.started_by("schedule") == ["timer.yml"]
    assert runner.run("schedule", "timer", _token(runner), schedule="7,37 * * * *").returncode == 0
    assert github.events[-1].payload["workflow"] == ".github/workflows/submission.yml"


@pytest.mark.parametrize("state", ["active", "disabled_manually", "disabled_fork"])
def test_what_people_switched_off_stays_off(state: str, runner: Runner) -> None:
    """Only what GitHub stopped for quietness is switched on again."""
    runner.github.repo.stopped[".github/workflows/timer.yml"] = state
    assert runner.run("issues", "submission", _token(runner), issue={"number": 1}).returncode == 0
    assert [verb for verb, *_ in runner.github.log] == ["GET"]
    assert runner.github.repo.stopped[".github/workflows/timer.yml"] == state
