"""Building: refuses what is wrong, keeps the last good site, writes nothing twice, and is the same each time."""

import filecmp
import shutil
from functools import partial
from pathlib import Path

import pytest

from site_under_test import ROOT, BuiltSite
from site_under_test import build as build_whole
from world import checkout_of, rows_of

build = partial(build_whole, MUTUALAID_DOWNLOADS="none")
"""Pages and data alone: what this asks of pages, tests/downloads asks of files to carry away."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return checkout_of(tmp_path)


def _stamps(folder: Path) -> dict[str, int]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.stat().st_mtime_ns for file in files}


def test_a_second_build_writes_nothing(checkout: Path, shut_site: BuiltSite) -> None:
    """With nothing changed, no file is touched; with one entry changed, only what shows it is written."""
    output = checkout / "output"
    shutil.copytree(shut_site.folder, output)
    before = _stamps(output)
    run = build(output, checkout)
    assert run.stdout.startswith("0 files written"), run.stdout
    assert _stamps(output) == before

    entry = next(iter(sorted((checkout / "submissions" / "groups").glob("*.yaml"))))
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace("licence: CC-BY-NC-SA-4.0", "licence: CC-BY-4.0"), encoding="utf-8")
    assert build(output, checkout).returncode == 0
    changed = {path for path, stamp in _stamps(output).items() if before.get(path) != stamp}
    data = {"data/groups.json", "data/groups.csv", "data/entries.csl.json", "data/entries.bib"}
    assert changed == {f"groups/{entry.stem}/index.html"} | data


def test_two_clean_builds_are_equal(checkout: Path, built_site: BuiltSite) -> None:
    """Two builds from nothing, in two places, give the same files with the same bytes; so no file names its place."""
    shutil.copy(ROOT / "content/host.yaml", checkout / "content")
    other = checkout / "output"
    assert build_whole(other, checkout).returncode == 0
    names = list(_stamps(other))
    assert sorted(names) == sorted(_stamps(built_site.folder))
    _, mismatch, errors = filecmp.cmpfiles(other, built_site.folder, names, shallow=False)
    assert (mismatch, errors) == ([], [])


@pytest.mark.parametrize(("file", "old", "new", "said"), rows_of("misuse", "builds"))
def test_what_is_wrong_stops_the_build(
    checkout: Path, built_site: BuiltSite, file: str, old: str, new: str, said: str
) -> None:
    """The refusal names the file, the line and the cure in the words of the check; the last good site stays."""
    output, broken = checkout / "output", min(checkout.glob(file))
    output.mkdir()
    (output / "index.html").write_bytes((built_site.folder / "index.html").read_bytes())
    before = _stamps(output)
    broken.write_text(broken.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    run = build(output, checkout)
    assert run.returncode == 1
    assert any(line.startswith(f"{broken.relative_to(checkout)}:") and said in line for line in run.stderr.splitlines())
    assert "the last good one stays in place" in run.stderr
    assert "Traceback" not in run.stderr
    assert _stamps(output) == before


def test_the_last_sweep_and_the_address_are_inputs(open_site: BuiltSite, built_site: BuiltSite, tmp_path: Path) -> None:
    """An address gives canonical links and a sitemap; the day of the last sweep is shown where it is set."""
    canonical = '<link rel="canonical" href="https://example.org/guide/safety/">'
    assert canonical in open_site.text("safety/index.html")
    assert "<loc>https://example.org/guide/safety/</loc>" in open_site.text("sitemap.xml")
    assert 'href="/guide/' in open_site.text("404.html")
    words = "Every open form was last looked at</dt><dd>March 4, 2027."
    assert words in open_site.text("about/host/index.html")
    assert "last looked at" not in built_site.text("about/host/index.html")
    run = build(tmp_path / "output", MUTUALAID_LAST_SWEEP="yesterday")
    assert run.returncode == 2
    assert run.stderr == "MUTUALAID_LAST_SWEEP must be a day such as 2027-03-04, or empty. It is 'yesterday'.\n"
