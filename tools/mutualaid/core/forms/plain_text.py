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
from mutualaid.core.forms.answers import BETWEEN_CHOICES, EMPTY, NOTHING_CHOSEN, Answers, FormRefusal, read_form
from mutualaid.core.forms.messages import no_question, out_of_turn, text_before, unknown_box
from mutualaid.core.forms.model import Form, FormField
from mutualaid.core.forms.sections import lines_of

_BOX = re.compile(r"(?:[-*]\s*)?\[([ xX]?)\]\s*(.*)", re.DOTALL)


@dataclass(slots=True)
class _Part:
    """A question as it stands in the text: its place in the form, its line, and what follows it."""

    place: int
    line: int
    lines: list[str] = field(default_factory=list)


def parse_plain(text: str, form: Form) -> Answers | FormRefusal:
    """Read a filled-in plain text. Where a label comes twice or out of order it is refused, never guessed."""
    lines = lines_of(text)
    if any(line.rstrip() in form.headings for line in lines):
        return read_form(text, form)
    parts, before = _parts(lines, form)
    problems = tuple(_misplaced(parts, before, form))
    if problems:
        return FormRefusal(form.name, problems)
    by_place = {part.place: part for part in parts}
    questions = form.questions
    values = {asked.id: _value(by_place.get(place), asked) for place, asked in enumerate(questions)}
    consents = _consents(by_place.get(len(questions)), form)
    if isinstance(consents, Problem):
        return FormRefusal(form.name, (consents,))
    begins = {questions[part.place].id: _begins(part) for part in parts if part.place < len(questions)}
    return Answers(values, consents, begins)


def _parts(lines: Sequence[str], form: Form) -> tuple[list[_Part], list[int]]:
    """Return the questions found, in the order of the text, and the numbers of the lines before the first."""
    labels = [*(asked.label for asked in form.questions), *([form.consent_block.label] if form.consents else [])]
    places = {label.casefold(): place for place, label in enumerate(labels)}
    parts: list[_Part] = []
    before: list[int] = []
    for number, line in enumerate(lines, 1):
        found = _question(line, places)
        if found:
            parts.append(_Part(found[0], number, [found[1]]))
        elif parts:
            parts[-1].lines.append(line)
        elif line.strip():
            before.append(number)
    return parts, before


def _question(line: str, places: Mapping[str, int]) -> tuple[int, str] | None:
    """Return the place of the label with which a line begins, and what follows it on the line."""
    for mark, kept in ((":", ""), ("?", "?")):
        head, found, rest = line.partition(mark)
        place = places.get(f"{head.strip()}{kept}".casefold())
        if found and place is not None:
            return place, rest.lstrip(" :")
    return None


def _misplaced(parts: Sequence[_Part], before: Sequence[int], form: Form) -> Iterator[Problem]:
    if not parts:
        yield no_question(form)
        return
    if before:
        yield text_before(before, parts[0].place, parts[0].line, form)
    furthest = parts[0]
    for part in parts[1:]:
        if part.place <= furthest.place:
            yield out_of_turn(part.place, part.line, furthest.line, form)
        else:
            furthest = part


def _value(part: _Part | None, asked: FormField) -> str:
    if part is None:
        return ""
    if asked.element == "textarea":
        return "\n".join(part.lines).strip("\n").rstrip()
    words = [line.strip() for line in part.lines if line.strip()]
    if asked.multiple:
        words = [word.rstrip(",") for word in words]
    text = (BETWEEN_CHOICES if asked.multiple else " ").join(words)
    return "" if text in (NOTHING_CHOSEN if asked.element == "dropdown" else (EMPTY,)) else text


def _begins(part: _Part) -> int:
    return part.line + next((index for index, line in enumerate(part.lines) if line.strip()), 0)


def _consents(part: _Part | None, form: Form) -> tuple[bool, ...] | Problem:
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
            return unknown_box(number, form)
        checked[box[2]] = box[1] in ("x", "X")
    return tuple(checked.get(sentence, False) for sentence in form.consents)
