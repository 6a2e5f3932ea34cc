"""What search may find in the built site, and what it must not."""

import json
from pathlib import Path

import pytest

from site_under_test import ROOT, BuiltSite


@pytest.fixture(scope="module")
def found(built_site: BuiltSite) -> dict[str, list[str]]:
    """Each result by its address: title, kind, one line."""
    told = json.loads((built_site.folder / "pagefind" / "pages.json").read_text(encoding="utf-8"))
    return {address: rest for address, *rest in told["pages"].values()}


def test_every_entry_page_and_word_is_found(built_site: BuiltSite, found: dict[str, list[str]]) -> None:
    """Each entry, guide page, path and word of the glossary has a result with title, kind and one line."""
    entries = {f"{file.parent.name}/{file.stem}/index.html" for file in (ROOT / "submissions").glob("*/*.yaml")}
    pages = {
        file.relative_to(built_site.folder).as_posix()
        for pattern in ("guide/*/index.html", "paths/*/index.html", "safety/index.html")
        for file in built_site.folder.glob(pattern)
    }
    assert sorted((entries | pages) - set(found)) == []
    assert any(address.startswith("glossary/index.html#") for address in found)
    assert [address for address, rest in found.items() if not all(rest)] == []


def test_lists_and_sheets_are_not_found(built_site: BuiltSite, found: dict[str, list[str]]) -> None:
    """Results lead to pages that exist and are listed; facet pages, sheets, notes to lead and lists are left out."""
    for address in found:
        place, _, fragment = address.partition("#")
        page = (built_site.folder / place).read_text(encoding="utf-8")
        assert "noindex" not in page
        assert not fragment or f'id="{fragment}"' in page
    left_out = [
        file.relative_to(built_site.folder).as_posix()
        for file in built_site.folder.rglob("index.html")
        if (Path(file).parent.name in ("lead", "sheet"))
        or (file.parts[-4] in ("exercises", "examples", "resources", "groups"))
    ]
    assert left_out and not set(left_out) & set(found)
    assert not {"exercises/index.html", "changes/index.html", "site-map/index.html", "search/index.html"} & set(found)


def test_the_whole_index_is_small(built_site: BuiltSite) -> None:
    """A first search loads all of it, once. The page says how much; beyond 1.5 MB it wants another decision (0020)."""
    assert sum(file.stat().st_size for file in (built_site.folder / "pagefind").rglob("*")) < 1_500_000
