"""The reconciler on a fake GitHub, over HTTP: from form to published, and everything that can come in between."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from desk import Desk, desk_in
from fake_github import Refusal
from fake_github.operation import OPERATIONS
from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import write_form
from mutualaid.flows import gather
from mutualaid.flows.read_offer import take_in_form
from mutualaid.flows.reconcile import number_in
from world import rows_of

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
    """It is void, and a new one publishes the new text; until then the comment says what has changed since."""
    number = desk.approved(summary="About `````lists`````.")
    desk.edit(number, "A Longer Reading List")
    for _ in range(2):
        assert desk.look(number) == ["in-review"]
        assert "- Title: A Longer Reading List\n- Where to find it: " in desk.said(number)
        assert re.search(r"(`{6})diff\n@@[^\n]*\n.*^-title: A Reading List\n.*^\1$", desk.said(number), re.M | re.S)
    assert "changed since" not in desk.said(desk.approved("eve", "Another List"))
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
    assert desk.look(removing.number) == ["retracted", "retracted"]
    assert (desk.github.read(FILE) or "").startswith("slug: a-reading-list\nretracted: ")
    assert desk.changes_nothing(numbers[0]) and "has been removed" in desk.said(numbers[0])
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


@pytest.mark.parametrize(("event", "number"), rows_of("events", "about"))
def test_what_an_event_is_about(event: dict[str, Any], number: int) -> None:
    assert number_in(event) == number


def test_a_name_is_taken_off(desk: Desk) -> None:
    desk.in_review()
    desk.edit(1, "A Reading List", credit={"choice": "name", "name": "Sam Somebody"})
    desk.run(1)
    desk.github.comment("sam", 1, "/No\u2011Credit please")
    desk.run(1)
    assert "Sam Somebody" not in str(desk.github.read("submissions/resources/a-reading-list.yaml", "submission/1"))


def test_a_wish_for_removal_whose_event_was_lost(desk: Desk) -> None:
    """Under a form that was published and closed long ago: the sweep answers, and asks a person to see to it."""
    desk.approved()
    desk.run()
    desk.github.later(days=90)
    desk.github.comment("sam", 1, "/withdraw.")
    desk.github.comment("eve", 1, "/withdraw")
    desk.github.later(days=2)
    assert desk.look() == ["published"]
    assert "a maintainer has to take it away" in desk.said(1)
    assert desk.labels(1) == {"kind: resources", "status: published", "for a person"}
    assert desk.changes_nothing()
    desk.comment("mo", 1, "**/retract**")
    assert desk.look() == ["published", "received", "in-review"]
    desk.github.later(hours=3)
    assert 1 not in {step.number for step in desk.run()}, "it was answered, though in the same second"
    assert "for a person" not in desk.labels(1) and "came after" not in desk.said(1)


def test_a_form_with_more_findings_than_fit(desk: Desk) -> None:
    """It is answered, with what matters most, and where the rest can be seen; then it goes on like any other."""
    many = " ".join(f"a{count}@b.us" for count in range(480))  # as many details as fit into one field
    number = desk.in_review(about=many)
    said = desk.said(number)
    assert said.startswith("<!-- mutualaid status=in-review head=") and "**Thank you." in said.partition("\n")[2][:20]
    assert "“a0@\u200bb.us”" in said and re.search(r"- … and \d{3} more", said)
    assert "◦ A maintainer, and not the person who sent it, has approved" in said
    assert said.split("\n\n")[-1].startswith("**What happens next.** ")
    assert f"https://github.com/{desk.github.repository}/blob/submission/{number}/{FILE}" in said
    assert desk.changes_nothing()
    desk.approve(desk.pull_of(number))
    assert desk.look() == ["published"]


def test_an_approval_of_what_was_not_shown(desk: Desk) -> None:
    """The run died before it could say what it found: an approval from then does not count, one from later does."""
    number = desk.offer(about="Call 555-0142.")
    desk.github.fail_after(6)
    assert any(step.refusal for step in desk.run(number)) and not desk.said(number)
    desk.github.fail_after(None)
    pull = desk.pull_of(number)
    desk.approve(pull)
    for _ in range(2):
        desk.github.later(minutes=30)
        assert desk.look() == ["in-review"]
        assert "555-0142" in desk.said(number) and "after I showed here what I found" in desk.said(number)
    assert FILE not in desk.files("main")
    desk.approve(pull)
    assert desk.look() == ["published"]


POLICY = "schemas/policy.yaml"
BUDGET, LESS = 450, 150


def test_two_hundred(desk: Desk) -> None:
    """They are answered a budget at a time; then a sweep sees all in 450 requests, or with fewer goes on next time."""
    policy = (desk.github.read(POLICY) or "").replace("open_per_account: 3", "open_per_account: 100")
    desk.github.plant({POLICY: policy})
    offers = ((f"person-{each}", f"Guide number {each} on {'abcdefghij'[each % 10] * 9}") for each in range(200))
    numbers = [desk.offer(*one) for one in offers]
    steps = desk.run()
    assert 30 < desk.spent()[2] / 2 < 40
    while desk.runs[-1].left or any(step.decision.actions for step in steps):
        desk.github.later(minutes=30)
        steps = desk.run()
        assert not [step.refusal for step in steps if step.refusal] and len(desk.runs) < 200
    desk.github.later(minutes=30)
    before = desk.spent()
    steps = desk.run()
    assert {step.number for step in steps} == set(numbers)
    assert desk.spent()[0] - before[0] <= BUDGET and desk.spent()[1] == before[1]
    desk.github.plant({POLICY: policy.replace(f"requests_a_run: {BUDGET}", f"requests_a_run: {LESS}")})
    seen: set[int] = set()
    for _ in range(4):
        desk.github.later(minutes=30)
        spent = desk.spent()[0]
        seen |= {step.number for step in desk.run(dry_run=True)}
        assert desk.spent()[0] - spent <= LESS and desk.runs[-1].left
    assert seen == set(numbers)


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Three people's forms, of which GitHub or the bot will not serve the first."""
    for who, title in (("sam", "A Reading List"), ("eve", "Old Maps"), ("mo", "On Ladders")):
        desk.offer(who, title)
    return desk


