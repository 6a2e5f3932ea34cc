"""One issue that holds a whole list, made once and edited afterwards. A hidden first line tells which list it is.

The line counts only in an issue that the bot opened itself; whoever reads issues sees to that.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mutualaid.core.entries.problem import sentences

LATER = "- … and {} more. They come up as soon as some of these are done."
_LINE = re.compile(r"<!-- mutualaid-living ([a-z]+)(?: (\d{4}-\d{2}))? -->")


class TrackingIssue(NamedTuple):
    """A list's issue as it is; `month` is '' where one issue goes on for ever."""

    number: int
    is_open: bool
    topic: str
    month: str
    body: str


class WantedList(NamedTuple):
    """How a list should read. `is_done`: nothing is left to do. `memory`: what the next run must know, or ''."""

    topic: str
    month: str
    title: str
    words: str
    is_done: bool
    memory: str = ""

    @property
    def body(self) -> str:
        line = f"<!-- mutualaid-living {self.topic}{f' {self.month}' if self.month else ''} -->"
        return "\n".join(part for part in (line, self.words.rstrip("\n"), self.memory) if part)


class Step(NamedTuple):
    """Open an issue (`number` 0), or give one this body and state."""

    number: int
    title: str
    body: str
    is_open: bool

    @property
    def words(self) -> str:
        if not self.number:
            return f"open an issue: {self.title}"
        return f"edit #{self.number}{'' if self.is_open else ', closed'}"


def read_tracking_issue(number: int, *, is_open: bool, body: str) -> TrackingIssue | None:
    """Return which list an issue of the bot's holds; None where it holds none."""
    body = body.replace("\r\n", "\n")
    match = _LINE.fullmatch(body.partition("\n")[0].rstrip())
    return TrackingIssue(number, is_open, match[1], match[2] or "", body) if match else None


def own(found: Sequence[TrackingIssue], topic: str, month: str) -> TrackingIssue | None:
    """Return the list's own issue: of several, the oldest, so that a second that was opened by accident is left."""
    same = [issue for issue in found if (issue.topic, issue.month) == (topic, month)]
    return min(same, key=lambda issue: issue.number, default=None)


def steps(found: Sequence[TrackingIssue], wanted: WantedList) -> Iterator[Step]:
    """Yield what must change. A list that is as it should be yields nothing; older months' lists are closed."""
    here = own(found, wanted.topic, wanted.month)
    if here is None:
        if not wanted.is_done or wanted.memory:
            yield Step(0, wanted.title, wanted.body, is_open=True)
    else:
        is_open = not wanted.is_done if wanted.month else here.is_open or not wanted.is_done
        if here.is_open != is_open or here.body.strip() != wanted.body.strip():
            yield Step(here.number, "", wanted.body, is_open)
    for other in found:
        if other.topic == wanted.topic and other.is_open and other is not here:
            yield Step(other.number, "", other.body, is_open=False)


def said(name: str, **facts: object) -> str:
    """Return a message of lists.md with its facts; without one of its own, `look tools` has that of `look`."""
    own = sentences(__package__, "lists.md")
    return own[name if name in own else name.partition(" ")[0]].format(**facts)
