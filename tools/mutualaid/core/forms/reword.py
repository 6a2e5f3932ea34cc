"""Retells a problem of a file to somebody who filled in a form, and who never sees the file."""

import re
from collections.abc import Iterable
from dataclasses import replace

from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.validation import code_name
from mutualaid.core.forms.answers import Answers
from mutualaid.core.forms.model import Form, FormField

WROTE = ". You wrote: "
PLACE_IN_LIST = re.compile(r"^.*?( [0-9]+)?$", re.DOTALL)
QUOTES = ((", in quotes,", ","), (", in quotes", ""), (" in quotes", ""))
OF_FILES = (
    (": write it as one line, or begin it with `>-`", ": write it as one line"),
    ("add `no_https: true` beside it", "add `| Only known without encryption: yes` after it, on the same line"),
    ("Take the line `no_https: true` out", "Take “Only known without encryption: yes” out"),
)


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
    message, wrote, typed = problem.message.partition(WROTE)
    if problem.code.rpartition(".")[0] == code_name(asked.steps) and message.startswith(problem.where):
        message = asked.label + PLACE_IN_LIST.sub(r"\1", problem.where) + message.removeprefix(problem.where)
    for of_files, of_forms in QUOTES:
        message = message.replace(of_files, of_forms)
    message = f"{message}{wrote}{typed}"
    for of_files, of_forms in OF_FILES:
        message = message.replace(of_files, of_forms)
    return replace(problem, where=asked.label, message=message, place=place)


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
    """Return the question from which the problem comes; None where no question asks for it."""
    code = f"{problem.code}."
    return next((asked for asked in form.fields if code.startswith(f"{code_name(asked.steps)}.")), None)
