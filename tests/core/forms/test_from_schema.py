"""From schema to form: every sort of field, and a refusal with the property where a form cannot ask for it."""

from copy import deepcopy
from typing import Any

import pytest

from forms_under_test import project_forms, small_kind
from mutualaid.core.entries.kind import Kind
from mutualaid.core.forms.from_schema import form_of
from mutualaid.core.forms.model import FormField
from mutualaid.errors import BrokenCheckout
from world import rows_of

SEE = "See schemas/README.md."


def _field(name: str, **changes: Any) -> FormField:
    schema = deepcopy(dict(small_kind().schema))
    words = {**schema["properties"][name], **changes}
    schema["properties"][name] = {word: value for word, value in words.items() if value is not None}
    found = next(field for field in form_of(Kind("small", schema)).fields if field.steps[0] == name)
    assert isinstance(found, FormField)
    return found


@pytest.mark.parametrize(("name", "changes", "why"), rows_of("forms/out-of-step", "schemas"))
def test_out_of_step(name: str, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(BrokenCheckout) as raised:
        _field(name, **changes)
    assert str(raised.value).startswith(f"No form can be made of the schema of small, property {name}{why}")
    assert str(raised.value).endswith(SEE)


@pytest.mark.parametrize(("label", "pair"), rows_of("forms/out-of-step", "labels"))
def test_labels_that_read_alike(label: str, pair: str) -> None:
    """GitHub compares labels without signs and capital letters; boxes count too."""
    with pytest.raises(BrokenCheckout, match=f"{pair} have labels that GitHub cannot tell apart"):
        _field("kind", **{"x-form-label": label})


@pytest.mark.parametrize("words", [None, {}, {"title": "T"}, {"notice": "N"}, "none"])
def test_a_schema_without_words_for_its_form(words: Any) -> None:
    schema = {**small_kind().schema, "x-form": words}
    with pytest.raises(BrokenCheckout) as raised:
        form_of(Kind("small", schema))
    assert str(raised.value) == f"The schema of small needs `x-form` with a title and a notice. {SEE}"


def test_what_a_form_asks_for() -> None:
    """A text whose rules allow a line break gets room for one; what the pipeline sets itself is not asked for."""
    assert _field("title", pattern=None).element == "textarea"
    assert _field("title", pattern=None, format="edtf").element == "input"
    assert _field("story", pattern=r"^\S.*$").element == "input"
    part = {"url": {"type": "string", "title": "Link"}}
    assert _field("link", properties=part, **{"x-line": ["url"]}).element == "textarea"
    kept_out = {"slug", "added", "intake", "reviewed", "retired", "same_source", "licence"}
    for name, (form, _) in project_forms().items():
        assert kept_out.isdisjoint(field.id for field in form.fields)
        assert len(form.consents) == (0 if name == "take-down" else 4)
