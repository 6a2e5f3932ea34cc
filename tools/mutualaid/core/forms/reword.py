"""What is said back to somebody who filled in a form: problems in its words, and the entry as it is understood."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from mutualaid.core.entries.kind import Kind, Schema
from mutualaid.core.entries.problem import Problem, shortened
from mutualaid.core.entries.validation import code_name, field_at, value_at
from mutualaid.core.forms.answers import Answers
from mutualaid.core.forms.line_items import may_be_a_person, scalar_text
from mutualaid.core.forms.model import Form, FormField

PLACE_IN_LIST = re.compile(r"^.*?( [0-9]+)?$", re.DOTALL)
OF_FILES = (
    (", in quotes,", ","),
    (", in quotes", ""),
    (" in quotes", ""),
    (": write it as one line, or begin it with `>-`", ": write it as one line"),
    ("add `no_https: true` beside it", "add `| Only known without encryption: yes` after it, on the same line"),
    ("Take the line `no_https: true` out", "Take “Only known without encryption: yes” out"),
)
SHOWN = 200
"""Characters of a text: so many show what was read; the file has the whole of it."""
AS_A_BODY = ", read as a body; write a person as `Family, Given`, each on a line"
OF_THE_FILE = ("slug", "licence", "added", "intake", "retraction")


def reworded(problem: Problem, form: Form, answers: Answers) -> Problem:
    """Return the problem with the form's own label, the line of the issue, and words that fit a form."""
    asked = field_of(problem, form)
    if asked is None:
        return problem
    place = form.place(answers.lines.get(asked.id, 1))
    if problem.code == f"{code_name(asked.steps)}.missing":
        where = f"Write your answer under `{asked.heading}`."
        if not asked.is_short and asked.id not in answers.lines:
            where = f"Above `{form.headings[-1]}`, add a line `{asked.heading}`, and write your answer below it."
        labels = ", ".join(label for _, label in asked.options)
        sentence = f"{asked.label} is empty. {where} {asked.help}{labels and f' Its choices are: {labels}.'}"
        return replace(problem, where=asked.label, message=sentence, place=place)
    message, wrote, typed = problem.message.partition(". You wrote: ")
    if problem.code.rpartition(".")[0] == code_name(asked.steps) and message.startswith(problem.where):
        message = asked.label + PLACE_IN_LIST.sub(r"\1", problem.where) + message.removeprefix(problem.where)
    for of_files, of_forms in OF_FILES:
        message = message.replace(of_files, of_forms)
    return replace(problem, where=asked.label, message=f"{message}{wrote}{typed}", place=place)


def reworded_problems(
    shaped: Iterable[Problem], found: Iterable[Problem], form: Form, answers: Answers
) -> tuple[Problem, ...]:
    """Return the problems of shaping and, reworded, those that the checks found; in the order of the form.

    Where shaping could not make a field, what the checks say of it is left out: it is the same mistake again.
    """
    first = tuple(shaped)
    marred = {field_of(problem, form) for problem in first} - {None}
    more = (reworded(problem, form, answers) for problem in found if field_of(problem, form) not in marred)
    order: dict[FormField | None, int] = {asked: place for place, asked in enumerate(form.fields)}
    return tuple(sorted((*first, *more), key=lambda problem: order.get(field_of(problem, form), len(order))))


def field_of(problem: Problem, form: Form) -> FormField | None:
    code = f"{problem.code}."
    return next((asked for asked in form.fields if code.startswith(f"{code_name(asked.steps)}.")), None)


def understood(
    value: Mapping[str, Any],
    form: Form,
    kind: Kind,
    proposed: Collection[str] = (),
    had: Mapping[str, Any] | None = None,
) -> Iterator[str]:
    """Yield a line for each field, those of the form first; beside what an entry `had`, only for those that change."""
    asked = {field.steps: field.label for field in form.fields}
    whole = {steps[0] for steps in asked} | set(OF_THE_FILE)
    more = {(name,): str(schema["title"]) for name, schema in kind.fields.items() if name not in whole}
    for steps, title in chain(asked.items(), more.items()):
        inner, was, schema = value_at(steps, value), value_at(steps, had), field_at(steps, kind.schema)
        mark = " (proposed):" if steps[0] in proposed else "" if title.endswith("?") else ":"
        if inner != was and isinstance(inner, list | tuple) and "properties" in schema["items"]:
            shown = [(f" {place}", item) for place, item in enumerate(inner, 1) if item not in (was or ())]
            shown += [(", taken out", item) for item in was or () if item not in inner]
            yield from (f"{title}{which}{mark} {_words(item, schema['items'])}" for which, item in shown)
        elif inner != was:
            yield f"{title}{mark} {'taken out' if inner is None else _words(inner, schema)}"


def _words(value: Any, schema: Schema) -> str:
    if isinstance(value, Mapping):
        known, hint = schema["properties"], AS_A_BODY if may_be_a_person(value, schema) else ""
        return ", ".join(f"{known[name]['title']} “{_words(part, known[name])}”" for name, part in value.items()) + hint
    if isinstance(value, list | tuple):
        return ", ".join(_words(item, schema["items"]) for item in value)
    return shortened(scalar_text(value, schema), SHOWN)
