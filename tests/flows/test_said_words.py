"""Words in comments on the stand-in: done as people write them, answered once where they changed nothing."""

import pytest

from desk import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with a form in review, #1, and its pull request, #2."""
    desk.in_review()
    desk.github.later(minutes=5)
    return desk


def test_a_name_is_taken_off(desk: Desk) -> None:
    desk.edit(1, "A Reading List", credit={"choice": "name", "name": "Sam Somebody"})
    desk.run(1)
    desk.github.comment("sam", 1, "/No\u2011Credit please")
    desk.run(1)
    assert "Sam Somebody" not in str(desk.github.read("submissions/resources/a-reading-list.yaml", "submission/1"))


def test_a_near_miss_is_answered_once(desk: Desk) -> None:
    desk.approve(2)
    for count in range(3):
        desk.github.comment("sam", 1, "/withdrw")
        desk.run(1)
        assert desk.said(1).count("`/withdrw` changed nothing") == 1
        assert len(desk.github.repo.issues[1].comments[0].edits) == 1, count
    assert desk.changes_nothing()
    written = next(one for one in desk.github.repo.issues[1].comments if one.author == "sam")
    desk.github.later(minutes=5)
    desk.github.edit_comment("sam", written.id, "/withdraw")
    for one in desk.github.repo.issues[1].comments[2:]:
        desk.github.edit_comment("sam", one.id, "Sorry.")
    assert desk.look() == ["withdrawn"]


def test_a_wish_for_removal_whose_event_was_lost(desk: Desk) -> None:
    """Under a form that was published and closed long ago: the sweep answers, and asks a person to see to it."""
    desk.approve(2)
    desk.run()
    desk.github.later(days=90)
    desk.github.comment("sam", 1, "/withdraw.")
    desk.github.comment("eve", 1, "/withdraw")
    desk.github.later(days=2)
    assert desk.look() == ["published"]
    assert "a maintainer has to take it away" in desk.said(1)
    assert desk.labels(1) == {"kind: resources", "status: published", "for a person"}
    assert desk.changes_nothing()
    desk.comment("mo", 1, "**/retract**")
    assert desk.look() == ["published", "received", "in-review"]
    assert "for a person" not in desk.labels(1) and "came after" not in desk.said(1)
