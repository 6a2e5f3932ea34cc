"""Answers to the form of examples in which nothing is wrong, and the letter that somebody would write of them."""

from forms_under_test import answers, project_forms
from mutualaid.core.forms.answers import Answers

ANSWERS = {
    "title": "A jar for the late bus",
    "summary": "Coworkers keep a jar of coins, so that nobody walks home after the late shift.",
    "origin": "Told by somebody who was there",
    "workplace": "Public library",
    "size_band": "Under 20 people",
    "stage": "Trying a first offer",
    "ended": "It goes on",
    "what_was_done": "We put a jar in the staff room.\n\nWhoever had coins put some in.",
    "what_it_took": "A jar and an hour a week.",
    "what_went_wrong": "Nobody dared to take coins at first.",
    "would_do_again": "Yes, at once.",
    "topics": "Emergency money",
}


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
