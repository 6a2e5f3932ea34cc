"""Reads a filled-in plain text, such as a mail: each answer after its label and a colon, in the form's order.

    Title: A shift-swap board
    What was done:
    We put a paper board up in the staff room.

A line that begins with a label and a colon is that question, always; marks of mails and of Markdown around the label
change nothing. A label alone on its line is the question where no line has it with a colon. What was left blank may be
left out. A text that holds the headings of an issue is read as an issue.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from textwrap import dedent

from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import BETWEEN_CHOICES, EMPTY, NOTHING_CHOSEN, Answers, lines_of, named, read_form
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
class _Part:
    """A question as it is in the text: its label, its place in the form, its line, and what follows it."""

    label: str
    place: int
    line: int
    lines: list[str] = field(default_factory=list)


def parse_plain(text: str, form: Form) -> Answers | tuple[Problem, ...]:
    """Read a filled-in plain text. Where a label comes twice or out of order it is refused, never guessed."""
    lines = lines_of(text)
    if {line.rstrip() for line in lines} >= set(form.headings):
        return read_form(text, form)
    parts, before = _parts(lines, form)
    known = {part.label for part in parts}
    near = [(number, near_label(line, form)) for number, line in enumerate(lines, 1)]
    problems = tuple(
        form.problem("form.near-label", label, f"Line {number} is nearly a question. Write it as `{label}: …`.", number)
        for number, label in near
        if label and label not in known
    ) or tuple(_misplaced(parts, before, form))
    if problems:
        return problems
    by_place = {part.place: part for part in parts}
    consents = _consents(by_place.pop(len(form.questions), None), form)
    if isinstance(consents, Problem):
        return (consents,)
    values = {asked.id: _value(by_place.get(place), asked) for place, asked in enumerate(form.questions)}
    return Answers(values, consents, {form.questions[place].id: _begins(part) for place, part in by_place.items()})


def _parts(lines: Sequence[str], form: Form) -> tuple[list[_Part], list[int]]:
    asked = [question_in(line, form) for line in lines]
    certain = {found[0] for found in asked if found and found[2]}
    parts: list[_Part] = []
    before: list[int] = []
    for number, (line, found) in enumerate(zip(lines, asked, strict=True), 1):
        if found and (found[2] or found[0] not in certain):
            parts.append(_Part(_labels(form)[found[0]], found[0], number, [found[1]]))
        elif parts:
            parts[-1].lines.append(line)
        elif line.strip():
            before.append(number)
    return parts, before


@lru_cache
def _labels(form: Form) -> tuple[str, ...]:
    return (*(asked.label for asked in form.questions), *([form.consent_block.label] if form.consents else []))


@lru_cache
def _asks(form: Form) -> re.Pattern[str]:
    labels = "|".join(rf"({re.escape(label)})".replace("\\ ", r"\s+") for label in _labels(form))
    return re.compile(
        rf"{_LEAD}(?P<open>{_MARKS})\s?(?:{labels})\s{{0,2}}(?P<close>{_MARKS})\s?(?:\([^()]{{0,40}}\))?[\s.\\]{{0,9}}{_MARKS}"
        rf"(?:(?P<colon>[:：][\s:：]*|(?<=\?))(?P<rest>.*)|(?:[-–—=|→\t]|(?<=[{_SIGNS}]))(?:\s+(?P<more>.*))?)?",
        re.IGNORECASE,
    )


def question_in(line: str, form: Form) -> tuple[int, str, bool] | None:
    """Return the place of the question that begins on a line, the rest of the line, and whether its colon is there."""
    found = _asks(form).fullmatch(line.rstrip())
    if not found:
        return None
    rest = (found["rest"] or (found["more"] or "").rstrip("|")).strip()
    if found["open"] and not found["close"]:
        closing = found["open"].translate(_CLOSING)[::-1]
        rest = rest.removeprefix(closing).lstrip() if rest.startswith(closing) else rest.removesuffix(closing)
    place = next(place for place, label in enumerate(found.groups()[1:]) if label)
    return place, rest, found["colon"] is not None


def near_label(line: str, form: Form) -> str:
    """Return the label that a line with a colon nearly begins with, and '' where there is none."""
    head = _HEAD.match(line)
    if not head or question_in(line, form):
        return ""
    typed = head[1].casefold()
    labels = {name: label for label in _labels(form) if (name := label.casefold())[0] == typed[0]}
    near = get_close_matches(typed, labels, 1, _NEAR)
    return labels[near[0]] if near else ""


def _misplaced(parts: Sequence[_Part], before: Sequence[int], form: Form) -> Iterator[Problem]:
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
            f"On {named(before)} is text that belongs to no question; the first question, “{furthest.label}”, is "
            f"on line {furthest.line}. Take the text out, or move it under a question."
        )
        yield form.problem("form.text-before", "The text", said, before[0])
    for part in parts[1:]:
        if part.place > furthest.place:
            furthest = part
            continue
        said = (
            f"“{part.label}:” on line {part.line} comes after line {furthest.line}, where that question or a later one "
            "is. Keep each question once, in the form's order. If the line belongs to an answer, write it without "
            "the colon."
        )
        yield form.problem("form.out-of-order", part.label, said, part.line)


def _value(part: _Part | None, asked: FormField) -> str:
    if part is None:
        return ""
    if asked.element == "textarea":
        text = "\n".join([part.lines[0], dedent("\n".join(part.lines[1:]))]).strip("\n").rstrip()
        text = fenced[2] if (fenced := _FENCED.fullmatch(text)) else text
        return "" if text == EMPTY else text
    words = [line.strip() for line in part.lines if line.strip()]
    if asked.multiple:
        words = [word.strip("-*• ,") for word in words]
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
    sentences = {_alike(sentence): sentence for sentence in form.consents}
    checked: dict[str, bool] = {}
    for number, said in boxes:
        box = _BOX.fullmatch(said)
        if not box or _alike(box[3]) not in sentences:
            sentence = (
                f"Line {number} is none of the {len(form.consents)} sentences under “{form.consent_block.label}”. Copy "
                "them from the form, each with `[x]` in front where the person says yes, and put nothing after them."
            )
            return form.problem("form.boxes-differ", form.consent_block.label, sentence, number)
        checked[sentences[_alike(box[3])]] = bool(box[1]) or box[2] not in (None, "☐")
    return tuple(checked.get(sentence, False) for sentence in form.consents)


def _alike(sentence: str) -> str:
    """Return a sentence without what a mail program changes in it: emphasis, spaces, curly quotes, a last full stop."""
    return " ".join(re.sub('[*_`“”"]', "", sentence.replace("’", "'")).split()).casefold().rstrip(".")
