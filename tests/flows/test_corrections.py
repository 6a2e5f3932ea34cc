"""Corrections by form on a fake GitHub: the same file, the same approval, nothing lost, and no way to another entry."""

import datetime as dt
from typing import Any

import pytest

from desk import Desk, correction_body, form_body
from forms_under_test import answers, project_forms
from mutualaid.adapters.yaml import read_yaml, write_yaml
from mutualaid.core.forms.answers import write_form
from mutualaid.core.pipeline.situation import Ready
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.read_offer import SubmittedForm, take_in_form
from world import PROJECT, TODAY, rows_of

FILE = "submissions/resources/old-guide.yaml"
CHECKOUT = load_checkout(PROJECT)


def value_of(text: str | None) -> dict[str, Any]:
    document = read_yaml(text or "", "file.yaml").document
    assert document is not None
    return dict(document.value)


def test_from_form_to_published(desk: Desk) -> None:
    had = value_of(desk.github.read(FILE))
    number = desk.correct(title="A New Guide")
    assert desk.look(number) == ["in-review"]
    assert "/resources/old-guide/" in desk.said(number) and "Title: A New Guide" in desk.said(number)
    desk.approve(desk.pull_of(number))
    assert desk.look() == ["published"]
    assert value_of(desk.github.read(FILE)) == {**had, "title": "A New Guide"}
    assert desk.changes_nothing(number, None)


def test_an_address_from_before_a_rename(desk: Desk) -> None:
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


@pytest.mark.parametrize(("changes", "said"), rows_of("misuse", "corrections"))
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
    for body in (correction_body("/groups/a-fund/", words="Name: Ours"), form_body("A Reading List")):
        desk.github.edit_issue("sam", number, body=body)
        assert desk.look(number) == ["needs-fix"]
        assert "Put that address back" in desk.said(number)
    desk.github.edit_issue("sam", number, body=correction_body(words="In words only."))
    assert desk.look(number) == ["needs-fix"]
    desk.github.edit_issue("sam", number, body=correction_body(title="A Newer Guide"))
    assert desk.look(number) == ["in-review"]
    assert "title: A Newer Guide" in (desk.github.read(FILE, f"submission/{number}") or "")
    assert "edited since I first answered, last by its author" in desk.said(number)


def test_an_offer_becomes_no_correction(desk: Desk) -> None:
    """An approval for a new entry cannot be turned to another file; taken back, the form may ask for something else."""
    number = desk.in_review()
    desk.github.edit_issue("sam", number, body=correction_body(title="A New Guide"))
    assert desk.look(number) == ["needs-fix"]
    assert desk.look() == ["needs-fix"]
    assert "This form offers something new" in desk.said(number)
    assert desk.github.read(FILE, f"submission/{number}") == desk.github.read(FILE)
    desk.comment("sam", number, "/withdraw")
    desk.run(number)
    desk.comment("sam", number, "/recheck")
    assert desk.look(number) == ["in-review"]
    assert "title: A New Guide" in (desk.github.read(FILE, f"submission/{number}") or "")
    assert desk.changes_nothing(number, None)


def test_the_entry_moves_on_meanwhile(desk: Desk) -> None:
    """Another change of the entry makes the approval void; the correction is brought anew on top of it."""
    number = desk.corrected(title="A New Guide")
    had = value_of(desk.github.read(FILE))
    had["summary"] = "What somebody else has mended in the meantime."
    desk.github.plant({FILE: write_yaml(had)})
    assert desk.look(number) == ["in-review"]
    assert desk.look(number) == ["in-review"]
    desk.approve(desk.pull_of(number))
    assert desk.look(number) == ["published"]
    assert value_of(desk.github.read(FILE)) == {**had, "title": "A New Guide"}


