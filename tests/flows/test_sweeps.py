"""Sweeps over many submissions: what they cost, where they stop, and that nobody waits for ever."""

import pytest

from desk import Desk
from fake_github import BOT
from mutualaid.core.pipeline.bot_comment import Header, written
from mutualaid.core.pipeline.pull_request_text import title_of
from mutualaid.core.pipeline.situation import Ready
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.read_offer import SubmittedForm, take_in_form

BUDGET = 450


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk whose contributors may have any number of forms open."""
    path = "schemas/policy.yaml"
    text = (desk.github.read(path) or "").replace("open_per_account: 3", "open_per_account: 100")
    desk.github.plant({path: text})
    return desk


def offered(desk: Desk, count: int) -> list[int]:
    """Have forms offered, each unlike the others."""
    return [
        desk.offer(f"person-{each}", title=f"Guide number {each} on {'abcdefghij'[each % 10] * 9}")
        for each in range(count)
    ]


def settled(desk: Desk) -> None:
    """Run until everybody has an answer; GitHub's clock goes on, so that its limits do not hold us up."""
    for _ in range(200):
        desk.github.later(minutes=30)
        steps = desk.run()
        assert not [step.refusal for step in steps if step.refusal]
        if not desk.runs[-1].left and not any(step.decision.actions for step in steps):
            return
    raise AssertionError(desk.runs[-1])


def test_two_hundred(desk: Desk) -> None:
    """New ones are answered a budget at a time; then one sweep sees all of them in 450 requests, and writes nothing."""
    numbers = offered(desk, 200)
    desk.run()
    assert 30 < desk.spent()[2] / 2 < 40
    settled(desk)
    desk.github.later(minutes=30)
    before = desk.spent()
    steps = desk.run()
    assert {step.number for step in steps} == set(numbers)
    assert desk.spent()[0] - before[0] <= BUDGET and desk.spent()[1] == before[1]


def test_a_thousand(desk: Desk) -> None:
    """A sweep stops before 450 requests and goes on next time: in three, everybody has been looked at."""
    numbers = offered(desk, 1000)
    repo = desk.github.repo
    desk.pull()
    checkout = load_checkout(desk.root)
    for number in numbers:
        issue, branch = repo.issues[number], f"submission/{number}"
        ready = take_in_form(
            checkout, SubmittedForm(issue.body or "", number, issue.created_at), issue.created_at.date()
        )
        assert isinstance(ready, Ready)
        head = desk.github.push(BOT, branch, {ready.path: ready.text})
        desk.github.open_pull(BOT, branch, title_of(ready))
        header = Header("in-review", head, ready.path, ready.blob)
        desk.github.comment(BOT, number, written(header, "Old words"))
        desk.github.later(minutes=1)
    seen: set[int] = set()
    for _ in range(3):
        desk.github.later(minutes=30)
        before = desk.spent()[0]
        seen |= {step.number for step in desk.run(dry_run=True)}
        assert desk.spent()[0] - before <= BUDGET and desk.runs[-1].left
    assert len(repo.issues) == 2000
    assert len(seen) == 1000
