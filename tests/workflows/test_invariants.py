"""What must hold of every workflow file beside GitHub's own rules, which the linters know. Nothing needs a network."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mutualaid.adapters.github.settings import SWEEP
from mutualaid.rehearsal import stage
from world import PROJECT, ran, rows_of

FOLDER = PROJECT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
BIN = Path(sys.executable).parent
Job = Mapping[str, Any]

STARTING = ["review.signal", "submission.forget", "submission.timer", "timer.start"]
OWN_FILES = ("check.", "release.build")
"""They see the files of a pull request or a tag in place of those of main, and may only read."""
DEPLOYS = {"pages": "write", "id-token": "write"}
ONE_WRITER = {"group": "one-writer", "queue": "max", "cancel-in-progress": "false"}


def _read(file: Path) -> dict[str, Any]:
    """Read as text only, so that `on` stays a word."""
    return dict(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506 - it makes text alone


EXPECTED = _read(PROJECT / "tests" / "expected" / "workflows.yaml")
WORKFLOWS = {file.stem: _read(file) for file in FILES}
JOBS = [(stem, name, job) for stem, flow in WORKFLOWS.items() for name, job in flow["jobs"].items()]
STEPS = [(f"{stem}.{name}", step) for stem, name, job in JOBS for step in job["steps"]]


@pytest.mark.parametrize("name", EXPECTED)
def test_triggers(name: str) -> None:
    """When it runs, and nothing else; never pull_request_target, which would run strangers' code with our rights."""
    found = {event: about if isinstance(about, dict) else {} for event, about in WORKFLOWS[name]["on"].items()}
    assert {event: " ".join(about.get("types", ())) for event, about in found.items()} == EXPECTED[name]["runs"]


@pytest.mark.parametrize("name", EXPECTED)
def test_rights(name: str) -> None:
    """None on top, and in each job exactly what it needs; the bot has those that it has in a rehearsal."""
    assert sorted(file.name for file in FOLDER.iterdir()) == [f"{name}.yml" for name in EXPECTED]
    assert WORKFLOWS[name]["permissions"] == {}
    assert {job: given["permissions"] for job, given in WORKFLOWS[name]["jobs"].items()} == EXPECTED[name]["jobs"]
    rehearsed = {name.replace("_", "-"): level for name, level in stage.RIGHTS.items()}
    assert name != "submission" or EXPECTED[name]["jobs"]["reconcile"] == rehearsed


def test_one_writer_at_a_time() -> None:
    """Who writes to the repository or the site stands in one line, and waiting for it drops nothing."""
    writers = {
        (stem, name)
        for stem, name, job in JOBS
        if set(job["permissions"].items()) & {("contents", "write"), *DEPLOYS.items()}
    }
    in_line = {(stem, name) for stem, name, job in JOBS if job.get("concurrency", {}).get("group") == "one-writer"}
    assert writers <= in_line
    assert {name for _, name in in_line - writers} == {"build"}
    assert all(job["concurrency"] == ONE_WRITER for stem, name, job in JOBS if (stem, name) in in_line)


def test_what_starts_workflows_checks_nothing_out() -> None:
    """It has that one right, and one step: a script in the workflow file itself. A review's runs beside any branch."""
    starting = {f"{stem}.{name}": job for stem, name, job in JOBS if job["permissions"].get("actions") == "write"}
    assert sorted(starting) == STARTING
    for job in starting.values():
        (step,) = job["steps"]
        assert (job["permissions"], "uses" in step, "make" in step["run"]) == ({"actions": "write"}, False, False)


def test_no_foreign_text_in_the_environment() -> None:
    """What a stranger may have written comes by no variable; zizmor looks at scripts. Nor is any secret needed."""
    holders = [*WORKFLOWS.values(), *(job for _, _, job in JOBS), *(step for _, step in STEPS)]
    assert {text for holder in holders for text in holder.get("env", {}).values()} <= {*rows_of("runs", "passed")}
    assert not [file.name for file in FILES if "secrets" in re.sub(r"#.*", "", file.read_text(encoding="utf-8"))]
    is_sweep = "github.event_name == 'workflow_dispatch' && !inputs.pull_request"
    assert WORKFLOWS["submission"]["run-name"] == f"${{{{ {is_sweep} && '{SWEEP}' || 'One submission' }}}}"


