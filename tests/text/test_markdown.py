"""What the body of a page may not hold, beside what leads nowhere."""

import pytest

from mutualaid.text.markdown import Surroundings, guide_html


def complaints(body: str) -> list[tuple[int, str]]:
    """Return line and rule of each complaint about the body of a page."""
    around = Surroundings(
        to=lambda address: address,
        page_exists=lambda _: True,
        entry_address=lambda name: f"/{name}/",
        term_exists=lambda _: True,
        card=lambda _: "",
    )
    guide_html(body, around)
    return [(one.line, one.rule) for one in around.complaints]


@pytest.mark.parametrize("words", ["", " ", "&nbsp;", "\u2800"])
def test_a_link_without_words(words: str) -> None:
    """Nobody could see it, nor press it; its line is told."""
    assert complaints(f"One.\n\nTwo [{words}](https://www.example.org/) three.") == [(3, "link-without-words")]
    assert complaints(f"- [{words}](page:/safety/) [two](page:/safety/)") == [(1, "link-without-words")]


def test_a_heading_without_words() -> None:
    """It would be empty in each list of headings, and no book could be made of it."""
    assert complaints("One.\n\n## &nbsp; {#a}") == [(3, "heading-without-words")]
    assert complaints("## [](https://www.example.org/) {#a}") == [
        (1, "heading-without-words"),
        (1, "link-without-words"),
    ]


def test_words_of_all_sorts() -> None:
    """Emphasis, code, a number and an emoji are words."""
    links = " ".join(f"[{words}](https://www.example.org/)" for words in ("*a*", "`b`", "1", "\U0001f642", "[]", "…"))
    assert complaints(f"## *A* `b` {{#a}}\n\n{links}") == []


def test_a_table_of_law_that_is_not_there() -> None:
    """Its line is told; a part that content/law.yaml has is shown as it is."""
    assert complaints("One.\n\n::: law nowhere\n:::") == [(3, "no-such-law")]
