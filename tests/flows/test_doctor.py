"""The doctor against a fake GitHub: a healthy repository, each fault alone, and tokens that may read little."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from fake_github import BOT, FakeGitHub
from fake_github.operation import match
from github_under_test import asked_by_command
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.settings import SWEEP
from mutualaid.cli.main import main
from mutualaid.core.pipeline.status import FOR_A_PERSON, SubmissionStatus
from mutualaid.core.upkeep.doctor import QUESTIONS, Diagnosis, Health
from mutualaid.flows.upkeep import diagnosis_of
from world import PROJECT, checkout_of, host_facts, host_text, rows_of

PEOPLE = {"admin": "admin", "ada": "maintain", "mo": "write", "tri": "triage"}
NAMES = sorted(file.stem for file in (PROJECT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if file.stem != "config")
LABELS = (*(f"kind: {name}" for name in NAMES), *(status.label for status in SubmissionStatus), FOR_A_PERSON)
READS = ("actions", "administration", "issues", "pages", "variables")
WORKFLOWS = PROJECT / ".github" / "workflows"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("filled") / "house"
    shutil.copytree(PROJECT / "schemas", root / "schemas")
    (root / "content").mkdir()
    own = {"repository": "https://github.com/example/project", "site_address": "https://example.github.io/project"}
    (root / "content" / "host.yaml").write_text(host_text(**{**host_facts("filled"), **own}))
    assert main(["--root", str(root), "forms"]) == 0
    return root


@pytest.fixture
def house(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "house"))


@pytest.fixture
def github(tmp_path: Path) -> Iterator[FakeGitHub]:
    """Start a repository that is set up as docs/runbook.md says."""
    (tmp_path / "github").mkdir()
    with FakeGitHub(tmp_path / "github", people=PEOPLE) as fake:
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
    found = _told(github, house)
    assert [finding for finding in found.values() if finding.health is not Health.FINE] == []
    assert len(found) == len(QUESTIONS)
    assert not any(finding.cure for finding in found.values())
    assert github.writes == 0


Spoil = Callable[[FakeGitHub, Path], object]


def _set(**settings: object) -> Spoil:
    def change(github: FakeGitHub, _: Path) -> None:
        for name, value in settings.items():
            assert hasattr(github.settings, name)
            setattr(github.settings, name, tuple(value) if isinstance(value, list) else value)

    return change


def _says(file: str, text: str, instead: str) -> Spoil:
    def change(_: FakeGitHub, root: Path) -> None:
        before = (root / file).read_text()
        assert text in before
        (root / file).write_text(before.replace(text, instead))
        main(["--root", str(root), "forms"])

    return change


def _only_others_ran(github: FakeGitHub, _: Path) -> None:
    """A look at one submission is no sweep, and neither is a sweep that failed."""
    github.later(hours=7)
    github.ran("submission.yml", "workflow_dispatch", title="One submission")
    github.ran("submission.yml", "workflow_dispatch", "failure", title=SWEEP)
    github.ran("submission.yml", "issues", title="One submission")


POLICY = "schemas/policy.yaml"
BY_HAND: Mapping[str, Spoil] = {
    "a label is gone": lambda github, _: github.repo.labels.pop("kind: groups"),
    "no sweep since": _only_others_ran,
    "workflow gone": lambda github, _: github.plant({".github/workflows/review.yml": None}),
    "one person": lambda github, _: github.repo.roles.update(ada="read", mo="read"),
}
FAULTS: Mapping[str, tuple[Spoil, str, str, str]] = {
    **{name: (_set(**settings), *found) for name, settings, *found in rows_of("faults")},
    **{name: (_says(*edit), *found) for name, (edit, found) in rows_of("faults-in-files").items()},
    **{name: (spoil, *rows_of("faults-by-hand")[name]) for name, spoil in BY_HAND.items()},
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found(name: str, github: FakeGitHub, house: Path) -> None:
    spoil, wanted, said, cure = FAULTS[name]
    spoil(github, house)
    faults = [finding for finding in _told(github, house).values() if finding.health is not Health.FINE]
    assert [(finding.name, finding.health) for finding in faults] == [(wanted, Health.FAULT)]
    assert said in faults[0].said
    assert faults[0].cure
    assert cure in faults[0].cure
    assert len(faults[0].cure.splitlines()) == faults[0].said.count(".") or wanted != "branch rules"


def test_what_may_look_wrong_and_is_not(github: FakeGitHub, house: Path) -> None:
    """Actions by GitHub alone, rules that keep nothing waiting, an address that a variable gives."""
    fine = ("required_linear_history", "non_fast_forward", "copilot_code_review")
    address = {"pages_address": "http://Aid.example.org/", "site_address": "https://aid.example.org"}
    _set(more_rules=fine, allowed_actions="selected", **address)(github, house)
    assert {finding.health for finding in _told(github, house).values()} == {Health.FINE}
    _says(POLICY, "owners: []", "owners: [example/stewards]")(github, house)
    found = _told(github, house)["owners"]
    assert (found.health, found.said) == (Health.NOT_VISIBLE, "Whether these may write: example/stewards.")


def test_a_fresh_start(tmp_path: Path) -> None:
    """The repository and the checkout have almost nothing; every question still has its answer."""
    for name in ("github", "root"):
        (tmp_path / name).mkdir()
    with FakeGitHub(tmp_path / "github", people=PEOPLE) as github:
        found = _told(github, checkout_of(tmp_path / "root"))
    assert found["last sweep"].said == "No sweep has ever ended well."
    assert found["workflows"].said.startswith("On main there is no submission.yml")
    assert found["labels"].cure.count("gh label create") == len(LABELS)  # and --fix makes them, see below
    assert found["forms"].cure == "mutualaid forms"
    assert "private_contact" in found["host"].said


OF_ACTIONS = {"actions", "actions that may run", "workflow permissions", "pull requests by Actions"}
HIDDEN = {
    "mo": {"branch rules", *OF_ACTIONS},
    "sam": {"branch rules", "squash merging", "head branches", *OF_ACTIONS, "pages", "approvers", "owners"},
    BOT: {"branch rules", "squash merging", "head branches", *OF_ACTIONS, "pages"},
}


@pytest.mark.parametrize("login", HIDDEN)
def test_what_may_not_be_read_is_never_fine(login: str, github: FakeGitHub, house: Path) -> None:
    """Somebody who may write sees less than an administrator, a stranger less still, whatever is wrong."""
    found = _told(github, house, login)
    hidden = {name for name, finding in found.items() if finding.health is Health.NOT_VISIBLE}
    assert hidden == HIDDEN[login]
    assert all("may not read it" in found[name].said and found[name].cure for name in hidden)
    assert all(finding.health is Health.FINE for name, finding in found.items() if name not in hidden)
    _set(protection=None, actions_enabled=False, workflow_rights="write", actions_may_open_pulls=False)(github, house)
    found = _told(github, house, login)
    assert {found[name].health for name in ("branch rules", *OF_ACTIONS)} == {Health.NOT_VISIBLE}
    _set(protection="ruleset", required_checks=("test",))(github, house)  # which is public, so all see its fault
    assert _told(github, house, login)["branch rules"].health is Health.FAULT


def test_a_token_that_may_only_read_is_enough(
    github: FakeGitHub, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message asks for exactly the rights that are used; with them only what GitHub shows to writers is unseen."""
    found = _told(github, house, "admin", **dict.fromkeys(READS, "read"))
    hidden = {name for name, finding in found.items() if finding.health is not Health.FINE}
    assert hidden == {"squash merging", "head branches"}
    assert {verb for verb, _, _ in github.log} == {"GET"}
    asked = [match(verb, target.partition("?")[0])[0].needs for verb, target, _ in github.log]
    assert {needs.partition(": ")[0] for needs in asked} == {*READS, "metadata"}

    for name in ("GITHUB_REPOSITORY", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--root", str(house), "doctor"]) == 2
    said = capsys.readouterr().err
    assert "write" not in said
    assert "read-only" in said
    assert [name for name in READS if name.title() not in said] == []


def test_the_command(
    github: FakeGitHub, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--root", str(house), "doctor"]
    for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert main(arguments) == 2
    assert "GITHUB_REPOSITORY and GITHUB_TOKEN" in capsys.readouterr().err
    asked_by_command(monkeypatch, github, github.token_for("admin"))
    github.ran("submission.yml", "workflow_dispatch", at=dt.datetime.now(tz=dt.UTC), title=SWEEP)
    assert main(arguments) == 0
    assert f"{len(QUESTIONS)} fine, 0 to fix, 0 not visible." in capsys.readouterr().err
    github.settings.pages_source = None
    github.repo.labels.pop("kind: groups")
    assert main([*arguments, "--fix"]) == 1
    assert "made         label: kind: groups\n" in capsys.readouterr().out
    assert github.writes == 1
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
