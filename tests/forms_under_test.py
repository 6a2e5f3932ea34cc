"""The made-up form of tests/samples/forms, the project's own forms, and what tests say of readings and refusals."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings

from mutualaid.adapters.schema_files import CONSENTS, SHARED
from mutualaid.adapters.yaml import read_yaml, write_yaml
from mutualaid.core.entries.kind import Kind, kind_from
from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.from_schema import form_of
from mutualaid.core.forms.model import Form
from mutualaid.flows.make_forms import load_forms
from world import PROJECT, SAMPLES

CALM = settings(deadline=None)
"""For tests of any text: how long one takes says more of the machine than of the code."""
SAMPLES_OF_FORMS = PROJECT / "tests" / "samples" / "forms"


def yaml_of(file: Path) -> Any:
    reading = read_yaml(file.read_text(encoding="utf-8"), file.name)
    assert reading.document is not None, reading
    return reading.document.value


@cache
def small_kind() -> Kind:
    shared = {name: yaml_of(PROJECT / "schemas" / name) for name in (SHARED, CONSENTS)}
    return kind_from("small", yaml_of(SAMPLES_OF_FORMS / "small.schema.yaml"), shared, makes_entries=False)


@cache
def small_form() -> Form:
    return form_of(small_kind())


@cache
def project_forms() -> Mapping[str, tuple[Form, Kind]]:
    return {form.name: (form, kind) for form, kind in load_forms(PROJECT)}


def answers(form: Form | None = None, /, **values: str) -> Answers:
    """Return answers to `form` (the small one by default) with every box checked; what is not named is empty."""
    form = form or small_form()
    return Answers({asked.id: values.get(asked.id, "") for asked in form.fields}, (True,) * len(form.consents))


def body(**values: str) -> str:
    return write_form(answers(**values), small_form())


JAR = yaml_of(SAMPLES / "jar.yaml")
"""Answers to the form of examples in which nothing is wrong."""


def said_yes(**changes: str) -> Answers:
    form, _ = project_forms()["examples"]
    return answers(form, **{**JAR, **changes})


def letter_text(**changes: str) -> str:
    form, _ = project_forms()["examples"]
    typed = {**JAR, **changes}
    lines = [f"{asked.label}: {typed[asked.id]}" for asked in form.fields if asked.id in typed]
    boxes = [f"[x] {sentence}" for sentence in form.consents]
    return "\n".join([*lines, f"{form.consent_block.label}:", *boxes])


def said(problems: tuple[Problem, ...]) -> list[str]:
    """Return problems as a list that reads well when it differs: `line code message`."""
    return [f"{problem.place.line} {problem.code} {problem.message}" for problem in problems]


def told(reading: Answers | tuple[Problem, ...]) -> dict[str, Any]:
    """Return a reading as the samples keep it: what was typed and checked, or why it was refused."""
    if isinstance(reading, tuple):
        return {"refused": said(reading)}
    typed = {name: value for name, value in reading.values.items() if value}
    return {"answers": typed, "checked": list(reading.consents)}


def compare(found: Any, file: Path) -> None:
    compare_text(write_yaml(found), file)


def compare_text(found: str, file: Path) -> str:
    """Compare a text with a blessed file, or write it where MUTUALAID_BLESS is set; return what the file holds."""
    if os.environ.get("MUTUALAID_BLESS"):
        file.write_text(found, encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    assert found == text, f"{file} differs. Look at the difference; if it is right, run: make bless"
    return text
