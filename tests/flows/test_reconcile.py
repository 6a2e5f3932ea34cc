"""The reconciler on a fake GitHub, over HTTP: from form to published, and everything that can come in between."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desk import BOT, Desk, desk_in, file_text, form_body
from fake_github import Refusal
from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import write_form
from mutualaid.core.pipeline.actions import Merge
from mutualaid.flows.reconcile import ReconcileStep, number_in

FILE = "submissions/resources/a-reading-list.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with two entries on main, and nothing offered."""
    with desk_in(tmp_path) as found:
        yield found


def statuses(steps: list[ReconcileStep]) -> list[str]:
    """Return what was decided; nothing may have been refused."""
    assert [step.refusal for step in steps if step.refusal] == []
    return [step.decision.status for step in steps]


def in_review(desk: Desk, **changes: Any) -> int:
    """Have a form offered and brought to a pull request."""
    number = desk.offer(**changes)
    assert statuses(desk.run(number)) == ["in-review"]
    return number


def test_from_form_to_published(desk: Desk) -> None:
    """In 22 requests at most, 6 of them telling people; run again, nothing is written."""
    number = in_review(desk)
    pull = desk.pull_of(number)
    desk.github.review("ada", pull, "APPROVE")
    (step,) = desk.run(event={"inputs": {"pull_request": str(pull)}})
    assert (step.decision.status, step.publishes, step.refusal) == ("published", True, "")
    requests, _, notices = desk.spent()
    assert requests <= 22 and notices <= 6
    assert FILE in desk.files("main")
    assert desk.labels(number) == {"kind: resources", "status: published"}
    assert not desk.github.repo.issues[number].is_open
    before = desk.spent()
    assert not any(step.publishes for step in (*desk.run(number), *desk.run()))
    assert desk.spent()[1] == before[1]


def test_an_unchanged_one_costs_no_write(desk: Desk) -> None:
    """In whatever state it is, and looked at alone or in a sweep."""
    in_review(desk)
    broken = desk.offer(title="A Broken One", summary="")
    people = desk.github.open_issue("eve", "Page", removal())
    desk.run()
    before = desk.spent()
    desk.run()
    for number in (1, broken, people):
        desk.run(number)
    assert desk.spent()[1:] == before[1:]


def test_no_commit_names_the_contributor(desk: Desk) -> None:
    """Nor does a pull request or the commit on main."""
    number = in_review(desk)
    desk.github.review("ada", desk.pull_of(number), "APPROVE")
    desk.run()
    repo = desk.github.repo
    for sha in (*repo.git.log(repo.tip("main") or ""), desk.head(number)):
        commit = repo.git.commit(sha)
        assert commit and "sam" not in f"{commit.author} {commit.committer} {commit.message}"
    assert "sam" not in str(repo.issues[desk.pull_of(number)])


def test_mended_after_a_word(desk: Desk) -> None:
    """What must change is told on the issue; once changed, it goes on by itself."""
    number = desk.offer(summary="")
    assert statuses(desk.run(number)) == ["needs-fix"]
    assert "In one sentence" in desk.said(number) and not desk.github.repo.pulls
    desk.edit(number, "A Reading List")
    assert statuses(desk.run(number)) == ["in-review"]
    assert "Every check passed" in desk.said(number)


def test_an_edit_after_the_approval(desk: Desk) -> None:
    """New bytes, new head: the approval is void, and a new one publishes the new text under the old name."""
    number = in_review(desk)
    pull = desk.pull_of(number)
    desk.github.review("ada", pull, "APPROVE")
    desk.edit(number, "A Longer Reading List")
    assert statuses(desk.run(number)) == ["in-review"]
    assert statuses(desk.run(number)) == ["in-review"]
    assert FILE not in desk.files("main")
    desk.github.review("ada", pull, "APPROVE")
    assert statuses(desk.run(number)) == ["published"]
    assert "title: A Longer Reading List" in (desk.github.read(FILE) or "")


