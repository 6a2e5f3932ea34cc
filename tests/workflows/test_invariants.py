"""What must hold of every workflow file: triggers, rights, pins, one writer at a time, no stranger's text in a script.

The linters know GitHub's rules; these tests know ours. Both run without a network.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mutualaid.adapters.github.settings import SWEEP
from world import PROJECT

FOLDER = PROJECT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
BIN = Path(sys.executable).parent
Job = Mapping[str, Any]

NUMBER_ASKED = {
    "description": "The number of the pull request to look at; empty to look at all that is open",
    "required": "false",
    "type": "string",
}
LIST_ASKED = {"description": "review or links; empty for both", "required": "false", "type": "string"}
TRIGGERS: Mapping[str, Any] = {
    "submission": {
        "issues": {"types": ["opened", "edited", "reopened", "closed"]},
        "issue_comment": {"types": ["created", "edited"]},
        "workflow_dispatch": {"inputs": {"pull_request": NUMBER_ASKED}},
    },
    "review": {"pull_request_review": {"types": ["submitted", "edited", "dismissed"]}},
    "check": {"pull_request": ""},
    "living": {"workflow_dispatch": {"inputs": {"list": LIST_ASKED}}},
    "publish": {"push": {"branches": ["main"]}, "workflow_dispatch": ""},
    "slow": {"workflow_dispatch": ""},
    "timer": {
        "schedule": [
            {"cron": "7,37 * * * *"},
            {"cron": "23 4 * * *"},
            {"cron": "11 5 1 * *"},
            {"cron": "41 5 * * 3"},
            {"cron": "17 2 * * 6"},
        ],
        "workflow_dispatch": "",
    },
}
BUILDS = {"actions": "read", "contents": "read", "issues": "read", "pull-requests": "read"}
STARTS = {"actions": "write"}
STARTING = ["review.signal", "submission.timer", "timer.start"]
LISTS = {"contents": "read", "issues": "write"}
DEPLOYS = {"pages": "write", "id-token": "write"}
RIGHTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "submission": {
        "reconcile": {"contents": "write", "issues": "write", "pull-requests": "write", "statuses": "write"},
        "build": BUILDS,
        "deploy": DEPLOYS,
        "timer": STARTS,
    },
    "review": {"signal": STARTS},
    "check": {"test": {"contents": "read"}},
    "living": {"review": LISTS, "links": LISTS},
    "publish": {"build": BUILDS, "deploy": DEPLOYS},
    "slow": {"test": {"contents": "read"}},
    "timer": {"start": STARTS},
}
COMMANDS = {
    *("make links", "make review", "make may-publish", "make reconcile", "make site", "make test", "make test-slow"),
}
A_NUMBER = "${{ github.event.pull_request.number }}"
"""GitHub makes it, always a whole number; nobody outside can put words there."""
A_TIMER = "${{ github.event.schedule }}"
"""One of the times in timer.yml."""
A_DAY = "${{ steps.may.outputs.last_sweep }}"
"""The bot makes it: a day or nothing."""
ONE_WRITER = {"group": "one-writer", "queue": "max", "cancel-in-progress": "false"}
PINNED = re.compile(r"^\s*(?:- )?uses: (actions/[a-z-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


def _read(file: Path) -> dict[str, Any]:
    """Read as text only, so that `on` stays a word."""
    return dict(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506 - it makes text alone


WORKFLOWS = {file.stem: _read(file) for file in FILES}
JOBS = [(stem, name, job) for stem, flow in WORKFLOWS.items() for name, job in flow["jobs"].items()]
STEPS = [(f"{stem}.{name}", step) for stem, name, job in JOBS for step in job["steps"]]
every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    else:
        yield str(value)


def test_the_files_are_these() -> None:
    """A new workflow is written down here first, with its triggers and rights."""
    assert sorted(WORKFLOWS) == sorted(TRIGGERS) == sorted(RIGHTS)
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(f"{name}.yml" for name in TRIGGERS)


@pytest.mark.parametrize("name", TRIGGERS)
def test_triggers(name: str) -> None:
    """When it runs, and nothing else; never pull_request_target, which would run strangers' code with our rights."""
    assert WORKFLOWS[name]["on"] == TRIGGERS[name]


