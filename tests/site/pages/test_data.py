"""The folder /data/, the feeds and CITATION.cff: each file is what it says it is."""

import json
import re
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from urllib.parse import urljoin

import pytest

from mutualaid.core.entries.collection import gather
from mutualaid.core.entries.entry import Entry, accept
from mutualaid.site.pages.data import changes_of
from site_under_test import BuiltSite
from world import PROJECT, TODAY, document_of, entry, ran, real_kinds, tool, tools


def test_the_changelog_tells_months_newest_first() -> None:
    gone = Entry(tools(), "saw", {"slug": "saw", "retracted": "2026-11"})
    old = entry(slug="rope", added="2026-09", retired={"on": "2026-11", "why": "It broke.", "replaced_by": "ladder"})
    changes = changes_of([gather(tools(), (gone, old, accept(tool())), TODAY)])
    assert [month["month"] for month in changes["months"]] == ["2026-11", "2026-10", "2026-09"]
    first = changes["months"][0]
    assert first["retracted"] == [{"address": "/tools/saw/"}]
    gone_on = {"title": "A ladder to borrow", "why": "It broke.", "replaced_by": "/tools/ladder/"}
    assert (first["retired"], first["added"]) == ([{"address": "/tools/rope/", **gone_on}], [])
    assert [one["address"] for one in changes["months"][1]["added"]] == ["/tools/ladder/"]


def test_the_data_page_lists_every_file(built_site: BuiltSite) -> None:
    listed = set(re.findall(r'<li><h3><a href="(?:\.\./data/)?([\w.-]+)">', built_site.text("data/index.html")))
    there = {file.name for file in (built_site.folder / "data").iterdir()} - {"index.html"}
    assert listed == there
    assert {f"{kind}.schema.json" for kind in real_kinds()} <= there


def test_every_file_to_take_along_has_its_sum(built_site: BuiltSite) -> None:
    folder = built_site.folder / "downloads"
    run = ran("sha256sum", "-c", "SHA256SUMS", cwd=folder)
    assert run.returncode == 0, run.stdout[-500:] + run.stderr
    offered = (urljoin("downloads/", link) for link in built_site.page("/downloads/").xpath("//main//a/@href"))
    files = {(folder.parent / path.partition("#")[0]).resolve() for path in offered} | {*folder.parent.glob("data/*")}
    files |= {*folder.iterdir(), *folder.parent.rglob("*.pdf")}
    whole = {file for file in files if file.suffix not in ("", ".html")}
    summed = {(folder / line.rpartition(": ")[0]).resolve() for line in run.stdout.splitlines()}
    assert summed == whole and len(whole) > 250
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert sha256((folder / "SHA256SUMS").read_bytes()).hexdigest() in page


@pytest.mark.parametrize("name", ["entries", "reading-list"])
def test_citations(built_site: BuiltSite, name: str) -> None:
    items = json.loads(built_site.text(f"data/{name}.csl.json"))
    bibtex = built_site.text(f"data/{name}.bib")
    assert re.findall(r"^@\w+\{([\w-]+),$", bibtex, re.M) == [item["id"] for item in items]
    assert len({item["id"] for item in items}) == len(items)
    assert all(item["title"] and item["type"] for item in items)
    assert bibtex.count("{") == bibtex.count("}")


def test_the_citation_file_is_valid() -> None:
    """It keeps its format's schema; version, day and addresses are those that are set elsewhere, or none."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    assert subprocess.run([*command, "CITATION.cff"], cwd=PROJECT, check=False).returncode == 0
    cff = document_of((PROJECT / "CITATION.cff").read_text(encoding="utf-8")).value
    host = document_of((PROJECT / "content" / "host.yaml").read_text(encoding="utf-8")).value
    days = re.findall(r"^## \[(\d[\d.]*)\] - ([\d-]+)$", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    found = [cff.get(name, "") for name in ("version", "date-released", "url", "repository-code")]
    right = [version("mutualaid"), dict(days).get(cff["version"], ""), host["site_address"], host["repository"]]
    assert found == right and [one for one, _ in days[:1]] in ([], [cff["version"]])
