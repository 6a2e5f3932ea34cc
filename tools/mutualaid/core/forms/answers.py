"""Answers: what was typed into a form, by field, still text. Reads them from the body of an issue, and writes one.

A line that is a heading of the form counts as one wherever it is, inside code fences too, so that every true heading is
found. Each must be there once, in the form's order; otherwise the body is refused, and nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.model import Form, FormField

EMPTY = "_No response_"
NOTHING_CHOSEN = ("None", EMPTY)
BETWEEN_CHOICES = ", "
FEW, SURE = 3, 3
NUMBERS = {3: "three", 4: "four", 5: "five"}
_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
_BOX = re.compile(r"[-*] \[([ xX])\] (.*)")

Rows = Sequence[tuple[int, str]]
"""Lines with their numbers, from 1."""


@dataclass(frozen=True, slots=True)
class Answers:
    """`values` holds what was typed for each field by its id, '' where nothing was; `consents` which boxes are checked.

    `lines` gives for each field the number of the line on which its answer begins; it does not count in comparisons.
    """

    values: Mapping[str, str]
    consents: tuple[bool, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)


def lines_of(text: str) -> list[str]:
    """Split at line ends of any system, and at nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_form(body: str, form: Form) -> Answers | tuple[Problem, ...]:
    """Read the body of an issue made with `form`, or return why it cannot be read; nothing makes it raise."""
    rows = list(enumerate(lines_of(body), 1))
    places = _places(rows, form)
    refused = tuple(_misplaced(rows, places, form))
    if refused:
        return refused
    starts = [numbers[0] for numbers in places.values()]
    sections = [rows[start - 1 : end - 1] for start, end in pairwise((*starts, len(rows) + 1))]
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for asked, section in zip(form.questions, sections, strict=False):
        answer = _answer(asked, section, form)
        if isinstance(answer, Problem):
            problems.append(answer)
        else:
            lines[asked.id], values[asked.id] = answer
    consents = _consents(sections[-1], form) if form.consents else ()
    if isinstance(consents, Problem):
        return (*problems, consents)
    return tuple(problems) or Answers(values, consents, lines)


def which_form(body: str, forms: Iterable[Form]) -> Form | None:
    """Return the one form whose headings are all there; None where there is none, or several are."""
    fitting = [form for form in forms if _count(body, form) == len(form.headings)]
    return fitting[0] if len(fitting) == 1 else None


def nearest_form(body: str, forms: Iterable[Form]) -> Form | None:
    """Return the form that was plainly meant: more of its headings are there than of any other's, and enough."""
    shares = [(_count(body, form) / len(form.headings), form) for form in forms]
    most = max((share for share, _ in shares), default=0)
    nearest = [form for share, form in shares if share == most and _count(body, form) >= min(SURE, len(form.headings))]
    return nearest[0] if len(nearest) == 1 else None


def _count(body: str, form: Form) -> int:
    return len(set(form.headings) & {line.rstrip() for line in lines_of(body)})


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
    return f"```text\n{value}\n```" if asked.element == "textarea" else value


def _places(rows: Rows, form: Form) -> dict[str, list[int]]:
    """Return the numbers of the lines on which each heading is; the first one is at the top, and lower down is text."""
    places: dict[str, list[int]] = {heading: [] for heading in form.headings}
    for number, line in rows:
        places.get(line.rstrip(), []).append(number)
    del places[form.headings[0]][1:]
    return places


def _misplaced(rows: Rows, places: Mapping[str, list[int]], form: Form) -> Iterator[Problem]:
    """Say why the headings are not those of the form, each once and in order."""
    headings = form.headings
    missing = [heading for heading, numbers in places.items() if not numbers]
    if missing:
        yield from _missing(missing, form)
        return
    before = [number for number, line in rows[: places[headings[0]][0] - 1] if line.strip()]
    if before:
        said = (
            f"On {named(before)}, above the first heading, `{headings[0]}`, is text that belongs to no question. "
            "Move it under a heading, or take it out."
        )
        yield form.problem("form.text-before", "The form", said, before[0])
        return
    repeated = {heading: numbers for heading, numbers in places.items() if len(numbers) > 1}
    if len(repeated) > FEW:
        heading, numbers = next(iter(repeated.items()))
        said = (
            f"{len(repeated)} of the form's headings are there more than once, the first of them, `{heading}`, on "
            f"{named(numbers)}. It looks as if the form is in the text twice. Keep each heading and its answer once."
        )
        yield form.problem("form.two-readings", "The form", said, numbers[-1])
        return
    for heading, numbers in repeated.items():
        said = (
            f"The line `{heading}` is on {named(numbers)}, so we cannot tell which one is the form's own heading. "
            "Keep the form's own, and write the other differently, for example with a hyphen in front."
        )
        yield form.problem("form.two-readings", heading.removeprefix("### "), said, numbers[0])
    astray = next((pair for pair in pairwise(headings) if places[pair[1]][0] < places[pair[0]][0]), None)
    if astray and not repeated:
        numbers = places[astray[1]]
        said = (
            f"The heading `{astray[1]}` is on {named(numbers)}, before `{astray[0]}`. "
            "The headings must keep the form's order: move it, with its answer, to its place."
        )
        yield form.problem("form.out-of-order", astray[1].removeprefix("### "), said, numbers[-1])


