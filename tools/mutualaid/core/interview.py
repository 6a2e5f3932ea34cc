"""An interview: the questions of a form asked one by one at a terminal, then its consents. Values only; asks nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mutualaid.core.answers import BETWEEN_CHOICES, Answers
from mutualaid.core.form_field import Form, FormField

END = "."
CLEAR = "-"
SHOWN = 300
COMMANDS = """\
Enter alone   goes on; what was typed before stays
-             takes an answer away
/back         goes to the question before
/go 7         goes to question 7
/list         shows all questions, and which have an answer
/end          goes to the end, to look at the whole
/quit         stops; you are asked whether to keep what you have typed
?             shows this"""
YES = ("y", "yes")
NO = ("n", "no")


@dataclass(frozen=True, slots=True)
class Interview:
    """What has been answered so far, and at which question it stands; `place` counts from 0, consents come last."""

    form: Form
    values: Mapping[str, str]
    consents: tuple[bool, ...]
    place: int = 0

    @property
    def length(self) -> int:
        """How many questions there are."""
        return len(self.form.fields) + len(self.form.consents)

    @property
    def is_over(self) -> bool:
        """Whether every question was asked."""
        return self.place >= self.length

    @property
    def asked(self) -> FormField | None:
        """The field that is asked for now; None at a consent and at the end."""
        return self.form.fields[self.place] if self.place < len(self.form.fields) else None

    @property
    def takes_lines(self) -> bool:
        """Whether the answer may have several lines."""
        return self.asked is not None and self.asked.element == "textarea"

    @property
    def answers(self) -> Answers:
        """What a form with these answers holds."""
        return Answers(self.values, self.consents)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been answered yet."""
        return not any(self.values.values()) and not any(self.consents)


def begin(form: Form, answers: Answers | None = None) -> Interview:
    """Begin an interview, or go on with the answers of an earlier one."""
    values = {asked.id: answers.values.get(asked.id, "") if answers else "" for asked in form.fields}
    consents = answers.consents if answers and answers.consents else (False,) * len(form.consents)
    return Interview(form, values, consents)


def question(interview: Interview) -> str:
    """Return the question that stands next, with its help, its choices, and what was answered before."""
    asked = interview.asked
    lines = [f"{interview.place + 1} of {interview.length}. {_title(interview)}"]
    if asked is None:
        lines += [f"“{interview.form.consents[interview.place - len(interview.form.fields)]}”", "Type yes or no."]
        return "\n".join(lines)
    if asked.help:
        lines.append(asked.help)
    lines += [f"  {number}  {label}" for number, (_, label) in enumerate(asked.options, 1)]
    if asked.options:
        several = "Type their numbers, with commas between." if asked.multiple else "Type its number."
        lines.append(several)
    if interview.takes_lines:
        lines.append(f"It may have several lines. End it with a line that holds only a full stop ({END}).")
    before = interview.values[asked.id]
    if before:
        shown = before if len(before) <= SHOWN else f"{before[:SHOWN]}…"
        lines += ["So far:", *(f"  | {line}" for line in shown.split("\n")), f"Enter keeps it, {CLEAR} takes it away."]
    return "\n".join(lines)


def answer(interview: Interview, typed: str) -> Interview | str:
    """Take an answer in and go on, or return the sentence that says why it cannot be taken."""
    asked, text = interview.asked, typed.strip()
    if asked is None:
        return _agreed(interview, text.casefold())
    if not text:
        is_lacking = asked.required and not interview.values[asked.id]
        return "This one is needed. Type ? for other things that you can do." if is_lacking else forward(interview)
    if text == CLEAR:
        return forward(_with(interview, asked, ""))
    if not asked.options:
        return forward(_with(interview, asked, typed.strip("\n").rstrip() if interview.takes_lines else text))
    chosen = _chosen(asked, text)
    return chosen if chosen.startswith("There") else forward(_with(interview, asked, chosen))


def forward(interview: Interview) -> Interview:
    """Go to the next question."""
    return replace(interview, place=min(interview.place + 1, interview.length))


def back(interview: Interview) -> Interview:
    """Go to the question before; the first one stays."""
    return replace(interview, place=max(interview.place - 1, 0))


def go_to(interview: Interview, place: int) -> Interview:
    """Go to a question by its place, counted from 0; `length` is the end."""
    return replace(interview, place=max(0, min(place, interview.length)))


def listed(interview: Interview) -> str:
    """Return all questions with their numbers; an asterisk stands before those that have an answer."""
    marks = [*(bool(value) for value in interview.values.values()), *interview.consents]
    titles = (_title(go_to(interview, place)) for place in range(interview.length))
    rows = zip(marks, titles, strict=True)
    return "\n".join(f"{'*' if mark else ' '} {number:2}  {title}" for number, (mark, title) in enumerate(rows, 1))


def _title(interview: Interview) -> str:
    if interview.asked is None:
        number = interview.place - len(interview.form.fields) + 1
        return f"{interview.form.consent_block.label}, {number} of {len(interview.form.consents)}"
    return f"{interview.asked.label}{' (needed)' if interview.asked.required else ''}"


def _with(interview: Interview, asked: FormField, value: str) -> Interview:
    return replace(interview, values={**interview.values, asked.id: value})


def _agreed(interview: Interview, word: str) -> Interview | str:
    place = interview.place - len(interview.form.fields)
    if word not in (*YES, *NO, ""):
        return "Type yes or no. Type ? for other things that you can do."
    if not word:
        return forward(interview) if interview.consents[place] else "Type yes or no; without a yes it cannot go on."
    said = (*interview.consents[:place], word in YES, *interview.consents[place + 1 :])
    return forward(replace(interview, consents=said))


def _chosen(asked: FormField, text: str) -> str:
    """Return the labels that numbers, or words, stand for; a sentence that begins with “There” where one has none."""
    labels = [label for _, label in asked.options]
    known = {label.casefold(): label for label in labels} | {str(place): label for place, label in enumerate(labels, 1)}
    whole = known.get(text.casefold())
    words = [text] if whole or not asked.multiple else [word.strip() for word in text.split(",") if word.strip()]
    strange = [word for word in words if word.casefold() not in known]
    if strange or not words:
        what = strange[0] if strange else text
        return f"There is no choice {what[:SHOWN]!r}. Type a number from 1 to {len(labels)}."
    return BETWEEN_CHOICES.join(dict.fromkeys(known[word.casefold()] for word in words))
