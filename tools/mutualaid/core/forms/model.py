"""What an issue form is made of. Values only: how a schema becomes one stands in `form_making`."""

from dataclasses import dataclass
from typing import Literal

Element = Literal["input", "textarea", "dropdown"]
CORRECTS = "corrects"
"""The id of the question for the entry that is corrected; it is what a link fills in."""
PLAIN_TEXT = "text"
"""The language of every text area: it makes GitHub take the text as it is, and refuse attachments."""


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
    render: str = ""
    parts: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The line that GitHub puts above the answer."""
        return heading_of(self.label)


@dataclass(frozen=True, slots=True)
class Consents:
    """The sentences to say yes to, each with a box, under one heading; a form may have none."""

    label: str = ""
    help: str = ""
    sentences: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The line that GitHub puts above the boxes."""
        return heading_of(self.label)


@dataclass(frozen=True, slots=True)
class Form:
    """The issue form of a kind. `issue_title` stands in the issue's title before anybody types; it tells nothing.

    `fields` make the entry. `corrects` comes before them and makes nothing: it names the entry that the form corrects.
    """

    name: str
    title: str
    description: str
    issue_title: str
    notice: str
    labels: tuple[str, ...]
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

    def field(self, name: str) -> FormField | None:
        """Return the field with the id `name`."""
        return next((field for field in self.questions if field.id == name), None)


def heading_of(label: str) -> str:
    """Return the heading line that GitHub makes of a label."""
    return f"### {label}"