def test_github_refuses_one(three: Desk) -> None:
    """Its contributor and a maintainer are told, once; the others are served, and so is it when GitHub lets it be."""
    for _ in range(2):
        three.github.just_before("git/create-tree", Mock(side_effect=Refusal(422, "No")))
        steps = {step.number: step for step in three.run()}
        assert [steps[one].decision.status for one in (2, 3)] == ["in-review"] * 2
        assert steps[1].needs_a_person and "422" in steps[1].refusal and "\n" not in steps[1].refusal
        assert "could not finish" in three.said(1) and "a maintainer" in three.said(1)
        assert three.labels(1) == {"kind: resources", "status: received", "for a person"}
        (comment,) = three.github.repo.issues[1].comments
        assert comment["updated_at"] == comment["created_at"]
        three.github.later(minutes=30)
    three.run()
    assert "Every check passed" in three.said(1) and three.labels(1) == {"kind: resources", "status: in-review"}


def test_github_is_busy(three: Desk) -> None:
    """That passes: the next sweep does it, so no maintainer has to act."""
    three.github.just_before("git/create-tree", Mock(side_effect=Refusal(502, "No")))
    first, *others = three.run()
    assert first.refusal and not first.needs_a_person and not three.said(1)
    assert [step.decision.status for step in others] == ["in-review"] * 2
    three.look()
    assert "Every check passed" in three.said(1)


@pytest.mark.parametrize(("answer", "helps"), rows_of("events", "who_edited"))
def test_nobody_knows_who_edited_one(
    answer: dict[str, Any], helps: bool, three: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are served; where trying again does not help, a maintainer is told, and nothing is merged."""
    three.run()
    three.edit(1, "A Reading List, edited")
    three.edit(2, "Old Maps of Here", "eve")
    for number in (1, 2, 3):
        three.approve(three.pull_of(number))
    asked = OPERATIONS["graphql"].run

    def query(repo: Any, actor: Any, **given: Any) -> Any:
        return answer if given["variables"]["number"] == 1 else asked(repo, actor, **given)

    monkeypatch.setattr(OPERATIONS["graphql"], "run", query)
    steps = {step.number: step for step in three.run()}
    assert steps[1].refusal.startswith("GitHub did not say who edited issue 1: ")
    assert steps[1].needs_a_person != helps
    assert [steps[number].decision.status for number in (2, 3)] == ["in-review", "published"]


def test_the_bot_itself_fails(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is that one form brings to light, it is told in one sentence, with its place."""

    def clumsy(checkout: Any, offer: Any, today: Any) -> Any:
        if offer.issue == 1:
            raise KeyError("A\nhostile\nword")
        return take_in_form(checkout, offer, today)

    monkeypatch.setattr(gather, "take_in_form", clumsy)
    first, *others = three.run()
    assert [step.decision.status for step in others] == ["in-review"] * 2
    assert first.needs_a_person and "KeyError" in first.refusal and "test_reconcile.py, line" in first.refusal
    assert "\n" not in first.refusal and len(three.runs[-1].checkout.entries) == 2
