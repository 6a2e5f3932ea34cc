"""Lighthouse on five pages: 100 in accessibility, best practices and SEO. Its performance is the bench's to print."""

import pytest

from layouts import file_of
from lighthouse_under_test import report_on
from site_under_test import BuiltSite

WHOLE = 1
PAGES = ("home", "guide page", "collection as cards", "exercise")


@pytest.mark.parametrize("name", PAGES)
def test_lighthouse_gives_a_hundred(built_site: BuiltSite, name: str) -> None:
    """Each audit of the three categories that Lighthouse can judge by itself passes."""
    report = report_on(f"{built_site.address}/{file_of(name, built_site.folder)}")
    short = [
        f"{category}: {report.scores[category]} {report.failed(category)}"
        for category in ("accessibility", "best-practices", "seo")
        if report.scores[category] != WHOLE
    ]
    assert not short, "\n".join(short)
