"""Commands count from whom they are for, at the start of a line, in plain words; nowhere else."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid.core.pipeline.commands import OF_CONTRIBUTORS, OF_MAINTAINERS, asked_in, commands, last_said
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
    ("ada", "- > /decline", NONE),
    ("ada", ">/decline\n> \n>> `/decline`", NONE),
    ("ada", "```\n/decline\n```", NONE),
    ("ada", "~~~ text\n/decline\n~~~", NONE),
    ("ada", "````\n```\n/decline\n````", NONE),
    ("ada", "```\n/decline\nnever closed", NONE),
    ("ada", "- ```\n  /decline\n  ```\n", NONE),
    ("ada", "```\nx\n```\n/decline no", ("decline",)),
    ("ada", "<!--\n/decline\n-->", NONE),
    ("ada", "<!--\n/decline", NONE),
    ("ada", "/approve", NONE),
    ("ada", "/duplicate #12", ("duplicate",)),
]


@pytest.mark.parametrize(("author", "body", "words"), ROWS)
def test_what_counts(author: str, body: str, words: tuple[str, ...]) -> None:
    assert tuple(one.word for one in commands(form(READY, said(author, body)), POLICY)) == words


SPELLINGS = {
    "withdraw": """
        /Withdraw|/WITHDRAW|/withdraw.|/withdraw!|/withdraw,|/withdraw…| /withdraw|    /withdraw|\t/withdraw|/ withdraw
        /withdraw please|/withdraw, please.|/withdraw - thanks|/withdraw🙏|/with draw|/with-draw|//withdraw|/withdraw/
        - /withdraw|* /withdraw|+ /withdraw|• /withdraw|– /withdraw|1. /withdraw|2) /withdraw|- [ ] /withdraw
        - [x] /withdraw|`/withdraw`|`/withdraw`.|``/withdraw``|```/withdraw```|- `/withdraw`|**/withdraw**|_/withdraw_
        __/withdraw__|***/withdraw***|~~/withdraw~~|# /withdraw|"/withdraw"|“/withdraw”|'/withdraw'|(/withdraw)
        Please /withdraw|please, /withdraw.|pls /withdraw|Hi, /withdraw|OK /withdraw|@github-actions[bot] /withdraw
        {/withdraw}|「/withdraw」|`/withdraw` please|`/withdraw`, thanks!|\\withdraw
        \\/withdraw|／withdraw|∕withdraw|⁄withdraw|／ｗｉｔｈｄｒａｗ|/\u00a0withdraw|\u00a0/withdraw|/withdraw\u00a0
        \ufeff/withdraw|\u200b/withdraw|/withdraw\u200b|/with\u200bdraw|/with\u00addraw|\u200f/withdraw|\u2068/withdraw\u2069
    """,
    "no-credit": """
        /No-Credit|/no\u2011credit|/no\u2010credit|/no\u2013credit|/no\u2014credit|/no\u2212credit|/no\uff0dcredit
        /no credit|/no\u00a0credit|/nocredit|/no_credit|/NoCredit|/no--credit|`/no-credit`|/no-credit, thanks
    """,
    "recheck": "/re-check|/re check|/Recheck|/recheck?|**/recheck**.|/RECHECK now",
}
ALL = [(word, one) for word, rows in SPELLINGS.items() for row in rows.split("\n") for one in row.split("|")]


@pytest.mark.parametrize(("word", "line"), [(word, one) for word, one in ALL if one.strip(" ")])
def test_a_spelling_is_done(word: str, line: str) -> None:
    """As a phone, a mail program or a hurried person writes it, and as it stands in the bot's own comment."""
    (one,) = commands(form(READY, said("sam", f"Hello,\n{line}\nSam")), POLICY)
    assert one.word == word


SLIPS = {
    "withdraw": "withdrw|widthdraw|withdrawn|withdrawal|withdarw|with drow|withdraw-now|withdraw.Thanks",
    "recheck": "rechexk|re-chexk|check",
    "no-credit": "no-credits|no credti|nocredt",
    "hold": "hild|hodl|hol|holdd",
    "decline": "declined|declin|deklin",
    "resume": "resum",
    "duplicate": "duplixate",
    "retract": "rettract",
}
NEARLY = [(word, typed) for word, slips in SLIPS.items() for typed in slips.split("|")]


