"""Answers: what was typed into a form, by field, still text. Reads them from the body of an issue, and writes one.

A line that is a heading of the form counts as one wherever it is, inside code fences too, so that every true heading is
found. Those that are there must be there once: what GitHub asks in the form's order, below it what editors add, and the
boxes last. Otherwise the body is refused, and nothing is guessed. A question whose heading is not there has no answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise

from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.model import Form, FormField

EMPTY = "_No response_"
NOTHING_CHOSEN = ("None", EMPTY)
BETWEEN_CHOICES = ", "
FEW, SURE, NEAR = 3, 3, 0.8
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
    ends = pairwise((*starts, len(rows) + 1))
    sections = {heading: rows[start - 1 : end - 1] for heading, (start, end) in zip(places, ends, strict=True)}
    there = [asked for asked in form.fields if asked.heading in sections]
    found = {asked.id: _answer(asked, sections[asked.heading], form) for asked in there}
    consents = _consents(sections[form.consent_block.heading], form) if form.consents else ()
    problems = tuple(answer for answer in (*found.values(), consents) if isinstance(answer, Problem))
    if isinstance(consents, Problem) or problems:
        return problems
    read = {name: answer for name, answer in found.items() if not isinstance(answer, Problem)}
    values = {asked.id: read.get(asked.id, (0, ""))[1] for asked in form.fields}
    return Answers(values, consents, {name: line for name, (line, _) in read.items()})


def which_form(body: str, forms: Iterable[Form]) -> Form | None:
    """Return the form that was plainly meant: more of what GitHub asks is there than of any other's, and enough."""
    lines = {line.rstrip() for line in lines_of(body)}
    counts = [(len({asked.heading for asked in form.short} & lines), form) for form in forms]
    most = max((count / len(form.short) for count, form in counts), default=0)
    nearest = [(count, form) for count, form in counts if count / len(form.short) == most]
    return next((form for count, form in nearest if count >= min(SURE, len(form.short)) and len(nearest) == 1), None)


def write_form(answers: Answers, form: Form) -> str:
    """Return the body that GitHub makes of these answers, with what an editor adds below."""
    typed = [(asked, answers.values.get(asked.id, "")) for asked in form.fields]
    parts = [f"{one.heading}\n\n{_written(one, text)}" for one, text in typed if one.is_short or text.strip()]
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
    """Return where the headings are that are there, as they come; the form's first one is at the top."""
    places: dict[str, list[int]] = {heading: [] for heading in form.headings}
    for number, line in rows:
        places.get(line.rstrip(), []).append(number)
    del places[form.headings[0]][1:]
    found = ((heading, numbers) for heading, numbers in places.items() if numbers)
    return dict(sorted(found, key=lambda pair: pair[1][0]))


def _misplaced(rows: Rows, places: Mapping[str, list[int]], form: Form) -> Iterator[Problem]:
    """Say why the headings are not those of the form, each once at most and in order."""
    last = form.headings[-1]
    if last not in places and (form.consents or not places):
        yield form.problem("form.heading-missing", last.removeprefix("### "), 1, heading=last)
        return
    first = min(numbers[0] for numbers in places.values())
    before = [number for number, line in rows[: first - 1] if line.strip()]
    if before:
        heading = rows[first - 1][1].rstrip()
        yield form.problem("form.text-before", "The form", before[0], lines=named(before), heading=heading)
        return
    repeated = {heading: numbers for heading, numbers in places.items() if len(numbers) > 1}
    if len(repeated) > FEW:
        heading, numbers = next(iter(repeated.items()))
        facts = {"count": len(repeated), "heading": heading, "lines": named(numbers)}
        yield form.problem("form.two-readings of many", "The form", numbers[-1], **facts)
        return
    for heading, numbers in repeated.items():
        where = heading.removeprefix("### ")
        yield form.problem("form.two-readings", where, numbers[0], heading=heading, lines=named(numbers))
    early, late = next((pair for pair in pairwise(places) if form.rank(pair[1]) < form.rank(pair[0])), ("", ""))
    if early and not repeated:
        where, numbers = early.removeprefix("### "), places[early]
        yield form.problem("form.out-of-order", where, numbers[-1], early=early, lines=named(numbers), late=late)


def _answer(asked: FormField, section: Rows, form: Form) -> tuple[int, str] | Problem:
    filled = [number for number, line in section[1:] if line.strip()]
    if not filled:
        return section[0][0], ""
    first, last = filled[0], filled[-1]
    lines = [line for number, line in section if first <= number <= last]
    if asked.element == "textarea":
        return _text(asked, lines, first, form)
    if len(filled) > 1:
        facts = {"heading": asked.heading, "first": first, "last": last, "odd": _no_heading(lines, form)}
        return form.problem("form.too-many-lines", asked.label, first, **facts)
    return first, unless_empty(lines[0], asked)


def _text(asked: FormField, lines: Sequence[str], first: int, form: Form) -> tuple[int, str] | Problem:
    fence = _FENCE.fullmatch(lines[0].rstrip())
    if fence is None:
        return first, unless_empty("\n".join(lines), asked)
    marks = fence[1] or fence[2]
    closes = re.compile(rf"{marks}{marks[0]}*")
    closing = [number for number, line in enumerate(lines[1:], 1) if closes.fullmatch(line.strip())]
    if not closing:
        signs = f"{NUMBERS.get(len(marks), len(marks))} {'backticks' if marks[0] == '`' else 'tildes'}"
        return form.problem("form.fence-open", asked.label, first, signs=signs)
    stray = [first + number for number in range(closing[-1] + 1, len(lines)) if lines[number].strip()]
    if not stray:
        return first + 1, unless_empty("\n".join(lines[1:-1]), asked)
    which = f"line {stray[0]} belongs" if len(stray) == 1 else f"lines {stray[0]} to {stray[-1]} belong"
    odd = _no_heading(lines, form)
    return form.problem("form.text-after-fence", asked.label, stray[0], which=which, odd=odd)


def _no_heading(lines: Sequence[str], form: Form) -> str:
    """Name a line that looks like a heading of the form, and is none."""
    odd = next((line.strip() for line in lines[1:] if line.startswith("### ")), "")
    near = get_close_matches(odd, form.headings, 1, NEAR)
    meant = f"; did you mean `{near[0]}`?" if near else "."
    return f" `{odd}` is no heading of this form{meant}" if odd else ""


def unless_empty(text: str, asked: FormField) -> str:
    """Return what was typed, and '' where it is what GitHub writes for nothing."""
    return "" if text.strip() in (NOTHING_CHOSEN if asked.element == "dropdown" else ("", EMPTY)) else text


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
    which, block = are_none or "one is missing, or not in its place", form.consent_block
    facts = {"heading": block.heading, "count": len(form.consents), "which": which}
    return form.problem("form.boxes-differ", block.label, odd[0] if odd else section[0][0], **facts)


def named(numbers: Sequence[int]) -> str:
    """Return the numbers of lines as a phrase: `line 3`, or `lines 3, 4 and 7`."""
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
