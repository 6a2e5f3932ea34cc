"""What search may find in the built site, and what it must not."""

import json
import re
from typing import Any

import pytest
import yaml

from site_under_test import ROOT, BuiltSite

VENDORED = ROOT / "theme" / "static" / "js" / "vendor" / "minisearch.js"


@pytest.fixture(scope="module")
def told(built_site: BuiltSite) -> dict[str, Any]:
    (file,) = (built_site.folder / "theme" / "js").glob("search-index.*.js")
    assert file.stat().st_size <= 300_000
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8").removeprefix("globalThis.searchIndex="))
    return data


@pytest.fixture
def index(told: dict[str, Any]) -> dict[str, list[str]]:
    files = ((re.sub("(?=#|$)", "index.html", address, count=1), rest) for address, *rest in told["pages"])
    return {file: [title, told["kinds"][kind], *rest] for file, (title, kind, *rest) in files}


def test_every_entry_page_and_word_is_found(built_site: BuiltSite, index: dict[str, list[str]]) -> None:
    entries = {f"{file.parent.name}/{file.stem}/index.html" for file in (ROOT / "submissions").glob("*/*.yaml")}
    pages = {
        file.relative_to(built_site.folder).as_posix()
        for pattern in ("guide/*/index.html", "help/**/index.html", "paths/*/index.html", "safety/index.html")
        for file in built_site.folder.glob(pattern)
    }
    assert sorted((entries | pages) - set(index)) == []
    assert {"glossary/index.html#pod", "help/which-law/index.html#al"} <= set(index)
    assert [address for address, (title, kind, line, *_) in index.items() if not (title and kind and line)] == []
    assert all(rest[3] for address, rest in index.items() if address.startswith("groups/") and rest[1] == "Group")


def test_names_of_pages_lead_to_pages(told: dict[str, Any]) -> None:
    """Each page that content/synonyms.yaml names is found, under its words too; small words are nowhere."""
    names = yaml.safe_load((ROOT / "content" / "synonyms.yaml").read_text(encoding="utf-8"))["pages"]
    rows = {f"/{address}": str(rest[-1]) for address, *rest in told["pages"]}
    assert [address for address, words in names.items() if words not in rows.get(address, "")] == []
    assert set(told["small"]) & set(told["words"].split(" ")[::2]) == set()


def test_lists_and_sheets_are_not_found(built_site: BuiltSite, index: dict[str, list[str]]) -> None:
    for address in index:
        place, _, fragment = address.partition("#")
        page = (built_site.folder / place).read_text(encoding="utf-8")
        assert "noindex" not in page
        assert not fragment or f'id="{fragment}"' in page
    folders = ("site-map", "search", "*/*/lead", "*/*/sheet", "*/*/*", "paths/*/*")
    files = (file for folder in folders for file in built_site.folder.glob(f"{folder}/index.html"))
    left_out = {file.relative_to(built_site.folder).as_posix() for file in files}
    assert len(left_out) > 100 and not left_out & set(index)
    site_map = (built_site.folder / "site-map" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r'href="\.\./paths/[\w-]+/[\w-]+/', site_map)


def test_the_engine_is_the_package_that_is_pinned() -> None:
    """MiniSearch is, byte for byte, the package of the lock file, and its license lies beside it."""
    package = ROOT / "tests" / "browser" / "node_modules" / "minisearch"
    assert VENDORED.read_bytes() == (package / "dist" / "umd" / "index.js").read_bytes()
    licence = (ROOT / "theme" / "static" / "licences" / "minisearch.txt").read_text(encoding="utf-8")
    assert licence == (package / "LICENSE.txt").read_text(encoding="utf-8")
    assert re.search(r"\bMIT\b|Permission is hereby granted", licence)