@pytest.mark.parametrize(("where", "step"), STEPS)
def test_a_checkout_takes_main_and_leaves_no_token(where: str, step: Job) -> None:
    """Only what may only read sees other files; all else is a target of the Makefile."""
    if "checkout" in step.get("uses", ""):
        ref = {} if where.startswith(OWN_FILES) else {"ref": "refs/heads/main"}
        assert step["with"] == {**ref, "persist-credentials": "false"}
    if "run" in step and where not in (*STARTING, "release.draft"):
        make, target = step["run"].split()
        assert make == "make" and target in rows_of("runs", "commands")
        assert re.search(rf"^{target}:.*## ", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_only_wheels_are_kept_and_main_alone_keeps_them() -> None:
    """What is kept is not trusted: .ci/set-up holds each wheel against requirements/ whenever it installs it."""
    kept = [(where, step) for where, step in STEPS if "cache" in f"{step.get('uses')} {step.get('with')}"]
    saves = [where for where, step in kept if step["uses"].startswith("actions/cache/save@")]
    restores = [where for where, step in kept if step["uses"].startswith("actions/cache/restore@")]
    assert (sorted(saves), len(saves) + len(restores)) == (["publish.build", "submission.build"], len(kept))
    assert {step["with"]["path"] for _, step in kept} == {".wheels"}
    keys = {step["with"]["key"] for _, step in kept}
    version = {step["with"]["python-version"] for _, step in STEPS if "setup-python" in step.get("uses", "")}
    own = f"wheels-{version.pop()}-${{{{ hashFiles('requirements/site.txt') }}}}"
    assert (keys, version) == ({own, "${{ steps.wheels.outputs.cache-primary-key }}"}, set())


def test_no_event_is_dropped() -> None:
    """Wherever runs wait they all wait, save for tests, where a newer push counts; no job hangs for hours."""
    lines = [WORKFLOWS[stem].get("concurrency") or job["concurrency"] for stem, _, job in JOBS if stem != "check"]
    assert {(line["queue"], line["cancel-in-progress"]) for line in lines} == {("max", "false")}
    assert [name for _, name, job in JOBS if not 0 < int(job["timeout-minutes"]) <= 60] == []


def test_both_ways_to_publish_are_one() -> None:
    """What submission.yml publishes after a merge is what publish.yml publishes after a push, but for when."""

    def without_when(flow: str, name: str) -> dict[str, Any]:
        return {key: value for key, value in WORKFLOWS[flow]["jobs"][name].items() if key not in ("if", "needs")}

    for name in ("build", "deploy"):
        assert without_when("submission", name) == without_when("publish", name)
    assert WORKFLOWS["submission"]["jobs"]["build"]["needs"] == "reconcile"
    assert "needs.reconcile.outputs.published == 'true'" in WORKFLOWS["submission"]["jobs"]["build"]["if"]


def test_what_is_started_again_puts_out_nothing_old() -> None:
    """What was built, or handed to a preview, may hold by now what main has no more, and nothing would delete it."""
    assert "github.run_attempt < 2 &&" in WORKFLOWS["submission"]["jobs"]["preview"]["if"]
    for flow in ("publish", "submission"):
        jobs = WORKFLOWS[flow]["jobs"]
        assert jobs["build"]["outputs"] == {"attempt": "${{ github.run_attempt }}"}
        assert "needs.build.outputs.attempt == github.run_attempt" in jobs["deploy"]["if"]


DEPENDABOT = FOLDER.parent / "dependabot.yml"


def test_only_main_writes() -> None:
    """Somebody may start a workflow by hand on any branch; what stands on main alone acts."""
    for flow in ("submission", "publish", "timer"):
        first = next(iter(WORKFLOWS[flow]["jobs"].values()))
        assert f"{first['if']} && ".startswith("github.ref == 'refs/heads/main' && ")
    for job in WORKFLOWS["living"]["jobs"].values():
        assert job["if"].startswith("github.ref == 'refs/heads/main' && ")


def test_zizmor_finds_nothing() -> None:
    """Rights have their reasons, actions their hashes, scripts no foreign text; one line is waived, with its reason."""
    run = ran(BIN / "zizmor", "--offline", "--persona=pedantic", "--no-progress", "--no-config", *FILES, DEPENDABOT)
    assert run.returncode == 0 and "No findings to report" in run.stdout + run.stderr, run.stdout + run.stderr
    assert [*PROJECT.glob("zizmor.y*ml"), *FOLDER.parent.glob("*.y*ml")] == [DEPENDABOT]
    (waived,) = [line.strip() for file in FILES for line in file.read_text("utf-8").splitlines() if "zizmor" in line]
    assert re.match(r"issue_comment: # zizmor: ignore\[dangerous-triggers\] \S+( \S+){5,}$", waived)
    run = ran(BIN / "actionlint", *FILES)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")
