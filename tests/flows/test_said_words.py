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
    desk.github.later(hours=3)
    assert 1 not in {step.number for step in desk.run()}, "it was answered, though in the same second"
    assert "for a person" not in desk.labels(1) and "came after" not in desk.said(1)
