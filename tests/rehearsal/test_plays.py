"""The story happens, on a copy and on a test repository, and nowhere else."""

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fake_github.git import git
from github_under_test import asked_by_command
from mutualaid.adapters.pelican import BuildOutcome
from mutualaid.cli.main import main
from mutualaid.cli.terminal import BROKEN, FINE, PROBLEMS
from mutualaid.rehearsal import stage as stages
from mutualaid.rehearsal.stage import Stage, stage_in
from site_under_test import CACHE, show
from world import PROJECT, World, document_of

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
Patch = pytest.MonkeyPatch


@pytest.fixture
def small(tmp_path: Path) -> World:
    world = World.made_in(tmp_path / "small")
    world.entry("resources", "old-guide")
    shutil.copytree(PROJECT / ".github", world.root / ".github")
    return world


def test_the_story(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Patch) -> None:
    """Every step on the real project, with the real build; what is kept can be looked at; the project is untouched."""
    monkeypatch.setenv("MUTUALAID_DOWNLOADS_CACHE", str(CACHE))
    monkeypatch.setenv("MUTUALAID_OUTPUT", str(tmp_path / "not-here"))
    before = git("-C", str(PROJECT), "status", "--porcelain")
    kept = tmp_path / "kept"
    assert main(["--root", str(PROJECT), "rehearse", "--keep", str(kept)]) == FINE
    out = capsys.readouterr().out
    assert re.findall(r"^ ?(\d+) .+\.\n   ✓ .+$", out, re.MULTILINE) == [str(step) for step in range(1, 15)]
    page = re.search(r"leads to it: (\S+)$", out, re.MULTILINE)
    site = kept / "project/output"
    assert page and "Removed" in (site / page[1]).read_text(encoding="utf-8")
    assert not [file for file in site.rglob("*") if file.is_file() and b"A rehearsed list" in file.read_bytes()]
    assert (kept / "project" / "submissions").is_dir() and not (tmp_path / "not-here").exists()
    assert git("-C", str(PROJECT), "status", "--porcelain") == before
    assert main(["--root", str(PROJECT), "rehearse", "--keep", str(kept)]) == BROKEN
    assert "empty" in capsys.readouterr().err


def test_a_step_that_does_not_happen(small: World, capsys: pytest.CaptureFixture[str]) -> None:
    """It says which, and why, and exits with 1; whoever the policy names plays the maintainer."""
    policy = small.root / "schemas" / "policy.yaml"
    text = policy.read_text().replace("permission: write", "permission: admin")
    policy.write_text(text.replace("approvers: []", "approvers: [somebody]"))
    assert main(["--root", str(small.root), "forms"]) == FINE
    assert main(["--root", str(small.root), "rehearse"]) == PROBLEMS  # the small project has no theme to build with
    out = capsys.readouterr().out
    assert " 8 The site is built from main, and the new page is in it.\n   ✗ The site was not built. " in out
    assert "It stopped at step 8." in out


SECOND = "MUTUALAID_REHEARSE_SECOND_TOKEN"


def built_small(root: Path, *, output: Path, **_: object) -> BuildOutcome:
    """Write what a play looks at, in place of the real build, which test_the_story makes."""
    entries = [document_of(file.read_text()).value for file in (root / "submissions/resources").glob("*.yaml")]
    there = [one for one in entries if "retracted" not in one]
    pages = {f"{one['slug']}/": f"<h1>{one.get('title', 'Removed')}</h1>" for one in entries}
    pages[""] = "".join(f'<a href="{one["slug"]}/index.html">{one["title"]}</a>' for one in there)
    for name, text in pages.items():
        file = output / "resources" / name / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return BuildOutcome(0, {}, "")


@pytest.fixture
def there(small: World, tmp_path: Path, monkeypatch: Patch) -> Iterator[Stage]:
    """A test repository, whose workflows run whenever the command sleeps, and whose site is served."""
    small.host(private_contact="aid@example.org")
    assert main(["--root", str(small.root), "forms"]) == FINE
    monkeypatch.setattr(stages, "build_site", built_small)
    with stage_in(small.root, tmp_path / "there", NOW) as stage, show(stage.project / "output") as site:
        stage.github.settings.pages_address = f"{site.address}/"
        asked_by_command(monkeypatch, stage.github, stage.github.token_for("admin"))
        monkeypatch.setenv(SECOND, stage.github.token_for("contributor"))

        def sleep(_: float) -> None:
            stage.work()
            stage.built_page("")

        monkeypatch.setattr("mutualaid.cli.rehearse.time.sleep", sleep)
        yield stage


def rehearsed(stage: Stage, name: str = "example/project") -> int:
    return main(["--root", str(stage.project), "rehearse", "--on", name])


