"""A form that is deleted, or transferred to another repository, while its pull request is open."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk import Desk, desk_in
from mutualaid.flows.reconcile import ReconcileStep

FILE = "submissions/resources/a-reading-list.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a form in review, #1, and its pull request, #2; #3 is somebody else's question."""
    with desk_in(tmp_path) as found:
        found.run(found.offer())
        assert found.github.open_issue("eve", "A question", "What is this?") == 3
        yield found


def deleted(desk: Desk) -> None:
    """As the runbook has a maintainer do it for somebody in danger."""
    desk.github.delete_issue(1)


def transferred(desk: Desk) -> None:
    """To a repository where it gets the number that a stranger's issue has here."""
    desk.github.transfer_issue(1, "example/elsewhere", 3)


def closed_plainly(desk: Desk, steps: list[ReconcileStep]) -> None:
    """Nothing is refused or merged; the pull request is closed with a word, its branch is gone, #3 is untouched."""
    assert [(step.decision.status, step.refusal) for step in steps if step.number == 2] == [("withdrawn", "")]
    assert not desk.github.repo.issues[2].is_open and not desk.github.repo.pulls[2].merged_at
    assert desk.github.repo.tip("submission/1") is None and FILE not in desk.files("main")
    assert desk.said(2).count("was deleted or moved") == 1
    assert not desk.said(3) and not desk.labels(3) and desk.github.repo.issues[3].is_open


@pytest.mark.parametrize("lose", [deleted, transferred])
def test_its_pull_request_is_closed(desk: Desk, lose: Callable[[Desk], None]) -> None:
    """By the next sweep, whether it was approved or not; the sweep after that writes nothing."""
    lose(desk)
    desk.github.review("ada", 2, "APPROVE")
    closed_plainly(desk, desk.run())
    before = desk.spent()
    assert [step.refusal for step in desk.run() if step.refusal] == []
    assert desk.spent()[1] == before[1]


@pytest.mark.parametrize("lose", [deleted, transferred])
def test_an_approval_merges_nothing_of_it(desk: Desk, lose: Callable[[Desk], None]) -> None:
    """Though it comes before any sweep."""
    lose(desk)
    desk.github.review("ada", 2, "APPROVE")
    closed_plainly(desk, desk.run(event={"inputs": {"pull_request": "2"}}))
    before = desk.spent()
    desk.run(event={"inputs": {"pull_request": "2"}})
    assert desk.spent()[1] == before[1]


@pytest.mark.parametrize("lose", [deleted, transferred])
def test_an_event_about_the_form_itself(desk: Desk, lose: Callable[[Desk], None]) -> None:
    """Comes too late; nothing is there, and nothing is written anywhere."""
    lose(desk)
    before = desk.spent()
    assert desk.run(1) == []
    assert desk.spent()[1] == before[1]


@pytest.mark.parametrize("lose", [deleted, transferred])
def test_what_was_published_stays(desk: Desk, lose: Callable[[Desk], None]) -> None:
    """A form that is deleted after its entry went out takes nothing off the site: for that there is a retraction."""
    desk.github.review("ada", 2, "APPROVE")
    desk.run(1)
    lose(desk)
    assert [step.refusal for step in (*desk.run(), *desk.run(2)) if step.refusal] == []
    assert FILE in desk.files("main") and not desk.said(3)


def test_issues_that_are_switched_off(desk: Desk) -> None:
    """GitHub answers as if each were deleted; no pull request is closed for that."""
    desk.github.settings.has_issues = False
    desk.github.review("ada", 2, "APPROVE")
    (step,) = desk.run(event={"inputs": {"pull_request": "2"}})
    assert "disabled" in step.refusal and desk.github.repo.issues[2].is_open