def test_an_editor_adds_what_is_missing(desk: Desk) -> None:
    """In GitHub's editor: a proposal gives way, the comment says so; a yes from before, or their own, is void."""
    number = desk.approved(topics=None, about="A guide to picket lines and strikes.")
    body = desk.github.repo.issues[number].body or ""
    assert "### Topics" not in body and "- Topics (proposed): Unions and strikes" in desk.said(number)
    added = body.replace("### What I say", "### Topics\n\nTaxes\n\n### What I say")
    desk.github.edit_issue("ada", number, body=added)
    assert desk.look(number) == ["in-review"]
    said = desk.said(number)
    assert "- Topics: Taxes\n" in said and "edited since I first answered, last by a maintainer" in said
    desk.approve(desk.pull_of(number))
    assert desk.look(number) == ["in-review"] and "◦ A maintainer who neither sent nor edited it" in desk.said(number)
    desk.approve(desk.pull_of(number), "mo")
    assert desk.look(number) == ["published"]


def test_free_words_wait_for_an_editor(desk: Desk) -> None:
    """They reach a person; once an editor adds lines to the form, it goes on, and says that it was edited."""
    had = value_of(desk.github.read(FILE))
    words = "The year is wrong, see its title page."
    number = desk.correct(words=words, sources="Title page | https://www.example.org/title-page")
    assert desk.look(number) == ["received"]
    assert desk.labels(number) == {"kind: correct", "status: received", "for a person"}
    assert desk.changes_nothing(number, None)
    body = correction_body(words=words, sources="Title page | https://www.example.org/title-page", published="2021")
    desk.github.edit_issue("ada", number, body=body)
    assert desk.look(number) == ["in-review"]
    said = desk.said(number)
    assert "- Published: 2021\n- Sources 2: Title of the source “Title page”, Link “https" in said
    assert "edited since I first answered, last by a maintainer" in said
    desk.approve(desk.pull_of(number), "mo")
    assert desk.look(number) == ["published"]
    more = {"title": "Title page", "url": "https://www.example.org/title-page"}
    assert value_of(desk.github.read(FILE)) == {**had, "published": "2021", "sources": [*had["sources"], more]}


@pytest.mark.parametrize("corrects", ["/groups/a-fund/", "/resources/old-guide/"])
def test_is_this_group_still_open(desk: Desk, corrects: str) -> None:
    """One choice and one page become status, dates and a source of the group's entry, and of nothing else."""
    form, _ = project_forms()["still-open"]
    page = "Its page | https://www.example.org/closing"
    typed = answers(form, corrects=corrects, state="It has closed", as_of="2026-08", sources=page)
    number = desk.github.open_issue("sam", "Status of a group", write_form(typed, form), ("kind: still-open",))
    if "groups" not in corrects:
        assert desk.look(number) == ["needs-fix"]
        assert "has no status" in desk.said(number)
        return
    had = value_of(desk.github.read("submissions/groups/a-fund.yaml"))
    assert desk.look(number) == ["in-review"]
    assert "opens the pages that it names first" in desk.said(number)
    desk.approve(desk.pull_of(number))
    assert desk.look(number) == ["published"]
    more = {"title": "Its page", "url": "https://www.example.org/closing"}
    now = {"status": "closed", "status_as_of": "2026-08", "takes_requests": "no", "sources": [*had["sources"], more]}
    assert value_of(desk.github.read("submissions/groups/a-fund.yaml")) == {**had, **now}


@pytest.mark.parametrize("kind", CHECKOUT.policy.kinds)
def test_one_line_of_an_entry_of_the_site(kind: str) -> None:
    path = min(path for path, one in CHECKOUT.entries.items() if one.kind.name == kind and not one.is_retracted)
    form, entry = CHECKOUT.forms["correct"], CHECKOUT.entries[path]
    label = next(asked.label for asked in CHECKOUT.forms[kind].fields if asked.id == "title")
    typed = answers(form, corrects=f"/{kind}/{entry.file_slug}/", changes=f"{label}: Quite another title")
    offered = SubmittedForm(write_form(typed, form), 7, dt.datetime.combine(TODAY, dt.time(), dt.UTC))
    outcome = take_in_form(CHECKOUT, offered, TODAY)
    assert isinstance(outcome, Ready)
    assert outcome.path == path and outcome.is_correction
    assert outcome.understood == (f"{label}: Quite another title",)
    assert value_of(outcome.text) == {**entry.value, "title": "Quite another title"}
