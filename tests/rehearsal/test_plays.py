"""The plays: the story happens, every attack fails, and each play says so when its defence is gone."""

import dataclasses
import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from fake_github.git import git
from mutualaid.adapters.yaml import read_yaml
from mutualaid.cli.main import main
from mutualaid.cli.terminal import BROKEN, FINE, PROBLEMS
from mutualaid.core.forms.answers import Answers
from mutualaid.core.forms.model import Form
from mutualaid.core.pipeline.actions import Decision, Merge
from mutualaid.core.pipeline.decide import decide
from mutualaid.core.pipeline.situation import Situation
from mutualaid.flows import gather, read_offer, reconcile
from mutualaid.rehearsal.attacks import ATTACKS, play
from mutualaid.rehearsal.stage import Missed, Stage, stage_in
from site_under_test import CACHE
from world import PROJECT, World

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
Patch = pytest.MonkeyPatch
Gone = Callable[[Patch, World], None]


@pytest.fixture
def small(tmp_path: Path) -> World:
    world = World.made_in(tmp_path / "small")
    world.entry("resources", "old-guide")
    shutil.copytree(PROJECT / ".github", world.root / ".github")
    return world


def played(world: World, name: str, off: tuple[str, ...] = ()) -> tuple[str, str]:
    with stage_in(world.root, world.root.parent / "stage", NOW, off=off) as stage:
        return play(stage, name)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_fails(name: str, small: World) -> None:
    did, published = played(small, name)
    assert len(did) > 30 and published.startswith("nothing")


def gullible(situation: Situation, policy: Any, now: dt.datetime) -> Decision:
    pull = situation.pull
    if pull is None or not pull.reviews or pull.is_merged:
        return decide(situation, policy, now)
    return Decision("published", (Merge(pull.number, pull.head, "Add", "x", ""),), "Somebody said something.")


def merges_all(patch: Patch, _world: World) -> None:
    """A bot that takes any review for an approval of everything, and reads the reviews of everything."""
    patch.setattr(reconcile, "decide", gullible)
    by_pull = gather.SituationReader._by_pull

    def with_reviews(reader: gather.SituationReader, pull: Any, row: Any) -> Situation | None:
        seen = by_pull(reader, pull, row)
        if seen is None or seen.pull is None or seen.pull.is_merged:
            return seen
        return dataclasses.replace(seen, pull=reader.reader.with_reviews(seen.pull))

    patch.setattr(gather.SituationReader, "_by_pull", with_reviews)


def finds(found: object, *places: str) -> Gone:
    def take_away(patch: Patch, _world: World) -> None:
        for place in places:
            patch.setattr(f"mutualaid.{place}", lambda *_: found)

    return take_away


def says(name: str, text: str, instead: str) -> Gone:
    def take_away(_patch: Patch, world: World) -> None:
        file = world.root / name
        before = file.read_text(encoding="utf-8")
        assert text in before
        file.write_text(before.replace(text, instead), encoding="utf-8")

    return take_away


def fetches_heads(patch: Patch, _world: World) -> None:
    def look(stage: Stage, number: int = 0, look: Any = Stage.look) -> Any:
        if number:
            git("-C", str(stage.project), "fetch", "--quiet", stage.github.fork_url("stranger"), "mine")
        return look(stage, number)

    patch.setattr(Stage, "look", look)


def runs_tags(patch: Patch, _world: World) -> None:
    def read(text: str, file: str) -> Any:
        if "!!python" in text:
            yaml.unsafe_load(text)
        return read_yaml(text, file)

    patch.setattr("mutualaid.adapters.entry_files.read_yaml", read)


def reads_leniently(patch: Patch, _world: World) -> None:
    """A reader of forms for whom the last heading of a name counts, and every box is checked."""

    def read(body: str, form: Form) -> Answers:
        parts = re.split(r"^### (.+)$", body, flags=re.MULTILINE)
        typed = {name.strip(): text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=False)}
        found = {one.id: typed.get(one.label, "").replace("_No response_", "") for one in form.fields}
        return Answers({name: text.strip("`\n") for name, text in found.items()}, (True,) * len(form.consents))

    patch.setattr(read_offer, "read_form", read)


