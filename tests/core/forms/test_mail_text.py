"""Letters: what belongs to the sending is cut away and told; what belongs to the story stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid.core.forms.mail_text import Letter, readings

FORM = "Title: A jar\nWhat was done:\nWe met on the first day and somebody wrote:\n- a ride"


def is_question(line: str) -> bool:
    """Whether a line is one of the two questions of these tests."""
    return line.startswith(("Title:", "What was done:"))


def first(text: str) -> Letter:
    """Return the likeliest reading."""
    return next(iter(readings(Letter(text), is_question)))


CUT = {
    "nothing": ("", "", ()),
    "greeting": ("Hi Jo,\n\nthis is for the site.\n\n", "", ("2 lines above the first question.",)),
    "signature": ("", "\n\n-- \nJane Roe\nMap room\n312-555-0143", ("4 lines of a signature.",)),
    "signature without a space": ("", "\n--\nJane Roe", ("2 lines of a signature.",)),
    "goodbye": ("", "\n\nBest wishes,\nJane", ("2 lines of a closing formula.",)),
    "goodbye in Spanish": ("", "\n\nUn abrazo\nJ.", ("2 lines of a closing formula.",)),
    "telephone": ("", "\n\nThank you!\nJ.\n\nSent from my phone", ("3 lines of a closing formula.",)),
    "reply below": (
        "",
        "\n\nOn Mon, 3 May 2021 at 10:00, Site <site@example.org> wrote:\n> Tell us\n> more",
        ("3 lines of the mail that was replied to.",),
    ),
    "reply whose first line is broken": (
        "",
        "\n\nOn Mon, 3 May 2021 at 10:00, Somebody with a long name\n<site@example.org> wrote:\n\n> Tell us",
        ("3 lines of the mail that was replied to.",),
    ),
    "reply of an office program": (
        "",
        "\n\n-----Original Message-----\nFrom: Site\nSent: Monday\n\nTell us",
        ("4 lines of the mail that was replied to.",),
    ),
    "reply below a rule": (
        "",
        "\n\n________________________________\nFrom: Site\nSent: Monday\n\nTell us",
        ("4 lines of the mail that was replied to.",),
    ),
    "quotes in between": ("> Tell us\n>> please\n", "\n> and thank you", ("3 lines quoted from another mail.",)),
}


@pytest.mark.parametrize(("before", "after", "told"), CUT.values(), ids=CUT.keys())
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_what_is_cut(before: str, after: str, told: tuple[str, ...], line_end: str) -> None:
    """The answers are left, whole, on the lines where they stood; what went is told, and nothing of it repeated."""
    letter = first((before + FORM + after).replace("\n", line_end))
    assert letter.text.strip("\n") == FORM
    assert letter.left_out == told
    if ">" not in before:
        assert letter.text.split("\n").index("Title: A jar") == before.count("\n")


KEPT = (
    "Best of all, nobody asked for proof.",
    "Thanks to the jar we could pay.\nLine two.\nLine three.",
    "--\n" + "\n".join(f"Line {number}" for number in range(12)),
    "On the door she wrote: come in",
    "From: nobody, to: nobody",
    "__________\nA line to write on",
    "Yours and mine,\n" + "\n".join(f"Line {number}" for number in range(9)),
)


@pytest.mark.parametrize("story", KEPT)
def test_what_is_kept(story: str) -> None:
    """Words that only look like the end of a mail stay."""
    text = f"Title: A jar\nWhat was done: {story}"
    assert first(text) == Letter(text)


def test_a_signature_before_the_answers() -> None:
    """What stands above a question is never the end."""
    text = "Hello\n-- \nThanks,\nOn 3 May 2021 A wrote:\nTitle: A jar"
    letter = first(text)
    assert letter.text.strip() == "Title: A jar"
    assert letter.left_out == ("4 lines above the first question.",)


def test_a_text_without_questions() -> None:
    """It is left as it is, so that a person can look at it."""
    text = "Dear all,\nwe have a jar.\nThat is the story."
    assert first(text) == Letter(text)


@pytest.mark.parametrize("mark", ["---------- Forwarded message ---------", "Begin forwarded message:"])
def test_forwarded(mark: str) -> None:
    """The second reading is that of a mail that was passed on: what stands below, without its headers."""
    text = f"Title: see below\n{mark}\nFrom: Jane Roe <jane@mail.example>\nDate: Monday\nTo: x@example.org\n\n{FORM}"
    reading = list(readings(Letter(text, ("7 headers.",), ("Jane Roe",)), is_question))[1]
    assert reading.text.strip() == FORM
    assert reading.left_out == ("7 headers.", "2 lines before the forwarded mail.")
    assert reading.people == ("Jane Roe",)


def test_answered_within_a_quote() -> None:
    """The last reading takes the marks of quoting off: some people answer between the lines of the form."""
    text = "> Title:\nA jar\n> What was done:\nWe met > we ate."
    *_, last = readings(Letter(text), is_question)
    assert last.text == "Title:\nA jar\nWhat was done:\nWe met > we ate."
    assert last.left_out == ("Marks of quoting.",)


@given(st.text(st.sampled_from("Title: >-_\nbest,OnFrom:wrote1@")))
def test_any_text(text: str) -> None:
    """No text raises, and nothing is ever added: each line that is left is the end, or the whole, of a line."""
    lines = text.split("\n")
    for reading in readings(Letter(text), is_question):
        assert all(any(line.rstrip().endswith(left.rstrip()) for line in lines) for left in reading.text.split("\n"))
