"""Kinds: what a schema must carry, and references that lead nowhere."""

from copy import deepcopy
from typing import Any

import pytest

from mutualaid.core.entries.kind import inlined, kind_from
from mutualaid.errors import BrokenCheckout
from world import rows_of, tools

SHARED: dict[str, dict[str, Any]] = rows_of("kind", "shared")


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
