"""Data files: what they hold, and what never leaves the house."""

import csv
import io
import json

from mutualaid.core.collection import gather
from mutualaid.core.entry import accept
from mutualaid.core.kind import every_field
from mutualaid.site.exports import as_csv, as_json, columns_of
from world import TODAY, real_kinds, tool, tools

OFFLINE = tool(intake={"channel": "offline"}, retraction={"hash": "00ff00ff"})


def test_what_is_kept_of_a_removal_code_stays_in_the_house() -> None:
    """Neither JSON nor CSV nor the list of columns tells of it; everything else is there."""
    collection = gather(tools(), [accept(OFFLINE)], TODAY)
    (entry,) = json.loads(as_json(collection))["entries"]
    assert set(entry) == {"address", *OFFLINE.value} - {"retraction"}
    rows = list(csv.DictReader(io.StringIO(as_csv(collection))))
    assert rows[0]["intake"] == '{"channel": "offline"}'
    assert "retraction" not in rows[0]
    assert "retraction" not in {column["name"] for column in columns_of(tools())}
    assert "00ff00ff" not in as_json(collection) + as_csv(collection)


def test_every_kind_keeps_it_in_the_house() -> None:
    """Each real kind has the field, marked so that pages, forms, data files and the check pass it over."""
    for kind in real_kinds().values():
        marks = {word: mark for word, mark in kind.fields["retraction"].items() if word.startswith("x-")}
        assert marks == dict.fromkeys(("x-show", "x-form", "x-export", "x-identifying"), "none")
        assert "retraction" not in kind.schema["required"]
        assert {steps[0] for steps, field in every_field(kind.schema) if field.get("x-export")} == {"retraction"}
