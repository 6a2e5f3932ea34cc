"""Answers that are longer than GitHub takes are cut, and nothing is merged that its approver was not shown."""

import re

from desk import Desk

FILE = "submissions/resources/a-reading-list.yaml"
MANY = " ".join(f"a{count}@b.us" for count in range(480))
"""As many details that could point to somebody as fit into one field."""


def test_a_form_with_more_findings_than_fit(desk: Desk) -> None:
    """It is answered, with what matters most, and where the rest can be seen; then it goes on like any other."""
    number = desk.in_review(about=MANY)
    said = desk.said(number)
    assert said.startswith("<!-- mutualaid status=in-review head=") and "**Thank you." in said.partition("\n")[2][:20]
    assert "“a0@\u200bb.us”" in said and re.search(r"- … and \d{3} more", said)
    assert "◦ A maintainer, and not the person who sent it, has approved" in said
    assert said.split("\n\n")[-1].startswith("**What happens next.** ")
    assert f"https://github.com/{desk.github.repository}/blob/submission/{number}/{FILE}" in said
    assert desk.changes_nothing()
    desk.approve(desk.pull_of(number))
    assert desk.look() == ["published"]


def test_an_approval_of_what_was_not_shown(desk: Desk) -> None:
    """The run died before it could say what it found: an approval from then does not count, one from later does."""
    number = desk.offer(about="Call 555-0142.")
    desk.github.fail_after(6)
    assert any(step.refusal for step in desk.run(number)) and not desk.said(number)
    desk.github.fail_after(None)
    pull = desk.pull_of(number)
    desk.approve(pull)
    for _ in range(2):
        desk.github.later(minutes=30)
        assert desk.look() == ["in-review"]
        assert "555-0142" in desk.said(number) and "after I showed here what I found" in desk.said(number)
    assert FILE not in desk.files("main")
    desk.approve(pull)
    assert desk.look() == ["published"]
