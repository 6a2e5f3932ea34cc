"""What is merged is what was approved, and what the bot says of a merge is true of main."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desk import BOT, Desk, desk_in
from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import write_form
from mutualaid.flows.bad_merges import bad_merges
from mutualaid.flows.reconcile import GitHub, ReconcileStep

GUIDE = "submissions/resources/old-guide.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with two entries on main, and nothing offered."""
    with desk_in(tmp_path) as found:
        yield found


def statuses(steps: list[ReconcileStep]) -> list[str]:
    """Return what was decided; nothing may have been refused."""
    assert [step.refusal for step in steps if step.refusal] == []
    return [step.decision.status for step in steps]


def guide(desk: Desk, title: str = "The old-guide", source: str = "About old-guide") -> dict[str, Any]:
    """Return main's entry with another title, or another title of its last source: the two are far apart."""
    text = desk.github.read(GUIDE) or ""
    return {GUIDE: text.replace("The old-guide", title).replace("About old-guide", source)}


def by_hand(desk: Desk, files: dict[str, Any], login: str = "sam") -> int:
    """Have somebody open a pull request from their fork."""
    desk.github.push(login, "mine", files)
    return desk.github.open_pull(login, "mine", "My entry")


def approved_form(desk: Desk, login: str = "sam") -> int:
    """Have a form offered, brought and approved."""
    number = desk.offer(login)
    desk.run(number)
    desk.github.review("ada", desk.pull_of(number), "APPROVE")
    return number


def correction(desk: Desk, **values: str) -> int:
    """Have the guide corrected by form, brought and approved."""
    form, _ = project_forms()["resources"]
    body = write_form(answers(form, corrects="/resources/old-guide/", **values), form)
    number = desk.github.open_issue("sam", "Resource", body, ("kind: resources",))
    desk.run(number)
    (pull,) = (one for one in desk.github.repo.pulls.values() if one.branch == f"correction/{number}")
    desk.github.review("ada", pull.number, "APPROVE")
    return number


def test_by_hand_main_changed_the_same_file(desk: Desk) -> None:
    """It is not merged: it is told what to do, its status says no; brought up to date and approved anew, it is."""
    number = by_hand(desk, guide(desk, title="A Newer Guide"))
    desk.github.plant(guide(desk, source="All about it"))
    desk.github.review("ada", number, "APPROVE")
    before = desk.github.repo.tip("main")
    assert statuses(desk.run()) == ["needs-fix"]
    assert desk.github.repo.tip("main") == before
    assert "Press “Update branch”" in desk.said(number)
    assert desk.github.repo.statuses[-1].state == "failure"
    desk.github.push("sam", "mine", guide(desk, title="A Newer Guide"), force=True)
    assert statuses(desk.run()) == ["in-review"]
    desk.github.review("ada", number, "APPROVE")
    assert statuses(desk.run()) == ["published"]
    assert desk.github.read(GUIDE) == desk.github.read(GUIDE, desk.github.repo.pulls[number].head_seen)


def test_by_hand_every_reason_at_once(desk: Desk) -> None:
    """Where the text needs mending, too, both are told."""
    number = by_hand(desk, guide(desk, title="''"))
    desk.github.plant(guide(desk, source="All about it"))
    assert statuses(desk.run()) == ["needs-fix"]
    assert "2 things have to change" in desk.said(number)


def test_main_has_moved_too_far_to_tell(desk: Desk) -> None:
    """GitHub lists 300 files of what changed on main, so this one may be among the others."""
    number = by_hand(desk, guide(desk, title="A Newer Guide"))
    desk.github.plant({f"content/notes/{one:03}.md": "x\n" for one in range(299)})
    desk.github.review("ada", number, "APPROVE")
    desk.github.plant({f"content/notes/{one}.md": "x\n" for one in (299, 300)})
    assert statuses(desk.run()) == ["needs-fix"]


def test_a_renamed_entry(desk: Desk) -> None:
    """Git would carry the change over to the new name."""
    number = by_hand(desk, guide(desk, title="A Newer Guide"))
    text = (desk.github.read(GUIDE) or "").replace("slug: old-guide", "slug: new-guide")
    desk.github.plant({GUIDE: None, GUIDE.replace("old", "new"): text})
    desk.github.review("ada", number, "APPROVE")
    assert statuses(desk.run()) == ["needs-fix"]


