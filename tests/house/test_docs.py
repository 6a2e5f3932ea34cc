"""Tables in docs/ that must keep up with the code: labels, licenses, and the tests that hold each danger off."""

import re

from mutualaid.core.pipeline.status import FOR_A_PERSON, KIND_PREFIX, SubmissionStatus
from mutualaid.flows.make_forms import load_forms
from world import PROJECT

LICENCE = re.compile(r"^\| ([a-z0-9.-]+) \| ([0-9][^ |]*) \| ([^|]+) \| ([^|]+) \|$", re.M)
PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.M)
TEST = re.compile(r"`tests/([a-z_/]+\.py)::(test_[a-z_]+)`")


def _doc(name: str) -> str:
    return (PROJECT / "docs" / name).read_text(encoding="utf-8")


def test_labels_are_documented() -> None:
    """docs/labels.md has a row for each label that the bot writes, in the order in which they are declared."""
    told = re.findall(r"^\| `([^`]+)` \|", _doc("labels.md"), re.MULTILINE)
    kinds = {f"{KIND_PREFIX}{form.name}" for form, _ in load_forms(PROJECT)}
    assert set(told[: len(kinds)]) == kinds
    assert told[len(kinds) :] == [*(status.label for status in SubmissionStatus), FOR_A_PERSON]


def test_every_pinned_package_has_its_row() -> None:
    """docs/licences.md names the packages of the lock file in their versions, each with a license and a reason."""
    rows = LICENCE.findall(_doc("licences.md"))
    pins = PIN.findall((PROJECT / "requirements" / "site.txt").read_text(encoding="utf-8"))
    assert len(pins) > 40
    assert [(name, version) for name, version, _, _ in rows] == sorted(pins)
    assert all(licence.strip() and reason.strip() for _, _, licence, reason in rows)


def test_every_danger_names_its_tests() -> None:
    """In the last column of docs/threat-model.md, each by file and function, and nothing else; each is there."""
    table = _doc("threat-model.md").partition("| danger | what holds | test |")[2].partition("\n\n")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows) > 10
    for row in rows:
        assert TEST.sub("", row.split(" | ")[-1]).strip(" ,|") == "", row
        for file, name in TEST.findall(row):
            assert f"\ndef {name}(" in (PROJECT / "tests" / file).read_text(encoding="utf-8"), f"{file} has no {name}"
