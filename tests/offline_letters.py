"""Answers to the form of examples in which nothing is wrong, and the letter that somebody would write of them."""

from forms_under_test import answers, project_forms, yaml_of
from mutualaid.core.forms.answers import Answers
from world import SAMPLES

ANSWERS = yaml_of(SAMPLES / "jar.yaml")


def said_yes(**changes: str) -> Answers:
    form, _ = project_forms()["examples"]
    return answers(form, **{**ANSWERS, **changes})


def letter_text(**changes: str) -> str:
    """Return the answers as somebody would type them into a mail: each after its label."""
    form, _ = project_forms()["examples"]
    typed = {**ANSWERS, **changes}
    lines = [f"{asked.label}: {typed[asked.id]}" for asked in form.fields if asked.id in typed]
    boxes = [f"[x] {sentence}" for sentence in form.consents]
    return "\n".join([*lines, f"{form.consent_block.label}:", *boxes])