@pytest.mark.parametrize("name", RIGHTS)
def test_rights(name: str) -> None:
    """None on top, and in each job exactly what it needs."""
    assert WORKFLOWS[name]["permissions"] == {}
    assert {job: given["permissions"] for job, given in WORKFLOWS[name]["jobs"].items()} == RIGHTS[name]


@every_file
def test_each_right_has_its_reason(file: Path) -> None:
    """A comment of at least four words stands beside it."""
    granted = re.findall(r"^ {6}[a-z-]+: (?:read|write)\b(.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(granted) == sum(len(rights) for rights in RIGHTS[file.stem].values())
    assert [reason for reason in granted if not re.fullmatch(r" # (\S+ ){2,}\S+", reason)] == []


def test_every_action_is_pinned() -> None:
    """By a whole commit hash, with its version beside it; the same everywhere."""
    lines = [line for file in FILES for line in _lines(file) if re.search(r"\buses:", line)]
    found = {match.groups() for line in lines if (match := PINNED.match(line))}
    assert [line for line in lines if not PINNED.match(line)] == []
    assert len({action for action, _, _ in found}) == len(found)


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


def test_no_event_is_dropped() -> None:
    """Wherever runs wait they all wait, save for tests, where a newer push makes the older run worthless."""
    lines = [WORKFLOWS[stem].get("concurrency") or job["concurrency"] for stem, _, job in JOBS if stem != "check"]
    assert {(line["queue"], line["cancel-in-progress"]) for line in lines} == {("max", "false")}


def test_no_foreign_text_in_a_script() -> None:
    """What a stranger may have written reaches a script from the event's file alone; so scripts hold no expression."""
    scripts = [text for _, step in STEPS for text in (step.get("run"), step.get("with", {}).get("script")) if text]
    assert scripts
    assert [text for text in scripts if EXPRESSION.search(text)] == []


def test_no_foreign_text_in_the_environment() -> None:
    """Nor does it come by a variable."""
    passed = [text for _, step in STEPS for text in _texts(step.get("env", {}))]
    passed += [text for flow in WORKFLOWS.values() for text in _texts(flow.get("env", {}))]
    passed += [text for _, _, job in JOBS for text in _texts(job.get("env", {}))]
    assert set(passed) <= {"${{ github.token }}", "${{ vars.SITE_ADDRESS }}", A_NUMBER, A_TIMER, A_DAY}


@every_file
def test_no_secret(file: Path) -> None:
    """The workflow's own token is enough: nothing to register, nothing to lose."""
    assert "secrets" not in re.sub(r"#.*", "", file.read_text(encoding="utf-8"))


def test_what_starts_workflows_checks_nothing_out() -> None:
    """It has that one right, and one step: a script in the workflow file itself. A review's runs beside any branch."""
    starting = {f"{stem}.{name}": job for stem, name, job in JOBS if job["permissions"].get("actions") == "write"}
    assert sorted(starting) == STARTING
    for job in starting.values():
        (step,) = job["steps"]
        assert (job["permissions"], "uses" in step, "make" in step["run"]) == (STARTS, False, False)


def test_only_the_timer_has_a_schedule() -> None:
    """GitHub switches a file with a schedule off as a whole after 60 quiet days; no event may be lost with it."""
    assert [stem for stem, flow in WORKFLOWS.items() if "schedule" in flow["on"]] == ["timer"]
    assert set(WORKFLOWS["timer"]["on"]) == {"schedule", "workflow_dispatch"}


def test_a_sweep_is_known_by_its_title() -> None:
    """The doctor and the site look for it; and no title of an issue stays behind in the list of runs."""
    is_sweep = "github.event_name == 'workflow_dispatch' && !inputs.pull_request"
    assert WORKFLOWS["submission"]["run-name"] == f"${{{{ {is_sweep} && '{SWEEP}' || 'One submission' }}}}"


@pytest.mark.parametrize(("where", "step"), STEPS)
def test_a_checkout_takes_main_and_leaves_no_token(where: str, step: Job) -> None:
    """Only `check`, which may only read, sees a contributor's files."""
    if "checkout" in step.get("uses", ""):
        ref = {} if where.startswith("check.") else {"ref": "refs/heads/main"}
        assert step["with"] == {**ref, "persist-credentials": "false"}


@pytest.mark.parametrize(("where", "step"), STEPS)
def test_a_job_is_one_command(where: str, step: Job) -> None:
    """It also runs on a laptop, since it is a target of the Makefile, save for what starts workflows."""
    if "run" in step and where not in STARTING:
        assert step["run"] in COMMANDS
        target = step["run"].removeprefix("make ")
        assert re.search(rf"^{target}:.*## ", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("stem", "name", "job"), JOBS)
def test_every_job_ends(stem: str, name: str, job: Job) -> None:
    """A job that hangs would hold up the line for six hours."""
    assert 0 < int(job["timeout-minutes"]) <= 60, f"{stem}.{name}"


def test_both_ways_to_publish_are_one() -> None:
    """What submission.yml publishes after a merge is what publish.yml publishes after a push, but for when."""

    def without_when(flow: str, name: str) -> dict[str, Any]:
        return {key: value for key, value in WORKFLOWS[flow]["jobs"][name].items() if key not in ("if", "needs")}

    for name in ("build", "deploy"):
        assert without_when("submission", name) == without_when("publish", name)
    assert WORKFLOWS["submission"]["jobs"]["build"]["needs"] == "reconcile"
    assert "needs.reconcile.outputs.published == 'true'" in WORKFLOWS["submission"]["jobs"]["build"]["if"]


def test_only_main_writes() -> None:
    """Somebody may start a workflow by hand on any branch; what stands on main alone acts."""
    for flow in ("submission", "publish", "timer"):
        first = next(iter(WORKFLOWS[flow]["jobs"].values()))
        assert first["if"] == "github.ref == 'refs/heads/main'"
    for job in WORKFLOWS["living"]["jobs"].values():
        assert job["if"].startswith("github.ref == 'refs/heads/main' && ")


def test_each_list_can_be_asked_for_alone() -> None:
    """The timer of one list does not start the other's job; by hand, both run."""
    for name, other in (("review", "links"), ("links", "review")):
        assert f"inputs.list != '{other}'" in WORKFLOWS["living"]["jobs"][name]["if"]


def _run(*command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, env={**os.environ, **more}
    )


def _zizmor(*files: Path) -> subprocess.CompletedProcess[str]:
    return _run(BIN / "zizmor", "--offline", "--persona=pedantic", "--no-progress", "--no-config", *files)


def test_zizmor_finds_nothing() -> None:
    """One finding is waived, in one line, with its reason; nothing else is, and no file of settings hides anything."""
    run = _zizmor(*FILES)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "No findings to report" in run.stdout + run.stderr
    assert not [
        *PROJECT.glob("zizmor.y*ml"),
        *FOLDER.parent.glob("zizmor.y*ml"),
        *FOLDER.parent.glob("actionlint.y*ml"),
    ]
    waived = [
        line.strip() for file in FILES for line in file.read_text(encoding="utf-8").splitlines() if "zizmor" in line
    ]
    assert len(waived) == 1
    assert re.match(r"issue_comment: # zizmor: ignore\[dangerous-triggers\] \S+( \S+){5,}$", waived[0])


def test_zizmor_would_find_what_is_waived(tmp_path: Path) -> None:
    """Without that line there is one finding, at the trigger that it names."""
    bare = tmp_path / "submission.yml"
    bare.write_text(re.sub(r" # zizmor:.*", "", (FOLDER / "submission.yml").read_text(encoding="utf-8")))
    run = _zizmor(bare)
    assert run.returncode != 0
    assert run.stdout.count("[dangerous-triggers]") == 1
    assert "issue_comment" in run.stdout
    assert run.stdout.count("audit documentation") == 1


def test_zizmor_finds_issue_text_in_a_script(tmp_path: Path) -> None:
    """The linter is awake."""
    broken = tmp_path / "submission.yml"
    text = (FOLDER / "submission.yml").read_text(encoding="utf-8")
    broken.write_text(text.replace("run: make reconcile", "run: echo ${{ github.event.issue.title }}"))
    assert "template-injection" in _zizmor(broken).stdout


def test_actionlint_finds_nothing() -> None:
    """Neither in the keys and expressions nor in the shell lines."""
    run = _run(BIN / "actionlint", *FILES)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")


def test_they_keep_githubs_schema() -> None:
    """As check-jsonschema carries it."""
    run = _run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *FILES)
    assert run.returncode == 0, run.stdout + run.stderr
