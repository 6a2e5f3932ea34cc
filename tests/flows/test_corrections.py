"""Corrections by form on a fake GitHub: the same file, the same approval, nothing lost, and no way to another entry."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk import Desk, desk_in
from forms_under_test import answers, project_forms
from mutualaid.adapters.yaml import read_yaml, write_yaml
from mutualaid.core.forms.answers import write_form
from mutualaid.core.forms.to_entry import answers_of
from mutualaid.core.pipeline.situation import NeedsFix, Outcome, Ready
from mutualaid.flows.load_trusted import load_house
from mutualaid.flows.read_offer import SubmittedForm, take_in_form
from mutualaid.flows.reconcile import ReconcileStep
from world import PROJECT, TODAY

FILE = "submissions/resources/old-guide.yaml"
ADDRESS = "https://aid.example.org/resources/old-guide/"
HOUSE = load_house(PROJECT)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with two entries on main, and nothing offered."""
    with desk_in(tmp_path) as found:
        yield found


def body(corrects: str = ADDRESS, kind: str = "resources", **values: str) -> str:
    """Return a form in which only what should change is filled in."""
    form, _ = project_forms()[kind]
    return write_form(answers(form, corrects=corrects, **values), form)


def correction(desk: Desk, login: str = "sam", **values: str) -> int:
    """Have somebody send it."""
    return desk.github.open_issue(login, "Resource", body(**values), ("kind: resources",))


def statuses(steps: list[ReconcileStep]) -> list[str]:
    """Return what was decided; nothing may have been refused."""
    assert [step.refusal for step in steps if step.refusal] == []
    return [step.decision.status for step in steps]


def value_of(text: str | None) -> dict[str, Any]:
    """Read an entry."""
    document = read_yaml(text or "", "file.yaml").document
    assert document is not None
    return dict(document.value)


def test_from_form_to_published(desk: Desk) -> None:
    """One answer changes in the file on main; everything else, known to the form or not, stays."""
    had = value_of(desk.github.read(FILE))
    number = correction(desk, title="A New Guide")
    assert statuses(desk.run(number)) == ["in-review"]
    assert desk.github.repo.tip(f"correction/{number}") and not desk.github.repo.tip(f"submission/{number}")
    assert "/resources/old-guide/" in desk.said(number)
    (pull,) = desk.github.repo.pulls.values()
    desk.github.review("ada", pull.number, "APPROVE")
    assert statuses(desk.run()) == ["published"]
    assert value_of(desk.github.read(FILE)) == {**had, "title": "A New Guide"}
    before = desk.spent()
    for one in (number, None):
        desk.run(one)
    assert desk.spent()[1] == before[1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"corrects": "/resources/no-such-thing/"}, "We found no entry at"),
        ({"corrects": "the old guide"}, "We found no entry at"),
        ({"corrects": "/groups/a-fund/"}, "belongs to another form, “"),
        ({}, "says all of this already"),
    ],
)
def test_what_cannot_be_taken(desk: Desk, changes: dict[str, str], said: str) -> None:
    """It is told kindly, and nothing is brought."""
    number = correction(desk, **changes)
    assert statuses(desk.run(number)) == ["needs-fix"]
    assert said in desk.said(number).replace("\u200b", "") and not desk.github.repo.pulls


def test_a_removed_entry(desk: Desk) -> None:
    """Is not brought back by a correction; the answer does not say what it was."""
    desk.github.plant({FILE: write_yaml({"slug": "old-guide", "retracted": "2026-08"})})
    number = correction(desk, title="A New Guide")
    assert statuses(desk.run(number)) == ["needs-fix"]
    assert "was removed from the site" in desk.said(number)


def test_a_correction_stays_what_it_was(desk: Desk) -> None:
    """While its pull request is open it goes to no other entry, and becomes no new one; taken back, it may."""
    number = correction(desk, title="A New Guide")
    desk.run(number)
    desk.github.edit_issue("sam", number, body=body(corrects="", title="A New Guide"))
    assert statuses(desk.run(number)) == ["needs-fix"]
    assert "Put that address back" in desk.said(number)
    desk.github.edit_issue("sam", number, body=body(title="A Newer Guide"))
    assert statuses(desk.run(number)) == ["in-review"]
    assert "title: A Newer Guide" in (desk.github.read(FILE, f"correction/{number}") or "")