def test_on_a_test_repository(there: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """Each step says what was expected and what came. What it opened is closed, labeled and without a branch after it.

    The second time GitHub leaves a field out: that is listed, and nothing is left open either.
    """
    assert rehearsed(there) == FINE, capsys.readouterr()
    out, repo = capsys.readouterr().out, there.github.repo
    assert re.findall(r"^ ?(\d+) .+\.\n   Expected: .+\n   ✓ .+$", out, re.MULTILINE) == [*map(str, range(1, 15))]
    assert out.endswith("Nothing differs from the fake GitHub.\n")
    assert there.github._server and not {one for one in repo.tokens if one in out}

    def leave_out(*asked: Any, answer: Any = there.github._server.answer) -> Any:
        response = answer(*asked)
        if isinstance(response.data, dict) and "state_reason" in response.data:
            del response.data["state_reason"]
        return response

    there.github._server.answer = leave_out
    assert rehearsed(there) == PROBLEMS
    odd = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Differs: ")]
    assert odd == [
        "Differs: step 9: GitHub's answer is not as expected: KeyError('state_reason').",
        "Differs: 5 steps could not be played.",
        "Differs: issues/get: state_reason is nothing, and str in the fake.",
    ]
    assert all(not one.is_open and "rehearsal" in one.labels for one in repo.issues.values())
    assert [*repo.git.refs("refs/heads/")] == ["refs/heads/main"]


def test_with_one_account(there: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: Patch) -> None:
    """What needs other hands is not played, and nobody is led to believe that it was."""
    monkeypatch.delenv(SECOND)
    assert rehearsed(there) == PROBLEMS
    out = capsys.readouterr().out
    assert (out.count("   ✓ "), out.count("   – It needs a second account.")) == (6, 8) and SECOND in out
    assert not [one for one in there.github.repo.issues.values() if one.is_open]


def test_the_line_is_cut_in_the_middle(there: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said what may be open still, and the next one says how to go on where it can't know whose that is."""
    there.github.just_before("issues/create", lambda: there.github.fail_after(1))
    assert rehearsed(there) == BROKEN
    assert "what it opened in example/project may be open still. Run this again" in capsys.readouterr().err
    there.github.fail_after(None)
    assert rehearsed(there) == BROKEN
    assert "#1. If a rehearsal left it, give it the label “rehearsal”." in capsys.readouterr().err
    there.github.edit_issue("admin", 1, labels=["rehearsal"])
    assert rehearsed(there) == FINE
    assert not there.github.repo.issues[1].is_open


def facts(**own: str) -> Callable[[Stage, Patch], object]:
    return lambda stage, _: World(stage.project).host(private_contact="aid@example.org", **own)


EMPTY = ("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--allow-empty", "-mMine")
PLACES: list[tuple[str, Callable[[Stage, Patch], object]]] = [
    ("GITHUB_TOKEN must be set. Make one at https://", lambda _, patch: patch.delenv("GITHUB_TOKEN")),
    ("GITHUB_TOKEN must be a token", lambda _, patch: patch.setenv("GITHUB_TOKEN", "ghp_ab…cd")),
    (f"{SECOND} must be a token", lambda _, patch: patch.setenv(SECOND, "github_pat ab")),
    ("names example/project as the live one.", facts(repository="https://github.com/Example/project.git")),
    ("fill in private_contact", lambda stage, _: World(stage.project).host()),
    ("an administrator of example/project", lambda stage, _: stage.github.permit("admin", "maintain")),
    ("of another account, without any right", lambda stage, _: stage.github.permit("contributor", "triage")),
    ("people's work in example/project: #1. If", lambda stage, _: stage.github.open_issue("sam", "A title", "Words")),
    ("project: #1, the branch mine. If", lambda stage, _: stage.github.open_pull("maintainer", pushed(stage), "Mine")),
    ("the branch submission/1. If", lambda stage, _: pushed(stage, "submission/1")),
    ("not on main of example/project. Push", lambda stage, _: git("-C", str(stage.project), *EMPTY)),
]


def pushed(stage: Stage, branch: str = "mine") -> str:
    stage.github.push("maintainer", branch, {"README.md": "Mine\n"})
    return branch


@pytest.mark.parametrize(("words", "spoil"), PLACES)
def test_no_place_to_rehearse(
    words: str, spoil: Callable[[Stage, Patch], object], there: Stage, capsys: Any, monkeypatch: Patch
) -> None:
    """It is said in a sentence before anything is written, and no token is in it."""
    spoil(there, monkeypatch)
    assert (rehearsed(there), there.github.writes) == (BROKEN, 0)
    said = capsys.readouterr().err
    assert words in said and not [token for token in there.github.repo.tokens if token in said]
