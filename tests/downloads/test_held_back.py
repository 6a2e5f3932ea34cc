"""A file that cannot be made: it alone is missing, its entry and field are named, and all pages are there."""

import re
import shutil
from pathlib import Path

import pytest

from mutualaid.cli.main import main
from mutualaid.cli.terminal import HELD_BACK
from mutualaid.core.entries.problem import Problem
from mutualaid.downloads.catalogue import planned
from mutualaid.downloads.held_back import held_back
from mutualaid.downloads.make import Cache, make_all
from mutualaid.downloads.material import read_material
from paper import STEPS, small_world
from site_under_test import build
from world import PROJECT, TODAY, World

HEAD = re.compile(r"(#let (?:sheet|book)\(.*\) = \{\n)")
REFUSAL = r'\1  show "zebra": it => panic("no zebra may be printed")' + "\n"
"""The templates of these tests refuse a word, since no text is known that passes the check and that Typst refuses."""
PROMPTS = [{"prompt": "What I would keep", "lines": 3}, {"prompt": "Draw a zebra", "lines": 4}]


@pytest.fixture
def small(tmp_path: Path) -> World:
    world = small_world(tmp_path)
    (tmp_path / "theme").unlink()
    shutil.copytree(PROJECT / "theme", tmp_path / "theme")
    for name in ("sheet.typ", "book.typ"):
        file = tmp_path / "theme/print" / name
        text, count = HEAD.subn(REFUSAL, file.read_text(encoding="utf-8"))
        assert count == 1
        file.write_text(text, encoding="utf-8")
    return world


def reported(world: World, ending: str) -> dict[str, Problem]:
    """Make the files of a world that end so; return, by path, what is said of those that cannot be made."""
    material = read_material(world.root, TODAY)
    plan = [one for one in planned(material) if one.path.endswith(ending)]
    made, failed = make_all(plan, Cache(world.root / "kept"))
    assert len(made) + len(failed) == len(plan)
    return {one.path: problem for (one, _), problem in zip(failed, held_back(failed, material), strict=True)}


def test_in_a_book(small: World) -> None:
    small.entry("groups", "fund", organizer="The zebra club")
    found = reported(small, ".pdf")
    assert set(found) == {"downloads/mutual-aid-at-work.pdf", "downloads/new-here.pdf"}
    assert {(one.place.file, one.where) for one in found.values()} == {("submissions/groups/fund.yaml", "Run by")}
    small.entry("groups", "fund")
    small.page("about/more.md", "One zebra.\n")
    (problem,) = reported(small, ".pdf").values()
    assert (problem.place.file, problem.where) == ("content/about/more.md", "Title and text")


def test_no_text_keeps_it_back(small: World) -> None:
    file = small.root / "theme/print/sheet.typ"
    file.write_text(file.read_text(encoding="utf-8") + "\n#nope\n", encoding="utf-8")
    (problem, *_) = reported(small, "handout.pdf").values()
    assert "No single text causes this" in problem.message and "unknown variable: nope" in problem.message


def test_the_site_is_built(small: World) -> None:
    """All pages and other files are there, with no link to this one; a sentence names the prompt of the exercise."""
    small.entry("exercises", "first-steps", handout=PROMPTS, **STEPS)
    output, folder = small.root / "output", small.root / "output/exercises/first-steps"
    run = build(output, small.root, MUTUALAID_DOWNLOADS_CACHE=str(small.root / "kept"))
    assert run.returncode == HELD_BACK == 3, run.stderr
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "Draw a zebra" in page
    assert "first-steps-handout.pdf" not in page and "first-steps-handout.docx" in page
    assert (output / "exercises/second-steps/second-steps-handout.pdf").is_file()
    assert not (folder / "first-steps-handout.pdf").exists()
    said = [line for line in run.stderr.splitlines() if "download.not-made" in line]
    assert all(line.startswith("submissions/exercises/first-steps.yaml:1:1: ") for line in said)
    assert (
        "submissions/exercises/first-steps.yaml:1:1: download.not-made: The file exercises/first-steps/first-steps-"
        "handout.pdf could not be made, so the site has no such file and no link to it. The cause is in “On the "
        "handout 2, Prompt”. You wrote: 'Draw a zebra'. Reword it. The program said: panicked with: no zebra may be "
        "printed"
    ) in said
    assert run.stderr.splitlines()[-1] == f"The site is built without {len(said)} files to download, listed above."
    assert "Traceback" not in run.stderr
    assert main(["--root", str(small.root), "downloads", "--only", "handout.pdf"]) == HELD_BACK