def _missing(missing: Sequence[str], form: Form) -> Iterator[Problem]:
    if len(missing) > FEW:
        shown = ", ".join(f"`{heading}`" for heading in missing[:FEW])
        said = (
            f"Of the form's {len(form.headings)} headings {len(missing)} are missing, among them {shown}. "
            "Put them back, or open a new form and copy your answers into it."
        )
        yield form.problem("form.headings-missing", "The form", said, 1)
        return
    for heading in missing:
        place = form.headings.index(heading)
        after = f"after the answer to `{form.headings[place - 1]}`" if place else "at the very top"
        said = (
            f"The heading `{heading}` is missing. Write it on a line of its own {after}, with an empty line around it."
        )
        yield form.problem("form.heading-missing", heading.removeprefix("### "), said, 1)


def _answer(asked: FormField, section: Rows, form: Form) -> tuple[int, str] | Problem:
    filled = [number for number, line in section[1:] if line.strip()]
    if not filled:
        return section[0][0], ""
    first, last = filled[0], filled[-1]
    lines = [line for number, line in section if first <= number <= last]
    if asked.element == "textarea":
        return _text(asked, lines, first, form)
    if len(filled) > 1:
        said = (
            f"Under `{asked.heading}` lines {first} to {last} hold text, where one line is wanted. "
            "Keep one line, and move the rest under the heading where it belongs."
        )
        return form.problem("form.too-many-lines", asked.label, said, first)
    empty = NOTHING_CHOSEN if asked.element == "dropdown" else (EMPTY,)
    return first, "" if lines[0].strip() in empty else lines[0]


def _text(asked: FormField, lines: Sequence[str], first: int, form: Form) -> tuple[int, str] | Problem:
    fence = _FENCE.fullmatch(lines[0].rstrip())
    if fence is None:
        return first, _unless_empty(lines)
    marks = fence[1] or fence[2]
    closing = [number for number, line in enumerate(lines[1:], 1) if _closes(line, marks)]
    if not closing:
        signs = f"{NUMBERS.get(len(marks), len(marks))} {'backticks' if marks[0] == '`' else 'tildes'}"
        said = (
            f"The answer to “{asked.label}” is opened by a line of {signs}, line {first}, and no such line ends it. "
            f"Add a line of {signs} after your answer, before the next heading."
        )
        return form.problem("form.fence-open", asked.label, said, first)
    stray = [first + number for number in range(closing[-1] + 1, len(lines)) if lines[number].strip()]
    if not stray:
        return first + 1, _unless_empty(lines[1:-1])
    which = f"line {stray[0]} belongs" if len(stray) == 1 else f"lines {stray[0]} to {stray[-1]} belong"
    said = (
        f"The answer to “{asked.label}” ends with its line of backticks; {which} to no question. "
        "Move that text up into the answer, before the line of backticks, or take it out."
    )
    return form.problem("form.text-after-fence", asked.label, said, stray[0])


def _closes(line: str, marks: str) -> bool:
    stripped = line.strip()
    return len(stripped) >= len(marks) and set(stripped) == {marks[0]}


def _unless_empty(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    return "" if text.strip() in ("", EMPTY) else text


def _consents(section: Rows, form: Form) -> tuple[bool, ...] | Problem:
    boxes = [(number, _BOX.fullmatch(line.strip())) for number, line in section[1:] if line.strip()]
    if [box[2] if box else None for _, box in boxes] == list(form.consents):
        return tuple(box[1] in "xX" for _, box in boxes if box)
    wanted, odd = list(form.consents), []
    for number, box in boxes:
        if box and box[2] in wanted:
            wanted.remove(box[2])
        else:
            odd.append(number)
    are_none = f"{named(odd)} {'is' if len(odd) == 1 else 'are'} none of them" if odd else ""
    said = (
        f"Under `{form.consent_block.heading}` must be the {len(form.consents)} boxes of the form, in their order "
        f"and their words, and nothing else; {are_none or 'one is missing, or not in its place'}. "
        "Take out what is too much, and copy from a new form what is missing."
    )
    return form.problem("form.boxes-differ", form.consent_block.label, said, odd[0] if odd else section[0][0])


def named(numbers: Sequence[int]) -> str:
    """Return the numbers of lines as a phrase: `line 3`, or `lines 3, 4 and 7`."""
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
