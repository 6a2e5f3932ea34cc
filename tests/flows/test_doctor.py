"""The doctor against a fake GitHub: a healthy repository, each fault alone, and tokens that may read little."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from fake_github import BOT, FakeGitHub
from fake_github.operation import match
from github_under_test import asked_by_command
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.settings import SWEEP
from mutualaid.cli.main import main
from mutualaid.core.pipeline.status import FOR_A_PERSON, SubmissionStatus
from mutualaid.core.upkeep.doctor import QUESTIONS, Diagnosis, Health
from mutualaid.flows.doctor import diagnosis_of
from world import PROJECT, SAMPLES, checkout_of, host_facts

PEOPLE = {"admin": "admin", "ada": "maintain", "mo": "write", "tri": "triage"}
NAMES = ("examples", "exercises", "groups", "resources", "change-a-page", "correct", "still-open", "take-down")
LABELS = (*(f"kind: {name}" for name in NAMES), *(status.label for status in SubmissionStatus), FOR_A_PERSON)
SETTINGS = yaml.safe_load((SAMPLES / "faults.yaml").read_text(encoding="utf-8"))
READS = ("actions", "administration", "issues", "pages")
WORKFLOWS = PROJECT / ".github" / "workflows"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = checkout_of(tmp_path_factory.mktemp("house"), **host_facts("filled"))
    assert main(["--root", str(root), "forms"]) == 0
    return root


@pytest.fixture
def github(tmp_path: Path) -> Iterator[FakeGitHub]:
    """Start a repository that is set up as docs/runbook.md says."""
    with FakeGitHub(tmp_path, people=PEOPLE) as fake:
        fake.plant({f".github/workflows/{file.name}": file.read_text() for file in WORKFLOWS.iterdir()})
        for label in LABELS:
            fake.call("admin", "issues/create-label", name=label)
        fake.settings.branch_goes_after_merge = True
        fake.ran("submission.yml", "workflow_dispatch", title=SWEEP)
        fake.later(minutes=20)
        yield fake


def _told(github: FakeGitHub, root: Path, login: str = "admin", **rights: str) -> dict[str, Diagnosis]:
    where = Client(github.address, github.repository, github.token_for(login, **rights))
    return {finding.name: finding for finding in diagnosis_of(root, where, github.clock)}


def test_a_healthy_repository(github: FakeGitHub, house: Path) -> None:
    """An administrator sees everything, and everything is fine; nothing is written."""
    found = _told(github, house)
    assert [finding for finding in found.values() if finding.health is not Health.FINE] == []
    assert len(found) == len(QUESTIONS) and github.writes == 0
    assert not any(finding.cure for finding in found.values())


def _set(**settings: object) -> Callable[[FakeGitHub], object]:
    def change(github: FakeGitHub) -> None:
        for name, value in settings.items():
            assert hasattr(github.settings, name)
            setattr(github.settings, name, tuple(value) if isinstance(value, list) else value)

    return change


def _alone(github: FakeGitHub) -> None:
    for login in ("ada", "mo"):
        github.permit(login, "read")


def _no_label(github: FakeGitHub) -> None:
    del github.repo.labels["kind: groups"]


def _no_review(github: FakeGitHub) -> None:
    github.plant({".github/workflows/review.yml": None})


def _only_others_ran(github: FakeGitHub) -> None:
    """A look at one submission is no sweep, and neither is a sweep that failed."""
    github.later(hours=7)
    github.ran("submission.yml", "workflow_dispatch", title="One submission")
    github.ran("submission.yml", "workflow_dispatch", "failure", title=SWEEP)
    github.ran("submission.yml", "issues", title="One submission")


FAULTS: Mapping[str, tuple[Callable[[FakeGitHub], object], str, str, str]] = {
    **{name: (_set(**settings), *found) for name, settings, *found in SETTINGS},
    "a label is gone": (_no_label, "labels", "kind: groups", "gh label create 'kind: groups' --repo example/"),
    "no sweep since": (_only_others_ran, "last sweep", "on 2027-01-04, 7 hours ago", "gh workflow enable timer.yml"),
    "workflow gone": (_no_review, "workflows", "no review.yml", ".github/workflows"),
    "one person": (_alone, "approvers", "Only admin may approve", "sole_maintainer"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found(name: str, github: FakeGitHub, house: Path) -> None:
    spoil, wanted, said, mend = FAULTS[name]
    spoil(github)
    faults = [finding for finding in _told(github, house).values() if finding.health is not Health.FINE]
    assert [(finding.name, finding.health) for finding in faults] == [(wanted, Health.FAULT)]
    assert said in faults[0].said and faults[0].cure and mend in faults[0].cure


def test_never_swept(tmp_path: Path, house: Path) -> None:
    """A fresh repository has almost nothing; every question still has its answer."""
    with FakeGitHub(tmp_path, people=PEOPLE) as github:
        found = _told(github, house)
    assert found["last sweep"].said == "No sweep has ever ended well."
    assert found["workflows"].said.startswith("On main there is no submission.yml")
    assert found["labels"].cure.count("gh label create") == len(LABELS)


OF_ACTIONS = {"actions", "workflow permissions", "pull requests by Actions"}
HIDDEN = {
    "mo": {"branch rules", *OF_ACTIONS},
    "sam": {"branch rules", "squash merging", "head branches", *OF_ACTIONS, "pages", "approvers"},
    BOT: {"branch rules", "squash merging", "head branches", *OF_ACTIONS},
}


@pytest.mark.parametrize("login", HIDDEN)
def test_what_may_not_be_read_is_never_fine(login: str, github: FakeGitHub, house: Path) -> None:
    """Somebody who may write sees less than an administrator, a stranger less still, whatever is wrong."""
    found = _told(github, house, login)
    hidden = {name for name, finding in found.items() if finding.health is Health.NOT_VISIBLE}
    assert hidden == HIDDEN[login]
    assert all("may not read it" in found[name].said and found[name].cure for name in hidden)
    assert all(finding.health is Health.FINE for name, finding in found.items() if name not in hidden)
    _set(protection=None, actions_enabled=False, workflow_rights="write", actions_may_open_pulls=False)(github)
    found = _told(github, house, login)
    assert {found[name].health for name in ("branch rules", *OF_ACTIONS)} == {Health.NOT_VISIBLE}
    _set(protection="ruleset", required_checks=("test",))(github)  # a ruleset is public, so its fault is seen by all
    assert _told(github, house, login)["branch rules"].health is Health.FAULT


def test_a_token_that_may_only_read_is_enough(github: FakeGitHub, house: Path) -> None:
    """With exactly the rights that are used only what GitHub shows to writers is unseen."""
    found = _told(github, house, "admin", **dict.fromkeys(READS, "read"))
    hidden = {name for name, finding in found.items() if finding.health is not Health.FINE}
    assert hidden == {"squash merging", "head branches"}
    assert {verb for verb, _, _ in github.log} == {"GET"}
    asked = [match(verb, target.partition("?")[0])[0].needs for verb, target, _ in github.log]
    assert {needs.partition(": ")[0] for needs in asked} == {*READS, "metadata"}


def test_the_checkout(github: FakeGitHub, tmp_path: Path) -> None:
    """Forms that nobody wrote anew and facts about the host that are missing are findings too."""
    (tmp_path / "root").mkdir()
    found = _told(github, checkout_of(tmp_path / "root"))
    assert found["forms"].cure == "mutualaid forms"
    assert "private_contact" in found["host"].said


def test_the_command(
    github: FakeGitHub, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 0 where all is fine, 1 with findings, 2 where nobody answers or no token is given."""
    arguments = ["--root", str(house), "doctor"]
    for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "GITHUB_REPOSITORY and GITHUB_TOKEN" in said and "read-only" in said and "write" not in said
    assert [name for name in READS if name.title() not in said] == []
    asked_by_command(monkeypatch, github, github.token_for("admin"))
    github.ran("submission.yml", "workflow_dispatch", at=dt.datetime.now(tz=dt.UTC), title=SWEEP)
    assert main(arguments) == 0
    assert f"{len(QUESTIONS)} fine, 0 to fix, 0 not visible." in capsys.readouterr().err
    github.settings.pages_source = None
    assert main(arguments) == 1
    said = capsys.readouterr().out
    assert "to fix       pages: Pages is off.\n" in said
    assert "→ Choose GitHub Actions as the source at https://github.com/example/project/settings/pages" in said
    monkeypatch.setenv("GITHUB_TOKEN", github.token_for("sam"))
    assert main(arguments) == 1
    assert "not visible  actions: This token may not read it" in capsys.readouterr().out
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    assert main(arguments) == 2
    assert "could not be reached" in capsys.readouterr().err
