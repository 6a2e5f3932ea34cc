"""What an issue form is made of. How a schema becomes one is in `from_schema`."""

from dataclasses import dataclass
from typing import Literal

from mutualaid.core.entries.problem import Place, Problem, filled

Element = Literal["input", "textarea", "dropdown", "checkboxes"]
CORRECTS = "corrects"
"""The id of the question for the entry that is corrected; it is what a link fills in."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form.

    `steps` lead to the property that it asks for: one name, or two where a group of fields is asked for in parts.
    `options` holds (value, label); the value '' means that the field is left out.
    `parts` holds the names of a line's parts, in order, where an item is written on one line.
    `is_short` says that GitHub's form asks for it; the others are optional, and editors add them.
    """

    id: str
    label: str
    element: Element
    help: str
    required: bool
    steps: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()
    multiple: bool = False
    parts: tuple[str, ...] = ()
    is_short: bool = True

    @property
    def heading(self) -> str:
        return f"### {self.label}"


@dataclass(frozen=True, slots=True)
class Form:
    """The issue form of a kind. `issue_title` is the issue's title before anybody types; it tells nothing.

    `fields` begin with those of the short form, which is all that GitHub asks. `consent_block` holds the sentences to
    say yes to, each with a box, under one heading; a form may have none.
    """

    name: str
    title: str
    description: str
    issue_title: str
    notice: str
    fields: tuple[FormField, ...]
    consent_block: FormField

    @property
    def short(self) -> tuple[FormField, ...]:
        return tuple(field for field in self.fields if field.is_short)

    @property
    def corrects(self) -> bool:
        """Whether it changes an entry that its first question names, and makes none."""
        return self.fields[0].id == CORRECTS

    @property
    def consents(self) -> tuple[str, ...]:
        return tuple(sentence for sentence, _ in self.consent_block.options)

    @property
    def labels(self) -> tuple[str, ...]:
        """What any question is called, in order; the boxes come last."""
        return tuple(field.label for field in (*self.fields, *((self.consent_block,) if self.consents else ())))

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading line that an issue of this form may hold, in order."""
        return tuple(f"### {label}" for label in self.labels)

    def place(self, line: int) -> Place:
        return Place(f"the form “{self.title}”", line)

    def problem(self, name: str, where: str, line: int, **facts: object) -> Problem:
        """Return a problem of problems.md at a line of the text that was sent in; its `facts` fill the sentence."""
        sentence = filled(__package__, "problems.md", name, where=where, line=line, **facts)
        return Problem(name.partition(" ")[0], where, sentence, self.place(line))
