"""Letters: what plainly belongs to the sending is cut away and reported; everything else stays, on its line."""

import pytest

from mutualaid.core.forms.mail_text import Letter, trimmed
from world import rows_of

FORM = "Title: A jar\nWhat was done:\nWe met on the first day and somebody wrote:\n- a ride"


def trim(text: str) -> Letter:
    return trimmed(Letter(text), lambda line: line.startswith(("Title:", "What was done:")))


CUT = rows_of("mail", "cut")


@pytest.mark.parametrize(("before", "after", "told"), CUT.values(), ids=CUT.keys())
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_what_is_cut(before: str, after: str, told: list[str], line_end: str) -> None:
    """The answers are left, whole, on the lines where they were; what went is reported, and nothing of it repeated."""
    letter = trim((before + FORM + after).replace("\n", line_end))
    assert letter.text.strip("\n") == FORM
    assert list(letter.left_out) == told
    assert letter.text.split("\n").index("Title: A jar") == before.count("\n")


@pytest.mark.parametrize("story", ["Thanks,\nall of us", "--\nLine", "On 3 May she wrote: come in", "From: nobody"])
def test_what_is_kept(story: str) -> None:
    """Nothing is guessed: words that only look like the end of a mail stay, and so does a text without questions."""
    text = f"Title: A jar\nWhat was done: {story}"
    assert trim(text) == Letter(text)
    assert trim(f"Dear all,\n{story}\n-- \nJ") == Letter(f"Dear all,\n{story}\n-- \nJ")
