"""Corrections by form: which entry is meant, and the entry with what the form changes and everything else as it was."""

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from mutualaid.core.entries.kind import Kind, in_schema_order
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.validation import shortened
from mutualaid.core.forms.answers import EMPTY, Answers
from mutualaid.core.forms.model import CORRECTS, Form
from mutualaid.core.forms.to_entry import Shaped, answers_of, not_asked_for, shape

CREDIT = ("credit_choice", "credit_name")
TAKEN_OUT = "-"
QUOTED = 100
KINDS_OF_BRANCH = ("submission", "correction")
WHY_NOT = {
    "unknown": (
        "We found no entry at “{typed}”. Copy the address of the entry's own page from the browser's address "
        "bar. If you offer something new, empty this answer. If the page is no entry, use the form “Suggest a change "
        "to a page”."
    ),
    "other-kind": (
        "The entry at “{typed}” belongs to another form, “{named}”. Send the correction with that one, and close this "
        "one. Or empty this answer if you offer something new."
    ),
    "removed": (
        "The entry at “{typed}” was removed from the site, so it cannot be corrected. You need do nothing more. You "
        "may close this form, or empty this answer if you offer something new."
    ),
    "no-change": (
        "The entry says all of this already. Change an answer to what it should say. If it reads as you wanted it, "
        "nothing is left to do: you may close this form."
    ),
    "changed": "This form {named}. To correct another entry, or to offer a new one, open a new form.",
}
"""What is said where no entry can be corrected. Of one that was removed: not why, and not what it was."""


def branch_of(body: str, form: Form | None, issue: int) -> str:
    """Return the branch of a form: `correction/…` where it names an entry to correct, else `submission/…`."""
    heading = form.corrects.heading if form and form.corrects else None
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    after = lines[lines.index(heading) + 1 :] if heading in lines else []
    names_one = bool(after) and after[0] != EMPTY and not (form and after[0] in form.headings)
    return f"{KINDS_OF_BRANCH[names_one]}/{issue}"


def place_of(address: str, kinds: Container[str]) -> tuple[str, str] | None:
    """Return kind and slug that the address of a page names, whatever is around them; None where it names none."""
    parts = [part for part in re.split(r"[?#]", address.strip(), maxsplit=1)[0].split("/") if part]
    pairs = [pair for pair in pairwise(parts) if pair[0] in kinds]
    return pairs[-1] if pairs else None


def corrected(typed: Answers, entry: Mapping[str, Any], form: Form, kind: Kind, *, no_credit: bool = False) -> Shaped:
    """Return the entry with what was typed in place of what it says.

    An answer that was left empty keeps what the entry says, and a single hyphen takes it out. What the form does not
    ask for stays. So does the credit of whoever offered it, unless another name is given or `no_credit` is set.
    """
    had = answers_of(entry, form, kind).values
    values = {name: _kept(typed.values.get(name, ""), was) for name, was in had.items()}
    if not typed.values.get(CREDIT[1], "").strip():
        values.update({name: "" if no_credit else had[name] for name in CREDIT if name in had})
    shaped = shape(replace(typed, values=values), form, kind, {}, "", str(entry["slug"]), ())
    return replace(shaped, value=in_schema_order({**shaped.value, **not_asked_for(entry, form)}, kind.schema))


def _kept(typed: str, was: str) -> str:
    return "" if typed.strip() == TAKEN_OUT else typed if typed.strip() else was


def not_correctable(why: str, form: Form, typed: Answers, named: str = "") -> Problem:
    """Say why the entry that `typed` names is not corrected; `named` is the other form's title, or what to do here."""
    sentence = WHY_NOT[why].format(typed=shortened(typed.values.get(CORRECTS, "").strip(), QUOTED), named=named)
    label = form.corrects.label if form.corrects else ""
    return form.problem(f"{CORRECTS}.{why}", label, sentence, typed.lines.get(CORRECTS, 1))
