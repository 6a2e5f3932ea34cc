"""The words that people write in comments, alone on a line: what was asked, by whom, and whether they may."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mutualaid.core.policy import Policy
from mutualaid.core.situation import Situation

LINE = re.compile(r"^/(withdraw|recheck|no-credit|hold|resume|decline|duplicate|retract)(?:[ \t]+(.*?))?[ \t]*$", re.M)
OF_CONTRIBUTORS = frozenset({"withdraw", "recheck", "no-credit"})
FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1[ \t]*$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Command:
    """A command that counts; `rest` is what stood behind it."""

    word: str
    rest: str
    author: str


def commands(situation: Situation, policy: Policy) -> tuple[Command, ...]:
    """Return the commands that count, oldest first. The bot's own comments and quoted lines never do."""
    comments = situation.issue.comments if situation.issue else ()
    return tuple(
        command
        for comment in comments
        if comment.author != situation.bot
        for command in _in(comment.body, comment.author)
        if _may(command, situation.contributor, situation.permissions, policy)
    )


def _in(body: str, author: str) -> Iterator[Command]:
    for match in LINE.finditer(FENCE.sub("", body.replace("\r\n", "\n"))):
        yield Command(match.group(1), (match.group(2) or "").strip(), author)


def _may(command: Command, contributor: str, permissions: Mapping[str, str], policy: Policy) -> bool:
    if command.word in OF_CONTRIBUTORS and command.author == contributor:
        return True
    is_for_maintainers = command.word not in OF_CONTRIBUTORS or command.word == "recheck"
    return is_for_maintainers and policy.may_approve(command.author, permissions.get(command.author, "none"))


def last_of(found: tuple[Command, ...], *words: str) -> Command | None:
    """Return the latest command among `words`."""
    return next((command for command in reversed(found) if command.word in words), None)
