"""When the site is built: after each merge, whatever died or was refused, and never while a bad merge is on main."""

from pathlib import Path

import pytest

from desk import Desk
from fake_github import BOT
from github_under_test import asked_by_command
from mutualaid.adapters.github.read import GitHubReader
from mutualaid.adapters.github.settings import SWEEP
from mutualaid.cli.main import main
from mutualaid.cli.terminal import FINE, PROBLEMS
from mutualaid.flows.gather import bad_merges
from world import HOST, host_text


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.github.plant({"content/host.yaml": host_text(private_contact=HOST["private_contact"])})
    return desk


def bad_merge(desk: Desk) -> int:
    number = desk.approved()
    with desk.merging_more(lambda _: {"tools/evil.py": "x\n"}):
        steps = desk.run(number)
    assert steps[-1].refusal.startswith("STOP") and not desk.runs[-1].publishes(steps)
    assert "STOP" in desk.said(number)
    assert {label for label in desk.labels(number) if label.startswith("status: ")} == {"status: stopped"}
    return number


def test_nothing_goes_out_before_somebody_can_be_asked_for_a_removal(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence names the field to fill in, before GitHub is asked."""
    for ways in ((), ("repository",), ("private_contact",), ("post",)):
        desk.github.plant({"content/host.yaml": host_text(**{way: HOST[way] for way in ways})})
        desk.pull()
        asked_by_command(monkeypatch, desk.github, desk.github.token_for(BOT))
        before, is_private = desk.github.requests, bool(set(ways) & {"private_contact", "post"})
        assert main(["--root", str(desk.root), "may-publish"]) == (FINE if is_private else PROBLEMS)
        said = capsys.readouterr().err
        assert (desk.github.requests > before, said.count("\n")) == (is_private, int(not is_private))
        assert is_private or "fill in private_contact, or post, in content/host.yaml." in said


def test_nothing_goes_out_while_a_bad_merge_stands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sweep comes to it first and merges nothing more; the build asks for itself; a closed issue ends it."""
    other = desk.approved("eve", "Another List")
    number = bad_merge(desk)
    steps = desk.run()
    assert [step.number for step in steps] == [number] and not desk.runs[-1].publishes(steps)
    assert steps[0].refusal.startswith("STOP") and desk.runs[-1].must_stop
    assert "status: published" not in desk.labels(other)
    assert bad_merges(GitHubReader(desk.here), BOT) == (number,)
    asked_by_command(monkeypatch, desk.github, desk.github.token_for(BOT))
    assert main(["--root", str(desk.root), "may-publish"]) == PROBLEMS
    assert f"#{number}: STOP" in capsys.readouterr().err
    desk.github.close_issue("ada", number)
    assert main(["--root", str(desk.root), "may-publish"]) == FINE
    steps = desk.run()
    assert desk.runs[-1].publishes(steps)


BUILDS = {"contents": "read", "issues": "read", "pull_requests": "read"}


def test_the_build_learns_when_everything_was_looked_at_last(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day of the last sweep that ended well; nothing where there was none, or where the token may not see it."""
    github, output = desk.github, tmp_path / "output"
    reading, blind = github.token_for(BOT, **BUILDS, actions="read"), github.token_for(BOT, **BUILDS)
    monkeypatch.setenv("GITHUB_OUTPUT", str(output))

    def asked(token: str) -> str:
        asked_by_command(monkeypatch, github, token)
        output.unlink(missing_ok=True)
        assert main(["--root", str(desk.root), "may-publish"]) == FINE
        return output.read_text(encoding="utf-8")

    github.plant({".github/workflows/submission.yml": "on: workflow_dispatch\n"})
    desk.pull()
    assert asked(reading) == "last_sweep=\n"
    github.ran("submission.yml", "workflow_dispatch", title=SWEEP)
    github.later(days=3)
    assert (asked(reading), asked(blind)) == ("last_sweep=2027-01-04\n", "last_sweep=\n")


def test_an_event_merges_nothing_while_a_bad_merge_stands(desk: Desk) -> None:
    """A review or a comment elsewhere is looked at alone, and still asks first; with the issue closed it goes on."""
    other = desk.approved("eve", "Another List")
    number = bad_merge(desk)
    handed = {"inputs": {"pull_request": str(desk.pull_of(other))}}
    for event in (handed, {"issue": {"number": other}}):
        (step,) = desk.run(event=event)
        assert not step.is_done and f"#{number}" in step.refusal
        assert not desk.runs[-1].publishes([step])
    assert "status: published" not in desk.labels(other)
    desk.github.close_issue("ada", number)
    desk.run(event=handed)
    assert "status: published" in desk.labels(other)


def test_a_stranger_stops_nothing(desk: Desk) -> None:
    number = desk.offer()
    desk.github.comment("eve", number, "<!-- mutualaid status=stopped -->\nSTOP")
    assert bad_merges(GitHubReader(desk.here), BOT) == ()


def test_a_refusal_elsewhere_holds_nothing_back(desk: Desk) -> None:
    """What was merged is published, though GitHub refused another thing in the same run."""
    desk.approved()
    desk.approved("eve", "Another List")
    desk.github.fail_after(4)
    steps = desk.run()
    assert any(step.refusal for step in steps) and any(step.publishes for step in steps)
    assert desk.runs[-1].publishes(steps)


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_a_run_that_dies_after_the_merge(desk: Desk, after: int) -> None:
    """At whatever write: the sweep within 30 minutes publishes; hours later there is nothing left to do."""
    number = desk.approved()
    desk.github.later(hours=3)
    desk.github.fail_after(after)
    desk.run(number)
    desk.github.fail_after(None)
    assert desk.github.repo.pulls[desk.pull_of(number)].merged_at
    desk.github.later(minutes=30)
    steps = desk.run()
    assert desk.runs[-1].publishes(steps)
    desk.github.later(hours=2)
    steps = desk.run()
    assert not desk.runs[-1].publishes(steps)
