"""Answers: what was typed into a form, by field, still text. Reads them from the body of an issue, and writes one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.messages import after_the_fence, boxes_differ, never_closed, problems_of_cut, too_many_lines
from mutualaid.core.forms.model import Form, FormField
from mutualaid.core.forms.sections import Section, cut, fits, lines_of

EMPTY = "_No response_"
NOTHING_CHOSEN = ("None", EMPTY)
BETWEEN_CHOICES = ", "
_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
_BOX = re.compile(r"[-*] \[([ xX])\] (.*)")


@dataclass(frozen=True, slots=True)
class Answers:
    """`values` holds what was typed for each field by its id, '' where nothing was; `consents` which boxes are checked.

    `lines` tells for each field the number of the line on which its answer begins; it does not count in comparisons.
    """

    values: Mapping[str, str]
    consents: tuple[bool, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class FormRefusal:
    """Why a text cannot be read as the form `form`: each problem with its line and what to do."""

    form: str
    problems: tuple[Problem, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers of the lines that the problems name, in order."""
        return tuple(sorted({problem.place.line for problem in self.problems}))


def read_form(body: str, form: Form) -> Answers | FormRefusal:
    """Read the body of an issue made with `form`.

    The headings must stand in the form's order, and there must be exactly one way to cut the body at them; otherwise
    it is refused, never guessed. Raises nothing, whatever the text.
    """
    found = cut(body, form.headings)
    if not found.sections:
        return FormRefusal(form.name, problems_of_cut(found, form))
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for asked, section in zip(form.questions, found.sections, strict=False):
        answer = _answer(asked, section, form)
        if isinstance(answer, Problem):
            problems.append(answer)
        else:
            lines[asked.id], values[asked.id] = answer
    consents = _consents(found.sections[-1], form) if form.consents else ()
    if isinstance(consents, Problem):
        return FormRefusal(form.name, (*problems, consents))
    return FormRefusal(form.name, tuple(problems)) if problems else Answers(values, consents, lines)


def which_form(body: str, forms: Iterable[Form]) -> Form | None:
    """Return the one form whose headings fit; None where none does, or several do."""
    fitting = [form for form in forms if fits(body, form.headings)]
    return fitting[0] if len(fitting) == 1 else None


def nearest_form(body: str, forms: Iterable[Form]) -> Form | None:
    """Return the form that shares most headings with `body`, to explain what is missing; None where it is a tie."""
    lines = {line.rstrip() for line in body.splitlines()}
    shared = sorted(
        ((sum(heading in lines for heading in form.headings) / len(form.headings), form.name, form) for form in forms),
        key=lambda row: row[:2],
        reverse=True,
    )
    is_clear = shared and shared[0][0] > 0 and (len(shared) == 1 or shared[0][0] > shared[1][0])
    return shared[0][2] if is_clear else None


def write_form(answers: Answers, form: Form) -> str:
    """Return the body that GitHub makes of these answers."""
    parts = [f"{asked.heading}\n\n{_written(asked, answers.values.get(asked.id, ''))}" for asked in form.questions]
    if form.consents:
        checked = answers.consents or (False,) * len(form.consents)
        boxes = zip(checked, form.consents, strict=True)
        rows = "\n".join(f"- [{'x' if yes else ' '}] {sentence}" for yes, sentence in boxes)
        parts.append(f"{form.consent_block.heading}\n\n{rows}")
    return "\n\n".join(parts) + "\n"


def _written(asked: FormField, value: str) -> str:
    if not value.strip():
        return EMPTY
    value = "\n".join(lines_of(value))
    return f"```{asked.render}\n{value}\n```" if asked.render else value


def _answer(asked: FormField, section: Section, form: Form) -> tuple[int, str] | Problem:
    """Return the answer with the number of its first line."""
    filled = section.filled()
    if not filled:
        return section.line, ""
    (first, opening), (last, _) = filled[0], filled[-1]
    if asked.element == "textarea":
        return _text(asked, section, first, last, form)
    if len(filled) > 1:
        return too_many_lines(asked, first, last, form)
    empty = NOTHING_CHOSEN if asked.element == "dropdown" else (EMPTY,)
    return first, "" if opening.strip() in empty else opening


def _text(asked: FormField, section: Section, first: int, last: int, form: Form) -> tuple[int, str] | Problem:
    lines = section.lines[first - section.line - 1 : last - section.line]
    fence = _FENCE.fullmatch(lines[0].rstrip())
    if fence is None:
        return first, _unless_empty("\n".join(lines))
    marks = fence[1] or fence[2]
    if len(lines) > 1 and _closes(lines[-1], marks):
        return first + 1, _unless_empty("\n".join(lines[1:-1]))
    closing = [number for number, line in enumerate(lines[1:], first + 1) if _closes(line, marks)]
    if closing:
        stray = next(number for number, _ in section.filled() if number > closing[-1])
        return after_the_fence(asked, stray, last, form)
    return never_closed(asked, first, marks, form)


def _closes(line: str, marks: str) -> bool:
    stripped = line.strip()
    return len(stripped) >= len(marks) and set(stripped) == {marks[0]}


def _unless_empty(text: str) -> str:
    return "" if text.strip() in ("", EMPTY) else text


def _consents(section: Section, form: Form) -> tuple[bool, ...] | Problem:
    boxes = [(number, _BOX.fullmatch(line.strip())) for number, line in section.filled()]
    if [box[2] if box else None for _, box in boxes] != list(form.consents):
        return boxes_differ(section, _strangers(section, form), form)
    return tuple(box[1] in "xX" for _, box in boxes if box)


def _strangers(section: Section, form: Form) -> Iterator[int]:
    """Yield the numbers of the lines that are no box of the form, or a box that came already."""
    wanted = set(form.consents)
    for number, line in section.filled():
        box = _BOX.fullmatch(line.strip())
        if box and box[2] in wanted:
            wanted.remove(box[2])
        else:
            yield number
