"""What a reading grade counts, and what it does not."""

import pytest

from mutualaid.core.content.readability import STRICT, Voice, limit_for, sentences_of, voice_of

BODY = """## A heading that does not count {#id}

One **plain** paragraph with a [link to a page](page:/safety/),
over two lines.[^note]

| a table | does not count |
| --- | --- |

- an item without its full stop at the end
- Too short

::: notice Read this first
But the words inside a block count as well.
:::

[^note]: A footnote that does not count at all.
"""


def test_only_running_sentences_are_kept() -> None:
    """Paragraphs and longer list items, one a line; headings, scraps, asides and sheets do not count."""
    assert sentences_of(BODY).splitlines() == [
        "One plain paragraph with a link to a page, over two lines.",
        "an item without its full stop at the end.",
        "But the words inside a block count as well.",
    ]
    aside = "\n::: learn-more Learn more\nAn aside has as many words as it likes.\n:::\n"
    sheet = "\n::: printable sheet A sheet\nA sheet to print has its own words.\n\n| a | b |\n:::\n"
    short = "\nHere the page says it is enough now. That was short.\n"
    assert voice_of(BODY + aside + sheet + short) == Voice(words=49, median=9, short=0.2)
    assert voice_of("## Only a heading {#id}") == Voice(3, 0.0, 0.0)


@pytest.mark.parametrize(("address", "limit"), [("/guide/small/", 9.0), *((f"{place}a/", 7.0) for place in STRICT)])
def test_limits(address: str, limit: float) -> None:
    """Safety and form pages must be easier than the rest."""
    assert limit_for(address) == limit
