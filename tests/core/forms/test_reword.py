"""What the checks say of a file is told to whoever filled in the form in words that fit the form."""

import datetime as dt

from forms_under_test import SAMPLES_OF_FORMS, answers, compare, project_forms, said, yaml_of
from mutualaid.adapters.schema_files import read_kinds
from mutualaid.adapters.yaml import canonical, read_yaml
from mutualaid.core.entries.checks import Rulebook
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.entries.submission import Submission
from mutualaid.core.forms.answers import Answers, read_form, write_form
from mutualaid.core.forms.reword import field_of, reworded, reworded_problems
from mutualaid.core.forms.to_entry import shape
from world import PROJECT, rows_of


def _told(**typed: str) -> list[str]:
    form, kind = project_forms()["examples"]
    reading = read_form(write_form(answers(form, **typed), form), form)
    assert isinstance(reading, Answers)
    shaped = shape(reading, form, kind, {"channel": "issue", "issue": 7}, "2026-11", None, ())
    document = read_yaml(canonical(shaped.value, kind), f"submissions/examples/{shaped.value['slug']}.yaml").document
    assert document is not None
    _, retracted = read_kinds(PROJECT / "schemas")
    found = Rulebook.of(kind, retracted).check(Submission(kind, document), dt.date(2026, 11, 22))
    return said(reworded_problems(shaped.problems, found, form, reading))


PUBLIC = yaml_of(SAMPLES_OF_FORMS / "real" / "examples.yaml")["answers"]
LEFT_OUT = dict.fromkeys(("sources", "who", "served"), "")
STORY = {**PUBLIC, **LEFT_OUT, "origin": "Told by somebody who was there", "would_do_again": "Yes."}


def test_a_first_hand_story_needs_no_source() -> None:
    """Who tells their own story has nothing to cite; what comes from the public record has."""
    assert _told(**STORY) == _told(**PUBLIC) == []
    public = _told(**{**PUBLIC, "sources": ""})
    assert [line.partition(". ")[0] for line in public] == ["37 sources.missing Sources is empty"]
    (unsaid,) = _told(**{**PUBLIC, "origin": ""})
    assert unsaid.endswith("Its choices are: Told by somebody who was there, Put together from public sources.")


def test_in_the_words_of_the_form() -> None:
    """An empty answer is named by its heading; quotes and lines of YAML are not spoken of; no mistake comes twice."""
    compare(_told(**{**STORY, **rows_of("forms/mistakes", "typed")}), SAMPLES_OF_FORMS / "reworded.yaml")


def test_what_no_question_asks_for() -> None:
    """It comes as it is, after all others; parts of a group are found by the part; what we quote stays as typed."""
    form, _ = project_forms()["examples"]
    problem = Problem("slug.taken", "Short name", "Short name is taken.", Place("file.yaml"))
    assert field_of(problem, form) is None
    assert reworded(problem, form, answers(form)) is problem
    other = Problem("topics.too-many", "Topics", "Topics must be fewer.", Place("file.yaml"))
    all_told = reworded_problems((), (problem, other), form, answers(form))
    assert [one.code for one in all_told] == ["topics.too-many", "slug.taken"]
    message = "Began must be a date in quotes. You wrote: 'a year, in quotes'."
    told = reworded(Problem("began.no-such-date", "Began", message, Place("file.yaml")), form, answers(form))
    assert told.message == "Began must be a date. You wrote: 'a year, in quotes'."
    form, _ = project_forms()["exercises"]
    problem = Problem("privacy.who-keeps.missing", "Who keeps the paper", "It is missing.", Place("file.yaml"))
    found = field_of(problem, form)
    assert found is not None and found.id == "privacy_who_keeps"
