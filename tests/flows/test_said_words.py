"""Words in comments on the stand-in: done as people write them, answered once where they changed nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import Desk, desk_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a form in review, #1, and its pull request, #2."""
    with desk_in(tmp_path) as found:
        found.run(found.offer())
        found.github.later(minutes=5)
        yield found


def test_the_bots_own_words_are_done(desk: Desk) -> None:
    """Copied from its comment, with the marks that they have there."""
    desk.github.comment("sam", 1, "Hello,\n- `/withdraw`\nSam")
    assert [step.decision.status for step in desk.run(1)] == ["withdrawn"]


def test_a_name_is_taken_off(desk: Desk) -> None:
    """With the hyphen that a phone puts there."""
    desk.edit(1, "A Reading List", credit={"choice": "name", "name": "Sam Somebody"})
    desk.run(1)
    desk.github.comment("sam", 1, "/No\u2011Credit please")
    desk.run(1)
    assert "Sam Somebody" not in str(desk.github.read("submissions/resources/a-reading-list.yaml", "submission/1"))


def test_a_near_miss_is_answered_once(desk: Desk) -> None:
    """In the one comment; however often it is looked at, and however many there are, nothing more is written."""
    desk.github.review("ada", 2, "APPROVE")
    for count in range(3):
        desk.github.comment("sam", 1, "/withdrw")
        desk.run(1)
        assert desk.said(1).count("`/withdrw` changed nothing") == 1
        assert len(desk.github.repo.issues[1].comments[0].edits) == 1, count
    before = desk.spent()
    assert [step.decision.status for step in desk.run()] == ["in-review"]
    assert desk.spent()[1] == before[1]
    written = next(one for one in desk.github.repo.issues[1].comments if one.author == "sam")
    desk.github.later(minutes=5)
    desk.github.edit_comment("sam", written.id, "/withdraw")
    for one in desk.github.repo.issues[1].comments[2:]:
        desk.github.edit_comment("sam", one.id, "Sorry.")
    assert [step.decision.status for step in desk.run()] == ["withdrawn"]


def test_a_wish_for_removal_whose_event_was_lost(desk: Desk) -> None:
    """Under a form that was published and closed long ago: the sweep answers, and asks a person to see to it."""
    desk.github.review("ada", 2, "APPROVE")
    desk.run()
    desk.github.later(days=90)
    desk.github.comment("sam", 1, "/withdraw.")
    desk.github.comment("eve", 1, "/withdraw")
    desk.github.later(days=2)
    assert [step.decision.status for step in desk.run()] == ["published"]
    assert "a maintainer has to take it away" in desk.said(1)
    assert desk.labels(1) == {"kind: resources", "status: published", "for a person"}
    before = desk.spent()
    desk.run()
    assert desk.spent()[1] == before[1]
    desk.github.later(minutes=5)
    desk.github.comment("mo", 1, "**/retract**")
    assert [step.decision.status for step in desk.run()] == ["published", "received", "in-review"]
    assert "for a person" not in desk.labels(1) and "came after" not in desk.said(1)


def test_a_form_that_is_closed_and_a_word_that_was_mended(desk: Desk) -> None:
    """Who mends a slip by an edit has said the word then, though their comment is older than the bot's answer."""
    desk.github.close_issue("sam", 1)
    assert [step.decision.status for step in desk.run(1)] == ["withdrawn"]
    desk.github.later(minutes=5)
    slip = desk.github.comment("sam", 1, "/rechexk")
    desk.github.later(minutes=5)
    assert [step.decision.status for step in desk.run(1)] == ["withdrawn"] and "`/rechexk`" in desk.said(1)
    desk.github.later(minutes=5)
    desk.github.edit_comment("sam", slip, "/recheck")
    assert [step.decision.status for step in desk.run(1)] == ["in-review"]
