"""Corrections by form on a fake GitHub: the same file, the same approval, nothing lost, and no way to another entry."""

import datetime as dt
from typing import Any

import pytest

from desk import Desk, correction_body
from forms_under_test import answers
from mutualaid.adapters.yaml import read_yaml, write_yaml
from mutualaid.core.forms.answers import write_form
from mutualaid.core.forms.to_entry import answers_of
from mutualaid.core.pipeline.situation import Ready
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.read_offer import SubmittedForm, take_in_form
from world import PROJECT, TODAY

FILE = "submissions/resources/old-guide.yaml"
CHECKOUT = load_checkout(PROJECT)


def value_of(text: str | None) -> dict[str, Any]:
    document = read_yaml(text or "", "file.yaml").document
    assert document is not None
    return dict(document.value)


def test_from_form_to_published(desk: Desk) -> None:
    """One answer changes in the file on main; everything else, known to the form or not, stays."""
    had = value_of(desk.github.read(FILE))
    number = desk.correct(title="A New Guide")
    assert desk.look(number) == ["in-review"]
    assert desk.github.repo.tip(f"correction/{number}") and not desk.github.repo.tip(f"submission/{number}")
    assert "/resources/old-guide/" in desk.said(number)
    desk.approve(desk.pull_of(number))
    assert desk.look() == ["published"]
    assert value_of(desk.github.read(FILE)) == {**had, "title": "A New Guide"}
    assert desk.changes_nothing(number, None)


def test_an_address_from_before_a_rename(desk: Desk) -> None:
    """It finds the entry under its name of today, in the file and in the form's pull request alike."""
    text = (desk.github.read(FILE) or "").replace("slug: old-guide\n", "slug: new-guide\naliases:\n- old-guide\n")
    renamed = FILE.replace("old-guide", "new-guide")
    desk.github.plant({FILE: None, renamed: text})
    number = desk.correct(title="A New Guide")
    for slug in ("old-guide", "new-guide"):
        desk.github.edit_issue("sam", number, body=correction_body(f"/resources/{slug}/", title="A New Guide"))
        assert desk.look(number) == ["in-review"]
    assert "/resources/new-guide/" in desk.said(number)
    desk.approve(desk.pull_of(number))
    assert desk.look(number) == ["published"]
    assert value_of(desk.github.read(renamed)) == {**value_of(text), "title": "A New Guide"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"corrects": "/resources/no-such-thing/"}, "We found no entry at"),
        ({"corrects": "the old guide"}, "We found no entry at"),
        ({"corrects": "/groups/a-fund/"}, "belongs to another form, “"),
        ({"about": ""}, "says all of this already"),
        ({"title": "A New Guide"}, "was removed from the site"),
    ],
)
def test_what_cannot_be_taken(desk: Desk, changes: dict[str, str], said: str) -> None:
    """It is told kindly, and nothing is brought; of a removed entry it does not say what it was."""
    if "removed" in said:
        desk.github.plant({FILE: write_yaml({"slug": "old-guide", "retracted": "2026-08"})})
    number = desk.correct(**changes)
    assert desk.look(number) == ["needs-fix"]
    assert said in desk.said(number).replace("\u200b", "") and not desk.github.repo.pulls


def test_a_correction_stays_what_it_was(desk: Desk) -> None:
    """While its pull request is open it goes to no other entry, and becomes no new one; taken back, it may."""
    number = desk.correct(title="A New Guide")
    desk.run(number)
    desk.github.edit_issue("sam", number, body=correction_body(corrects="", title="A New Guide"))
    assert desk.look(number) == ["needs-fix"]
    assert "Put that address back" in desk.said(number)
    desk.github.edit_issue("sam", number, body=correction_body(title="A Newer Guide"))
    assert desk.look(number) == ["in-review"]
    assert "title: A Newer Guide" in (desk.github.read(FILE, f"correction/{number}") or "")


def test_an_offer_becomes_no_correction(desk: Desk) -> None:
    """An approval for a new entry cannot be turned to another file."""
    number = desk.in_review()
    desk.github.edit_issue("sam", number, body=correction_body(title="A New Guide"))
    assert desk.look(number) == ["needs-fix"]
    assert desk.look() == ["needs-fix"]
    assert "This form offers something new" in desk.said(number)
    assert not desk.github.repo.tip(f"correction/{number}")


def test_taken_back_and_then_something_else(desk: Desk) -> None:
    number = desk.in_review()
    desk.comment("sam", number, "/withdraw")
    desk.run(number)
    desk.github.later(minutes=5)
    desk.github.edit_issue("sam", number, body=correction_body(title="A New Guide"))
    desk.github.comment("sam", number, "/recheck")
    assert desk.look(number) == ["in-review"]
    assert desk.github.repo.tip(f"correction/{number}")
    assert desk.changes_nothing(number, None)


def test_the_entry_moves_on_meanwhile(desk: Desk) -> None:
    """Another change of the entry makes the approval void; the correction is brought anew on top of it."""
    number = desk.correct(title="A New Guide")
    desk.run(number)
    desk.approve(desk.pull_of(number))
    had = value_of(desk.github.read(FILE))
    had["summary"] = "What somebody else has mended in the meantime."
    desk.github.plant({FILE: write_yaml(had)})
    assert desk.look(number) == ["in-review"]
    assert desk.look(number) == ["in-review"]
    desk.approve(desk.pull_of(number))
    assert desk.look(number) == ["published"]
    assert value_of(desk.github.read(FILE)) == {**had, "title": "A New Guide"}


@pytest.mark.parametrize("kind", CHECKOUT.policy.kinds)
def test_one_answer_of_an_entry_of_the_site(kind: str) -> None:
    path = min(path for path, one in CHECKOUT.entries.items() if one.kind.name == kind and not one.is_retracted)
    form, entry = CHECKOUT.forms[kind], CHECKOUT.entries[path]
    changed = {"title": "Quite another title", "corrects": f"/{kind}/{entry.file_slug}/"}
    values = {**answers_of(entry.value, form, entry.kind).values, **changed}
    offered = SubmittedForm(write_form(answers(form, **values), form), 7, dt.datetime.combine(TODAY, dt.time(), dt.UTC))
    outcome = take_in_form(CHECKOUT, offered, TODAY)
    assert isinstance(outcome, Ready)
    assert outcome.path == path and outcome.is_correction
    assert value_of(outcome.text) == {**entry.value, "title": "Quite another title"}
