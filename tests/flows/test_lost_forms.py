"""A form that is deleted, or transferred to another repository, while its pull request is open."""

from collections.abc import Callable
from typing import Any

import pytest

from desk import Desk

FILE = "submissions/resources/a-reading-list.yaml"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with a form in review, #1, and its pull request, #2; #3 is somebody else's question."""
    desk.in_review()
    assert desk.github.open_issue("eve", "A question", "What is this?") == 3
    return desk


LOSE: dict[str, Callable[[Desk], None]] = {
    "deleted": lambda desk: setattr(desk.github.repo.issues[1], "is_deleted", True),
    "transferred": lambda desk: setattr(desk.github.repo.issues[1], "moved_to", "example/elsewhere/issues/3"),
}
lost = pytest.mark.parametrize("lose", LOSE.values(), ids=LOSE)


@lost
@pytest.mark.parametrize("event", [None, {"inputs": {"pull_request": "2"}}], ids=["a sweep", "the approval"])
def test_its_pull_request_is_closed(desk: Desk, lose: Callable[[Desk], None], event: dict[str, Any] | None) -> None:
    """By whatever looks first, though it is approved, with a word; its branch is gone, and #3 is untouched."""
    lose(desk)
    desk.approve(2)
    assert desk.run(1) == []
    steps = [step for step in desk.run(event=event) if step.number == 2]
    assert [(step.decision.status, step.refusal) for step in steps] == [("withdrawn", "")]
    assert not desk.github.repo.issues[2].is_open and not desk.github.repo.pulls[2].merged_at
    assert desk.github.repo.tip("submission/1") is None and FILE not in desk.files("main")
    assert desk.said(2).count("was deleted or moved") == 1
    assert not desk.said(3) and not desk.labels(3) and desk.github.repo.issues[3].is_open
    assert desk.changes_nothing()


@lost
def test_what_was_published_stays(desk: Desk, lose: Callable[[Desk], None]) -> None:
    """A form that is deleted after its entry went out takes nothing off the site: for that there is a retraction."""
    desk.approve(2)
    desk.run(1)
    lose(desk)
    assert [step.refusal for step in (*desk.run(), *desk.run(2)) if step.refusal] == []
    assert FILE in desk.files("main") and not desk.said(3)


def test_issues_that_are_switched_off(desk: Desk) -> None:
    """GitHub answers as if each were deleted; no pull request is closed for that."""
    desk.github.settings.has_issues = False
    desk.approve(2)
    (step,) = desk.run(event={"inputs": {"pull_request": "2"}})
    assert "disabled" in step.refusal and desk.github.repo.issues[2].is_open
