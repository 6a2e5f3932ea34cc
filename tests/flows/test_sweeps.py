"""Sweeps over many submissions: what they cost, where they stop, and that nobody waits for ever."""

import pytest

from desk import Desk

POLICY = "schemas/policy.yaml"
BUDGET, LESS = 450, 150


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk whose contributors may have any number of forms open."""
    text = (desk.github.read(POLICY) or "").replace("open_per_account: 3", "open_per_account: 100")
    desk.github.plant({POLICY: text})
    return desk


def test_two_hundred(desk: Desk) -> None:
    """New ones are answered a budget at a time; then one sweep sees all of them in 450 requests, and writes nothing.

    With a smaller budget a sweep stops before it and goes on next time, until everybody has been looked at.
    """
    offers = ((f"person-{each}", f"Guide number {each} on {'abcdefghij'[each % 10] * 9}") for each in range(200))
    numbers = [desk.offer(*one) for one in offers]
    steps = desk.run()
    assert 30 < desk.spent()[2] / 2 < 40
    while desk.runs[-1].left or any(step.decision.actions for step in steps):
        desk.github.later(minutes=30)  # so that the limits of GitHub do not hold us up
        steps = desk.run()
        assert not [step.refusal for step in steps if step.refusal] and len(desk.runs) < 200
    desk.github.later(minutes=30)
    before = desk.spent()
    steps = desk.run()
    assert {step.number for step in steps} == set(numbers)
    assert desk.spent()[0] - before[0] <= BUDGET and desk.spent()[1] == before[1]
    text = (desk.github.read(POLICY) or "").replace(f"requests_a_run: {BUDGET}", f"requests_a_run: {LESS}")
    desk.github.plant({POLICY: text})
    seen: set[int] = set()
    for _ in range(4):
        desk.github.later(minutes=30)
        spent = desk.spent()[0]
        seen |= {step.number for step in desk.run(dry_run=True)}
        assert desk.spent()[0] - spent <= LESS and desk.runs[-1].left
    assert seen == set(numbers)
