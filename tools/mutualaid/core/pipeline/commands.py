"""The words that people write in comments, alone on a line: what was asked, by whom, and whether they may."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mutualaid.core.pipeline.policy import Policy, is_same
from mutualaid.core.pipeline.situation import Comment, Situation

_LINE = re.compile(r"/(withdraw|recheck|no-credit|hold|resume|decline|duplicate|retract)(?:[ \t]+(.*?))?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_HIDDEN = re.compile(r"<!--.*?(-->|\Z)", re.S)
OF_CONTRIBUTORS = frozenset({"withdraw", "recheck", "no-credit"})


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `rest` is what stood behind it on its line."""

    word: str
    rest: str
    author: str
    at: dt.datetime


def commands(situation: Situation, policy: Policy) -> tuple[Command, ...]:
    """Return the commands that count, oldest first. The bot's own comments, quotes and fenced lines never do."""
    return tuple(one for one in asked_in(situation.comments, situation.bot) if _may(one, situation, policy))


def asked_in(comments: Iterable[Comment], bot: str) -> Iterator[Command]:
    """Yield every command that somebody wrote, whether they may or not."""
    for comment in comments:
        if not is_same(comment.author, bot):
            for line in _spoken(comment.body):
                match = _LINE.fullmatch(line)
                if match:
                    yield Command(match[1], (match[2] or "").strip(), comment.author, comment.created_at)


def _spoken(body: str) -> Iterator[str]:
    """Yield the lines that a reader sees as plain words: outside of fences and of hidden comments."""
    fence = ""
    for line in _HIDDEN.sub("", body.replace("\r\n", "\n")).split("\n"):
        match = _FENCE.fullmatch(line)
        if fence:
            if match and match[1].startswith(fence) and not match[2].strip():
                fence = ""
        elif match:
            fence = match[1]
        else:
            yield line


def _may(command: Command, situation: Situation, policy: Policy) -> bool:
    if command.word in OF_CONTRIBUTORS:
        return is_same(command.author, situation.contributor)
    return policy.may_approve(command.author, situation.permission_of(command.author))


def last_of(found: tuple[Command, ...], *words: str) -> Command | None:
    """Return the latest command among `words`."""
    return next((command for command in reversed(found) if command.word in words), None)