def test_a_push_between_reading_and_merging(desk: Desk) -> None:
    """The merge names the approved commit, so GitHub answers 409; the next look writes the branch anew."""
    number = in_review(desk)
    pull = desk.pull_of(number)
    desk.github.review("ada", pull, "APPROVE")

    def push() -> None:
        desk.github.push("mo", f"submission/{number}", {FILE: "title: Hostile\n", "README.md": "Hostile\n"})

    desk.github.just_before("pulls/merge", push)
    assert statuses(desk.run(number)) == ["published", "in-review"]
    assert (409 in {status for _, _, status in desk.github.log}) and FILE not in desk.files("main")
    assert desk.files(f"submission/{number}").keys() == {*desk.files("main"), FILE}
    desk.github.review("ada", pull, "APPROVE")
    assert statuses(desk.run(number)) == ["published"]
    assert "Hostile" not in (desk.github.read("README.md") or "")


def test_a_push_that_nobody_waited_for(desk: Desk) -> None:
    """Somebody with write access changes the branch, and approves that: it is written anew and waits."""
    number = in_review(desk)
    desk.github.push("mo", f"submission/{number}", {FILE: "title: Hostile\n"})
    desk.github.review("ada", desk.pull_of(number), "APPROVE")
    assert statuses(desk.run()) == ["in-review"]
    assert "Hostile" not in (desk.github.read(FILE, f"submission/{number}") or "")
    assert statuses(desk.run()) == ["in-review"]


APPROVALS: list[tuple[str, Callable[[Desk, int, int], object]]] = [
    ("by its contributor's second account", lambda desk, _, pull: desk.github.review("eve", pull, "APPROVE")),
    ("by somebody who only sorts", lambda desk, _, pull: desk.github.review("tri", pull, "APPROVE")),
    ("by a label", lambda desk, number, _: desk.github.call(
        "ada", "issues/add-labels", {"issue_number": number}, labels=["status: approved"])),
    ("by a comment", lambda desk, number, _: desk.github.comment("ada", number, "/approve\nLGTM, approved")),
    ("by a comment there", lambda desk, _, pull: desk.github.review("ada", pull, "COMMENT", body="APPROVED")),
    ("for another commit", lambda desk, _, pull: desk.github.review(
        "ada", pull, "APPROVE", commit_id=desk.github.repo.tip("main"))),
    ("by a stranger's marker", lambda desk, number, _: desk.github.comment(
        "eve", number, "<!-- mutualaid status=approved head=new -->\nApproved")),
]  # fmt: skip


@pytest.mark.parametrize("approve", [row[1] for row in APPROVALS], ids=[row[0] for row in APPROVALS])
def test_what_is_no_approval(desk: Desk, approve: Callable[[Desk, int, int], object]) -> None:
    """Only a review of the head, by somebody who may, publishes anything."""
    number = in_review(desk)
    try:
        approve(desk, number, desk.pull_of(number))
    except Refusal:
        return
    for _ in range(2):
        assert not any(isinstance(one, Merge) for step in desk.run() for one in step.decision.actions)
    assert FILE not in desk.files("main")


def test_a_maintainer_does_not_approve_their_own_form(desk: Desk) -> None:
    """The pull request is the bot's, so GitHub lets them; the merge rule does not."""
    number = in_review(desk, login="mo")
    desk.github.review("mo", desk.pull_of(number), "APPROVE")
    assert statuses(desk.run(number)) == ["in-review"]
    desk.github.review("ada", desk.pull_of(number), "APPROVE")
    assert statuses(desk.run(number)) == ["published"]


def test_a_permission_is_read_now(desk: Desk) -> None:
    """Somebody who lost it since they approved does not count."""
    number = in_review(desk)
    desk.github.review("mo", desk.pull_of(number), "APPROVE")
    desk.github.permit("mo", "read")
    assert statuses(desk.run(number)) == ["in-review"]


