"""What was published once keeps its address; the list of promised addresses is kept in a file that only grows."""

import os
from pathlib import Path

from site_under_test import BuiltSite

PROMISED = Path(__file__).parents[1] / "expected" / "addresses.txt"


def _built(site: BuiltSite) -> set[str]:
    folders = (page.parent.relative_to(site.folder) for page in site.pages() if page.name == "index.html")
    return {"/" if folder == Path() else f"/{folder.as_posix()}/" for folder in folders}


def test_promised_addresses_still_build(built_site: BuiltSite) -> None:
    """Each address in tests/expected/addresses.txt leads to a page: current, retired, or a tombstone."""
    built = _built(built_site)
    if os.environ.get("MUTUALAID_BLESS"):
        known = set(PROMISED.read_text(encoding="utf-8").split()) if PROMISED.is_file() else set()
        PROMISED.write_text("\n".join(sorted(known | built)) + "\n", encoding="utf-8")
    promised = set(PROMISED.read_text(encoding="utf-8").split())
    assert sorted(promised - built) == [], (
        "Give each of these a page again: retired, retracted, or saying where it went."
    )
