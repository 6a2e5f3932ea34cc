"""The first door: exit status, what is printed where, and the same problem in three formats."""

import datetime as dt
import json
import re
from pathlib import Path
from unittest.mock import Mock

import pytest

from desk import Desk
from fake_github import BOT, Refusal
from github_under_test import asked_by_command
from mutualaid.adapters.pelican import BuildOutcome
from mutualaid.cli.build import _report
from mutualaid.cli.check import FORMATS
from mutualaid.cli.main import main
from mutualaid.cli.terminal import BROKEN, FINE, PROBLEMS
from mutualaid.core.entries.hidden_characters import with_stand_ins
from mutualaid.core.pipeline.bot_comment import words_of
from paper import small_world
from world import World, rows_of

CODE = "model.not-in-list"
SENTENCE = "What it is must be one of the models in the list. You wrote: '100%: a, b'."
FILE = "submissions/groups/fund.yaml"


@pytest.fixture
def wrong(world: World) -> World:
    world.entry("groups", "fund", model="100%: a, b")
    return world


def run(world: World, *arguments: str) -> int:
    return main(["--root", str(world.root), *arguments])


def test_fine(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """With warnings alone the status is 0; the count goes to the other stream; figures of pages stand under names."""
    world.entry("groups", "fund")
    world.entry("resources", "guide")
    assert run(world, "check") == FINE == 0
    out, err = capsys.readouterr()
    assert out.startswith("content/host.yaml:1:8: host.unset: warning: Not set up yet")
    assert out.count("\n") == 1
    assert run(world, "check", "--format", "github") == FINE
    assert capsys.readouterr().out.startswith("::warning file=content/host.yaml,line=1,col=8,title=host.unset::Not set")
    assert err == "2 entries and 2 pages read, median reading grade 0.0. 0 problems, 1 warning.\n"
    assert run(world, "reading") == FINE
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["page", "words", "median", "short", "grade"]
    assert {len(line.split()) for line in lines} == {5}


def test_one_problem_in_three_formats(wrong: World, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that an editor can jump to, data, and an annotation tell the same; the count goes to the other stream."""
    shown = {}
    for name in FORMATS:
        assert run(wrong, "check", "--format", name, str(wrong.root / FILE)) == PROBLEMS == 1
        shown[name], err = capsys.readouterr()
        assert err == "1 problem, 0 warnings.\n"
    assert shown["text"] == f"{FILE}:4:8: {CODE}: {SENTENCE}\n"
    assert shown["github"] == f"::error file={FILE},line=4,col=8,title={CODE}::{SENTENCE.replace('%', '%25')}\n"
    found = {"file": FILE, "line": 4, "column": 8, "code": CODE, "weight": "error"}
    assert json.loads(shown["json"]) == [{**found, "where": "What it is", "message": SENTENCE}]
    file = wrong.entry("groups", "fund")
    for form in FORMATS:
        assert run(wrong, "check", "--format", form, str(file)) == FINE
        assert capsys.readouterr() == ("[]\n" if form == "json" else "", "0 problems, 0 warnings.\n")


@pytest.mark.parametrize(("named", "codes"), rows_of("misuse", "named"))
def test_only_what_is_named(
    wrong: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, named: str, codes: list[str]
) -> None:
    """A file or folder is named from where one stands; of pages and entries alike only its problems are told."""
    wrong.write("submissions/groups/x.yml", "")
    wrong.write("content/about/bad.md", "Words.\n")
    (wrong.root / "content/home.yaml").unlink()
    for empty in ("submissions/resources", "submissions/group"):
        (wrong.root / empty).mkdir()
    monkeypatch.chdir(wrong.root)
    assert main(["check", "--format", "json", named]) == (PROBLEMS if codes else FINE)
    found = [one["code"] for one in json.loads(capsys.readouterr().out)]
    assert sorted(found) == sorted(codes)


def test_what_cannot_be_checked(
    world: World, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path_factory.mktemp("other")
    for path, said in (
        ("gone/a", "There is no file or folder gone/a. Name one that exists, for example submissions/groups."),
        (other, f"{other} is not in the checkout {world.root}. Name a file or folder that is, or pass --root."),
    ):
        assert run(world, "check", str(path)) == BROKEN == 2
        assert capsys.readouterr() == ("", f"{said}\n")
    (tmp_path / "other").mkdir()
    for command in ("check", "site", "serve"):
        assert main(["--root", str(tmp_path / "other"), command]) == BROKEN
        assert capsys.readouterr().err.endswith("it has no folder schemas/. Go there, or pass --root.\n")
    (world.root / "schemas/common.schema.yaml").unlink()
    assert run(world, "check") == BROKEN
    assert capsys.readouterr() == ("", "common.schema.yaml is missing from schemas/. Restore it from the repository.\n")


@pytest.mark.parametrize("arguments", [[], ["bake"], ["check", "--format", "xml"]])
def test_misuse(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == BROKEN
    assert capsys.readouterr().err.startswith("usage: mutualaid")


def test_reconcile_tells_what_it_does(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each decision with its reason and actions; a dry run shows each comment whole, and only reads."""
    desk.github.clock = dt.datetime.now(tz=dt.UTC)
    number = desk.offer()
    asked_by_command(monkeypatch, desk.github, desk.github.token_for(BOT))
    monkeypatch.setattr("mutualaid.adapters.pelican.try_whole", lambda *_: "")
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"issue": {"number": number}}), encoding="utf-8")
    command = ["--root", str(desk.root), "reconcile"]
    assert main([*command, "--event", str(event), "--dry-run"]) == FINE
    out = capsys.readouterr().out
    assert "#1: Its text is new.\n    would write submissions/resources/" in out
    assert {verb for verb, *_ in desk.github.log} == {"GET"} and desk.github.writes == 0
    assert main([*command, "--only", str(number)]) == FINE
    comment = re.findall(r"^    \| (.*)$", out, re.MULTILINE)
    assert len(comment) > 20 and "\n".join(comment) == with_stand_ins(words_of(desk.said(number)).rstrip())
    assert capsys.readouterr().out.endswith("10 requests, nothing to publish.\n")
    desk.github.review("ada", desk.pull_of(number), "APPROVE")
    assert main(command) == FINE
    assert capsys.readouterr().out.endswith(" 1 to publish.\n")
    assert (tmp_path / "output").read_text(encoding="utf-8").split() == ["published=false"] * 2 + ["published=true"]
    desk.github.fail_after(0)
    desk.offer("eve", title="Another")
    for status in (FINE, BROKEN):
        assert main(command) == status
        assert "GitHub could not be reached" in capsys.readouterr().err
    desk.github.fail_after(None)
    desk.github.just_before("git/create-tree", Mock(side_effect=Refusal(422, "No")))
    assert main(command) == BROKEN
    assert "#3: GitHub refused POST git/trees with 422" in capsys.readouterr().err
    assert main(command) == FINE
    assert main([*command, "--event", str(tmp_path / "none.json")]) == BROKEN


def test_downloads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = small_world(tmp_path)
    assert run(small, "downloads", "--only", "handout") == FINE
    out, err = capsys.readouterr()
    assert out.startswith("6 files, 6 of them made anew, 0.")
    assert err.count("exercises/") == 6
    assert len(list((tmp_path / "output").rglob("*-handout*.pdf"))) == 4
    assert run(small, "downloads", "--only", "handout") == FINE
    out, err = capsys.readouterr()
    assert out.startswith("6 files, 0 of them made anew, ") and "exercises/" not in err
    assert run(small, "downloads", "--only", "nothing-so-called") == BROKEN
    assert "No download has nothing-so-called in its path. One is " in capsys.readouterr().err


def test_a_build_that_leaves_no_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """Pelican may end well without our plugin, where a package is missing; that is no built site."""
    assert _report(BuildOutcome(0, {"problems": []}, "Cannot load plugin mutualaid.site")) == BROKEN
    err = capsys.readouterr().err
    assert "Cannot load plugin" in err and "make site" in err
