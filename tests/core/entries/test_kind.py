"""Kinds: references put in place; what a schema must carry; labels, facets and bands."""

from copy import deepcopy
from typing import Any

import pytest

from mutualaid.core.entries.kind import Band, FacetRule, inlined, kind_from
from mutualaid.errors import BrokenCheckout
from world import rows_of, tools

SHARED: dict[str, dict[str, Any]] = rows_of("kind", "shared")


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
    with pytest.raises(BrokenCheckout) as raised:
        inlined({"$ref": reference}, SHARED)
    assert str(raised.value) == f"The reference {reference} leads nowhere. It must name a definition in a schema."


@pytest.mark.parametrize(("steps", "word", "value", "said"), rows_of("kind", "broken"))
def test_what_a_kind_must_carry(steps: list[str], word: str, value: Any, said: str) -> None:
    schema: dict[str, Any] = deepcopy(dict(tools().schema))
    inner = schema
    for step in steps:
        inner = inner[step]
    inner[word] = value
    if value == "out":
        del inner[word]
    with pytest.raises(BrokenCheckout) as raised:
        kind_from("tools", schema, {})
    assert str(raised.value) == f"schemas/tools.schema.yaml{said}"


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
    bare = {"field": "people_max", "title": "People", "bands": [{"slug": "any", "label": "Any"}]}
    assert kind_from("tools", {**kind.schema, "x-facets": [bare]}, {}).facet_rules[0].slug == "people-max"
