"""The reconciler on a fake GitHub, over HTTP: from form to published, and everything that can come in between."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk import Desk, desk_in
from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import write_form
from mutualaid.flows.reconcile import number_in

FILE = "submissions/resources/a-reading-list.yaml"


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


def test_a_fourth_form_waits_its_turn(desk: Desk) -> None:
    """Until one of the others is over; the others are not touched by it."""
    numbers = [desk.offer(title=f"List {word}") for word in ("One", "Two", "Three", "Four")]
    other = desk.offer("eve", title="Another")
    assert desk.look() == ["in-review"] * 3 + ["received", "in-review"]
    desk.comment("sam", numbers[0], "/withdraw")
    assert sorted(desk.look()) == ["in-review"] * 3 + ["received", "withdrawn"]
    assert "in-review" in desk.look(numbers[3])
    assert desk.said(other) and "status: in-review" in desk.labels(numbers[3])


def test_a_retraction_whose_event_was_lost(desk: Desk) -> None:
    """Months later, on a closed form, a sweep finds a maintainer's word and no other's; one approval, a tombstone."""
    numbers = [desk.approved("sam"), desk.approved("eve", "Old Maps")]
    desk.run()
    desk.github.later(days=90)
    for who, number in zip(("mo", "eve"), numbers, strict=True):
        desk.github.comment(who, number, "/retract")
    desk.github.later(days=3)
    assert desk.look() == ["published", "received", "in-review", "published"]
    (removing,) = [one for one in desk.github.repo.pulls.values() if not one.merged_at]
    assert removing.branch == f"submission/offline-retract-{numbers[0]}"
    assert desk.changes_nothing()
    desk.approve(removing.number, "mo")
    assert desk.look(removing.number) == ["retracted"]
    assert (desk.github.read(FILE) or "").startswith("slug: a-reading-list\nretracted: ")
    assert desk.look(numbers[0]) == ["retracted"] and "has been removed" in desk.said(numbers[0])
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