def test_withdraw_and_take_up_again(desk: Desk) -> None:
    """The branch goes, and comes back with a new pull request; the one comment tells all of it."""
    number = in_review(desk)
    desk.github.later(minutes=5)
    desk.github.comment("eve", number, "/withdraw")
    assert statuses(desk.run(number)) == ["in-review"]
    desk.github.comment("sam", number, "/withdraw")
    assert statuses(desk.run(number)) == ["withdrawn"]
    assert desk.github.repo.tip(f"submission/{number}") is None and not desk.github.repo.issues[number].is_open
    desk.github.later(minutes=5)
    desk.github.comment("sam", number, "/recheck")
    assert statuses(desk.run(number)) == ["in-review"]
    assert desk.github.repo.issues[number].is_open and len(desk.github.repo.pulls) == 2
    before = desk.spent()
    desk.run(number)
    assert desk.spent()[1] == before[1]


def test_no_credit(desk: Desk) -> None:
    """A word takes the name out of the entry."""
    number = in_review(desk, credit={"choice": "name", "name": "Sam Somebody"})
    assert "Sam Somebody" in (desk.github.read(FILE, f"submission/{number}") or "")
    desk.github.comment("sam", number, "/no-credit")
    desk.run(number)
    assert "Sam" not in (desk.github.read(FILE, f"submission/{number}") or "")


def test_a_fourth_form_waits_its_turn(desk: Desk) -> None:
    """Until one of the others is over; the others are not touched by it."""
    numbers = [desk.offer(title=f"List {word}") for word in ("One", "Two", "Three", "Four")]
    other = desk.offer("eve", title="Another")
    assert statuses(desk.run()) == ["in-review"] * 3 + ["received", "in-review"]
    desk.github.later(minutes=1)
    desk.github.comment("sam", numbers[0], "/withdraw")
    assert sorted(statuses(desk.run())) == ["in-review"] * 3 + ["received", "withdrawn"]
    assert "in-review" in statuses(desk.run(numbers[3]))
    assert desk.said(other) and "status: in-review" in desk.labels(numbers[3])


def test_two_with_one_title_in_one_run(desk: Desk) -> None:
    """The first is published; the second is then a clash, under a name of its own."""
    first, second = in_review(desk), desk.offer("eve")
    assert statuses(desk.run(second)) == ["duplicate?"]
    for number in (first, second):
        desk.github.review("ada", desk.pull_of(number), "APPROVE")
    steps = desk.run()
    assert statuses(steps) == ["published", "duplicate?"]
    assert "stands already" in desk.said(second)
    assert "a-reading-list-2.yaml" in str(desk.files(f"submission/{second}"))


def by_hand(desk: Desk, files: dict[str, Any] | None = None, login: str = "sam") -> int:
    """Have somebody open a pull request from their fork."""
    path = "submissions/resources/by-hand.yaml"
    desk.github.push(login, "mine", {path: file_text("By hand", "by-hand")} if files is None else files)
    return desk.github.open_pull(login, "mine", "My entry")


def test_a_pull_request_by_hand(desk: Desk) -> None:
    """The same rule: checked, told about the history, approved, merged."""
    number = by_hand(desk)
    assert statuses(desk.run(number)) == ["in-review"]
    assert "for good" in desk.said(number)
    desk.github.review("ada", number, "APPROVE")
    assert statuses(desk.run()) == ["published"]
    assert "submissions/resources/by-hand.yaml" in desk.files("main")
    assert desk.labels(number) == {"kind: resources", "status: published"}


def test_a_correction_by_hand(desk: Desk) -> None:
    """A pull request that changes one entry passes the same rule."""
    path = "submissions/resources/old-guide.yaml"
    text = (desk.github.read(path) or "").replace("The old-guide", "The old guide, mended")
    number = by_hand(desk, {path: text})
    assert statuses(desk.run(number)) == ["in-review"]
    desk.github.review("ada", number, "APPROVE")
    assert statuses(desk.run(number)) == ["published"]
    assert "mended" in (desk.github.read(path) or "")


