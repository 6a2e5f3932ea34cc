"""Answers: what was typed into a form, by field, still text. Reads them from the body of an issue, and writes one.

A line that is a heading of the form counts as one wherever it is, inside code fences too, so that every true heading is
found. Those that are there must be there once: what GitHub asks in the form's order, below it what editors add, and the
boxes last. Otherwise the body is refused, and nothing is guessed. A question whose heading is not there has no answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise, zip_longest
from textwrap import dedent

from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.model import Form, FormField

EMPTY = "_No response_"
BETWEEN_CHOICES = ", "
SURE, NEAR = 3, 0.8
_FENCE = re.compile(r"(\s*)(`{3,}|~{3,})\w*\s*")
_BOX = re.compile(r"(?:[-*+•·]\s*)?(?:[\[(]\s*([xX✓✔]?)\s*[\])]|([☐☑☒✅✓✔]))")
_BOX_AND_WORDS = re.compile(rf"\S.*(?:\n(?!\s*(?:\n|$|{_BOX.pattern})).+)*")
"""Up to the next box, or an empty line."""

Row = tuple[int, str]
"""A line with its number, from 1."""


@dataclass(frozen=True, slots=True)
class Answers:
    """`values` holds what was typed for each field by its id, '' where nothing was; `consents` which boxes are checked.

    `lines` gives for each field the number of the line on which its answer begins; it does not count in comparisons.
    """

    values: Mapping[str, str]
    consents: tuple[bool, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A question as it is in a text: its place in the form, its line, and what follows it, up to the next one."""

    place: int
    line: int
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer, the line on which it begins, and lines below it that belong to no answer."""

    text: str
    line: int
    stray: tuple[Row, ...]


def lines_of(text: str) -> list[str]:
    """Split at line ends of any system, and at nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_form(body: str, form: Form) -> Answers | tuple[Problem, ...]:
    """Read the body of an issue made with `form`, or return why it cannot be read; nothing makes it raise."""
    lines, last = lines_of(body), form.headings[-1]
    places = {heading: place for place, heading in enumerate(form.headings)}
    found = [places.get(line.rstrip()) for line in lines]
    parts, before = parts_in(lines, [None if place is None else (place, "") for place in found])
    if places[last] not in found and (form.consents or not parts):
        return (form.problem("form.heading-missing", form.labels[-1], 1, heading=last),)
    return answers_in(parts, before, form, is_in_order=True)


def parts_in(lines: Sequence[str], asked: Sequence[Row | None]) -> tuple[list[Part], list[Row]]:
    """Return the questions in a text, and the lines above the first; `asked` holds each that begins, and its rest."""
    parts: list[Part] = []
    before: list[Row] = []
    for number, (line, found) in enumerate(zip(lines, asked, strict=True), 1):
        if found:
            parts.append(Part(found[0], number, [found[1]]))
        elif parts:
            parts[-1].lines.append(line)
        elif line.strip():
            before.append((number, line))
    return parts, before


def answers_in(
    parts: Sequence[Part], before: Sequence[Row], form: Form, *, is_in_order: bool = False
) -> Answers | tuple[Problem, ...]:
    """Return what the questions of a text say, or why that is not plain: one comes twice, or a line belongs to none."""
    if misplaced := tuple(_misplaced(parts, form, is_in_order=is_in_order)):
        return misplaced
    own = {part.place: part for part in parts}
    typed = {asked.id: typed_in(own[place], asked) for place, asked in enumerate(form.fields) if place in own}
    checked = _checked(own.get(len(form.fields)), form)
    problems = [checked] if isinstance(checked, Problem) else []
    if stray := [*before, *(row for one in typed.values() for row in one.stray)]:
        facts = {"lines": named([number for number, _ in stray]), "hint": _hint(stray, form)}
        problems.insert(0, form.problem("form.no-place", "The text", stray[0][0], **facts))
    if problems or isinstance(checked, Problem):
        return tuple(problems)
    values = {asked.id: typed[asked.id].text if asked.id in typed else "" for asked in form.fields}
    return Answers(values, checked, {name: one.line for name, one in typed.items()})


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
        boxes = zip_longest(form.consents, answers.consents)
        rows = "\n".join(f"- [{'x' if yes else ' '}] {sentence}" for sentence, yes in boxes)
        parts.append(f"{form.consent_block.heading}\n\n{rows}")
    return "\n\n".join(parts) + "\n"