def test_a_removal_goes_on_when_the_entry_has_changed(desk: Desk) -> None:
    """The bot brings it again, on top of main as it is, and asks anew; nobody has to do more."""
    text = desk.github.read(GUIDE) or ""
    desk.github.push("mo", "submission/offline-gone", {GUIDE: "slug: old-guide\nretracted: 2027-01\n"})
    number = desk.run()[-1].number
    desk.github.plant({GUIDE: text.replace("About old-guide", "All about it")})
    desk.github.review("ada", number, "APPROVE")
    assert statuses(desk.run()) == ["in-review"]
    assert "✓ A maintainer has approved" not in desk.said(number)
    assert statuses(desk.run()) == ["in-review"]
    desk.github.review("ada", number, "APPROVE")
    assert statuses(desk.run()) == ["retracted"]
    assert desk.github.read(GUIDE) == "slug: old-guide\nretracted: 2027-01\n"


def test_two_corrections_of_one_entry_in_one_run(desk: Desk) -> None:
    """The first is merged; the second is brought on top of it at once, and one more approval is enough."""
    first, second = correction(desk, title="A Newer Guide"), correction(desk, summary="Newer words about it.")
    assert statuses(desk.run()) == ["published", "duplicate?"]
    desk.github.review("ada", second + 1, "APPROVE")
    assert statuses(desk.run())[-1] == "published"
    text = desk.github.read(GUIDE) or ""
    assert "A Newer Guide" in text and "Newer words" in text and "status: published" in desk.labels(first)


def test_a_branch_put_back_on_an_older_main(desk: Desk) -> None:
    """Somebody who may write pushes the bot's own bytes above an older main: the bot looks at where that began."""
    older = desk.github.repo.tip("main") or ""
    desk.github.plant(guide(desk, source="All about it"))
    number = correction(desk, title="A Newer Guide")
    text, pull = desk.github.read(GUIDE, f"correction/{number}") or "", number + 1
    desk.github.repo.git.set_ref(f"refs/heads/correction/{number}", older)
    desk.github.push("mo", f"correction/{number}", {GUIDE: text})
    desk.github.review("ada", pull, "APPROVE")
    assert statuses(desk.run()) == ["in-review"]
    desk.github.review("ada", pull, "APPROVE")
    assert statuses(desk.run()) == ["published"]
    assert desk.github.read(GUIDE) == text


def test_main_moves_in_the_last_moment(desk: Desk) -> None:
    """Between reading and merging GitHub lets main move: the bot sees the mixture, stops, and publishes nothing."""
    number = by_hand(desk, guide(desk, title="A Newer Guide"))
    desk.github.review("ada", number, "APPROVE")
    theirs = guide(desk, source="All about it")
    desk.github.just_before("pulls/merge", lambda: desk.github.plant(theirs))
    other = approved_form(desk, "eve")
    steps = desk.run()
    assert steps[-1].refusal.startswith("STOP") and not desk.runs[-1].publishes(steps)
    assert "not to the approved text" in desk.said(number) and "status: stopped" in desk.labels(number)
    until_somebody_has_seen_to_it(desk)
    assert "status: published" in desk.labels(other)


def until_somebody_has_seen_to_it(desk: Desk) -> None:
    """A pull request is closed by its merge, so an issue of the bot's own stops everything until that is closed."""
    (number,) = (one.number for one in desk.github.repo.issues.values() if one.title.startswith("STOP"))
    here = GitHub(desk.github.address, desk.github.repository, desk.github.token_for(BOT))
    for _ in range(2):
        desk.github.later(minutes=30)
        steps = desk.run()
        assert [(one.number, one.decision.actions) for one in steps] == [(number, ())]
        assert not desk.runs[-1].publishes(steps) and bad_merges(desk.root, here) == (number,)
    desk.github.close_issue("ada", number)
    steps = desk.run()
    assert bad_merges(desk.root, here) == () and desk.runs[-1].publishes(steps)


def test_a_clash_comes_in_the_last_moment(desk: Desk) -> None:
    """The bytes are right, so it does not stop; but it says nothing of main before it has read main again."""
    number = approved_form(desk)
    text = (desk.github.read(GUIDE) or "").replace("The old-guide", "A Reading List")
    desk.github.just_before("pulls/merge", lambda: desk.github.plant({GUIDE: text}))
    (step,) = desk.run()
    assert "main moved at that very moment" in step.refusal and not step.publishes
    assert "status: published" not in desk.labels(number)
    assert statuses(desk.run()) == ["approved"]
    assert "It is merged, but" in desk.said(number)


def test_a_run_that_dies_before_it_looked_at_what_it_merged(desk: Desk) -> None:
    """The next one compares the bytes, too."""
    number = approved_form(desk)
    path = "submissions/resources/a-reading-list.yaml"
    real = desk.github.repo.git.merged_tree

    def mixed(base: str, head: str) -> str | None:
        text = (desk.github.read(path, head) or "").replace("A Reading List", "Another List")
        tree = real(base, head)
        return desk.github.repo.git.changed_tree(tree, {path: text}) if tree else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(desk.github.repo.git), "merged_tree", lambda _, base, head: mixed(base, head))
        desk.github.fail_after(1)
        desk.run(number)
    desk.github.fail_after(None)
    (step,) = desk.run()
    assert step.refusal.startswith("STOP") and not desk.runs[-1].publishes([step])