GOOD = "submissions/resources/by-hand.yaml"
FENCE: list[tuple[str, dict[str, Any], str]] = [
    ("nothing of ours", {"README.md": "New\n"}, ""),
    ("one too many", {GOOD: file_text("By hand", "by-hand"), "tools/x.py": "x\n"}, "needs-fix"),
    ("two entries", {GOOD: file_text("By hand", "by-hand"), "submissions/resources/b.yaml": "x\n"}, "needs-fix"),
    ("another folder", {"submissions/others/a.yaml": "x\n"}, "needs-fix"),
    ("a deeper folder", {"submissions/resources/a/b.yaml": "x\n"}, "needs-fix"),
    ("another ending", {"submissions/resources/a.yml": "x\n"}, "needs-fix"),
    ("an entry taken away", {"submissions/resources/old-guide.yaml": None}, "needs-fix"),
    ("another slug", {"submissions/resources/b.yaml": file_text("By hand", "by-hand")}, "needs-fix"),
    ("too large", {GOOD: file_text("By hand", "by-hand") + "#" * 70_000 + "\n"}, "needs-fix"),
    ("no text", {GOOD: b"\xff\xfe\x00"}, "needs-fix"),
    ("aliases", {GOOD: "a: &a [1]\nb: *a\n"}, "needs-fix"),
]


@pytest.mark.parametrize(("files", "status"), [row[1:] for row in FENCE], ids=[row[0] for row in FENCE])
def test_the_fence(desk: Desk, files: dict[str, Any], status: str) -> None:
    """What is not exactly one good entry is told, and never merged, whoever approves it."""
    number = by_hand(desk, files)
    desk.github.review("ada", number, "APPROVE")
    before = desk.github.repo.tip("main")
    for _ in range(2):
        assert statuses(desk.run(number)) == [status]
    assert desk.github.repo.tip("main") == before
    assert bool(desk.said(number)) == bool(status)


def test_more_files_than_a_page_shows(desk: Desk) -> None:
    """GitHub lists 300 of a comparison and counts all: what hides behind them is not let through."""
    files: dict[str, Any] = {f"submissions/resources/e-{one}.yaml": "x\n" for one in range(310)}
    number = by_hand(desk, {**files, "tools/x.py": "x\n"})
    desk.github.review("ada", number, "APPROVE")
    assert statuses(desk.run(number)) == ["needs-fix"]


def test_an_offline_branch(desk: Desk) -> None:
    """The bot opens its pull request; the maintainer who typed it may approve it, and the checklist says so."""
    path = "submissions/resources/told-by-mail.yaml"
    desk.github.push("mo", "submission/offline-4f9a", {path: file_text("Told by mail", "told-by-mail")})
    steps = desk.run()
    assert statuses(steps) == ["received", "in-review"]
    number = steps[-1].number
    assert "typed it in may also approve it" in desk.said(number)
    desk.github.review("mo", number, "APPROVE")
    assert statuses(desk.run()) == ["published"]
    assert path in desk.files("main")
    before = desk.spent()
    desk.run()
    assert desk.spent()[1] == before[1]


def test_a_retraction(desk: Desk) -> None:
    """A maintainer's word on the issue makes a pull request; one approval, and only a tombstone is left."""
    number = in_review(desk)
    desk.github.review("ada", desk.pull_of(number), "APPROVE")
    desk.run(number)
    desk.github.later(days=3)
    desk.github.comment("sam", number, "/retract")
    assert statuses(desk.run(number)) == ["published"]
    desk.github.comment("mo", number, "/retract")
    steps = desk.run(number)
    assert statuses(steps) == ["published", "received", "in-review"]
    desk.github.review("mo", steps[-1].number, "APPROVE")
    assert statuses(desk.run(steps[-1].number)) == ["retracted"]
    assert (desk.github.read(FILE) or "").startswith("slug: a-reading-list\nretracted: ")
    assert statuses(desk.run(number)) == ["retracted"]
    assert "has been removed" in desk.said(number)


