"""Links from page to page, relative and to the file."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid.text.urls import file_of, linker_from, linker_from_root

STEP = st.text(alphabet="abc-", min_size=1, max_size=4)
ADDRESS = st.lists(STEP, max_size=4).map(lambda steps: "/" + "".join(f"{step}/" for step in steps))


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
    """A link names the file, and leaves other sites alone."""
    assert linker_from(here)(there) == link


@given(ADDRESS, ADDRESS)
def test_links_agree_with_the_library(here: str, there: str) -> None:
    """The way between two pages is the one that posixpath finds."""
    folder = posixpath.dirname(file_of(here)) or "."
    assert linker_from(here)(there) == posixpath.relpath(file_of(there), folder)


def test_links_from_anywhere() -> None:
    """The page for missing addresses links from the root of the site."""
    assert linker_from_root("/project/")("/safety/") == "/project/safety/"
