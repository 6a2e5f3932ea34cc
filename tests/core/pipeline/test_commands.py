"""Commands count from whom they are for, at the start of a line, in plain words; nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid.core.pipeline.commands import OF_CONTRIBUTORS, OF_MAINTAINERS, PREVIEW, asked_in, commands, last_said
from situations import BOT, POLICY, READY, form, said
from world import rows_of

SAID = rows_of("commands")
NEARLY = [(word, typed) for word, slips in SAID["near_misses"].items() for typed in slips]


@pytest.mark.parametrize(("author", "body", "words"), SAID["counts"])
def test_what_counts(author: str, body: str, words: list[str]) -> None:
    assert [one.word for one in commands(form(READY, said(author, body)), POLICY)] == words


@pytest.mark.parametrize(("word", "line"), [(word, line) for word, lines in SAID["done"].items() for line in lines])
def test_a_spelling_is_done(word: str, line: str) -> None:
    """As a phone, a mail program or a hurried person writes it, and as it stands in the bot's own comment."""
    (one,) = commands(form(READY, said("sam", f"Hello,\n{line}\nSam")), POLICY)
    assert one.word == word


@pytest.mark.parametrize(("word", "typed"), NEARLY)
def test_a_near_miss_is_never_done(word: str, typed: str) -> None:
    (one,) = asked_in([said("sam", f"- /{typed}")], BOT)
    assert one.word == word and one.typed and one.typed in typed
    assert commands(form(READY, said("sam", f"/{typed}"), said("ada", f"/{typed}")), POLICY) == ()


@pytest.mark.parametrize("word", sorted({*OF_CONTRIBUTORS, *OF_MAINTAINERS} - {PREVIEW}))
@given(data=st.data())
def test_one_typo(word: str, data: st.DataObject) -> None:
    """A letter too many, too few, another one, or two that changed places: it is answered, or it is the word itself."""
    place, letter = data.draw(st.integers(1, len(word) - 1)), data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    before, after = word[:place], word[place:]
    turned = before[:-1] + after[0] + before[-1] + after[1:]
    for typed in (before + letter + after, before + after[1:], before + letter + after[1:], turned):
        assert [one.word for one in asked_in([said("sam", f"/{typed}")], BOT)] == [word], typed


@pytest.mark.parametrize("line", SAID["without_a_slash"])
def test_a_word_without_its_slash_is_answered(line: str) -> None:
    (one,) = asked_in([said("sam", line)], BOT)
    assert one.typed and one.word in OF_CONTRIBUTORS


@pytest.mark.parametrize("line", [*SAID["about_a_command"], *SAID["left_alone"]])
def test_words_about_a_command_are_no_command(line: str) -> None:
    """They are answered; what resembles no word of ours is left alone."""
    assert [bool(one.typed) for one in asked_in([said("sam", line)], BOT)] == [True] * (line in SAID["about_a_command"])


@given(st.text(st.sampled_from(" \t>-*`~/[]()wW_.1\\<!\n\u200b"), max_size=40))
def test_any_marks(text: str) -> None:
    assert list(asked_in([said("sam", f">{text.splitlines()[0] if text.splitlines() else ''}/withdraw")], BOT)) == []
    assert all(one.word in (*OF_CONTRIBUTORS, *OF_MAINTAINERS) for one in asked_in([said("sam", text)], BOT))


@pytest.mark.parametrize(("line", "rest"), rows_of("commands", "rest_of_line"))
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
