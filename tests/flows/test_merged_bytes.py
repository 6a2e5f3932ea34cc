"""What is merged is what was approved, and what the bot says of a merge is true of main."""

from collections.abc import Callable
from typing import Any

import pytest

from desk import Desk
from fake_github import BOT
from mutualaid.adapters.github.read import GitHubReader
from mutualaid.flows.gather import bad_merges
from mutualaid.flows.reconcile import ReconcileStep

GUIDE, FILE = "submissions/resources/old-guide.yaml", "submissions/resources/a-reading-list.yaml"


def guide(desk: Desk, title: str = "The old-guide", source: str = "About old-guide") -> dict[str, Any]:
    text = desk.github.read(GUIDE) or ""
    return {GUIDE: text.replace("The old-guide", title).replace("About old-guide", source)}


def test_by_hand_every_reason_at_once(desk: Desk) -> None:
    number = desk.by_hand(guide(desk, title="''"))
    desk.github.plant(guide(desk, source="All about it"))
    assert desk.look() == ["needs-fix"]
    assert "2 things have to change" in desk.said(number)


def moves_far(desk: Desk) -> None:
    """GitHub lists 300 files of what changed on main, so this one may be among the others."""
    desk.github.plant({f"content/notes/{one:03}.md": "x\n" for one in range(299)})
    desk.github.plant({f"content/notes/{one}.md": "x\n" for one in (299, 300)})


def renames(desk: Desk) -> None:
    """Git would carry the change over to the new name."""
    text = (desk.github.read(GUIDE) or "").replace("slug: old-guide", "slug: new-guide")
    desk.github.plant({GUIDE: None, GUIDE.replace("old", "new"): text})


@pytest.mark.parametrize("main", [moves_far, renames])
def test_main_has_moved_on(desk: Desk, main: Callable[[Desk], None]) -> None:
    """Too far to tell, or under the entry's feet: the branch has to be brought up to date."""
    number = desk.by_hand(guide(desk, title="A Newer Guide"))
    main(desk)
    desk.approve(number)
    assert desk.look() == ["needs-fix"]


def test_a_removal_goes_on_when_the_entry_has_changed(desk: Desk) -> None:
    """The bot brings it again, on top of main as it is, and asks anew; nobody has to do more."""
    text = desk.github.read(GUIDE) or ""
    desk.github.push("mo", "submission/offline-gone", {GUIDE: "slug: old-guide\nretracted: 2027-01\n"})
    number = desk.run()[-1].number
    desk.github.plant({GUIDE: text.replace("About old-guide", "All about it")})
    desk.approve(number)
    assert desk.look() == ["in-review"]
    assert "✓ A maintainer has approved" not in desk.said(number)
    assert desk.look() == ["in-review"]
    desk.approve(number)
    assert desk.look() == ["retracted"]
    assert desk.github.read(GUIDE) == "slug: old-guide\nretracted: 2027-01\n"


def test_two_corrections_of_one_entry_in_one_run(desk: Desk) -> None:
    first, second = desk.corrected(title="A Newer Guide"), desk.corrected(summary="Newer words about it.")
    assert desk.look() == ["published", "duplicate?"]
    desk.approve(second + 1)
    assert desk.look()[-1] == "published"
    text = desk.github.read(GUIDE) or ""
    assert "A Newer Guide" in text and "Newer words" in text and "status: published" in desk.labels(first)


def test_a_branch_put_back_on_an_older_main(desk: Desk) -> None:
    """Somebody who may write pushes the bot's own bytes above an older main: the bot looks at where that began."""
    older = desk.github.repo.tip("main") or ""
    desk.github.plant(guide(desk, source="All about it"))
    number = desk.corrected(title="A Newer Guide")
    text, pull = desk.github.read(GUIDE, f"submission/{number}") or "", number + 1
    desk.github.repo.git.set_ref(f"refs/heads/submission/{number}", older)
    desk.github.push("mo", f"submission/{number}", {GUIDE: text})
    desk.approve(pull)
    assert desk.look() == ["in-review"]
    desk.approve(pull)
    assert desk.look() == ["published"]
    assert desk.github.read(GUIDE) == text


def press_merge(desk: Desk, pull: int) -> None:
    desk.github.call("ada", "pulls/merge", {"pull_number": pull}, merge_method="squash")


def in_the_last_moment(desk: Desk, _: int) -> None:
    """Between reading and merging GitHub lets main move."""
    theirs = guide(desk, source="All about it")
    desk.github.just_before("pulls/merge", lambda: desk.github.plant(theirs))


def by_a_person(desk: Desk, pull: int) -> None:
    desk.github.plant(guide(desk, source="All about it"))
    press_merge(desk, pull)


