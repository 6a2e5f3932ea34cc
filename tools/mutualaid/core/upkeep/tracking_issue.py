"""One issue that holds a whole list, made once and edited afterwards. A hidden first line tells which list it is.

The line counts only in an issue that the bot opened itself; whoever reads issues sees to that.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mutualaid.core.pipeline.escaping import ROOM, fitting
from mutualaid.core.pipeline.replies import say

_LATER = "- … and {} more. They come up as soon as some of these are done."
_LINE = re.compile(r"<!-- mutualaid-living ([a-z]+)(?: (\d{4}-\d{2}))? -->")


class TrackingIssue(NamedTuple):
    """A list's issue as it is, or (with `number` 0) should be. `month` is '' where one goes on for ever."""

    topic: str
    month: str
    title: str
    body: str
    is_open: bool
    number: int = 0

    @property
    def words(self) -> str:
        return (
            f"edit #{self.number}{'' if self.is_open else ', closed'}"
            if self.number
            else f"open an issue: {self.title}"
        )


def wanted(topic: str, month: str, title: str, *, is_open: bool, **facts: Any) -> TrackingIssue:
    """Return the list that lists.md makes of these facts, cut to what GitHub takes."""
    first = f"<!-- mutualaid-living {topic}{month and f' {month}'} -->"
    lines = say(topic, "upkeep/lists.md", **facts).splitlines()
    return TrackingIssue(topic, month, title, "\n".join((first, *fitting(lines, ROOM, _LATER))), is_open)


def read_tracking_issue(number: int, title: str, body: str, *, is_open: bool) -> TrackingIssue | None:
    """Return which list an issue of the bot's holds; None where it holds none."""
    body = body.replace("\r\n", "\n")
    match = _LINE.fullmatch(body.partition("\n")[0].rstrip())
    return TrackingIssue(match[1], match[2] or "", title, body, is_open, number) if match else None


def own(found: Sequence[TrackingIssue], topic: str, month: str) -> TrackingIssue | None:
    """Return the list's own issue: of several, the oldest, so that a second that was opened by accident is left."""
    same = [issue for issue in found if (issue.topic, issue.month) == (topic, month)]
    return min(same, key=lambda issue: issue.number, default=None)


def steps(found: Sequence[TrackingIssue], wanted: TrackingIssue) -> Iterator[TrackingIssue]:
    """Yield the issues that must become so. Older months' lists are closed, and one that goes on for ever is kept."""
    here = own(found, wanted.topic, wanted.month)
    if here is None:
        if wanted.is_open or not wanted.month:
            yield wanted
    else:
        is_open = wanted.is_open or (here.is_open and not wanted.month)
        if here.is_open != is_open or here.body.strip() != wanted.body.strip():
            yield wanted._replace(number=here.number, is_open=is_open)
    for other in found:
        if other.topic == wanted.topic and other.is_open and other is not here:
            yield other._replace(is_open=False)
