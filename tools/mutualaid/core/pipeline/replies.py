"""Everything that the bot says, from `replies.md` beside this: what its templates know, and how they are put together.

No message is longer than GitHub takes: what strangers wrote is cut, and then it says where the rest is; what the bot
itself has to say is never cut.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import unified_diff
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined, Template

from mutualaid.core.entries.problem import Problem, shortened
from mutualaid.core.pipeline.escaping import defused, fenced, fitting
from mutualaid.core.pipeline.merge_rule import ChecklistItem
from mutualaid.core.pipeline.situation import Ready, Situation

REPLIES = "pipeline/replies.md"
LONGEST = 20_000
"""Characters of each of the two texts that a comment shows."""
A_LIST, A_LINE = 8_000, 1_000
"""Characters of a list, and of a line in it."""


def reply(name: str, situation: Situation, points: Iterable[ChecklistItem] = (), **facts: Any) -> str:
    """Return the message `name`; `points` are the merge rule's, `facts` what else its template asks for."""
    outcome, editors = situation.outcome, situation.thread.editors
    return say(
        name,
        form=situation.by_form,
        offline=situation.is_offline,
        host=situation.host,
        outcome=outcome,
        points=[f"{'✓' if point.holds else '◦'} {point.says}" for point in points],
        alike=[f"#{number} is open too, and much like it." for number in situation.alike],
        is_edited=isinstance(outcome, Ready) and situation.by_form and situation.header.first not in ("", outcome.blob),
        difference=_difference(situation),
        since_approval=situation.since_approval,
        editor=("a maintainer" if editors[0] in situation.thread.others else "its author") if editors else "",
        whole_text=_whole_text(outcome, situation) if isinstance(outcome, Ready) else "",
        **facts,
    )


def say(name: str, source: str = REPLIES, **known: Any) -> str:
    def part(name: str, **more: Any) -> str:
        found = (paragraph.render({**known, **more}, part=part).strip() for paragraph in messages(source)[name])
        return "\n\n".join(filter(None, found))

    return f"{part(name)}\n"


@cache
def messages(source: str = REPLIES) -> Mapping[str, tuple[Template, ...]]:
    """Return the paragraphs of each message, and of each part of messages, by its name."""
    environment = Environment(undefined=StrictUndefined)  # noqa: S701 - Markdown; strangers' words are `defused`
    environment.filters.update(
        boxed=_boxed,
        defused=defused,
        is_cut=lambda text, most=LONGEST: _boxed(text, most=most) != fenced(text),
        issue=_issue,
        listed=_listed,
        path=lambda path: f"`{defused(path).replace('`', '')}`",
        problem=_problem,
        shortened=shortened,
    )
    whole = re.split(r"^##? ", (files("mutualaid.core") / source).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    sections = (section.strip().split("\n\n") for section in whole)
    return {
        name: tuple(environment.from_string(re.sub(r"\n(?!- )", " ", one.strip())) for one in paragraphs)
        for name, *paragraphs in sections
    }


def _problem(problem: Problem) -> str:
    return f"**{defused(problem.where)}** (line {problem.place.line}): {defused(problem.message)}"


def _listed(rows: Iterable[str], more: str = "- … and {} more.", room: int = A_LIST) -> str:
    return "\n".join(fitting([f"- {shortened(row, A_LINE)}" for row in rows], room, more))


def _issue(text: str) -> str:
    """Return the number of an issue that a text begins with; '' where it begins with none."""
    match = re.match(r"#*([0-9]{1,9})(?: |$)", text)
    return match[1] if match else ""


def _boxed(text: str, language: str = "text", most: int = LONGEST) -> str:
    """Fence as much of a text as fits; a fence grows with the longest run of its mark in the text."""
    kept = most
    while len(box := fenced(text[:kept], language)) > most + 100:
        kept //= 2
    return box


def _difference(situation: Situation) -> str:
    if not situation.approved_text or not isinstance(situation.outcome, Ready):
        return ""
    before, after = (text.splitlines() for text in (situation.approved_text, situation.outcome.text))
    return "\n".join(list(unified_diff(before, after, n=1, lineterm=""))[2:])


def _whole_text(outcome: Ready, situation: Situation) -> str:
    """Say where the file is that the pull request brings. The branch of a form is known before its pull request is."""
    repository, pull = situation.host.repository, situation.pull
    is_own = situation.by_form or situation.is_offline
    if not repository or (pull is None and not is_own):
        return "the file on its branch"
    place = f"blob/{situation.branch}/{outcome.path}" if is_own or pull is None else f"pull/{pull.number}/files"
    return f"[the file on its branch](https://github.com/{repository}/{quote(place)})"
