"""Building: refuses what is wrong, keeps the last good site, writes nothing twice, and is the same each time."""

import filecmp
from functools import partial
from pathlib import Path

import pytest

from site_under_test import BuiltSite, copied_checkout
from site_under_test import build as build_whole

build = partial(build_whole, MUTUALAID_DOWNLOADS="none")
"""Pages and data alone: what this asks of pages, tests/downloads asks of files to carry away."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a build reads."""
    return copied_checkout(tmp_path / "checkout")


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
    data = {"data/groups.json", "data/groups.csv", "data/entries.csl.json", "data/entries.bib"}
    assert changed == {f"groups/{entry.stem}/index.html"} | data


def test_two_clean_builds_are_equal(checkout: Path, built_site: BuiltSite) -> None:
    """Two builds from nothing, in two places, give the same files with the same bytes."""
    other = checkout / "output"
    assert build_whole(other, checkout).returncode == 0
    names = list(_stamps(other))
    assert sorted(names) == sorted(_stamps(built_site.folder))
    _, mismatch, errors = filecmp.cmpfiles(other, built_site.folder, names, shallow=False)
    assert (mismatch, errors) == ([], [])


LINK = "\n[words](entry:groups/no-such-group)\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("submissions/groups/*.yaml", "slug: ", "slug: Not A Slug ", ":1:7: slug.malformed: Short name may hold only"),
        ("content/paths/new-here.yaml", "/safety/", "/no-such-page/", "No page has the address /no-such-page/"),
        ("content/about/index.md", "\n---\n", f"\n---\n{LINK}", ": page.leads-nowhere: The link entry:groups/no-such"),
    ],
)
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


def test_the_last_sweep_and_the_address_are_inputs(checkout: Path) -> None:
    """An address gives canonical links and a sitemap; the day of the last sweep is shown where it is set."""
    output = checkout / "output"
    page = output / "about" / "host" / "index.html"
    own = {"MUTUALAID_SITE_ADDRESS": "https://example.org/guide", "MUTUALAID_LAST_SWEEP": "2027-03-04"}
    assert build(output, checkout, **own).returncode == 0
    assert (
        '<link rel="canonical" href="https://example.org/guide/safety/">' in (output / "safety/index.html").read_text()
    )
    assert "<loc>https://example.org/guide/safety/</loc>" in (output / "sitemap.xml").read_text()
    assert 'href="/guide/' in (output / "404.html").read_text()
    assert "Every open form was last looked at</dt><dd>March 4, 2027." in page.read_text(encoding="utf-8")
    run = build(output, checkout, MUTUALAID_LAST_SWEEP="yesterday")
    assert run.returncode == 2
    assert run.stderr == "MUTUALAID_LAST_SWEEP must be a day such as 2027-03-04, or empty. It is 'yesterday'.\n"


def test_what_nobody_set_is_not_said(built_site: BuiltSite) -> None:
    """Where nobody says when everything was looked at last, neither does the site."""
    assert "last looked at" not in (built_site.folder / "about" / "host" / "index.html").read_text(encoding="utf-8")
