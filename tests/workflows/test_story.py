"""The whole story with the real workflow files and the real reconciler: form, mend, approve, publish."""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from act_under_test import Runner, nothing_in, workflow_copies
from desk import BOT, Desk, desk_in

MAKEFILE = f"""
reconcile:
\techo $@ >> "$$SEEN"
\tPYTHONPATH= {sys.executable} -m mutualaid.cli --root "$$ROOT" reconcile --event "$$GITHUB_EVENT_PATH"
may-publish:
\techo $@ >> "$$SEEN"
\tPYTHONPATH= {sys.executable} -m mutualaid.cli --root "$$ROOT" may-publish
site:
\techo $@ >> "$$SEEN"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose main holds the workflows, and a Makefile that reconciles for real and only notes a build."""
    with desk_in(tmp_path) as found:
        found.github.clock = dt.datetime.now(tz=dt.UTC)  # the command reads the clock of this machine
        found.github.plant({**workflow_copies(), "Makefile": MAKEFILE})
        nothing_in(tmp_path / "nothing")
        yield found


def _after(desk: Desk, event: str, workflow: str = "submission", **payload: object) -> list[str]:
    """Run a workflow as GitHub would, on main as it is now; returns what ran so far."""
    desk.pull()
    runner = Runner(desk.root, desk.github)
    run = runner.run(event, workflow, desk.github.token_for(BOT), **payload)
    assert run.returncode == 0, run.stdout + run.stderr
    return runner.seen


def test_from_form_to_published(desk: Desk) -> None:
    """Every step is done by a workflow; people only write, mend and approve."""
    number = desk.offer(link={"url": "http://"})
    assert _after(desk, "issues", issue={"number": number}) == ["reconcile"]
    assert "status: needs-fix" in desk.labels(number)
    desk.edit(number, "A Reading List")
    _after(desk, "issues", issue={"number": number})
    assert "status: in-review" in desk.labels(number), desk.said(number)
    pull = desk.pull_of(number)
    desk.github.review("ada", pull, "APPROVE")
    _after(desk, "pull_request_review", "review", pull_request={"number": pull})
    assert [event.ref for event in desk.github.events if event.name == "workflow_dispatch"] == ["refs/heads/main"]
    assert _after(desk, "workflow_dispatch") == ["reconcile"] * 3 + ["may-publish", "site"]
    assert desk.github.read("submissions/resources/a-reading-list.yaml")
    assert "status: published" in desk.labels(number)
    assert not desk.github.world.issues[number].is_open


def test_withdrawn(desk: Desk) -> None:
    """A contributor takes it back, and nothing is published."""
    number = desk.offer()
    _after(desk, "issues", issue={"number": number})
    desk.github.comment("sam", number, "/withdraw")
    assert _after(desk, "issue_comment", issue={"number": number}) == ["reconcile", "reconcile"]
    assert "status: withdrawn" in desk.labels(number)


def test_declined(desk: Desk) -> None:
    """A maintainer says no, in one line."""
    number = desk.offer()
    _after(desk, "issues", issue={"number": number})
    desk.github.comment("ada", number, "/decline not for this list")
    assert _after(desk, "issue_comment", issue={"number": number}) == ["reconcile", "reconcile"]
    assert "status: declined" in desk.labels(number)
