"""What an issue form is made of. How a schema becomes one is in `from_schema`."""

from dataclasses import dataclass
from typing import Literal

from mutualaid.core.entries.problem import Place, Problem

Element = Literal["input", "textarea", "dropdown"]
CORRECTS = "corrects"
"""The id of the question for the entry that is corrected; it is what a link fills in."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form.

    `steps` lead to the property that it asks for: one name, or two where a group of fields is asked for in parts.
    `options` holds (value, label); the value '' means that the field is left out.
    `parts` holds the names of a line's parts, in order, where an item is written on one line.
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

    @property
    def heading(self) -> str:
        """The line that GitHub puts above the answer."""
        return f"### {self.label}"


@dataclass(frozen=True, slots=True)
class Consents:
    """The sentences to say yes to, each with a box, under one heading; a form may have none."""

    label: str = ""
    help: str = ""
    sentences: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The line that GitHub puts above the boxes."""
        return f"### {self.label}"


@dataclass(frozen=True, slots=True)
class Form:
    """The issue form of a kind. `issue_title` is the issue's title before anybody types; it tells nothing.

    `fields` make the entry. `corrects` comes before them and makes nothing: it names the entry that the form corrects.
    """

    name: str
    title: str
    description: str
    issue_title: str
    notice: str
    fields: tuple[FormField, ...]
    consent_block: Consents
    corrects: FormField | None = None

    @property
    def questions(self) -> tuple[FormField, ...]:
        """Everything that is asked, in order."""
        return (self.corrects, *self.fields) if self.corrects else self.fields

    @property
    def consents(self) -> tuple[str, ...]:
        """The sentences to say yes to."""
        return self.consent_block.sentences

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading line of an issue made with this form, in order."""
        own = tuple(field.heading for field in self.questions)
        return (*own, self.consent_block.heading) if self.consents else own

    def place(self, line: int) -> Place:
        """Return the place of a line of the text that was sent in."""
        return Place(f"the form “{self.title}”", line)

    def problem(self, code: str, where: str, sentence: str, line: int) -> Problem:
        """Return a problem at a line of the text that was sent in."""
        return Problem(code, where, sentence, self.place(line))
