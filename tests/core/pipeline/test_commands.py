"""Commands count from whom they are for, alone on a line, in plain words; nowhere else."""

import pytest

from mutualaid.core.pipeline.commands import commands
from situations import BOT, POLICY, READY, form, said

NONE: tuple[str, ...] = ()
ROWS = [
    ("sam", "/withdraw", ("withdraw",)),
    ("SAM", "/withdraw", ("withdraw",)),
    ("sam", "Hello\n/withdraw  \r\nThanks", ("withdraw",)),
    ("sam", "/recheck\n/no-credit", ("recheck", "no-credit")),
    ("eve", "/withdraw", NONE),
    ("ada", "/withdraw", NONE),
    ("ada", "/no-credit", NONE),
    ("ada", "/hold wait a bit", ("hold",)),
    ("mo", "/decline spam", ("decline",)),
    ("tri", "/decline spam", NONE),
    ("sam", "/decline", NONE),
    ("sam", "/retract", NONE),
    ("eve", "/resume", NONE),
    (BOT, "/decline", NONE),
    ("ada", "Please write /decline here", NONE),
    ("ada", "> /decline", NONE),
    ("ada", " /decline", NONE),
    ("ada", "- /decline", NONE),
    ("ada", "`/decline`", NONE),
    ("ada", "```\n/decline\n```", NONE),
    ("ada", "~~~ text\n/decline\n~~~", NONE),
    ("ada", "````\n```\n/decline\n````", NONE),
    ("ada", "```\n/decline\nnever closed", NONE),
    ("ada", "```\nx\n```\n/decline no", ("decline",)),
    ("ada", "<!--\n/decline\n-->", NONE),
    ("ada", "<!--\n/decline", NONE),
    ("ada", "/declined", NONE),
    ("ada", "/Decline", NONE),
    ("ada", "/approve", NONE),
    ("ada", "/duplicate #12", ("duplicate",)),
]


@pytest.mark.parametrize(("author", "body", "words"), ROWS)
def test_what_counts(author: str, body: str, words: tuple[str, ...]) -> None:
    """Who wrote what, and which commands that makes."""
    assert tuple(one.word for one in commands(form(READY, said(author, body)), POLICY)) == words


def test_the_rest_of_the_line() -> None:
    """It is the reason."""
    (one,) = commands(form(READY, said("ada", "/decline \t It names a person.  ")), POLICY)
    assert one.rest == "It names a person."
