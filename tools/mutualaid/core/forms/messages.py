"""The sentences that tell why an issue cannot be read as its form, each with the line and what to do."""

from collections.abc import Iterable, Iterator, Sequence

from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.forms.model import Form, FormField
from mutualaid.core.forms.sections import Cut, Section

FEW = 3
NUMBERS = {3: "three", 4: "four", 5: "five"}


def form_problem(form: Form, code: str, where: str, sentence: str, line: int) -> Problem:
    """Return a problem at a line of the text that was sent in for `form`."""
    return Problem(code, where, sentence, place_in(form, line))


def place_in(form: Form, line: int) -> Place:
    """Return the place of a line of the text that was sent in for `form`."""
    return Place(f"the form “{form.title}”", line)


def problems_of_cut(found: Cut, form: Form) -> tuple[Problem, ...]:
    """Say why the headings do not fit the form in exactly one way."""
    return tuple(form_problem(form, *row) for row in _of_cut(found, form))


def _of_cut(found: Cut, form: Form) -> Iterator[tuple[str, str, str, int]]:
    if len(found.missing) > FEW:
        shown = ", ".join(f"`{heading}`" for heading in found.missing[:FEW])
        sentence = (
            f"Of the form's {len(form.headings)} headings {len(found.missing)} are missing, among them {shown}. "
            "Put them back, or open a new form and copy your answers into it."
        )
        yield "form.headings-missing", "The form", sentence, 1
    else:
        for heading in found.missing:
            yield "form.heading-missing", _label(heading), _missing(heading, form), 1
    if found.before:
        sentence = (
            f"On {_lines(found.before)}, above the first heading, `{form.headings[0]}`, stands text that belongs to no "
            "question. Move it under a heading, or take it out."
        )
        yield "form.text-before", "The form", sentence, found.before[0]
    for heading, lines in found.astray:
        place = form.headings.index(heading)
        sentence = (
            f"The heading `{heading}` stands on {_lines(lines)}, before `{form.headings[place - 1]}`. "
            "The headings must keep the form's order: move it, with its answer, to its place."
        )
        yield "form.out-of-order", _label(heading), sentence, lines[-1]
    if len(found.ambiguous) > FEW:
        heading, lines = found.ambiguous[0]
        sentence = (
            f"{len(found.ambiguous)} of the form's headings stand more than once, the first of them, `{heading}`, on "
            f"{_lines(lines)}. It looks as if the form is in the text twice. Keep each heading and its answer once."
        )
        yield "form.two-readings", "The form", sentence, lines[-1]
        return
    for heading, lines in found.ambiguous:
        sentence = (
            f"The line `{heading}` stands on {_lines(lines)}, so we cannot tell which one is the form's own heading. "
            "Keep the form's own, and write the other differently, for example with a hyphen in front."
        )
        yield "form.two-readings", _label(heading), sentence, lines[0]


def _missing(heading: str, form: Form) -> str:
    place = form.headings.index(heading)
    after = f"after the answer to `{form.headings[place - 1]}`" if place else "at the very top"
    return f"The heading `{heading}` is missing. Write it on a line of its own {after}, with an empty line around it."


def too_many_lines(asked: FormField, first: int, last: int, form: Form) -> Problem:
    """Say that a question with a one-line answer has several lines under it."""
    sentence = (
        f"Under `{asked.heading}` lines {first} to {last} hold text, where one line is wanted. "
        f"Keep one line, and move the rest under the heading where it belongs."
    )
    return form_problem(form, "form.too-many-lines", asked.label, sentence, first)


def never_closed(asked: FormField, line: int, marks: str, form: Form) -> Problem:
    """Say that a code fence is opened and not closed before the next heading."""
    signs = f"{NUMBERS.get(len(marks), len(marks))} {'backticks' if marks[0] == '`' else 'tildes'}"
    sentence = (
        f"The answer to “{asked.label}” is opened by a line of {signs}, line {line}, and no such line ends it. "
        f"Add a line of {signs} after your answer, before the next heading."
    )
    return form_problem(form, "form.fence-open", asked.label, sentence, line)


def after_the_fence(asked: FormField, first: int, last: int, form: Form) -> Problem:
    """Say that text stands below the end of a fenced answer."""
    which = f"line {first} belongs" if first == last else f"lines {first} to {last} belong"
    sentence = (
        f"The answer to “{asked.label}” ends with its line of backticks; {which} to no question. "
        "Move that text up into the answer, before the line of backticks, or take it out."
    )
    return form_problem(form, "form.text-after-fence", asked.label, sentence, first)


def boxes_differ(section: Section, strangers: Iterable[int], form: Form) -> Problem:
    """Say that the boxes are not those of the form."""
    odd = tuple(strangers)
    what = (
        f"{_lines(odd)} {'is' if len(odd) == 1 else 'are'} none of them"
        if odd
        else "one is missing, or not in its place"
    )
    sentence = (
        f"Under `{section.heading}` must stand the {len(form.consents)} boxes of the form, in their order and their "
        f"words, and nothing else; {what}. Take out what is too much, and copy from a new form what is missing."
    )
    return form_problem(form, "form.boxes-differ", form.consent_block.label, sentence, odd[0] if odd else section.line)


def no_question(form: Form) -> Problem:
    """Say that a plain text holds none of the form's questions."""
    sentence = (
        "None of the questions of this form is in the text. Write each on a line of its own, then a colon, then the "
        f"answer, for example `{form.fields[0].label}: …`."
    )
    return form_problem(form, "form.no-question", "The text", sentence, 1)


def text_before(lines: Sequence[int], place: int, first: int, form: Form) -> Problem:
    """Say that a plain text begins with lines that belong to no question."""
    sentence = (
        f"On {_lines(tuple(lines))} stands text that belongs to no question; the first question, "
        f"“{_label_at(place, form)}”, is on line {first}. Take the text out, or move it under a question."
    )
    return form_problem(form, "form.text-before", "The text", sentence, lines[0])


def out_of_turn(place: int, line: int, earlier: int, form: Form) -> Problem:
    """Say that a question of a plain text comes again, or after a later one."""
    label = _label_at(place, form)
    sentence = (
        f"“{label}:” on line {line} comes after line {earlier}, where that question or a later one stands. Keep each "
        "question once, in the form's order. If the line belongs to an answer, write it without the colon."
    )
    return form_problem(form, "form.out-of-order", label, sentence, line)


def unknown_box(line: int, form: Form) -> Problem:
    """Say that a line under the consents of a plain text is none of the boxes."""
    sentence = (
        f"Line {line} is none of the {len(form.consents)} sentences under “{form.consent_block.label}”. Copy them from "
        "the form, each with `[x]` in front where the person says yes, and put nothing after them."
    )
    return form_problem(form, "form.boxes-differ", form.consent_block.label, sentence, line)


def _label(heading: str) -> str:
    return heading.removeprefix("### ")


def _label_at(place: int, form: Form) -> str:
    return form.questions[place].label if place < len(form.questions) else form.consent_block.label


def _lines(numbers: tuple[int, ...]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