def _written(asked: FormField, value: str) -> str:
    if not value.strip():
        return EMPTY
    value = "\n".join(lines_of(value))
    return f"```text\n{value}\n```" if asked.element == "textarea" else value


def _misplaced(parts: Sequence[Part], form: Form, *, is_in_order: bool) -> Iterator[Problem]:
    lines: dict[int, list[int]] = {}
    for part in parts:
        lines.setdefault(part.place, []).append(part.line)
    repeated = [place for place, numbers in lines.items() if len(numbers) > 1]
    if repeated:
        numbers, label = lines[repeated[0]], form.labels[repeated[0]]
        more = f" ({len(repeated) - 1} more are there twice, too)" if len(repeated) > 1 else ""
        yield form.problem("form.repeated", label, numbers[-1], lines=named(numbers), more=more)
    boxes, last = len(form.fields), len(form.short)
    ranks = [part.place if part.place == boxes else min(part.place, last) for part in parts]
    for (early, rank), (late, next_rank) in pairwise(zip(parts, ranks, strict=True)) if is_in_order else ():
        if next_rank < rank and not repeated:
            facts = {"early": form.headings[early.place], "late": form.headings[late.place]}
            yield form.problem("form.out-of-order", form.labels[early.place], early.line, **facts)


def _hint(stray: Sequence[Row], form: Form) -> str:
    """Say what a line may have been meant for, that belongs to no answer; '' where it says nothing of that."""
    odd = next((line.strip() for _, line in stray if line.startswith("### ") or _FENCE.fullmatch(line)), "")
    near = get_close_matches(odd, form.headings, 1, NEAR)
    if odd[:1] in ("`", "~"):
        return " An answer that begins with a line of backticks ends with the same line."
    return f" `{odd}` is no heading of this form{f'; did you mean `{near[0]}`?' if near else '.'}" if odd else ""


def typed_in(part: Part, asked: FormField) -> Typed:
    """Return what was typed after a question; an answer of one line ends at an empty line, one in a fence with it."""
    lines = part.lines
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if not filled:
        return Typed("", part.line, ())
    first, end = filled[0], filled[-1] + 1
    if asked.element != "textarea":
        end = next((at for at in range(first, end) if not lines[at].strip()), end)
        words = [line.strip() for line in lines[first:end]]
        text = BETWEEN_CHOICES.join(word.strip("-*• ,") for word in words) if asked.multiple else " ".join(words)
    elif fence := _FENCE.fullmatch(lines[first]):
        ends = [at for at in filled[1:] if lines[at].strip() == fence[2]]
        filled, end = (filled, ends[-1] + 1) if ends else (filled[:1], first)
        first += 1
        text = "\n".join(line.removeprefix(fence[1]) for line in lines[first : end - 1])
    else:
        text = "\n".join([lines[0], dedent("\n".join(lines[1:end]))]).strip("\n")
    stray = tuple((part.line + at, lines[at]) for at in filled if at >= end)
    is_nothing = text.strip() in ("None" if asked.element == "dropdown" else "", EMPTY)
    return Typed("" if is_nothing else text, part.line + first, stray)


def _checked(part: Part | None, form: Form) -> tuple[bool, ...] | Problem:
    """Return which boxes are checked; one that is not there is not."""
    sentences = [_alike(sentence) for sentence in form.consents]
    text, first = ("\n".join(part.lines), part.line) if part else ("", 0)
    checked: dict[str, bool] = {}
    for said in _BOX_AND_WORDS.finditer(text):
        box = _BOX.match(said[0])
        sentence = _alike(said[0][box.end() :]) if box else ""
        if not box or sentence not in sentences:
            line = first + text.count("\n", 0, said.start())
            return form.problem("form.boxes-differ", form.consent_block.label, line, count=len(sentences))
        is_checked = bool(box[1]) or box[2] not in (None, "☐")
        checked[sentence] = is_checked and checked.get(sentence, True)
    return tuple(checked.get(sentence, False) for sentence in sentences)


def _alike(sentence: str) -> str:
    """Return a sentence without what a mail program changes in it: emphasis, spaces, curly quotes, a last full stop."""
    return " ".join(re.sub('[*_`“”"]', "", sentence.replace("’", "'")).split()).casefold().rstrip(".")


def named(numbers: Sequence[int]) -> str:
    """Return the numbers of lines as a phrase: `line 3`, or `lines 3, 4 and 7`."""
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
