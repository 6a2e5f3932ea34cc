"""What was published once keeps its address; the lists of promised addresses are kept in files that only grow."""

import os
import re
from pathlib import Path

from site_under_test import BuiltSite, documents


def _promised(name: str, built: set[str]) -> set[str]:
    """Return what a file promises, with what is built now, where that is blessed; pages as part of a path never are."""
    file = Path(__file__).parents[1] / "expected" / name
    promised = set(file.read_text(encoding="utf-8").split())
    if os.environ.get("MUTUALAID_BLESS"):
        promised |= {address for address in built if not re.match(r"/paths/[^/]+/[^/]+/", address)}
        file.write_text("\n".join(sorted(promised)) + "\n", encoding="utf-8")
    return promised


def test_promised_addresses_still_build(built_site: BuiltSite) -> None:
    folders = (page.parent.relative_to(built_site.folder) for page in built_site.pages() if page.name == "index.html")
    built = {"/" if folder == Path() else f"/{folder.as_posix()}/" for folder in folders}
    assert sorted(_promised("addresses.txt", built) - built) == [], (
        "Give each of these a page again: retired, retracted, or in the `aliases` of the page that took its place."
    )


def test_promised_parts_still_stand(built_site: BuiltSite, open_site: BuiltSite) -> None:
    """Each part that readers may have kept keeps its id, at the latest once a copy is set up. Its place may change."""
    built = set()
    for site in (built_site, open_site):
        for page, document in documents(site).items():
            links = document.xpath(
                "//a[contains(@class, 'anchor')]/@href | //section[@id]/@id | //div[@class='printable']/@id"
            )
            built |= {f"/{page.parent.as_posix()}/#{str(link).removeprefix('#')}" for link in links}
    promised = _promised("parts.txt", built)
    assert promised and sorted(promised - built) == [], "Give each heading its old id again: ids are made once."
