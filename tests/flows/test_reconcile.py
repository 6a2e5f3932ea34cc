"""The reconciler on a fake GitHub, over HTTP: from form to published, and everything that can come in between."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk import Desk, desk_in, file_text
from fake_github import Refusal
from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import write_form
from mutualaid.core.pipeline.actions import Merge
from mutualaid.flows.reconcile import number_in

FILE = "submissions/resources/a-reading-list.yaml"
GOOD = "submissions/resources/by-hand.yaml"


def test_from_form_to_published(desk: Desk) -> None:
    """In 22 requests at most, 6 of them telling people; run again, nothing is written."""
    number = desk.approved()
    (step,) = desk.run(event={"inputs": {"pull_request": str(desk.pull_of(number))}})
    assert (step.decision.status, step.publishes, step.refusal) == ("published", True, "")
    requests, _, notices = desk.spent()
    assert requests <= 22 and notices <= 6
    assert FILE in desk.files("main")
    assert desk.labels(number) == {"kind: resources", "status: published"}
    assert not desk.github.repo.issues[number].is_open
    assert not any(step.publishes for step in (*desk.run(number), *desk.run()))
    assert desk.changes_nothing(number, None)


def test_what_the_bot_says_first(desk: Desk) -> None:
    """Each form gets its answer; looked at again, alone or in a sweep, nothing is written."""
    first, broken = desk.offer(), desk.offer("eve", title="A Broken One", summary="")
    form, _ = project_forms()["take-down"]
    removal = write_form(answers(form, **{one.id: "https://www.example.org/groups/a/" for one in form.fields}), form)
    others = (removal, "Just a question. @ada\n\n### Title\n\nNone")
    people, question = (desk.github.open_issue("mo", "Hello", words) for words in others)
    assert desk.look() == ["in-review", "needs-fix", "received", ""]
    assert "In one sentence" in desk.said(broken)
    assert desk.labels(people) == {"kind: take-down", "status: received", "for a person"}
    assert "You don't have to give a reason" in desk.said(people)
    assert not desk.said(question) and not desk.labels(question) and len(desk.github.repo.pulls) == 1
    assert desk.changes_nothing(None, first, broken, people)


def test_reviewers_are_asked_in_turn(desk: Desk) -> None:
    """By the pull request's number, never about their own; whom GitHub doesn't know is passed over."""
    policy = desk.github.read("schemas/policy.yaml") or ""
    desk.github.plant({"schemas/policy.yaml": policy.replace("reviewers: []", "reviewers: [ada, mo, gone]")})
    asked = []
    for count, login in enumerate(("sam", "eve", "ada", "mo")):
        pull = desk.pull_of(desk.in_review(login, f"List {count}"))
        asked.append((pull, desk.github.repo.pulls[pull].asked))
    assert asked == [(2, []), (4, ["mo"]), (6, ["mo"]), (8, ["ada"])]
    assert desk.changes_nothing()


def test_no_commit_names_the_contributor(desk: Desk) -> None:
    number = desk.approved()
    desk.run()
    repo = desk.github.repo
    for sha in (*repo.git.log(repo.tip("main") or ""), desk.head(number)):
        commit = repo.git.commit(sha)
        assert commit and "sam" not in f"{commit.author} {commit.committer} {commit.message}"
    assert "sam" not in str(repo.issues[desk.pull_of(number)])


def test_an_edit_after_the_approval(desk: Desk) -> None:
    """New bytes, new head: the approval is void, and a new one publishes the new text under the old name."""
    number = desk.approved()
    desk.edit(number, "A Longer Reading List")
    for _ in range(2):
        assert desk.look(number) == ["in-review"]
    assert FILE not in desk.files("main")
    desk.approve(desk.pull_of(number))
    assert desk.look(number) == ["published"]
    assert "title: A Longer Reading List" in (desk.github.read(FILE) or "")


def test_a_push_between_reading_and_merging(desk: Desk) -> None:
    """The merge names the approved commit, so GitHub answers 409; the next look writes the branch anew."""
    number = desk.approved()
    hostile = {FILE: "title: Hostile\n", "README.md": "Hostile\n"}
    desk.github.just_before("pulls/merge", lambda: desk.github.push("mo", f"submission/{number}", hostile))
    assert desk.look(number) == ["published", "in-review"]
    assert (409 in {status for _, _, status in desk.github.log}) and FILE not in desk.files("main")
    assert desk.files(f"submission/{number}").keys() == {*desk.files("main"), FILE}
    desk.approve(desk.pull_of(number))
    assert desk.look(number) == ["published"]
    assert "Hostile" not in (desk.github.read("README.md") or "")


APPROVALS: list[tuple[str, Callable[[Desk, int, int], object]]] = [
    ("by its contributor's second account", lambda desk, _, pull: desk.approve(pull, "eve")),
    ("by a label", lambda desk, number, _: desk.github.call(
        "ada", "issues/update", {"issue_number": number}, labels=[*desk.labels(number), "status: approved"])),
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
    number = desk.in_review()
    try:
        approve(desk, number, desk.pull_of(number))
    except Refusal:
        return
    for _ in range(2):
        assert not any(isinstance(one, Merge) for step in desk.run() for one in step.decision.actions)
    assert FILE not in desk.files("main")


def test_a_maintainer_does_not_approve_their_own_form(desk: Desk) -> None:
    """The pull request is the bot's, so GitHub lets them; the merge rule does not."""
    number = desk.in_review("mo")
    for who, status in (("mo", "in-review"), ("ada", "published")):
        desk.approve(desk.pull_of(number), who)
        assert desk.look(number) == [status]


