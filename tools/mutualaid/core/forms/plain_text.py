"""Reads a filled-in plain text, such as a mail: each answer after its label and a colon, in any order.

    Title: A shift-swap board
    What was done:
    We put a paper board up in the staff room.

A line that begins with a label and a colon is that question, always; marks of mails and of Markdown around the label
change nothing. A label alone on its line is the question where no line has it with a colon. What was left blank may be
left out. A text that holds the headings of an issue is read as an issue.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from textwrap import dedent

from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import BETWEEN_CHOICES, Answers, lines_of, named, read_form, unless_empty
from mutualaid.core.forms.model import Form, FormField

_BOX = re.compile(r"(?:[-*+•·]\s*)?(?:[\[(]\s*([xX✓✔]?)\s*[\])]|([☐☑☒✅✓✔]))\s*(.*)", re.DOTALL)
_FENCED = re.compile(r"(`{3,}|~{3,})\w*\n(.*)\n\1", re.DOTALL)
_SIGNS = "*_~`\"'“”„‘’«»\\[\\]"
_LEAD = rf"[^\w{_SIGNS}]{{0,40}}(?:[A-Za-z]?\d{{1,2}}[.)]\s*|\*\s{{1,4}})?"
_MARKS = rf"[{_SIGNS}]{{0,4}}"
_HEAD = re.compile(rf"{_LEAD}{_MARKS}(\w[^:：]{{2,60}}?)[\s.\\{_SIGNS}]*[:：]")
_CLOSING = str.maketrans("“„‘«[", "””’»]")
_NEAR = 0.8


@dataclass(slots=True)
class TextPart:
    """A question as it is in the text: its place in the form, its line, and what follows it."""

    place: int
    line: int
    lines: list[str]

    @property
    def begins(self) -> int:
        """The line on which its answer begins."""
        return self.line + next((index for index, line in enumerate(self.lines) if line.strip()), 0)


def parse_plain(text: str, form: Form) -> Answers | tuple[Problem, ...]:
    """Read a filled-in plain text. Where a label comes twice it is refused, never guessed."""
    lines = lines_of(text)
    if {line.rstrip() for line in lines} >= {asked.heading for asked in form.short}:
        return read_form(text, form)
    parts, before = text_parts(lines, places_of(form))
    problems = tuple(_nearly(lines, parts, form)) or tuple(_misplaced(parts, before, form))
    if problems:
        return problems
    by_place = {part.place: part for part in parts}
    consents = _consents(by_place.pop(len(form.fields), None), form)
    if isinstance(consents, Problem):
        return (consents,)
    values = {asked.id: typed_in(by_place.get(place), asked) for place, asked in enumerate(form.fields)}
    return Answers(values, consents, {form.fields[place].id: part.begins for place, part in by_place.items()})


def places_of(form: Form) -> dict[str, int]:
    """Return the place of each question in a form, by its label in small letters; the boxes come last."""
    return {label.casefold(): place for place, label in enumerate(_labels(form))}


def _labels(form: Form) -> list[str]:
    return [heading.removeprefix("### ") for heading in form.headings]


def text_parts(lines: Sequence[str], places: Mapping[str, int]) -> tuple[list[TextPart], list[int]]:
    """Return the questions in a text, each with what follows it, and the lines above the first one.

    `places` holds the place of each question in its form, by its label in small letters.
    """
    asked = [question_in(line, places) for line in lines]
    certain = {found[0] for found in asked if found and found[2]}
    parts: list[TextPart] = []
    before: list[int] = []
    for number, (line, found) in enumerate(zip(lines, asked, strict=True), 1):
        if found and (found[2] or found[0] not in certain):
            parts.append(TextPart(found[0], number, [found[1]]))
        elif parts:
            parts[-1].lines.append(line)
        elif line.strip():
            before.append(number)
    return parts, before


@lru_cache
def _asks(labels: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(rf"({re.escape(label)})".replace("\\ ", r"\s+") for label in labels)
    return re.compile(
        rf"{_LEAD}(?P<open>{_MARKS})\s?(?:{either})\s{{0,2}}(?P<close>{_MARKS})\s?(?:\([^()]{{0,40}}\))?[\s.\\]{{0,9}}{_MARKS}"
        rf"(?:(?P<colon>[:：][\s:：]*|(?<=\?))(?P<rest>.*)|(?:[-–—=|→\t]|(?<=[{_SIGNS}]))(?:\s+(?P<more>.*))?)?",
        re.IGNORECASE,
    )


def question_in(line: str, places: Mapping[str, int]) -> tuple[int, str, bool] | None:
    """Return the place of the question that begins on a line, the rest of the line, and whether its colon is there."""
    found = _asks(tuple(places)).fullmatch(line.rstrip())
    if not found:
        return None
    rest = (found["rest"] or (found["more"] or "").rstrip("|")).strip()
    if found["open"] and not found["close"]:
        closing = found["open"].translate(_CLOSING)[::-1]
        rest = rest.removeprefix(closing).lstrip() if rest.startswith(closing) else rest.removesuffix(closing)
    place = next(place for place, label in zip(places.values(), found.groups()[1:], strict=False) if label)
    return place, rest, found["colon"] is not None


def near_label(line: str, form: Form) -> str:
    """Return the label that a line with a colon nearly begins with, and '' where there is none."""
    head = _HEAD.match(line)
    if not head or question_in(line, places_of(form)):
        return ""
    typed = head[1].casefold()
    labels = {name: label for label in _labels(form) if (name := label.casefold())[0] == typed[0]}
    near = get_close_matches(typed, labels, 1, _NEAR)
    return labels[near[0]] if near else ""


def _nearly(lines: Sequence[str], parts: Sequence[TextPart], form: Form) -> Iterator[Problem]:
    labels = _labels(form)
    known = {labels[part.place] for part in parts}
    for number, line in enumerate(lines, 1):
        if (label := near_label(line, form)) and label not in known:
            yield form.problem("form.near-label", label, number)


def _misplaced(parts: Sequence[TextPart], before: Sequence[int], form: Form) -> Iterator[Problem]:
    labels = _labels(form)
    if not parts:
        yield form.problem("form.no-question", "The text", 1, label=form.fields[0].label)
        return
    stray = [*before, *(number for part in parts for number in _stray(part, form))]
    if stray:
        yield form.problem("form.no-place", "The text", stray[0], lines=named(stray))
    lines: dict[int, int] = {}
    for part in parts:
        if (first := lines.setdefault(part.place, part.line)) != part.line:
            yield form.problem("form.repeated", labels[part.place], part.line, first=first)


def _stray(part: TextPart, form: Form) -> Iterator[int]:
    """Yield the lines below an answer of one line, after an empty one: they are the letter's, not the answer's."""
    if part.place < len(form.fields) and form.fields[part.place].element == "input":
        is_over, begun = False, False
        for number, line in enumerate(part.lines, part.line):
            is_over, begun = is_over or (begun and not line.strip()), begun or bool(line.strip())
            if is_over and line.strip():
                yield number


def typed_in(part: TextPart | None, asked: FormField) -> str:
    """Return what was typed after a question; '' where it is not there."""
    if part is None:
        return ""
    if asked.element == "textarea":
        text = "\n".join([part.lines[0], dedent("\n".join(part.lines[1:]))]).strip("\n").rstrip()
        text = fenced[2] if (fenced := _FENCED.fullmatch(text)) else text
    else:
        words = [line.strip() for line in part.lines if line.strip()]
        text = BETWEEN_CHOICES.join(word.strip("-*• ,") for word in words) if asked.multiple else " ".join(words)
    return unless_empty(text, asked)


def _consents(part: TextPart | None, form: Form) -> tuple[bool, ...] | Problem:
    boxes: list[tuple[int, str]] = []
    for number, line in enumerate(part.lines if part else (), part.line if part else 0):
        if _BOX.match(line.strip()):
            boxes.append((number, line.strip()))
        elif line.strip():
            first, said = boxes.pop() if boxes else (number, "")
            boxes.append((first, f"{said} {line.strip()}".strip()))
    sentences = {_alike(sentence): sentence for sentence in form.consents}
    checked: dict[str, bool] = {}
    for number, said in boxes:
        box = _BOX.fullmatch(said)
        if not box or _alike(box[3]) not in sentences:
            count, label = len(form.consents), form.consent_block.label
            return form.problem("form.boxes-differ in a letter", label, number, count=count)
        checked[sentences[_alike(box[3])]] = bool(box[1]) or box[2] not in (None, "☐")
    return tuple(checked.get(sentence, False) for sentence in form.consents)


def _alike(sentence: str) -> str:
    """Return a sentence without what a mail program changes in it: emphasis, spaces, curly quotes, a last full stop."""
    return " ".join(re.sub('[*_`“”"]', "", sentence.replace("’", "'")).split()).casefold().rstrip(".")
