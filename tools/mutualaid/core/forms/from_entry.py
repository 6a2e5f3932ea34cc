"""From an entry back to the answers that make it: for corrections, for rehearsals, and for the tests of both ways."""

from collections.abc import Mapping
from typing import Any

from mutualaid.core.entries.kind import Kind
from mutualaid.core.entries.messages import field_at, value_at
from mutualaid.core.forms.answers import BETWEEN_CHOICES, Answers
from mutualaid.core.forms.line_items import item_text, items_text
from mutualaid.core.forms.model import Form, FormField
from mutualaid.core.forms.scalars import scalar_text


def answers_of(value: Mapping[str, Any], form: Form, kind: Kind) -> Answers:
    """Return the answers with which `form` gives `value` again; every box is checked."""
    return Answers(
        {asked.id: _typed(value_at(asked.steps, value), asked, kind) for asked in form.questions},
        (True,) * len(form.consents),
    )


def not_asked_for(value: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Return the fields of an entry that its form does not ask for: a correction keeps them as they are."""
    asked = {field.steps[0] for field in form.fields}
    return {name: inner for name, inner in value.items() if name not in asked}


def _typed(value: Any, asked: FormField, kind: Kind) -> str:
    if value is None:
        return ""
    schema = field_at(asked.steps, kind.schema)
    if asked.element == "dropdown":
        labels = dict(asked.options)
        return BETWEEN_CHOICES.join(labels[choice] for choice in (value if asked.multiple else [value]))
    if schema["type"] == "array":
        one = schema["items"]
        return items_text(item_text(item, one) if asked.parts else str(item) for item in value)
    return item_text(value, schema) if asked.parts else scalar_text(value, schema)
