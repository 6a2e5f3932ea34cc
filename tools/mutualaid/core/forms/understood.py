"""An entry as it is understood: a line an answer, or an item of one, with its parts by name."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from mutualaid.core.entries.kind import Kind, Schema
from mutualaid.core.entries.problem import shortened
from mutualaid.core.entries.validation import field_at, value_at
from mutualaid.core.forms.line_items import may_be_a_person, scalar_text
from mutualaid.core.forms.model import Form

SHOWN = 200
"""Characters of a text: so many show what was read; the file has the whole of it."""
AS_A_BODY = ", read as a body; write a person as `Family, Given`, each on a line"
OF_THE_FILE = ("slug", "licence", "added", "intake", "retraction")


def understood(
    value: Mapping[str, Any],
    form: Form,
    kind: Kind,
    proposed: Collection[str] = (),
    had: Mapping[str, Any] | None = None,
) -> Iterator[str]:
    """Yield a line for each field, those of the form first; beside what an entry `had`, only for those that change."""
    asked = {field.steps: field.label for field in form.fields}
    whole = {steps[0] for steps in asked} | set(OF_THE_FILE)
    more = {(name,): str(schema["title"]) for name, schema in kind.fields.items() if name not in whole}
    for steps, title in chain(asked.items(), more.items()):
        inner, was, schema = value_at(steps, value), value_at(steps, had), field_at(steps, kind.schema)
        mark = " (proposed):" if steps[0] in proposed else "" if title.endswith("?") else ":"
        if inner != was and isinstance(inner, list | tuple) and "properties" in schema["items"]:
            shown = [(f" {place}", item) for place, item in enumerate(inner, 1) if item not in (was or ())]
            shown += [(", taken out", item) for item in was or () if item not in inner]
            yield from (f"{title}{which}{mark} {_words(item, schema['items'])}" for which, item in shown)
        elif inner != was:
            yield f"{title}{mark} {'taken out' if inner is None else _words(inner, schema)}"


def _words(value: Any, schema: Schema) -> str:
    if isinstance(value, Mapping):
        known, hint = schema["properties"], AS_A_BODY if may_be_a_person(value, schema) else ""
        return ", ".join(f"{known[name]['title']} “{_words(part, known[name])}”" for name, part in value.items()) + hint
    if isinstance(value, list | tuple):
        return ", ".join(_words(item, schema["items"]) for item in value)
    return shortened(scalar_text(value, schema), SHOWN)
