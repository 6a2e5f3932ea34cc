"""The site's own scripts send nothing and store nothing unnamed; the privacy page says no more than is tested."""

import re
from pathlib import Path

import pytest

from layouts import NAMES
from site_under_test import ROOT

JS = ROOT / "theme" / "static" / "js"
SCRIPTS = [script for script in sorted(JS.rglob("*.js")) if script.parent != JS / "vendor"]
"""Our own. The engine of the search is a package as published; the browser tests see that it asks for nothing."""
PRIVACY = (ROOT / "content" / "about" / "privacy.md").read_text(encoding="utf-8")
SENDS = r"\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection)\b|\bimport\s*\("
KEEPS_ELSEWHERE = r"\b(indexedDB|caches|serviceWorker)\b|document\.cookie"
KEY = r"\.setItem\(([^,]+),"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_it_is_quiet(script: Path) -> None:
    """No way to send, no other place to keep things, and each name in the browser's storage is on the privacy page."""
    text = script.read_text(encoding="utf-8")
    assert "sessionStorage" not in text or script.name in ("kit.js", "kit-add.js")
    if script.name == "search.js":  # it loads two scripts of the site, the same for any words
        assert text.count("script(form.dataset.") == text.count("script(") == 2
    assert re.findall(SENDS, text) == []
    assert re.findall(KEEPS_ELSEWHERE, text) == []
    for name in re.findall(KEY, text):
        constant = re.search(rf'\b{re.escape(name.strip())} = "([^"]+)"', text)
        assert constant, f"Store under a constant, so that its name can be found: {name}"
        assert f'"{constant[1]}"' in PRIVACY, "Name it on the privacy page."
        assert constant[1].startswith("mutualaid"), "“Forget everything” clears names that begin with mutualaid."


def test_the_privacy_page_says_no_more_than_is_tested() -> None:
    (said,) = re.findall(r"at least (\d+) pages in a real browser, a page of each layout", PRIVACY)
    assert len(NAMES) >= int(said)


def test_pages_to_leave_quickly() -> None:
    pages = [ROOT / "content/guide/before/safety.md", *(ROOT / "content/contribute").glob("*.md")]
    assert [page.name for page in pages if "\nquick_exit: true\n" not in page.read_text(encoding="utf-8")] == []
