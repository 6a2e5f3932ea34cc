"""What a page says of sending follows `content/host.yaml`, and line numbers stay right."""

import pytest

from mutualaid.core.content.conditional_blocks import WAYS, as_set_up

BODY = """Before.

::: while-nothing can be sent
Not yet.

Look again.
:::

::: once-something can be sent
Send it.
:::

After.
"""


def test_shut() -> None:
    """While nothing can be sent, only those words stand."""
    shut = as_set_up(BODY, dict.fromkeys(WAYS, ""))
    assert shut.split() == ["Before.", "Not", "yet.", "Look", "again.", "After."]


@pytest.mark.parametrize("way", WAYS)
def test_open(way: str) -> None:
    """Any one way opens the door."""
    assert as_set_up(BODY, {way: "x"}).split() == ["Before.", "Send", "it.", "After."]


def test_lines_keep_their_numbers() -> None:
    """A problem below is named by the line in the file."""
    for host in ({}, {"post": "x"}):
        lines = as_set_up(BODY, host).split("\n")
        assert lines.index("After.") == BODY.split("\n").index("After.")


def test_other_blocks_stay() -> None:
    """A notice inside keeps its marks."""
    body = "::: while-nothing can be sent\n:::: notice Not yet\nWords.\n::::\n:::\n"
    assert as_set_up(body, {}) == "\n:::: notice Not yet\nWords.\n::::\n\n"
