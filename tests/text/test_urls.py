"""Links from page to page, relative and to the file."""

import pytest

from mutualaid.text.urls import linker_from, linker_from_root


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("/", "/safety/", "safety/index.html"),
        ("/safety/", "/", "../index.html"),
        ("/guide/a/", "/guide/b/#part", "../b/index.html#part"),
        ("/guide/a/", "/guide/a/#part", "#part"),
        ("/guide/a/", "/feed.xml", "../../feed.xml"),
        ("/a/", "/theme/css/site.css", "../theme/css/site.css"),
        ("/a/", "https://example.org/", "https://example.org/"),
    ],
)
def test_links(here: str, there: str, link: str) -> None:
    """A link names the file, and leaves other sites alone; the page for missing addresses links from the root."""
    assert linker_from(here)(there) == link
    assert linker_from_root("/project/")("/safety/") == "/project/safety/"