@pytest.mark.parametrize(("word", "typed"), NEARLY)
def test_a_near_miss_is_never_done(word: str, typed: str) -> None:
    (one,) = asked_in([said("sam", f"- /{typed}")], BOT)
    assert one.word == word and one.typed and one.typed in typed
    assert commands(form(READY, said("sam", f"/{typed}"), said("ada", f"/{typed}")), POLICY) == ()


@pytest.mark.parametrize("word", [*OF_CONTRIBUTORS, *OF_MAINTAINERS])
@given(data=st.data())
def test_one_typo(word: str, data: st.DataObject) -> None:
    """A letter too many, too few, another one, or two that changed places: it is answered, or it is the word itself."""
    place, letter = data.draw(st.integers(1, len(word) - 1)), data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    before, after = word[:place], word[place:]
    turned = before[:-1] + after[0] + before[-1] + after[1:]
    for typed in (before + letter + after, before + after[1:], before + letter + after[1:], turned):
        assert [one.word for one in asked_in([said("sam", f"/{typed}")], BOT)] == [word], typed


WITHOUT_SLASH = "withdraw Withdraw. WITHDRAW! please\u00a0withdraw `withdraw` no-credit No-Credit,\u00a0please re-check"


@pytest.mark.parametrize("line", WITHOUT_SLASH.split(" "))
def test_a_word_without_its_slash_is_answered(line: str) -> None:
    (one,) = asked_in([said("sam", line)], BOT)
    assert one.typed and one.word in OF_CONTRIBUTORS


UNSURE = [
    "`/withdraw` is what you say?",
    "/withdraw, /recheck or /no-credit",
    "`/hold reason`, `/resume`, `/decline x`",
]


@pytest.mark.parametrize("line", UNSURE)
def test_words_about_a_command_are_no_command(line: str) -> None:
    (one,) = asked_in([said("sam", line)], BOT)
    assert one.typed


ALONE = """/approve|/lgtm|/cc @ada|/etc/hosts|/about/|/resources/a-list/|/hold/the/line.txt|/|//|/usr/bin/withdraw
/thanks|/label x|/remove|/undo|/review|We withdraw from it|> withdraw|https://x.org/withdraw|/ |/10|/?|/привет
/withdraw` in a comment, on a line by itself.|`/recheck` in a comment, on a line by"""


@pytest.mark.parametrize("line", re.split(r"[|\n]", ALONE))
def test_what_is_left_alone(line: str) -> None:
    """What resembles no word of ours, an address, and the bot's own sentence, cut in two by a mail program."""
    assert list(asked_in([said("sam", line)], BOT)) == []


@given(st.text(st.sampled_from(" \t>-*`~/[]()wW_.1\\<!\n\u200b"), max_size=40))
def test_any_marks(text: str) -> None:
    assert list(asked_in([said("sam", f">{text.splitlines()[0] if text.splitlines() else ''}/withdraw")], BOT)) == []
    assert all(one.word in (*OF_CONTRIBUTORS, *OF_MAINTAINERS) for one in asked_in([said("sam", text)], BOT))


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("/decline \t It names a person.  ", "It names a person."),
        ("/decline: It names a person.", "It names a person."),
        ("- **/decline** – it’s “too” close.", "it’s “too” close."),
        ("`/decline it names a person`", "it names a person"),
        ("**/decline it names a person**", "it names a person"),
        ("/decline ½ of it names `people`", "½ of it names `people`"),
        ("/hold\u00a0ask a lawyer", "ask a lawyer"),
    ],
)
def test_the_rest_of_the_line(line: str, rest: str) -> None:
    (one,) = commands(form(READY, said("ada", line)), POLICY)
    assert one.rest == rest


def test_who_is_answered() -> None:
    """The latest word of the contributor or a maintainer, which counts from its last edit; nobody else is answered."""
    talk = (said("sam", "/withdrw", 1), said("ada", "/hold", 2), said("eve", "/recheck", 3), said("tri", "/hld", 4))
    found = last_said(form(READY, *talk), POLICY)
    assert found and (found.author, found.word) == ("ada", "hold")
    assert last_said(form(READY, *talk[2:]), POLICY) is None
    mended = replace(said("sam", "/recheck", 1), updated_at=said("sam", "", 9).updated_at)
    (one,) = commands(form(READY, mended), POLICY)
    assert one.at == mended.updated_at
