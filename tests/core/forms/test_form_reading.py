"""Reading issues: pairs of body and answers, the round trip for any text, and never a crash or a guess."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_under_test import (
    CALM,
    SAMPLES_OF_FORMS,
    answers,
    body,
    compare,
    compare_text,
    project_forms,
    said,
    small_form,
    told,
    yaml_of,
)
from lanes import examples
from mutualaid.core.forms.answers import Answers, lines_of, read_form, which_form, write_form
from mutualaid.core.forms.model import FormField
from mutualaid.core.forms.to_entry import shape

EMPTY = "_No response_"


@pytest.mark.parametrize("file", sorted((SAMPLES_OF_FORMS / "pairs").glob("*.md")), ids=lambda file: file.stem)
def test_pairs(file: Path) -> None:
    """Each body gives the answers, or the refusal, that stands beside it; each answer knows its first line."""
    text = file.read_bytes().decode()
    reading = read_form(text, small_form())
    compare(told(reading), file.with_suffix(".yaml"))
    if isinstance(reading, Answers):
        begun = {asked: lines_of(text)[line - 1] for asked, line in reading.lines.items() if reading.values[asked]}
        assert begun == {asked: lines_of(value)[0] for asked, value in reading.values.items() if value}


@pytest.mark.parametrize("file", sorted((SAMPLES_OF_FORMS / "real").glob("*.yaml")), ids=lambda file: file.stem)
def test_saved_samples_of_the_real_forms(file: Path) -> None:
    form, kind = project_forms()[file.stem]
    saved = yaml_of(file)
    typed = Answers(answers(form, **saved["answers"]).values, tuple(saved["checked"]))
    text = compare_text(write_form(typed, form), file.with_suffix(".md"))
    assert read_form(text, form) == typed
    assert which_form(text, [form for form, _ in project_forms().values()]) is form
    assert said(shape(typed, form, kind, {"channel": "issue"}, "2026-11", None, ()).problems) == []


def test_a_text_that_fits_no_form() -> None:
    forms = [form for form, _ in project_forms().values()]
    examples, _ = project_forms()["examples"]
    assert which_form(write_form(answers(examples), examples).replace("### Sources\n", ""), forms) is examples
    own = [one for one in examples.headings if all(one not in form.headings for form in forms if form is not examples)]
    assert [which_form("\n".join(own[:kept]), forms) for kept in (2, 3)] == [None, examples]
    for text in ("Hello.", "", "### Sources"):
        assert which_form(text, forms) is which_form(text, []) is None
    twins = [small_form(), small_form()]
    assert which_form(body(), twins) is None
    assert lines_of("a\rb\r\nc\n\u2028d\x0b\x85") == ["a", "b", "c", "\u2028d\x0b\x85"]


HEADINGS = small_form().headings
SIGNS = ["### Owner", "```", "```text", "~~~", EMPTY, "None", "- [x] I wrote this.", "- [ ] ", "", " ", "###", "|"]
SNIPPETS = st.sampled_from([*HEADINGS, *SIGNS])
LINES = st.one_of(SNIPPETS, st.text(st.characters(exclude_characters="\r\n"), max_size=30))
TEXTS = st.lists(LINES, max_size=8).map("\n".join)
ANY_TEXT = st.one_of(TEXTS, st.text(max_size=200))


def _typed(asked: FormField) -> st.SearchStrategy[str]:
    labels = [label for _, label in asked.options]
    if asked.element == "textarea":
        return ANY_TEXT
    if asked.multiple:
        return st.lists(st.sampled_from(labels), unique=True).map(", ".join)
    return st.sampled_from(["", *labels]) if labels else LINES.map(str.strip)


FILLED = st.builds(
    Answers,
    st.fixed_dictionaries({asked.id: _typed(asked) for asked in small_form().fields}),
    st.tuples(st.booleans(), st.booleans()),
)


def _as_read(value: str) -> str:
    return "" if value.strip() in ("", EMPTY) else "\n".join(lines_of(value))


@settings(CALM, max_examples=examples(300))
@given(FILLED)
def test_round_trip(filled: Answers) -> None:
    """What GitHub makes of answers gives these answers, or is refused for a heading in it; never other answers."""
    reading = read_form(write_form(filled, small_form()), small_form())
    if isinstance(reading, Answers):
        assert reading.values == {name: _as_read(value) for name, value in filled.values.items()}
        assert reading.consents == filled.consents
    else:
        assert {problem.code for problem in reading} <= {"form.repeated", "form.out-of-order"}
        typed = [line.rstrip() for value in filled.values.values() for line in lines_of(value)]
        assert any(heading in typed for heading in HEADINGS)
        lines = lines_of(write_form(filled, small_form()))
        assert all(lines[number - 1].rstrip() in HEADINGS for number in {problem.place.line for problem in reading})


@settings(CALM, max_examples=examples(100, slow=100_000))
@given(ANY_TEXT)
def test_any_text_is_read_or_refused(text: str) -> None:
    forms = [form for form, _ in project_forms().values()]
    for form in (small_form(), *forms):
        reading = read_form(text, form)
        assert isinstance(reading, Answers | tuple)
        if isinstance(reading, Answers):
            assert form.headings[-1] in {line.rstrip() for line in lines_of(text)}
    which_form(text, forms)
