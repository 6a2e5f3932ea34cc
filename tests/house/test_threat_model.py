"""docs/threat-model.md names for each danger the tests that hold it off; each of them must be there."""

import re

from world import PROJECT

NAMED = re.compile(r"`tests/([a-z_/]+\.py)::(test_[a-z_]+)`")


def _rows() -> list[str]:
    text = (PROJECT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    table = text.partition("| danger | what holds | test |")[2].partition("\n\n")[0]
    return [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("|---")]


def test_every_danger_names_its_tests() -> None:
    """In the last column, each by file and function, and nothing else."""
    rows = _rows()
    assert len(rows) > 10
    for row in rows:
        assert NAMED.sub("", row.split(" | ")[-1]).strip(" ,|") == "", row


def test_every_named_test_exists() -> None:
    """A test that was renamed or taken away is missed here."""
    for file, name in (found for row in _rows() for found in NAMED.findall(row)):
        text = (PROJECT / "tests" / file).read_text(encoding="utf-8")
        assert f"\ndef {name}(" in text, f"{file} has no {name}"
