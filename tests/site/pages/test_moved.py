"""Pages at addresses of earlier days: they lead on, are in no list, and take no address that is in use."""

import json
import shutil
from pathlib import Path

import pytest
from lxml import html

from site_under_test import ROOT, build
from world import World

ALIASES = ["/guide/begin/", "/old-start/"]


@pytest.fixture
def renamed(world: World) -> World:
    """A checkout with a page and an entry that had other addresses before."""
    (world.root / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "pelicanconf.py", world.root)
    world.host(site_address="https://example.org/aid")
    world.page("guide/start/first.md", "Begin small.\n", aliases=ALIASES)
    world.entry("groups", "fund", aliases=["strike-fund"])
    return world


def _build(world: World, output: Path) -> list[str]:
    """Build, and return the problems as `code file:line`."""
    build(output, world.root, MUTUALAID_DOWNLOADS="none")
    report = json.loads((world.root / ".build" / "report.json").read_text(encoding="utf-8"))
    problems = (problem for problem in report["problems"] if problem["weight"] == "error")
    return [f"{problem['code']} {problem['file']}:{problem['line']}" for problem in problems]


@pytest.mark.parametrize(
    ("old", "new"),
    [(ALIASES[0], "/guide/first/"), (ALIASES[1], "/guide/first/"), ("/groups/strike-fund/", "/groups/fund/")],
)
def test_an_old_address_leads_to_the_new_one(renamed: World, tmp_path: Path, old: str, new: str) -> None:
    """A browser goes there by itself and without a script; a reader can press a link; machines are told the new one."""
    output = tmp_path / "out"
    assert _build(renamed, output) == []
    file = output / old.strip("/") / "index.html"
    page = html.parse(file).getroot()
    (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    seconds, _, url = refresh.partition("; url=")
    (link,) = page.xpath("//p[starts-with(., 'This page moved: ')]/a/@href")
    assert seconds == "0" and url == link
    assert (file.parent / link).resolve() in ((output / new.strip("/")).resolve(), (output / new[1:] / "index.html"))
    assert page.xpath("//link[@rel='canonical']/@href") == [f"https://example.org/aid{new}"]
    assert not page.xpath("//script")


def test_old_addresses_are_in_no_list(renamed: World, tmp_path: Path) -> None:
    """No other file names them: no site map, no search, no feed, no data file."""
    output = tmp_path / "out"
    assert _build(renamed, output) == []
    own = {output / "guide/begin/index.html", output / "old-start/index.html", output / "groups/strike-fund/index.html"}
    texts = [file for file in output.rglob("*") if file.suffix in {".html", ".xml", ".json", ".csv", ".js", ".txt"}]
    words = ("guide/begin", "old-start", "strike-fund")
    found = {file for file in texts if any(word in file.read_text(encoding="utf-8") for word in words)}
    assert own.issubset(texts) and found <= own


@pytest.mark.parametrize("taken", ["/about/", "/glossary/", "/groups/fund/", "/groups/", "/groups/strike-fund/"])
def test_an_alias_takes_no_address_that_is_in_use(renamed: World, tmp_path: Path, taken: str) -> None:
    """The build stops and names the line."""
    renamed.page("guide/start/second.md", title="Second", aliases=["/free/", taken])
    (problem,) = _build(renamed, tmp_path / "out")
    assert problem == (
        "aliases.taken submissions/groups/fund.yaml:1"
        if taken == "/groups/strike-fund/"
        else "aliases.taken content/guide/start/second.md:6"
    )


def test_an_entry_takes_no_page_of_its_collection(renamed: World, tmp_path: Path) -> None:
    """The workshop kit is at the address that an exercise of that name would have."""
    renamed.entry("exercises", "walk", aliases=["kit"], minutes_min=30, minutes_max=30)
    assert _build(renamed, tmp_path / "out") == ["aliases.taken submissions/exercises/walk.yaml:1"]