def test_an_offer_becomes_no_correction(desk: Desk) -> None:
    """An approval for a new entry cannot be turned to another file."""
    number = desk.offer()
    desk.run(number)
    desk.github.edit_issue("sam", number, body=body(title="A New Guide"))
    assert statuses(desk.run(number)) == ["needs-fix"]
    assert statuses(desk.run()) == ["needs-fix"]
    assert "This form offers something new" in desk.said(number)
    assert not desk.github.repo.tip(f"correction/{number}")


def test_taken_back_and_then_something_else(desk: Desk) -> None:
    """With no pull request open, the form may become another thing."""
    number = desk.offer()
    desk.run(number)
    desk.github.later(minutes=5)
    desk.github.comment("sam", number, "/withdraw")
    desk.run(number)
    desk.github.later(minutes=5)
    desk.github.edit_issue("sam", number, body=body(title="A New Guide"))
    desk.github.comment("sam", number, "/recheck")
    assert statuses(desk.run(number)) == ["in-review"]
    assert desk.github.repo.tip(f"correction/{number}")
    before = desk.spent()
    for one in (number, None):
        assert statuses(desk.run(one)) == ["in-review"]
    assert desk.spent()[1] == before[1]


def test_the_entry_moves_on_meanwhile(desk: Desk) -> None:
    """Another change of the entry makes the approval void; the correction is brought anew on top of it."""
    number = correction(desk, title="A New Guide")
    desk.run(number)
    pull = next(iter(desk.github.repo.pulls))
    desk.github.review("ada", pull, "APPROVE")
    had = value_of(desk.github.read(FILE))
    had["summary"] = "What somebody else has mended in the meantime."
    desk.github.plant({FILE: write_yaml(had)})
    assert statuses(desk.run(number)) == ["in-review"]
    assert statuses(desk.run(number)) == ["in-review"]
    desk.github.review("ada", pull, "APPROVE")
    assert statuses(desk.run(number)) == ["published"]
    assert value_of(desk.github.read(FILE)) == {**had, "title": "A New Guide"}


def test_a_run_that_dies_between_any_two_writes(tmp_path: Path) -> None:
    """The next run ends where a whole one would have."""
    ends = []
    for kept in range(7):
        with desk_in(tmp_path / str(kept)) as desk:
            number = correction(desk, title="A New Guide")
            if kept:
                desk.github.fail_after(kept - 1)
                desk.run(number)
                desk.github.fail_after(None)
            desk.run(number)
            ends.append(desk.picture())
    assert all(end == ends[0] for end in ends)


@pytest.mark.parametrize("path", sorted(HOUSE.entries))
def test_every_entry_of_the_site(path: str) -> None:
    """Typed into the form as it stands, it gives itself: the bot finds nothing that is new."""
    entry = HOUSE.entries[path]
    if not entry.is_retracted:
        outcome = taken_in(path)
        assert isinstance(outcome, NeedsFix)
        assert [problem.code for problem in outcome.problems] == ["corrects.no-change"]


@pytest.mark.parametrize("kind", HOUSE.kinds)
def test_one_answer_of_an_entry_of_the_site(kind: str) -> None:
    """It alone is changed."""
    path = min(one for one, entry in HOUSE.entries.items() if entry.kind.name == kind and not entry.is_retracted)
    outcome = taken_in(path, title="Quite another title")
    assert isinstance(outcome, Ready)
    assert outcome.path == path and outcome.is_correction
    assert value_of(outcome.text) == {**HOUSE.entries[path].value, "title": "Quite another title"}


def taken_in(path: str, **changes: str) -> Outcome:
    """Return what the bot makes of a form that is filled in as the entry stands, but for the changes."""
    entry = HOUSE.entries[path]
    form = HOUSE.forms[entry.kind.name]
    values = {**answers_of(entry.value, form, entry.kind).values, **changes}
    values["corrects"] = f"/{entry.kind.name}/{entry.file_slug}/"
    offered = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    return take_in_form(HOUSE, SubmittedForm(write_form(answers(form, **values), form), 7, offered), TODAY)
