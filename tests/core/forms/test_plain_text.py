"""Plain texts: labels with colons, wrapped lines, and what is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_under_test import CALM, SAMPLES_OF_FORMS, compare, project_forms, said, small_form, told, yaml_of
from mutualaid.core.forms.answers import Answers, read_form
from mutualaid.core.forms.plain_text import parse_plain
from world import PROJECT, rows_of


def test_a_mail() -> None:
    reading = parse_plain((SAMPLES_OF_FORMS / "plain.txt").read_text(encoding="utf-8"), small_form())
    assert isinstance(reading, Answers)
    assert [reading.lines[name] for name in ("title", "story", "steps")] == [2, 9, 14]
    compare(told(reading), SAMPLES_OF_FORMS / "plain.yaml")
    form, _ = project_forms()["examples"]
    for line in ("Has it ended? It goes on", "has it ended?: It goes on", "Has it ended?\nIt goes on"):
        reading = parse_plain(line, form)
        assert isinstance(reading, Answers)
        assert reading.values["ended"] == "It goes on"
        assert reading.consents == (False,) * 4


@pytest.mark.parametrize("case", yaml_of(SAMPLES_OF_FORMS / "plain-refused.yaml"), ids=lambda case: case["case"])
def test_refusals(case: dict[str, str]) -> None:
    reading = parse_plain(case["text"], small_form())
    assert isinstance(reading, tuple)
    assert said(reading) == [case["said"]]


LABELS = [asked.label for asked in small_form().fields]
LINES = st.one_of(
    st.sampled_from([f"{label}:" for label in LABELS] + [f"{label}: x" for label in LABELS]),
    st.sampled_from(["What I say yes to:", "[x] I wrote this.", "", "```", "### Title", "Kind"]),
    st.text(max_size=20),
)


@CALM
@given(st.lists(LINES, max_size=12).map("\n".join))
def test_any_text(text: str) -> None:
    for form in (small_form(), *(form for form, _ in project_forms().values())):
        reading = parse_plain(text, form)
        if isinstance(reading, Answers):
            assert list(reading.values) == [asked.id for asked in form.fields]
            assert all(len(value) <= 2 * len(text) for value in reading.values.values())


def test_samples_of_issues_read_alike() -> None:
    for file in (SAMPLES_OF_FORMS / "pairs").glob("*.md"):
        text = file.read_text(encoding="utf-8")
        if {line.rstrip() for line in text.splitlines()} >= set(small_form().headings):
            assert parse_plain(text, small_form()) == read_form(text, small_form())


FILLED = rows_of("forms/paper", "filled")


def test_the_paper_form() -> None:
    """The sheet that the site prints, filled in and typed up, is read: its questions and boxes are the form's own."""
    form, _ = project_forms()["examples"]
    page = (PROJECT / "content" / "contribute" / "without-github.md").read_text(encoding="utf-8")
    sheet = page.partition("::: printable paper-form")[2].partition("\n:::\n")[0]
    printed = re.findall(r"^\*\*(.+?):?\*\*", sheet, re.MULTILINE)
    assert printed == [*(asked.label for asked in form.short), form.consent_block.label]
    boxes = [f"[x] {line}" for line in re.findall(r"^- \[ \] (.+)$", sheet, re.MULTILINE)]
    typed = [f"{label}{'' if label.endswith('?') else ':'} {FILLED.get(label, '')}".rstrip() for label in printed]
    reading = parse_plain("\n".join([*typed, *boxes]), form)
    assert isinstance(reading, Answers), reading
    labels = {asked.id: asked.label for asked in form.fields}
    assert {labels[name]: value for name, value in reading.values.items() if value} == FILLED
    assert reading.consents == (True,) * 4
