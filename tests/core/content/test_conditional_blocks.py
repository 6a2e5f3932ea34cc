"""What a page says of sending follows `content/host.yaml`, and line numbers stay right."""

import pytest

from mutualaid.core.content.conditional_blocks import PREVIEW, as_set_up, nobody_runs
from world import SAMPLES, rows_of

BODY = (SAMPLES / "sending.md").read_text(encoding="utf-8")


FACTS = ("repository", "private_contact", "post")


@pytest.mark.parametrize("fact", ["", *FACTS])
def test_shut_and_open(fact: str) -> None:
    """While nothing can be sent, only those words are there; any one way opens the door. Lines keep their numbers."""
    shown = as_set_up(BODY, dict.fromkeys(FACTS, "") | {fact: "x"})
    assert shown.split() == ["Before.", *(["Send", "it."] if fact else ["Not", "yet.", "Look", "again."]), "After."]
    assert shown.split("\n").index("After.") == BODY.split("\n").index("After.")


@pytest.mark.parametrize(("way", "opened_by"), rows_of("ways", "doors"))
def test_one_way(way: str, opened_by: list[str]) -> None:
    """A block may ask for one way, also inside a longer one; each is opened by its own facts alone."""
    body = (SAMPLES / "one-way.md").read_text(encoding="utf-8").replace("WAY", way)
    for fact in FACTS:
        shown = as_set_up(body, {fact: "x"})
        assert shown.split() == (["Ways:", "So."] if fact in opened_by else ["Ways:", "Not", "so."])
        assert shown.count("\n") == body.count("\n")
    assert as_set_up(body, {}).split() == []


def test_who_runs_a_copy() -> None:
    assert nobody_runs({"group": "", "site_address": "https://example.org"}) == PREVIEW
    assert [nobody_runs({fact: "x"}) for fact in ("group", *FACTS)] == [""] * 4
    body = "::: while-nothing can be sent\n:::: notice Not yet\nWords.\n::::\n:::\n"
    assert as_set_up(body, {}) == "\n:::: notice Not yet\nWords.\n::::\n\n"