def test_a_retraction_whose_event_was_lost(desk: Desk) -> None:
    """Days later, on an issue that was closed long ago, a sweep finds the word; a stranger's does nothing."""
    numbers = [
        in_review(desk, login=who, title=title) for who, title in (("sam", "A Reading List"), ("eve", "Old Maps"))
    ]
    for number in numbers:
        desk.github.review("ada", desk.pull_of(number), "APPROVE")
    desk.run()
    desk.github.later(days=90)
    desk.github.comment("mo", numbers[0], "/retract")
    desk.github.comment("eve", numbers[1], "/retract")
    desk.github.later(days=3)
    assert statuses(desk.run()) == ["published", "received", "in-review", "published"]
    assert [one.branch for one in desk.github.repo.pulls.values() if not one.merged_at] == [
        f"submission/offline-retract-{numbers[0]}"
    ]
    before = desk.spent()
    desk.run()
    assert desk.spent()[1] == before[1]
    desk.github.later(days=8)
    before = desk.spent()
    assert numbers[1] not in {step.number for step in desk.run()}


def test_github_will_not_merge(desk: Desk) -> None:
    """It is said on the issue, with what happens next; said once, and forgotten when it is done."""
    number = in_review(desk)
    pull = desk.pull_of(number)
    desk.github.review("ada", pull, "APPROVE")
    desk.github.just_before("pulls/merge", lambda: desk.github.plant({FILE: "title: In the way\n"}))
    (step,) = desk.run(number)
    assert "405" in step.refusal and not step.publishes
    assert "GitHub didn't take it" in desk.said(number) and "within 30 minutes" in desk.said(number)
    assert "status: approved" in desk.labels(number) and desk.github.repo.issues[number].is_open
    desk.github.plant({FILE: None})
    desk.github.later(minutes=30)
    desk.run()
    assert "GitHub didn't take it" not in desk.said(number)