@pytest.mark.parametrize("mix", [in_the_last_moment, by_a_person])
def test_a_mixture_is_merged(desk: Desk, mix: Callable[[Desk, int], None]) -> None:
    """The bot sees that nobody has read it, stops, and publishes nothing before somebody closes its issue."""
    pull = desk.by_hand(guide(desk, title="A Newer Guide"))
    desk.run()
    desk.approve(pull)
    mix(desk, pull)
    other = desk.approved("eve")
    steps = desk.run()
    assert steps[-1].refusal.startswith("STOP") and not desk.runs[-1].publishes(steps)
    assert "not to the approved text" in desk.said(pull) and "status: stopped" in desk.labels(pull)
    (stop,) = (one.number for one in desk.github.repo.issues.values() if one.title.startswith("STOP"))
    for _ in range(2):
        desk.github.later(minutes=30)
        steps = desk.run()
        assert [(one.number, one.decision.actions) for one in steps] == [(stop, ())]
        assert not desk.runs[-1].publishes(steps) and bad_merges(GitHubReader(desk.here), BOT) == (stop,)
    desk.github.close_issue("ada", stop)
    steps = desk.run()
    assert bad_merges(GitHubReader(desk.here), BOT) == () and desk.runs[-1].publishes(steps)
    assert "status: published" in desk.labels(other)


def test_a_clash_comes_in_the_last_moment(desk: Desk) -> None:
    """The bytes are right, so it does not stop; but it says nothing of main before it has read main again."""
    number = desk.approved()
    text = (desk.github.read(GUIDE) or "").replace("The old-guide", "A Reading List")
    desk.github.just_before("pulls/merge", lambda: desk.github.plant({GUIDE: text}))
    (step,) = desk.run()
    assert "main moved at that very moment" in step.refusal and not step.publishes
    assert "status: published" not in desk.labels(number)
    assert desk.look() == ["approved"]
    assert "It is merged, but" in desk.said(number)


def test_a_run_that_dies_before_it_looked_at_what_it_merged(desk: Desk) -> None:
    """The next one compares the bytes, too."""
    number = desk.approved()
    path = "submissions/resources/a-reading-list.yaml"

    def mixed(head: str) -> dict[str, str]:
        return {path: (desk.github.read(path, head) or "").replace("A Reading List", "Another List")}

    with desk.merging_more(mixed):
        desk.github.fail_after(1)
        desk.run(number)
    desk.github.fail_after(None)
    (step,) = desk.run()
    assert step.refusal.startswith("STOP") and not desk.runs[-1].publishes([step])


def once_it_has_begun(desk: Desk, act: Callable[[], object]) -> list[ReconcileStep]:
    """Run, and let something happen once the checkout has been brought to main."""

    def pull() -> None:
        Desk.pull(desk)
        act()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "pull", pull)
        return desk.run()


def bring_another(desk: Desk, _: int) -> None:
    desk.github.plant({"content/other.md": "x\n"})


@pytest.mark.parametrize("act", [bring_another, press_merge])
def test_main_moves_while_a_run_is_on(desk: Desk, act: Callable[[Desk, int], None]) -> None:
    """By others, or because a person merges it: what was read is old, so nothing is done before main is read again."""
    number = desk.by_hand(guide(desk, title="A Newer Guide"))
    desk.run()
    said = desk.said(number)
    desk.approve(number)
    (step,) = once_it_has_begun(desk, lambda: act(desk, number))
    assert (step.decision.status, step.refusal, desk.said(number)) == ("", "", said)
    assert act is bring_another or "main was read before it was merged" in step.decision.reason
    assert desk.look() == ["published"]


def state_of(desk: Desk, pull: int) -> str:
    head = desk.github.call("ada", "pulls/get", {"pull_number": pull})["head"]["sha"]
    return desk.github.repo.statuses[head, "mutualaid"]


def test_a_clash_and_then_a_person_presses_merge(desk: Desk) -> None:
    """The status says no all the time; once merged all the same, the bot says what is wrong on main, till it is not."""
    desk.approved()
    desk.run()
    second = desk.in_review("eve", link={"url": "https://www.example.org/another"})
    pull = desk.pull_of(second)
    assert state_of(desk, pull) == "failure"
    desk.approve(pull)
    desk.run()
    assert state_of(desk, pull) == "failure"
    press_merge(desk, pull)
    for _ in range(2):
        steps = desk.run()
        assert [one.decision.status for one in steps if one.number == second] == ["approved"]
        assert not any(one.publishes for one in steps)
    assert "It is merged, but" in desk.said(second) and "is already in" in desk.said(second)
    path = "submissions/resources/a-reading-list-2.yaml"
    mended = (desk.github.read(path) or "").replace("A Reading List", "A Second List").replace("on-a-", "on-another-")
    desk.github.plant({path: mended})
    (step,) = [one for one in desk.run() if one.number == second]
    assert step.decision.status == "published" and step.publishes
    assert not desk.github.repo.issues[second].is_open


def test_nothing_is_merged_that_cannot_be_built(desk: Desk) -> None:
    number = desk.approved()
    tried: list[tuple[str, str]] = []

    def fails(path: str, text: str) -> str:
        tried.append((path, text))
        return "Typst knows no such letter."

    (step,) = desk.run(number, trial=fails)
    assert step.needs_a_person and FILE not in desk.files("main")
    assert tried == [(FILE, desk.github.read(FILE, desk.head(number)))]
    assert "Typst knows no such letter." in desk.said(number)
    assert {"for a person", "status: approved"} <= desk.labels(number)
    before = desk.github.writes
    desk.run(number, trial=fails)
    assert desk.github.writes == before
    assert [one.decision.status for one in desk.run(number, trial=lambda *_: "")] == ["published"]
    assert FILE in desk.files("main")
