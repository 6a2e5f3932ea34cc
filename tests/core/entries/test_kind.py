"""Kinds: references put in place; what a schema must carry; labels, facets and bands."""

from copy import deepcopy
from typing import Any

import pytest

from mutualaid.core.entries.kind import Band, FacetRule, inlined, kind_from
from mutualaid.errors import BrokenHouse
from world import tools

SHARED: dict[str, dict[str, Any]] = {
    "common.yaml": {
        "$defs": {
            "word": {"title": "Word", "type": "string"},
            "pair": {"items": [{"$ref": "#/$defs/word"}], "title": "Pair"},
        }
    }
}


def test_references_are_put_in_place() -> None:
    """A reference gives way to what it names, in lists and inside other definitions; words beside it win."""
    schema = {"a": {"$ref": "common.yaml#/$defs/pair", "title": "Own"}, "b": [{"$ref": "common.yaml#/$defs/word"}]}
    word = {"title": "Word", "type": "string"}
    assert inlined(schema, SHARED) == {"a": {"items": [word], "title": "Own"}, "b": [word]}
    assert SHARED["common.yaml"]["$defs"]["pair"]["items"] == [{"$ref": "#/$defs/word"}]


@pytest.mark.parametrize(
    "reference", ["common.yaml#/$defs/gone", "gone.yaml#/$defs/word", "common.yaml#/$defs/word/type/x"]
)
def test_a_reference_that_leads_nowhere(reference: str) -> None:
    """The sentence names the reference."""
    with pytest.raises(BrokenHouse) as raised:
        inlined({"$ref": reference}, SHARED)
    assert str(raised.value) == f"The reference {reference} leads nowhere. It must name a definition in a schema."


def _broken(*steps: str, word: str | None = None, value: Any = None) -> str:
    """Return what is said of the made-up kind when the word at `steps` is taken out, or set to `value`."""
    schema: dict[str, Any] = deepcopy(dict(tools().schema))
    inner = schema
    for step in steps:
        inner = inner[step]
    assert word is not None
    if value is None:
        del inner[word]
    else:
        inner[word] = value
    with pytest.raises(BrokenHouse) as raised:
        kind_from("tools", schema, {})
    return str(raised.value)


@pytest.mark.parametrize(
    "word", ["title", "description", "x-singular", "x-facts", "x-order", "x-review-months", "required"]
)
def test_a_kind_must_carry(word: str) -> None:
    """What pages need of a kind is asked for when the schema is read."""
    assert _broken(word=word) == f"schemas/tools.schema.yaml lacks {word}. See schemas/README.md."


@pytest.mark.parametrize("word", ["title", "description", "examples"])
def test_a_field_must_carry(word: str) -> None:
    """Every field has a title, a description and an example, however deep it lies."""
    said = f"has no {word}. Every field needs one."
    assert _broken("properties", "maker", word=word) == f"schemas/tools.schema.yaml: maker {said}"
    steps = ("properties", "steps", "items", "properties", "minutes")
    assert _broken(*steps, word=word) == f"schemas/tools.schema.yaml: steps.each.minutes {said}"


def test_a_value_must_have_a_label() -> None:
    """No page shows a value's bare name."""
    said = _broken("properties", "colours", "items", word="x-labels", value={"blue": "Blue"})
    assert said == (
        "schemas/tools.schema.yaml: colours.each has no x-labels for red, green. "
        "Say how each value is called on a page."
    )


@pytest.mark.parametrize(
    ("word", "value"), [("x-facts", ["gone"]), ("x-order", "gone"), ("x-facets", [{"field": "gone", "title": "Gone"}])]
)
def test_a_field_that_is_named_must_exist(word: str, value: Any) -> None:
    """Cards, order and facets name fields of the kind."""
    assert _broken(word=word, value=value) == (
        "schemas/tools.schema.yaml names the field gone, which it does not define."
    )


def test_labels_and_facets() -> None:
    """Labels come from the field or from its items; a facet's part of an address is its slug, else its field."""
    kind = tools()
    assert (kind.title, kind.singular, kind.address) == ("Tools", "Tool", "/tools/")
    assert kind.label("mood", "loud") == "Quite loud"
    assert kind.label("colours", "red") == "Red"
    assert kind.label("maker", "Ann") == "Ann"
    assert kind.label("minutes_max", 45) == "45"
    assert kind.facet_rules[0] == FacetRule("colours", "Colour", (), "", "colours")
    people = kind.facet_rules[2]
    assert (people.slug, people.upper, people.bands[0]) == ("people", "people_max", Band("one", "On your own", 1, 1))
    assert kind_from("tools", {**kind.schema, "x-facets": [{"field": "same_source", "title": "S"}]}, {}).facet_rules[
        0
    ].slug == ("same-source")