def test_a_merge_that_brings_more_than_approved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read again afterwards; the bot shouts, publishing stops, and stays stopped."""
    number = in_review(desk)
    desk.github.review("ada", desk.pull_of(number), "APPROVE")
    real = desk.github.repo.git.merged_tree

    def hostile(base: str, head: str) -> str | None:
        tree = real(base, head)
        return desk.github.repo.git.changed_tree(tree, {"tools/evil.py": "x\n"}) if tree else None

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.github.repo.git), "merged_tree", lambda _, base, head: hostile(base, head))
        (step,) = desk.run(number)
    assert step.refusal.startswith("STOP") and not step.publishes
    assert "STOP" in desk.said(number)
    (again,) = desk.run()
    assert again.refusal.startswith("STOP") and desk.runs[-1].must_stop
    desk.github.close_issue("ada", number)
    assert [step.refusal for step in desk.run(number)] == [""]


def left_alone(_desk: Desk, _number: int) -> None:
    """A new form."""


def edited(desk: Desk, number: int) -> None:
    """A form that was edited while in review."""
    desk.run(number)
    desk.edit(number, "A Longer Reading List")


def approved(desk: Desk, number: int) -> None:
    """A form that somebody approved."""
    desk.run(number)
    desk.github.review("ada", desk.pull_of(number), "APPROVE")


def taken_back(desk: Desk, number: int) -> None:
    """A form in review that its contributor takes back."""
    desk.run(number)
    desk.github.later(minutes=1)
    desk.github.comment("sam", number, "/withdraw")


@pytest.mark.parametrize("story", [left_alone, edited, approved, taken_back])
def test_a_run_that_dies_between_any_two_writes(tmp_path: Path, story: Callable[[Desk, int], None]) -> None:
    """The next run ends where a whole one would have."""
    ends, writes = [], 1
    for kept in range(12):
        with desk_in(tmp_path / str(kept)) as desk:
            number = desk.offer()
            story(desk, number)
            before = desk.github.writes
            if kept:
                desk.github.fail_after(kept - 1)
                assert any(step.refusal for step in desk.run(number))
                desk.github.fail_after(None)
            desk.run(number)
            ends.append(desk.picture())
            writes = writes if kept else desk.github.writes - before
        if kept == writes:
            break
    assert len(ends) == writes + 1 > 3
    assert all(end == ends[0] for end in ends)


def test_events_doubled_lost_and_out_of_order(desk: Desk) -> None:
    """An event says no more than where to look: the end is the same, and a sweep finds what was lost."""
    first, second = desk.offer(), desk.offer("eve", title="Another")
    events = [json.loads(json.dumps(one.payload)) for one in desk.github.events if one.name == "issues"]
    for event in (*reversed(events), *events):
        desk.run(event=event)
    third = desk.offer("mo", title="Nobody told the bot")
    desk.run()
    for number in (first, second, third):
        assert desk.labels(number) == {"kind: resources", "status: in-review"}
        assert desk.said(number).count("<!-- mutualaid") == 1
    assert len(desk.github.repo.pulls) == 3


@pytest.mark.parametrize(
    ("event", "number"),
    [
        ({"issue": {"number": 4}}, 4),
        ({"pull_request": {"number": 5}}, 5),
        ({"inputs": {"pull_request": "6"}}, 6),
        ({"inputs": {"pull_request": "6; rm"}}, 0),
        ({"inputs": None, "schedule": "*/30"}, 0),
        ({}, 0),
    ],
)
def test_what_an_event_is_about(event: dict[str, Any], number: int) -> None:
    """A number, or 0 for everything."""
    assert number_in(event) == number


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    """It decides, and tells."""
    desk.offer()
    (step,) = desk.run(dry_run=True)
    assert len(step.decision.actions) == 5 and not step.is_done and not step.publishes
    assert desk.spent()[1] == 0


def removal() -> str:
    """Return a request to take something down."""
    form, _ = project_forms()["take-down"]
    typed = answers(form, **{asked.id: "https://www.example.org/groups/a/" for asked in form.fields})
    return write_form(typed, form)


def test_a_form_for_people(desk: Desk) -> None:
    """It gets a kind answer and a label, and is left to a person."""
    number = desk.github.open_issue("eve", "Removal", removal())
    assert statuses(desk.run(number)) == ["received"]
    assert desk.labels(number) == {"kind: take-down", "status: received", "for a person"}
    assert "You don't have to give a reason" in desk.said(number)


def test_an_issue_that_is_no_form(desk: Desk) -> None:
    """Is left alone: no comment, no label."""
    number = desk.github.open_issue("eve", "Hello", "Just a question. @ada\n\n### Title\n\nNone")
    assert statuses(desk.run(number)) == [""]
    assert not desk.said(number) and not desk.labels(number)


def test_a_form_that_can_be_read_in_two_ways(desk: Desk) -> None:
    """Is told the lines, and never guessed."""
    number = desk.github.open_issue("sam", "Resource", form_body("A list") + "\n### Title\n\nAnother\n")
    assert statuses(desk.run(number)) == ["needs-fix"]
    assert not desk.github.repo.pulls


def test_github_is_away(desk: Desk) -> None:
    """It is told that trying again helps, and the run stops."""
    desk.offer()
    desk.offer("eve", title="Another")
    desk.github.fail_after(0)
    (step,) = desk.run()
    assert step.refusal.startswith("GitHub could not be reached") and "the next run does" in step.refusal
    assert desk.runs[-1].must_stop and desk.runs[-1].left == 1


def test_bots_login() -> None:
    """The fake GitHub's bot is the policy's."""
    assert BOT == "github-actions[bot]"
