"""Building: refuses what is wrong, keeps the last good site, writes nothing twice, and is the same each time."""

import filecmp
import shutil
from functools import partial
from pathlib import Path

import pytest

from site_under_test import ROOT, BuiltSite
from site_under_test import build as build_whole
from world import HOSTS, World, host_facts

build = partial(build_whole, MUTUALAID_DOWNLOADS="none")
"""Pages and data alone: what this asks of pages, tests/downloads asks of files to carry away."""

PARTS = ("content", "schemas", "submissions", "theme", "pelicanconf.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a build reads."""
    root = tmp_path / "checkout"
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / part)
    return root


def _stamps(folder: Path) -> dict[str, int]:
    return {
        file.relative_to(folder).as_posix(): file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()
    }


def test_a_second_build_writes_nothing(checkout: Path) -> None:
    """With nothing changed, no file is touched; with one entry changed, only what shows it is written."""
    output = checkout / "output"
    assert build(output, checkout).returncode == 0
    before = _stamps(output)
    run = build(output, checkout)
    assert run.stdout.startswith("0 files written"), run.stdout
    assert _stamps(output) == before

    entry = next(iter(sorted((checkout / "submissions" / "groups").glob("*.yaml"))))
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace("licence: CC-BY-NC-SA-4.0", "licence: CC-BY-4.0"), encoding="utf-8")
    assert build(output, checkout).returncode == 0
    changed = {path for path, stamp in _stamps(output).items() if before.get(path) != stamp}
    beside = {f"groups/{entry.stem}/{name}" for name in ("index.html",)}
    data = {"data/groups.json", "data/groups.csv", "data/entries.csl.json", "data/entries.bib"}
    assert changed == beside | data


def test_two_clean_builds_are_equal(checkout: Path, built_site: BuiltSite) -> None:
    """Two builds from nothing, in two places, give the same files with the same bytes."""
    other = checkout / "output"
    assert build_whole(other, checkout).returncode == 0
    names = [file.relative_to(other).as_posix() for file in other.rglob("*") if file.is_file()]
    theirs = [file.relative_to(built_site.folder).as_posix() for file in built_site.folder.rglob("*") if file.is_file()]
    assert sorted(names) == sorted(theirs)
    _, mismatch, errors = filecmp.cmpfiles(other, built_site.folder, names, shallow=False)
    assert (mismatch, errors) == ([], [])


def test_a_broken_entry_stops_the_build(checkout: Path) -> None:
    """The refusal names file, line, column and cure in the words of the check; the last good site stays."""
    output = checkout / "output"
    assert build(output, checkout).returncode == 0
    before = _stamps(output)
    entry = next(iter(sorted((checkout / "submissions" / "groups").glob("*.yaml"))))
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace("slug: ", "slug: Not A Slug ", 1), encoding="utf-8")
    run = build(output, checkout)
    assert run.returncode == 1
    assert f"submissions/groups/{entry.name}:1:7: slug.malformed: Short name may hold only" in run.stderr
    assert "the last good one stays in place" in run.stderr
    assert "Traceback" not in run.stderr
    assert _stamps(output) == before


def test_a_path_with_a_gap_stops_the_build(checkout: Path) -> None:
    """A reading path that names a page which is not there is refused with its place."""
    path = checkout / "content" / "paths" / "new-here.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("/safety/", "/no-such-page/"), encoding="utf-8")
    run = build(checkout / "output", checkout)
    assert run.returncode == 1
    assert "content/paths/new-here.yaml" in run.stderr and "No page has the address /no-such-page/" in run.stderr


def test_a_link_that_leads_nowhere_stops_the_build(checkout: Path) -> None:
    """A page whose text names an entry that does not exist is refused with its line."""
    page = checkout / "content" / "about" / "index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[words](entry:groups/no-such-group)\n", encoding="utf-8")
    run = build(checkout / "output", checkout)
    assert run.returncode == 1
    line = text.count("\n") + 2
    assert f"content/about/index.md:{line}:1: page.leads-nowhere" in run.stderr


def test_a_retracted_entry_leaves_a_tombstone_only(checkout: Path) -> None:
    """What was retracted is found in no file of the site; its address says when it was removed."""
    output = checkout / "output"
    drawn = " ".join(file.read_text(encoding="utf-8") for file in (checkout / "content").rglob("*.md"))
    entry = next(
        file
        for file in sorted((checkout / "submissions" / "resources").glob("*.yaml"))
        if f"/{file.stem}" not in drawn and file.stem not in drawn
    )
    title = next(line for line in entry.read_text(encoding="utf-8").splitlines() if line.startswith("title:"))
    title = title.removeprefix("title:").strip(" '>-")
    entry.write_text(f"slug: {entry.stem}\nretracted: 2026-11\n", encoding="utf-8")
    run = build(output, checkout)
    assert run.returncode == 0, run.stderr
    tombstone = (output / "resources" / entry.stem / "index.html").read_text(encoding="utf-8")
    assert "Removed" in tombstone and "November 2026" in tombstone and "noindex" in tombstone
    telling = [file for file in output.rglob("*") if file.is_file() and title.encode() in file.read_bytes()]
    assert title and telling == []


def test_a_site_address_gives_sitemap_and_canonical_links(checkout: Path) -> None:
    """With an address set, pages name their canonical address and a sitemap lists them."""
    output = checkout / "output"
    assert build(output, checkout, MUTUALAID_SITE_ADDRESS="https://example.org/guide").returncode == 0
    assert (
        '<link rel="canonical" href="https://example.org/guide/safety/">' in (output / "safety/index.html").read_text()
    )
    assert "<loc>https://example.org/guide/safety/</loc>" in (output / "sitemap.xml").read_text()
    assert 'href="/guide/' in (output / "404.html").read_text()


def test_a_repository_gives_each_entry_its_form(checkout: Path) -> None:
    """With the entry's address filled in, and nothing else; without one there is no such link."""
    output, entry = checkout / "output", min((checkout / "submissions" / "resources").glob("*.yaml")).stem
    for facts in map(host_facts, HOSTS):
        World(checkout).host(**facts)
        assert build(output, checkout).returncode == 0
        page = (output / "resources" / entry / "index.html").read_text(encoding="utf-8")
        address = f"/issues/new?template=resources.yml&amp;corrects=/resources/{entry}/"
        assert (f'<a href="{facts["repository"]}{address}">Correct it' in page) == bool(facts["repository"])
        assert ("Correct it" in page) == bool(facts["repository"])


def test_the_last_sweep_is_an_input(checkout: Path) -> None:
    """Whoever publishes says when everything was looked at last; where nobody says so, neither does the site."""
    output = checkout / "output"
    page = output / "about" / "host" / "index.html"
    assert build(output, checkout, MUTUALAID_LAST_SWEEP="2027-03-04").returncode == 0
    assert "Every open form was last looked at</dt><dd>March 4, 2027." in page.read_text(encoding="utf-8")
    run = build(output, checkout, MUTUALAID_LAST_SWEEP="yesterday")
    assert run.returncode == 2
    assert run.stderr == "MUTUALAID_LAST_SWEEP must be a day such as 2027-03-04, or empty. It is 'yesterday'.\n"
    assert build(output, checkout, MUTUALAID_LAST_SWEEP="").returncode == 0
    assert "last looked at" not in page.read_text(encoding="utf-8")
