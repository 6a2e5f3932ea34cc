"""What was published once keeps its address; the list of promised addresses is kept in a file that only grows."""

import os
from pathlib import Path

from lxml import html

from site_under_test import BuiltSite

PROMISED = Path(__file__).parents[1] / "expected" / "addresses.txt"
PARTS = PROMISED.with_name("parts.txt")


def _built(site: BuiltSite) -> set[str]:
    folders = (page.parent.relative_to(site.folder) for page in site.pages() if page.name == "index.html")
    return {"/" if folder == Path() else f"/{folder.as_posix()}/" for folder in folders}


def test_promised_addresses_still_build(built_site: BuiltSite) -> None:
    """Each address in tests/expected/addresses.txt is a page (retired ones too), a tombstone, or an alias."""
    built = _built(built_site)
    if os.environ.get("MUTUALAID_BLESS"):
        known = set(PROMISED.read_text(encoding="utf-8").split()) if PROMISED.is_file() else set()
        PROMISED.write_text("\n".join(sorted(known | built)) + "\n", encoding="utf-8")
    promised = set(PROMISED.read_text(encoding="utf-8").split())
    assert sorted(promised - built) == [], (
        "Give each of these a page again: retired, retracted, or in the `aliases` of the page that took its place."
    )


def _parts(site: BuiltSite) -> set[str]:
    """Return the addresses of parts that readers may have kept: headings, words, drawings and printable parts."""
    found = set()
    for page in site.pages():
        links = html.parse(page).getroot().xpath("//a[contains(@class, 'anchor')]/@href | //section[@id]/@id")
        place = page.relative_to(site.folder).parent.as_posix()
        found |= {f"/{place}/#{str(link).removeprefix('#')}" for link in links}
    return found


def test_promised_parts_still_stand(built_site: BuiltSite, open_site: BuiltSite) -> None:
    """Each heading and word keeps its id, at the latest once the copy is set up. Its title and its place may change."""
    built = _parts(built_site) | _parts(open_site)
    if os.environ.get("MUTUALAID_BLESS"):
        known = set(PARTS.read_text(encoding="utf-8").split()) if PARTS.is_file() else set()
        PARTS.write_text("\n".join(sorted(known | built)) + "\n", encoding="utf-8")
    promised = set(PARTS.read_text(encoding="utf-8").split())
    assert promised and sorted(promised - built) == [], "Give each heading its old id again: ids are made once."