def test_a_permission_is_read_now(desk: Desk) -> None:
    number = desk.in_review()
    desk.approve(desk.pull_of(number), "mo")
    desk.github.permit("mo", "read")
    assert desk.look(number) == ["in-review"]


def test_a_fourth_form_waits_its_turn(desk: Desk) -> None:
    """Until one of the others is over; the others are not touched by it."""
    numbers = [desk.offer(title=f"List {word}") for word in ("One", "Two", "Three", "Four")]
    other = desk.offer("eve", title="Another")
    assert desk.look() == ["in-review"] * 3 + ["received", "in-review"]
    desk.comment("sam", numbers[0], "/withdraw")
    assert sorted(desk.look()) == ["in-review"] * 3 + ["received", "withdrawn"]
    assert "in-review" in desk.look(numbers[3])
    assert desk.said(other) and "status: in-review" in desk.labels(numbers[3])


MANY = {f"submissions/resources/e-{one}.yaml": "x\n" for one in range(310)}
FENCE: list[tuple[str, dict[str, Any], str]] = [
    ("nothing of ours", {"README.md": "New\n"}, ""),
    ("one too many", {GOOD: file_text("By hand", "by-hand"), "tools/x.py": "x\n"}, "needs-fix"),
    ("more files than GitHub lists", {**MANY, "tools/x.py": "x\n"}, "needs-fix"),
    ("two entries", {GOOD: file_text("By hand", "by-hand"), "submissions/resources/b.yaml": "x\n"}, "needs-fix"),
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
    number = desk.by_hand(files)
    desk.approve(number)
    before = desk.github.repo.tip("main")
    for _ in range(2):
        assert desk.look(number) == [status]
    assert desk.github.repo.tip("main") == before
    assert bool(desk.said(number)) == bool(status)


def test_an_offline_branch(desk: Desk) -> None:
    """The bot opens its pull request; the maintainer who typed it may approve it, and the checklist says so."""
    path = "submissions/resources/told-by-mail.yaml"
    desk.github.push("mo", "submission/offline-4f9a", {path: file_text("Told by mail", "told-by-mail")})
    assert desk.look() == ["received", "in-review"]
    (number,) = desk.github.repo.pulls
    assert "typed it in may also approve it" in desk.said(number)
    desk.approve(number, "mo")
    assert desk.look() == ["published"]
    assert path in desk.files("main")
    assert desk.changes_nothing()


def test_a_retraction(desk: Desk) -> None:
    """A maintainer's word on the issue makes a pull request; one approval, and only a tombstone is left."""
    number = desk.approved()
    desk.run(number)
    desk.github.later(days=3)
    desk.comment("sam", number, "/retract")
    assert desk.look(number) == ["published"]
    desk.comment("mo", number, "/retract")
    assert desk.look(number) == ["published", "received", "in-review"]
    removing = max(desk.github.repo.pulls)
    desk.approve(removing, "mo")
    assert desk.look(removing) == ["retracted"]
    assert (desk.github.read(FILE) or "").startswith("slug: a-reading-list\nretracted: ")
    assert desk.look(number) == ["retracted"]
    assert "has been removed" in desk.said(number)


def test_a_retraction_whose_event_was_lost(desk: Desk) -> None:
    """Days later, on an issue that was closed long ago, a sweep finds the word; a stranger's does nothing."""
    numbers = [desk.approved("sam"), desk.approved("eve", "Old Maps")]
    desk.run()
    desk.github.later(days=90)
    desk.github.comment("mo", numbers[0], "/retract")
    desk.github.comment("eve", numbers[1], "/retract")
    desk.github.later(days=3)
    assert desk.look() == ["published", "received", "in-review", "published"]
    assert [one.branch for one in desk.github.repo.pulls.values() if not one.merged_at] == [
        f"submission/offline-retract-{numbers[0]}"
    ]
    assert desk.changes_nothing()
    desk.github.later(days=8)
    assert numbers[1] not in {step.number for step in desk.run()}


def test_github_will_not_merge(desk: Desk) -> None:
    """It is said on the issue, with what happens next; said once, and forgotten when it is done."""
    number = desk.approved()
    desk.github.just_before("pulls/merge", lambda: desk.github.plant({FILE: "title: In the way\n"}))
    (step,) = desk.run(number)
    assert "405" in step.refusal and step.needs_a_person and not step.publishes
    assert "GitHub didn't take it" in desk.said(number) and "within 30 minutes" in desk.said(number)
    assert "status: approved" in desk.labels(number) and desk.github.repo.issues[number].is_open
    desk.github.plant({FILE: None})
    desk.github.later(minutes=30)
    desk.run()
    assert "GitHub didn't take it" not in desk.said(number)


def edited(desk: Desk) -> int:
    number = desk.in_review()
    desk.edit(number, "A Longer Reading List")
    return number


def taken_back(desk: Desk) -> int:
    number = desk.in_review()
    desk.comment("sam", number, "/withdraw")
    return number


@pytest.mark.parametrize("story", [Desk.offer, edited, Desk.approved, taken_back, Desk.correct])
def test_a_run_that_dies_between_any_two_writes(tmp_path: Path, story: Callable[[Desk], int]) -> None:
    ends, writes = [], 1
    for kept in range(12):
        with desk_in(tmp_path / str(kept)) as desk:
            number = story(desk)
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
    """An event says no more than where to look: the end is the same, and a sweep finds what was lost, and first."""
    first, second = desk.offer(), desk.offer("eve", title="Another")
    events = [json.loads(json.dumps(one.payload)) for one in desk.github.events if one.name == "issues"]
    for event in (*reversed(events), *events):
        desk.run(event=event)
    third = desk.offer("mo", title="Nobody told the bot")
    assert desk.run()[0].number == third
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
    assert number_in(event) == number
