"""When the site is built: after each merge, whatever died or was refused, and never while a bad merge stands."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import BOT, Desk, desk_in
from mutualaid.adapters.github.settings import SWEEP
from mutualaid.cli.main import main
from mutualaid.cli.terminal import FINE, PROBLEMS
from mutualaid.flows.bad_merges import bad_merges
from mutualaid.flows.reconcile import GitHub
from site_under_test import build
from world import HOST, checkout_of, host_text


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with two entries on main, and nothing offered."""
    with desk_in(tmp_path) as found:
        found.github.plant({"content/host.yaml": host_text(private_contact=HOST["private_contact"])})
        yield found


def approved(desk: Desk, login: str = "sam", title: str = "A Reading List") -> int:
    """Have a form offered, brought and approved."""
    number = desk.offer(login, title)
    desk.run(number)
    desk.github.review("ada", desk.pull_of(number), "APPROVE")
    return number


def _asks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> GitHub:
    """Have the command ask the stand-in, as the bot."""
    here = GitHub(desk.github.address, desk.github.repository, desk.github.token_for(BOT))
    for name, value in (("API_URL", here.address), ("REPOSITORY", here.repository), ("TOKEN", here.token)):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    return here


def bad_merge(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> int:
    """Have a merge bring more than was approved."""
    number = approved(desk)
    real = desk.github.repo.git.merged_tree

    def hostile(base: str, head: str) -> str | None:
        tree = real(base, head)
        return desk.github.repo.git.changed_tree(tree, {"tools/evil.py": "x\n"}) if tree else None

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.github.repo.git), "merged_tree", lambda _, base, head: hostile(base, head))
        steps = desk.run(number)
    assert not desk.runs[-1].publishes(steps)
    assert {label for label in desk.labels(number) if label.startswith("status: ")} == {"status: stopped"}
    return number


def test_nothing_goes_out_before_somebody_can_be_asked_for_a_removal(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence names the field to fill in, before GitHub is asked; a laptop builds all the same."""
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    for name, facts in {"nothing": {}, "form": {"repository": HOST["repository"]}}.items():
        (tmp_path / name).mkdir()
        root = checkout_of(tmp_path / name, **facts)
        assert main(["--root", str(root), "may-publish"]) == PROBLEMS
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and "fill in private_contact, or post, in content/host.yaml." in said
        assert build(root / "output", root, MUTUALAID_DOWNLOADS="none").returncode == 0
    _asks(desk, monkeypatch)
    for way in ("private_contact", "post"):
        desk.github.plant({"content/host.yaml": host_text(**{way: HOST[way]})})
        desk.pull()
        assert main(["--root", str(desk.root), "may-publish"]) == FINE


def test_nothing_goes_out_while_a_bad_merge_stands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sweep comes to it first and merges nothing more; the build asks for itself; a closed issue ends it."""
    other = approved(desk, "eve", title="Another List")
    number = bad_merge(desk, monkeypatch)
    steps = desk.run()
    assert [step.number for step in steps] == [number] and not desk.runs[-1].publishes(steps)
    assert "status: published" not in desk.labels(other)
    assert bad_merges(desk.root, _asks(desk, monkeypatch)) == (number,)
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
    reading, blind = github.workflow_token(**BUILDS, actions="read"), github.workflow_token(**BUILDS)
    for name, value in (("API_URL", github.address), ("REPOSITORY", github.repository), ("OUTPUT", str(output))):
        monkeypatch.setenv(f"GITHUB_{name}", value)

    def asked(token: str) -> str:
        monkeypatch.setenv("GITHUB_TOKEN", token)
        output.unlink(missing_ok=True)
        assert main(["--root", str(desk.root), "may-publish"]) == FINE
        return output.read_text(encoding="utf-8")

    github.plant({".github/workflows/submission.yml": "on: workflow_dispatch\n"})
    desk.pull()
    assert asked(reading) == "last_sweep=\n"
    github.ran("submission.yml", "workflow_dispatch", title=SWEEP)
    github.later(days=3)
    assert (asked(reading), asked(blind)) == ("last_sweep=2027-01-04\n", "last_sweep=\n")


def test_an_event_merges_nothing_while_a_bad_merge_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A review or a comment elsewhere is looked at alone, and still asks first; with the issue closed it goes on."""
    other = approved(desk, "eve", title="Another List")
    number = bad_merge(desk, monkeypatch)
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
    """The mark counts in the bot's own comment alone."""
    number = desk.offer()
    desk.github.comment("eve", number, "<!-- mutualaid status=stopped -->\nSTOP")
    here = GitHub(desk.github.address, desk.github.repository, desk.github.token_for(BOT))
    assert bad_merges(desk.root, here) == ()


def test_a_refusal_elsewhere_holds_nothing_back(desk: Desk) -> None:
    """What was merged is published, though GitHub refused another thing in the same run."""
    approved(desk)
    approved(desk, "eve", title="Another List")
    desk.github.fail_after(4)
    steps = desk.run()
    assert any(step.refusal for step in steps) and any(step.publishes for step in steps)
    assert desk.runs[-1].publishes(steps)


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_a_run_that_dies_after_the_merge(desk: Desk, after: int) -> None:
    """At whatever write: the sweep within 30 minutes publishes; hours later there is nothing left to do."""
    number = approved(desk)
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


def test_the_clock_of_main_is_the_commits(desk: Desk) -> None:
    """A checkout tells when its head was made, to the second and in UTC."""
    desk.run(approved(desk))
    desk.pull()
    run = desk.runs[-1]
    assert run.head.at <= desk.github.clock
    assert run.head.at.tzinfo == dt.UTC
