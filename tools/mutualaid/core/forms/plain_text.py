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
from difflib import get_close_matches
from functools import lru_cache

from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import NEAR, Answers, Part, Row, answers_in, lines_of, parts_in, read_form
from mutualaid.core.forms.model import Form

_SIGNS = "*_~`\"'“”„‘’«»\\[\\]"
_LEAD = rf"[^\w{_SIGNS}]{{0,40}}(?:[A-Za-z]?\d{{1,2}}[.)]\s*|\*\s{{1,4}})?"
_MARKS = rf"[{_SIGNS}]{{0,4}}"
_HEAD = re.compile(rf"{_LEAD}{_MARKS}(\w[^:：]{{2,60}}?)[\s.\\{_SIGNS}]*[:：]")


def parse_plain(text: str, form: Form) -> Answers | tuple[Problem, ...]:
    """Read a filled-in plain text. Where a label comes twice it is refused, never guessed."""
    lines = lines_of(text)
    if {line.rstrip() for line in lines} >= {asked.heading for asked in form.short}:
        return read_form(text, form)
    parts, before = text_parts(lines, places_of(form))
    if problems := tuple(_nearly(lines, parts, form)):
        return problems
    if not parts:
        return (form.problem("form.no-question", "The text", 1, label=form.fields[0].label),)
    return answers_in(parts, before, form)


def places_of(form: Form) -> dict[str, int]:
    """Return the place of each question in a form, by its label in small letters; the boxes come last."""
    return {label.casefold(): place for place, label in enumerate(form.labels)}


def text_parts(lines: Sequence[str], places: Mapping[str, int]) -> tuple[list[Part], list[Row]]:
    """Return the questions in a text, each with what follows it, and the lines above the first one.

    `places` holds the place of each question in its form, by its label in small letters.
    """
    asked = [question_in(line, places) for line in lines]
    certain = {found[0] for found in asked if found and found[2]}
    return parts_in(lines, [one[:2] if one and (one[2] or one[0] not in certain) else None for one in asked])


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
        closing = found["open"].translate(str.maketrans("“„‘«[", "””’»]"))[::-1]
        rest = rest.removeprefix(closing).lstrip() if rest.startswith(closing) else rest.removesuffix(closing)
    place = next(place for place, label in zip(places.values(), found.groups()[1:], strict=False) if label)
    return place, rest, found["colon"] is not None


def near_label(line: str, form: Form) -> str:
    """Return the label that a line with a colon nearly begins with, and '' where there is none."""
    head = _HEAD.match(line)
    if not head or question_in(line, places_of(form)):
        return ""
    typed = head[1].casefold()
    labels = {name: label for label in form.labels if (name := label.casefold())[0] == typed[0]}
    near = get_close_matches(typed, labels, 1, NEAR)
    return labels[near[0]] if near else ""


def _nearly(lines: Sequence[str], parts: Sequence[Part], form: Form) -> Iterator[Problem]:
    known = {form.labels[part.place] for part in parts}
    for number, line in enumerate(lines, 1):
        if (label := near_label(line, form)) and label not in known:
            yield form.problem("form.near-label", label, number)
