"""The whole story with the real workflow files, the real reconciler and the real build, up to what Pages would show."""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from act_under_test import Runner, actions_in, workflow_copies
from desk import Desk, desk_in, file_text
from fake_github import BOT
from mutualaid.adapters.github.settings import SWEEP
from mutualaid.core.entries import dates
from mutualaid.rehearsal.stage import RIGHTS
from world import HOST, PROJECT, host_text

MAKEFILE = f"""
reconcile:
\techo $@ >> "$$SEEN"
\tPYTHONPATH= {sys.executable} -m mutualaid.cli.main --root "$$ROOT" reconcile --event "$$GITHUB_EVENT_PATH"
may-publish:
\techo $@ >> "$$SEEN"
\tPYTHONPATH= {sys.executable} -m mutualaid.cli.main --root "$$ROOT" may-publish
site:
\techo $@ >> "$$SEEN"
\tPYTHONPATH= MUTUALAID_OUTPUT=output {sys.executable} -m mutualaid.cli.main site
"""
LIST = "A Reading List"
PAGE, LISTS = "resources/a-reading-list/index.html", "resources/index.html"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose main holds the workflows, the theme, and a Makefile that reconciles and builds for real."""
    with desk_in(tmp_path) as found:
        found.github.clock = dt.datetime.now(tz=dt.UTC)  # the command reads the clock of this machine
        found.github.seed(PROJECT, ("theme", "pelicanconf.py"))
        host = host_text(private_contact=HOST["private_contact"])
        found.github.plant({**workflow_copies(), "Makefile": MAKEFILE, "content/host.yaml": host})
        actions_in(tmp_path)
        yield found


def _after(desk: Desk, event: str, workflow: str = "submission", **payload: object) -> list[str]:
    """Run a workflow as GitHub would, with its job's rights, on main as it is now; returns what ran."""
    desk.pull()
    runner = Runner(desk.root, desk.github)
    before = len(runner.seen)
    rights = {"actions": "write", **(RIGHTS if workflow == "submission" else {})}
    run = runner.run(event, workflow, desk.github.token_for(BOT, **rights), **payload)
    assert run.returncode == 0, run.stdout + run.stderr
    return runner.seen[before:]


def _approved(desk: Desk, login: str, pull: int) -> list[str]:
    """Have somebody approve, and run what GitHub starts: the review's look, and then main's."""
    desk.github.review(login, pull, "APPROVE")
    asked = len(_dispatched(desk))
    assert _after(desk, "pull_request_review", "review", pull_request={"number": pull}) == []
    assert _dispatched(desk)[asked:] == ["refs/heads/main"]
    (handed,) = [event.payload["inputs"] for event in desk.github.events if event.name == "workflow_dispatch"][asked:]
    assert handed == {"pull_request": str(pull)}
    return _after(desk, "workflow_dispatch", inputs=handed)


def _dispatched(desk: Desk) -> list[str]:
    return [event.payload["ref"] for event in desk.github.events if event.name == "workflow_dispatch"]


def _shown(desk: Desk, address: str) -> str:
    """Return a page as Pages would show it."""
    return (Runner(desk.root, desk.github).site / address).read_text(encoding="utf-8")


def test_from_form_to_page_to_tombstone(desk: Desk) -> None:
    """Every step is done by a workflow; people only write, mend, approve, and ask for it to be taken away."""
    desk.github.ran("submission.yml", "workflow_dispatch", title=SWEEP)
    number = desk.offer(link={"url": "http://"})
    assert _after(desk, "issues", issue={"number": number}) == ["reconcile"]
    assert "status: needs-fix" in desk.labels(number)
    desk.edit(number, LIST)
    _after(desk, "issues", issue={"number": number})
    assert "status: in-review" in desk.labels(number), desk.said(number)
    assert _approved(desk, "ada", desk.pull_of(number)) == ["reconcile", "may-publish", "site"]
    assert "status: published" in desk.labels(number)
    assert not desk.github.repo.issues[number].is_open
    assert LIST in _shown(desk, PAGE) and LIST in _shown(desk, LISTS)
    today = dates.in_words(desk.github.clock.date().isoformat())
    assert f"last looked at</dt><dd>{today}." in _shown(desk, "about/host/index.html")

    desk.github.comment("ada", number, "/retract")
    assert _after(desk, "issue_comment", issue={"number": number}) == ["reconcile"]
    assert LIST in _shown(desk, PAGE)
    asked = max(desk.github.repo.pulls)
    assert asked != desk.pull_of(number)
    assert _approved(desk, "mo", asked) == ["reconcile", "may-publish", "site"]
    assert "Removed" in _shown(desk, PAGE) and LIST not in _shown(desk, PAGE)
    everything = Runner(desk.root, desk.github).site
    assert not [file for file in everything.rglob("*") if file.is_file() and LIST.encode() in file.read_bytes()]


def test_a_pull_request_from_a_fork(desk: Desk) -> None:
    """Its review's token only reads, so nothing starts; the timer's sweep merges and publishes it."""
    path = "submissions/resources/by-hand.yaml"
    desk.github.push("sam", "mine", {path: file_text("By Hand", "by-hand", added=f"{desk.github.clock:%Y-%m}")})
    number = desk.github.open_pull("sam", "mine", "My entry")
    assert "reconcile" in _after(desk, "workflow_dispatch")  # nothing was published yet, so the sweep may do that too
    assert "status: in-review" in desk.labels(number), desk.said(number)
    desk.github.review("ada", number, "APPROVE")
    runner = Runner(desk.root, desk.github)
    reading = desk.github.token_for(BOT, actions="read")
    run = runner.run("pull_request_review", "review", reading, pull_request={"number": number})
    assert run.returncode == 0 and _dispatched(desk) == []
    assert _after(desk, "workflow_dispatch") == ["reconcile", "may-publish", "site"]
    assert "status: published" in desk.labels(number)
    assert "By Hand" in _shown(desk, "resources/by-hand/index.html")
