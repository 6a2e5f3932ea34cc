"""Kinds: references put in place; what a schema must carry; labels, facets and bands."""

from copy import deepcopy
from typing import Any

import pytest

from mutualaid.core.entries.kind import Band, FacetRule, inlined, kind_from
from mutualaid.errors import BrokenCheckout
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
    with pytest.raises(BrokenCheckout) as raised:
        inlined({"$ref": reference}, SHARED)
    assert str(raised.value) == f"The reference {reference} leads nowhere. It must name a definition in a schema."


MINUTES = ("properties", "steps", "items", "properties", "minutes")
OUT: Any = object()
BROKEN: list[tuple[tuple[str, ...], str, Any, str]] = [
    *(
        ((), word, OUT, f" lacks {word}. See schemas/README.md.")
        for word in ("title", "description", "x-singular", "x-facts", "x-order", "x-review-months", "required")
    ),
    *(
        (steps, word, OUT, f": {name} has no {word}. Every field needs one.")
        for steps, name in ((("properties", "maker"), "maker"), (MINUTES, "steps.each.minutes"))
        for word in ("title", "description", "examples")
    ),
    *(
        ((), word, value, " names the field gone, which it does not define.")
        for word, value in (("x-facts", ["gone"]), ("x-order", "gone"), ("x-facets", [{"field": "gone", "title": "G"}]))
    ),
    (
        ("properties", "colours", "items"), "x-labels", {"blue": "Blue"},
        ": colours.each has no x-labels for red, green. Say how each value is called on a page.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "word", "value", "said"), BROKEN)
def test_what_a_kind_must_carry(steps: tuple[str, ...], word: str, value: Any, said: str) -> None:
    schema: dict[str, Any] = deepcopy(dict(tools().schema))
    inner = schema
    for step in steps:
        inner = inner[step]
    inner[word] = value
    if value is OUT:
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
    assert kind_from("tools", {**kind.schema, "x-facets": [{"field": "same_source", "title": "S"}]}, {}).facet_rules[
        0
    ].slug == ("same-source")
