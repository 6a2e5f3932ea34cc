"""One submission that cannot be served keeps no other waiting, and nobody is left without an answer."""

from typing import Any
from unittest.mock import Mock

import pytest

from desk import Desk
from fake_github import Refusal
from mutualaid.flows import gather
from mutualaid.flows.read_offer import take_in_form


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with three people's forms, of which GitHub or the bot will not serve the first."""
    for who, title in (("sam", "A Reading List"), ("eve", "Old Maps"), ("mo", "On Ladders")):
        desk.offer(who, title)
    return desk


def test_github_refuses_one(desk: Desk) -> None:
    """Its contributor and a maintainer are told, once; the others are served, and so is it when GitHub lets it be."""
    for _ in range(2):
        desk.github.just_before("git/create-tree", Mock(side_effect=Refusal(422, "No")))
        steps = {step.number: step for step in desk.run()}
        assert [steps[one].decision.status for one in (2, 3)] == ["in-review"] * 2
        assert steps[1].needs_a_person and "422" in steps[1].refusal and "\n" not in steps[1].refusal
        assert "could not finish" in desk.said(1) and "a maintainer" in desk.said(1)
        assert desk.labels(1) == {"kind: resources", "status: received", "for a person"}
        assert not desk.github.repo.issues[1].comments[0].edits
        desk.github.later(minutes=30)
    desk.run()
    assert "Every check passed" in desk.said(1) and desk.labels(1) == {"kind: resources", "status: in-review"}


def test_github_is_busy(desk: Desk) -> None:
    """That passes: the next sweep does it, so no maintainer has to act."""
    desk.github.just_before("git/create-tree", Mock(side_effect=Refusal(502, "No")))
    first, *others = desk.run()
    assert first.refusal and not first.needs_a_person and not desk.said(1)
    assert [step.decision.status for step in others] == ["in-review"] * 2
    desk.look()
    assert "Every check passed" in desk.said(1)


def test_the_bot_itself_fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is that one form brings to light, it is told in one sentence, with its place."""

    def clumsy(checkout: Any, offer: Any, today: Any) -> Any:
        if offer.issue == 1:
            raise KeyError("A\nhostile\nword")
        return take_in_form(checkout, offer, today)

    monkeypatch.setattr(gather, "take_in_form", clumsy)
    first, *others = desk.run()
    assert [step.decision.status for step in others] == ["in-review"] * 2
    assert first.needs_a_person and "KeyError" in first.refusal and "test_one_of_many.py, line" in first.refusal
    assert "\n" not in first.refusal and len(desk.runs[-1].checkout.entries) == 2
