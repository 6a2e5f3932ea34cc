"""Reads a filled-in plain text, such as a mail: each answer after its label and a colon, in the form's order.

    Title: A shift-swap board
    What was done:
    We put a paper board up in the staff room.

A line that begins with a label and a colon is that question, always. What was left blank may be left out. A text that
holds the headings of an issue is read as an issue.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import BETWEEN_CHOICES, EMPTY, NOTHING_CHOSEN, Answers, lines_of, named, read_form
from mutualaid.core.forms.model import Form, FormField

_BOX = re.compile(r"(?:[-*]\s*)?\[([ xX]?)\]\s*(.*)", re.DOTALL)


@dataclass(slots=True)
class TextPart:
    """A question as it is in the text: its place in the form, its line, and what follows it."""

    place: int
    line: int
    lines: list[str] = field(default_factory=list)


def parse_plain(text: str, form: Form) -> Answers | tuple[Problem, ...]:
    """Read a filled-in plain text. Where a label comes twice or out of order it is refused, never guessed."""
    lines = lines_of(text)
    if any(line.rstrip() in form.headings for line in lines):
        return read_form(text, form)
    parts, before = text_parts(lines, places_of(form))
    problems = tuple(_misplaced(parts, before, form))
    if problems:
        return problems
    by_place = {part.place: part for part in parts}
    consents = _consents(by_place.pop(len(form.fields), None), form)
    if isinstance(consents, Problem):
        return (consents,)
    values = {asked.id: typed_in(by_place.get(place), asked) for place, asked in enumerate(form.fields)}
    return Answers(values, consents, {form.fields[place].id: _begins(part) for place, part in by_place.items()})


def places_of(form: Form) -> dict[str, int]:
    """Return the place of each question in a form, by its label in small letters; the boxes come last."""
    return {heading.removeprefix("### ").casefold(): place for place, heading in enumerate(form.headings)}


def text_parts(lines: Sequence[str], places: Mapping[str, int]) -> tuple[list[TextPart], list[int]]:
    """Return the questions in a text, each with what follows it, and the lines above the first one.

    `places` holds the place of each question in its form, by its label in small letters.
    """
    parts: list[TextPart] = []
    before: list[int] = []
    for number, line in enumerate(lines, 1):
        found = question_in(line, places)
        if found:
            parts.append(TextPart(found[0], number, [found[1]]))
        elif parts:
            parts[-1].lines.append(line)
        elif line.strip():
            before.append(number)
    return parts, before


def question_in(line: str, places: Mapping[str, int]) -> tuple[int, str] | None:
    """Return the place of the question that a line begins, and what follows it; None where it begins none."""
    for mark, kept in ((":", ""), ("?", "?")):
        head, found, rest = line.partition(mark)
        place = places.get(f"{head.strip()}{kept}".casefold())
        if found and place is not None:
            return place, rest.lstrip(" :")
    return None


def _misplaced(parts: Sequence[TextPart], before: Sequence[int], form: Form) -> Iterator[Problem]:
    labels = [heading.removeprefix("### ") for heading in form.headings]
    if not parts:
        said = (
            "None of the questions of this form is in the text. Write each on a line of its own, then a colon, then "
            f"the answer, for example `{form.fields[0].label}: …`."
        )
        yield form.problem("form.no-question", "The text", said, 1)
        return
    furthest = parts[0]
    if before:
        said = (
            f"On {named(before)} is text that belongs to no question; the first question, “{labels[furthest.place]}”, "
            f"is on line {furthest.line}. Take the text out, or move it under a question."
        )
        yield form.problem("form.text-before", "The text", said, before[0])
    for part in parts[1:]:
        if part.place > furthest.place:
            furthest = part
            continue
        said = (
            f"“{labels[part.place]}:” on line {part.line} comes after line {furthest.line}, where that question or a "
            "later one is. Keep each question once, in the form's order. If the line belongs to an answer, write it "
            "without the colon."
        )
        yield form.problem("form.out-of-order", labels[part.place], said, part.line)


def typed_in(part: TextPart | None, asked: FormField) -> str:
    """Return what was typed after a question; '' where it is not there."""
    if part is None:
        return ""
    if asked.element == "textarea":
        return "\n".join(part.lines).strip("\n").rstrip()
    words = [line.strip() for line in part.lines if line.strip()]
    if asked.multiple:
        words = [word.rstrip(",") for word in words]
    text = (BETWEEN_CHOICES if asked.multiple else " ").join(words)
    return "" if text in (NOTHING_CHOSEN if asked.element == "dropdown" else (EMPTY,)) else text


def _begins(part: TextPart) -> int:
    return part.line + next((index for index, line in enumerate(part.lines) if line.strip()), 0)


def _consents(part: TextPart | None, form: Form) -> tuple[bool, ...] | Problem:
    boxes: list[tuple[int, str]] = []
    for number, line in enumerate(part.lines if part else (), part.line if part else 0):
        if _BOX.match(line.strip()):
            boxes.append((number, line.strip()))
        elif line.strip():
            first, said = boxes.pop() if boxes else (number, "")
            boxes.append((first, f"{said} {line.strip()}".strip()))
    checked: dict[str, bool] = {}
    for number, said in boxes:
        box = _BOX.fullmatch(said)
        if not box or box[2] not in form.consents:
            sentence = (
                f"Line {number} is none of the {len(form.consents)} sentences under “{form.consent_block.label}”. Copy "
                "them from the form, each with `[x]` in front where the person says yes, and put nothing after them."
            )
            return form.problem("form.boxes-differ", form.consent_block.label, sentence, number)
        checked[box[2]] = box[1] in ("x", "X")
    return tuple(checked.get(sentence, False) for sentence in form.consents)
