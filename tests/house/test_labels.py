"""Every label that the bot writes is explained, and no other."""

import re

from mutualaid.core.pipeline.status import FOR_A_PERSON, KIND_PREFIX, SubmissionStatus
from mutualaid.flows.make_forms import load_forms
from world import PROJECT


def test_labels_are_documented() -> None:
    """docs/labels.md has a row for each, in the order in which they are declared."""
    text = (PROJECT / "docs" / "labels.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    kinds = {f"{KIND_PREFIX}{form.name}" for form, _ in load_forms(PROJECT)}
    assert set(told[: len(kinds)]) == kinds
    assert told[len(kinds) :] == [*(status.label for status in SubmissionStatus), FOR_A_PERSON]