def then(desk: Desk, act: Callable[[], object]) -> None:
    """Bring the checkout to main, and let something happen once the run has begun."""
    Desk.pull(desk)
    act()


def test_main_moves_while_a_run_is_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read from the checkout is old by then, so nothing is merged or said; the next run does it."""
    number = by_hand(desk, guide(desk, title="A Newer Guide"))
    desk.run()
    said = desk.said(number)
    desk.github.review("ada", number, "APPROVE")
    with monkeypatch.context() as patch:
        patch.setattr(desk, "pull", lambda: then(desk, lambda: desk.github.plant({"content/other.md": "x\n"})))
        assert statuses(desk.run()) == [""]
    assert desk.said(number) == said
    assert statuses(desk.run()) == ["published"]


def press_merge(desk: Desk, pull: int) -> None:
    """A maintainer merges by hand, whatever the bot says."""
    desk.github.call("ada", "pulls/merge", {"pull_number": pull}, merge_method="squash")


def state_of(desk: Desk, pull: int) -> str:
    """Return what GitHub shows beside the button Merge."""
    world = desk.github.repo
    head = desk.github.call("ada", "pulls/get", {"pull_number": pull})["head"]["sha"]
    return [one.state for one in world.statuses if one.sha == head][-1]


def test_a_clash_and_then_a_person_presses_merge(desk: Desk) -> None:
    """The status says no all the time; once merged all the same, the bot says what is wrong on main, till it is not."""
    approved_form(desk)
    desk.run()
    second = desk.offer("eve", link={"url": "https://www.example.org/another"})
    desk.run(second)
    pull = desk.pull_of(second)
    assert state_of(desk, pull) == "failure"
    desk.github.review("ada", pull, "APPROVE")
    desk.run()
    assert state_of(desk, pull) == "failure"
    press_merge(desk, pull)
    for _ in range(2):
        steps = desk.run()
        assert [one.decision.status for one in steps if one.number == second] == ["approved"]
        assert not any(one.publishes for one in steps)
    assert "It is merged, but" in desk.said(second) and "stands already on" in desk.said(second)
    path = "submissions/resources/a-reading-list-2.yaml"
    mended = (desk.github.read(path) or "").replace("A Reading List", "A Second List").replace("on-a-", "on-another-")
    desk.github.plant({path: mended})
    (step,) = [one for one in desk.run() if one.number == second]
    assert step.decision.status == "published" and step.publishes
    assert not desk.github.repo.issues[second].is_open


def test_a_clash_that_comes_later(desk: Desk) -> None:
    """What passed every check does so no more once another has its title on main; the status follows."""
    first = approved_form(desk)
    second = desk.offer("eve", link={"url": "https://www.example.org/another"})
    desk.run(second)
    assert state_of(desk, desk.pull_of(second)) == "success"
    desk.run(first)
    desk.run()
    assert state_of(desk, desk.pull_of(second)) == "failure"


def test_a_person_merges_what_needs_mending(desk: Desk) -> None:
    """By hand, without waiting: what main says now is told, and not that its page is there."""
    number = by_hand(desk, {"submissions/resources/mine.yaml": "slug: mine\ntitle: Mine\n"})
    desk.run()
    desk.github.review("ada", number, "APPROVE")
    press_merge(desk, number)
    assert statuses(desk.run()) == ["approved"]
    assert "It is merged, but" in desk.said(number) and "is missing" in desk.said(number)


def test_a_person_merges_a_mixture(desk: Desk) -> None:
    """The bot stops: what is on main is not what its branch holds, and nobody has read it."""
    number = by_hand(desk, guide(desk, title="A Newer Guide"))
    desk.run()
    desk.github.review("ada", number, "APPROVE")
    desk.github.plant(guide(desk, source="All about it"))
    press_merge(desk, number)
    approved_form(desk, "eve")
    steps = desk.run()
    assert steps[-1].refusal.startswith("STOP") and not desk.runs[-1].publishes(steps)
    until_somebody_has_seen_to_it(desk)


def test_a_merge_that_this_checkout_does_not_have(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person merges while a run is on: nothing is said of main before main is read again."""
    number = by_hand(desk, guide(desk, title="A Newer Guide"))
    desk.run()
    desk.github.review("ada", number, "APPROVE")
    with monkeypatch.context() as patch:
        patch.setattr(desk, "pull", lambda: then(desk, lambda: press_merge(desk, number)))
        (step,) = desk.run()
    assert step.decision.reason.startswith("Nothing, because main was read before it was merged")
    assert statuses(desk.run()) == ["published"]
