"""What other folders use of forms: what one is made of, how a schema becomes one, and how what was typed is read.

`model` holds the values, `from_schema` makes a form, `answers` reads and writes an issue's body, `plain_text` reads
a filled-in plain text.
"""

from mutualaid.core.forms.answers import Answers, FormRefusal, nearest_form, read_form, which_form, write_form
from mutualaid.core.forms.from_schema import form_of
from mutualaid.core.forms.model import Consents, Element, Form, FormField
from mutualaid.core.forms.plain_text import parse_plain

__all__ = [
    "Answers",
    "Consents",
    "Element",
    "Form",
    "FormField",
    "FormRefusal",
    "form_of",
    "nearest_form",
    "parse_plain",
    "read_form",
    "which_form",
    "write_form",
]
