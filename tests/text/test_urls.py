"""Links from page to page, relative and to the file."""

import pytest

from mutualaid.text.urls import linker_from, linker_from_root
from world import rows_of


@pytest.mark.parametrize(("here", "there", "link"), rows_of("urls", "links"))
def test_links(here: str, there: str, link: str) -> None:
    """A link names the file, and leaves other sites alone; the page for missing addresses links from the root."""
    assert linker_from(here)(there) == link
    assert linker_from_root("/project/")("/safety/") == "/project/safety/"
