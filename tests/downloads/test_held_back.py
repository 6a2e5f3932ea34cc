"""A file that cannot be made: it alone is missing, its entry and field are named, and all pages are there."""

import re
import shutil
from pathlib import Path

import pytest

from mutualaid.cli.main import main
from mutualaid.cli.terminal import HELD_BACK
from mutualaid.core.entries.problem import Problem
from mutualaid.downloads.cache import Cache
from mutualaid.downloads.catalogue import planned
from mutualaid.downloads.download import Download
from mutualaid.downloads.held_back import held_back
from mutualaid.downloads.make import make_all
from mutualaid.errors import BrokenHouse, HouseError
from paper import STEPS, material_of, small_world
from site_under_test import build
from world import PROJECT, World

HEAD = re.compile(r"(#let (?:sheet|book)\(.*\) = \{\n)")
REFUSAL = r'\1  show "zebra": it => panic("no zebra may be printed")' + "\n"
"""The templates of these tests refuse a word, since no text is known that passes the check and that Typst refuses."""
PROMPTS = [{"prompt": "What I would keep", "lines": 3}, {"prompt": "Draw a zebra", "lines": 4}]


@pytest.fixture
def small(tmp_path: Path) -> World:
    """A small world on whose paper no zebra can be printed."""
    world = small_world(tmp_path)
    (tmp_path / "theme").unlink()
    shutil.copytree(PROJECT / "theme", tmp_path / "theme")
    for name in ("sheet.typ", "book.typ"):
        file = tmp_path / "theme/print" / name
        text, count = HEAD.subn(REFUSAL, file.read_text(encoding="utf-8"))
        assert count == 1
        file.write_text(text, encoding="utf-8")
    return world


def told(world: World, ending: str) -> dict[str, Problem]:
    """Make the files of a world that end so; return, by path, what is told of those that cannot be made."""
    material, failed = material_of(world), list[tuple[Download, HouseError]]()
    plan = [one for one in planned(material) if one.path.endswith(ending)]
    made = make_all(plan, Cache(world.root / "kept"), failure=lambda *both: failed.append(both))
    assert len(made) + len(failed) == len(plan)
    return {one.path: problem for (one, _), problem in zip(failed, held_back(failed, material), strict=True)}


def test_the_field_is_named(small: World) -> None:
    """The prompt of one exercise keeps back its handout, and no other; the sentence says what to do."""
    small.entry("exercises", "first-steps", handout=PROMPTS, **STEPS)
    found = told(small, "handout.pdf")
    assert list(found) == ["exercises/first-steps/first-steps-handout.pdf"]
    (problem,) = found.values()
    assert problem.place.file == "submissions/exercises/first-steps.yaml"
    assert problem.message.startswith(
        "The file exercises/first-steps/first-steps-handout.pdf could not be made, so the site has no such file and no "
        "link to it. The cause is in “On the handout 2, Prompt”. You wrote: 'Draw a zebra'. Reword it. "
    )
    assert problem.message.endswith("Reword it. The program said: panicked with: no zebra may be printed")


def test_in_a_book(small: World) -> None:
    """Of all entries and pages, the one whose text it is; one book after the other."""
    small.entry("groups", "fund", organizer="The zebra club")
    found = told(small, ".pdf")
    assert set(found) == {"downloads/mutual-aid-at-work.pdf", "downloads/new-here.pdf"}
    assert {one.place.file for one in found.values()} == {"submissions/groups/fund.yaml"}
    assert {one.where for one in found.values()} == {"Run by"}


def test_a_page(small: World) -> None:
    """The body of a page is told as its text, with the page's file."""
    small.page("about/more.md", "One zebra.\n")
    assert {(one.place.file, one.where) for one in told(small, ".pdf").values()} == {("content/about/more.md", "Text")}


def test_no_text_keeps_it_back(small: World) -> None:
    """Where the templates themselves are wrong, that is said."""
    file = small.root / "theme/print/sheet.typ"
    file.write_text(file.read_text(encoding="utf-8") + "\n#nope\n", encoding="utf-8")
    (problem, *_) = told(small, "handout.pdf").values()
    assert "No single text causes this" in problem.message and "unknown variable: nope" in problem.message


def test_without_anybody_to_tell(small: World) -> None:
    """Where nobody asks to be told, it is raised."""
    small.entry("exercises", "first-steps", handout=PROMPTS, **STEPS)
    plan = [one for one in planned(material_of(small)) if one.path.endswith("first-steps-handout.pdf")]
    with pytest.raises(BrokenHouse, match="no zebra may be printed"):
        make_all(plan, Cache(small.root / "kept"))


def test_the_site_is_built(small: World) -> None:
    """Pages and all other files are there; one sentence a file, a status of its own, no link, no traceback."""
    small.entry("exercises", "first-steps", handout=PROMPTS, **STEPS)
    output = small.root / "output"
    run = build(output, small.root, MUTUALAID_DOWNLOADS_CACHE=str(small.root / "kept"))
    assert run.returncode == HELD_BACK == 3, run.stderr
    page = (output / "exercises/first-steps/index.html").read_text(encoding="utf-8")
    assert "Draw a zebra" in page
    assert "first-steps-handout.pdf" not in page and "first-steps-handout.docx" in page
    assert (output / "exercises/second-steps/second-steps-handout.pdf").is_file()
    assert not (output / "exercises/first-steps/first-steps-handout.pdf").exists()
    told = [line for line in run.stderr.splitlines() if "download.not-made" in line]
    assert all(line.startswith("submissions/exercises/first-steps.yaml:1:1: ") for line in told)
    assert run.stderr.splitlines()[-1] == f"The site is built without {len(told)} files to download, listed above."
    assert "Traceback" not in run.stderr and "no zebra may be printed" in run.stderr


def test_the_files_alone(small: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The command that makes files alone says the same."""
    small.entry("exercises", "first-steps", handout=PROMPTS, **STEPS)
    assert main(["--root", str(small.root), "downloads", "--only", "handout"]) == HELD_BACK
    out, err = capsys.readouterr()
    assert "submissions/exercises/first-steps.yaml:1:1: download.not-made: The file exercises/first-steps/" in err
    assert out.startswith("4 files, ")
