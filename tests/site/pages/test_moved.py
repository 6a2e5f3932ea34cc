"""Pages at addresses of earlier days: they lead on, are in no list, and take no address that is in use."""

import json
from pathlib import Path

import pytest
from lxml import html

from site_under_test import build, small_checkout
from world import World

MOVED = dict.fromkeys(("/guide/begin/", "/old-start/"), "/guide/first/") | {"/groups/strike-fund/": "/groups/fund/"}


@pytest.fixture
def renamed(world: World) -> World:
    small_checkout(world).host(site_address="https://example.org/aid")
    world.page("guide/start/first.md", "Begin small.\n", aliases=[*MOVED][:2])
    world.entry("groups", "fund", aliases=["strike-fund"])
    return world


def _build(world: World, output: Path) -> list[str]:
    """Build, and return the problems as `code file:line`."""
    build(output, world.root, MUTUALAID_DOWNLOADS="none")
    report = json.loads((world.root / ".build" / "report.json").read_text(encoding="utf-8"))
    problems = (problem for problem in report["problems"] if problem["weight"] == "error")
    return [f"{problem['code']} {problem['file']}:{problem['line']}" for problem in problems]


def test_an_old_address_leads_to_the_new_one(renamed: World, tmp_path: Path) -> None:
    """A browser goes there without a script, a reader by a link, machines by its name; no other file names it."""
    output = tmp_path / "out"
    assert _build(renamed, output) == []
    for old, new in MOVED.items():
        file = output / old.strip("/") / "index.html"
        page = html.parse(file).getroot()
        (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
        (link,) = page.xpath("//p[starts-with(., 'This page moved: ')]/a/@href")
        assert refresh == f"0; url={link}"
        assert (file.parent / link).resolve() == output / new.strip("/") / "index.html"
        assert page.xpath("//link[@rel='canonical']/@href") == [f"https://example.org/aid{new}"]
        assert not page.xpath("//script")
        texts = [other for other in output.rglob("*") if other.is_file() and other.suffix != ".woff2"]
        naming = {other for other in texts if old.strip("/").encode() in other.read_bytes()}
        assert file in texts and naming <= {file}, "it is in no list, search, feed or data file"


def test_an_alias_takes_no_address_that_is_in_use(renamed: World, tmp_path: Path) -> None:
    """The build stops and names the lines. The workshop kit is at the address that an exercise of that name had."""
    taken = ["/about/", "/glossary/", "/groups/fund/", "/groups/", "/groups/strike-fund/"]
    renamed.page("guide/start/second.md", title="Second", aliases=["/free/", *taken])
    renamed.entry("exercises", "walk", aliases=["kit"], minutes_min=30, minutes_max=30)
    lines = [f"content/guide/start/second.md:{line}" for line in range(6, 10)]
    lines += ["submissions/groups/fund.yaml:1", "submissions/exercises/walk.yaml:1"]
    assert sorted(_build(renamed, tmp_path / "out")) == sorted(f"aliases.taken {line}" for line in lines)
