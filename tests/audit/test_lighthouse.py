"""Lighthouse on five pages: 100 in accessibility, best practices and SEO. Its performance is the bench's to print.

Lighthouse asks for robots.txt in the page's own name, and the pages' policy forbids a page to ask for anything. So it
is shown a copy whose policy allows that one thing more; nothing else of a page differs. Decision 0030 tells why.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from layouts import file_of
from lighthouse_under_test import report_on
from site_under_test import BuiltSite, show

STRICT = "default-src 'none';"
ASKING = f"{STRICT} connect-src 'self';"

PAGES = ("home", "guide page", "collection as cards", "exercise", "draft")


@pytest.fixture(scope="module")
def shown_to_lighthouse(built_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    folder: Path = tmp_path_factory.mktemp("lighthouse") / "site"
    shutil.copytree(built_site.folder, folder)
    for name in PAGES:
        file = folder / file_of(name, folder)
        text = file.read_text(encoding="utf-8")
        assert text.count(STRICT) == 1
        file.write_text(text.replace(STRICT, ASKING), encoding="utf-8")
    with show(folder) as site:
        yield site


@pytest.mark.parametrize("name", PAGES)
def test_lighthouse_gives_a_hundred(shown_to_lighthouse: BuiltSite, name: str) -> None:
    report = report_on(f"{shown_to_lighthouse.address}/{file_of(name, shown_to_lighthouse.folder)}")
    short = {}
    for category in ("accessibility", "best-practices", "seo"):
        weighed = [one["id"] for one in report["categories"][category]["auditRefs"] if one["weight"]]
        short[category] = [one for one in weighed if report["audits"][one]["score"] not in (None, 1)]
        assert report["categories"][category]["score"] == 1, short