BY_ANYBODY = finds(True, "core.pipeline.policy.Policy.may_approve")
CHECKS_NOTHING = finds((), "core.entries.checks.Rulebook.check")
CARELESS = "run: |\n          echo ${{ github.event.issue.title }}\n"
GONE: list[tuple[str, Gone, tuple[str, ...]]] = [
    ("changed-form", merges_all, ()),
    ("late-push", finds(None), ("a-merge-needs-the-asked-head",)),
    ("mixed-text", finds(False, "adapters.github.read.GitHubReader._is_overtaken"), ()),
    ("pushed-branch", merges_all, ()),
    ("no-review", merges_all, ()),
    ("no-review", BY_ANYBODY, ()),
    ("own-approval", merges_all, ()),
    ("own-approval", BY_ANYBODY, ()),
    ("planted-marker", finds(True, "core.pipeline.situation.is_same"), ()),
    ("fork-code", merges_all, ()),
    ("fork-code", fetches_heads, ()),
    ("path-fence", merges_all, ()),
    ("own-policy", merges_all, ()),
    ("hostile-yaml", merges_all, ()),
    ("hostile-yaml", runs_tags, ()),
    ("shell-text", says(".github/workflows/submission.yml", "run: make reconcile", CARELESS), ()),
    ("two-readings", reads_leniently, ()),
    ("script-text", CHECKS_NOTHING, ()),
    ("hidden-text", CHECKS_NOTHING, ()),
    ("hidden-text", finds((), "core.forms.to_entry.hidden_in", "adapters.yaml.hidden_in"), ()),
    ("flood", says("schemas/policy.yaml", "open_per_account: 3", "open_per_account: 50"), ()),
]


@pytest.mark.parametrize(("name", "take_away", "off"), GONE)
def test_an_attack_gets_through_without_its_defence(
    name: str, take_away: Gone, off: tuple[str, ...], small: World, monkeypatch: Patch
) -> None:
    take_away(monkeypatch, small)
    with pytest.raises(Missed):
        played(small, name, off)


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
    assert page and "Removed" in (kept / "project/output" / page[1]).read_text(encoding="utf-8")
    assert (kept / "project" / "submissions").is_dir() and not (tmp_path / "not-here").exists()
    assert git("-C", str(PROJECT), "status", "--porcelain") == before
    assert main(["--root", str(PROJECT), "rehearse", "--keep", str(kept)]) == BROKEN
    assert "empty" in capsys.readouterr().err


def test_a_step_that_does_not_happen(small: World, capsys: pytest.CaptureFixture[str], monkeypatch: Patch) -> None:
    """It says which, and why, and exits with 1; whoever the policy names plays the maintainer."""
    for text, instead in (("permission: write", "permission: admin"), ("approvers: []", "approvers: [somebody]")):
        says("schemas/policy.yaml", text, instead)(monkeypatch, small)
    assert main(["--root", str(small.root), "rehearse"]) == PROBLEMS  # the small project has no theme to build with
    out = capsys.readouterr().out
    assert " 7 The site is built from main.\n   ✗ The site was not built. " in out
    assert "It stopped at step 7 of 14." in out


def test_attacks_on_the_screen(small: World, capsys: pytest.CaptureFixture[str], monkeypatch: Patch) -> None:
    """They can be listed and played by name; one that gets through makes the status 1; each has its row above."""
    own = ["--root", str(small.root), "rehearse", "--attack"]
    assert main([*own, "list"]) == FINE
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(ATTACKS)
    assert main([*own, "none"]) == BROKEN
    assert "There is no attack none." in capsys.readouterr().err
    assert main([*own, "all", "--keep", str(small.root.parent / "kept")]) == BROKEN
    assert main([*own, "own-approval"]) == FINE
    assert "none got through" in capsys.readouterr().out
    merges_all(monkeypatch, small)
    assert main([*own, "own-approval"]) == PROBLEMS
    assert "Got through: own-approval" in capsys.readouterr().out
    assert {name for name, *_ in GONE} == ATTACKS.keys()
