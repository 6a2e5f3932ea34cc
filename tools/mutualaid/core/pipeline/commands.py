"""The words that people write in comments, at the start of a line: what was asked, by whom, and whether they may.

Phones and mail programs put other signs in the place of plain ones, and people copy `/withdraw` with the marks that it
has in the bot's own comment. So marks before it, case, gaps, and the sort of its slash and hyphen do not matter. What
is only nearly a word of ours is never done: it is answered.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import normalize

from mutualaid.core.entries.problem import shortened
from mutualaid.core.pipeline.bot_comment import MOMENT, Header
from mutualaid.core.pipeline.policy import Policy, is_same
from mutualaid.core.pipeline.situation import Comment, OnlyForPeople, Situation
from mutualaid.core.pipeline.status import OVER, SubmissionStatus

OF_CONTRIBUTORS = ("withdraw", "recheck", "no-credit")
OF_MAINTAINERS = ("hold", "resume", "decline", "duplicate", "retract", "preview")
PREVIEW = "preview"
"""It changes nothing, so it has an answer of its own, and takes no word that came before it back."""
TOO_LATE = "too-late"
NEAR = 0.75
"""The likeness (see difflib) of a word of four letters, one of them wrong."""
HEAD = 200
"""So many characters of a line are looked at for a word."""
_LETTERS = {word.replace("-", ""): word for word in (*OF_CONTRIBUTORS, *OF_MAINTAINERS)}
_GAP = r"[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]"
_DASH = r"[-_\u2010-\u2015\u2212]"
_SLASH = r"[/\\\u2044\u2215\u29f8]"
_AROUND = "*_~`'\"“”„‘’«»「」()[]{}|"
_POLITE = r"(?:please|pls|plz|kindly|hi|hello|ok|okay|yes|thanks?(?: you)?|this|it|now|bot|@[\w-]+(?:\[bot\])?)"
_START = re.compile(
    rf"(?:(?i:{_POLITE})[\s,.:!]++|\[[xX]\]|{_GAP}|[{re.escape(_AROUND)}+•·#–—\\-]|\d{{1,3}}[.)])*{_SLASH}+{_GAP}*"
)
_SPELT = {
    word: re.compile(rf"(?:{_GAP}|{_DASH})*".join(letters) + rf"(?![^\W_]|(?:{_DASH}|[./])[^\W_])", re.I)
    for letters, word in _LETTERS.items()
}
_NEARLY = re.compile(rf"([^\W_](?:\w|{_DASH})*+)(?!/\w)(?:{_GAP}+(\w+))?")
_ANOTHER = re.compile(rf"{_SLASH}({'|'.join((*OF_CONTRIBUTORS, *OF_MAINTAINERS))})\b", re.I)
_FENCE = re.compile(r"(?:[ \t]|[-*+][ \t]|\d{1,3}[.)][ \t])*(`{3,}(?=[^`]*$)|~{3,})(.*)")
_ALONE = re.compile(
    rf"(?!\s*>)\W*(?:{_POLITE}[\s,.:!]+)*({'|'.join(_LETTERS.values())}|no ?credit|re-check)"
    rf"(?:[\s,.:!]+{_POLITE})*\W*",
    re.I,
)
"""A comment that says one of our words and nothing else, without its slash."""
_HIDDEN = re.compile(r"<!--.*?(-->|\Z)", re.S)


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `rest` is what stood behind it on its line. Where it is not sure, `typed` is what was written."""

    word: str
    rest: str
    author: str
    at: dt.datetime
    typed: str = ""


def commands(situation: Situation, policy: Policy) -> tuple[Command, ...]:
    """Return the commands that count, oldest first. The bot's own comments, quotes and fenced lines never do."""
    asked = asked_in(situation.thread.comments, situation.bot)
    return tuple(command for command in asked if not command.typed and may_say(command, situation, policy))


def asked_in(comments: Iterable[Comment], bot: str) -> Iterator[Command]:
    """Yield every command that somebody wrote, whether they may or not, and what is nearly one."""
    for comment in comments:
        if not is_same(comment.author, bot):
            at = max(comment.created_at, comment.updated_at)
            alone = "/" not in comment.body and _ALONE.fullmatch(comment.body[:HEAD])
            letters = re.sub(r"[- ]", "", alone[1].lower()) if alone else ""
            found = [(_LETTERS[letters], "", alone[1])] if alone else map(_read, _spoken(comment.body))
            yield from (Command(word, rest, comment.author, at, typed) for word, rest, typed in filter(None, found))


def last_said(situation: Situation, policy: Policy) -> Command | None:
    """Return the latest command, or near miss, of those whom the bot answers: the contributor and maintainers."""
    answered = [
        command
        for command in asked_in(situation.thread.comments, situation.bot)
        if is_same(command.author, situation.thread.author) or _is_maintainer(command, situation, policy)
    ]
    others = [one for one in answered if one.word != PREVIEW]
    if others and others[-1].typed:  # until it's clear what that meant, no word about a page comes between
        return others[-1]
    answered = [one for one in answered if one.word != PREVIEW or one.typed or not may_say(one, situation, policy)]
    return answered[-1] if answered else None


def _read(line: str) -> tuple[str, str, str] | None:
    """Return a line's word, what follows it, and what was typed where that is not surely meant."""
    plain = "".join(normalize("NFKC", sign)[:1] for sign in line[:HEAD])
    start = _START.match(plain)
    if start is None:
        return None
    asked = plain[start.end() :]
    for word, spelt in _SPELT.items():
        if found := spelt.match(asked):
            return _with_rest(word, line[start.end() + found.end() :], start[0])
    return _nearly(asked)


def _with_rest(word: str, rest: str, opening: str) -> tuple[str, str, str] | None:
    inside, _, behind = rest.partition("`") if "`" in opening else (rest, "", "")
    closing = _AROUND if set(opening) & set(_AROUND) else ""
    inside = re.sub(rf"^(?:{_GAP}|[{re.escape(_AROUND)},.;:!?…/–—-])+", "", inside)
    inside = re.sub(rf"(?:{_GAP}|[{re.escape(closing)}])+$" if closing else rf"{_GAP}+$", "", inside)
    # A sentence of the bot's own, which mail programs break into lines and quote without a mark.
    if f"{inside}{behind.strip()}".startswith("in a comment"):
        return None
    others = {found.lower() for found in _ANOTHER.findall(rest)} - {word}
    is_sure = not re.search(r"\w", re.sub(_POLITE, "", behind, flags=re.I)) and not others
    return word, inside, "" if is_sure else word


def _nearly(asked: str) -> tuple[str, str, str] | None:
    found = _NEARLY.match(asked)
    for typed in (found[1], f"{found[1]} {found[2]}") if found else ():
        letters = re.sub(r"[^a-z]", "", typed.lower())
        for near in get_close_matches(letters, _LETTERS.keys() - {PREVIEW}, 1, NEAR):  # else /review were near, too
            return _LETTERS[near], "", shortened(typed, 2 * len(near))
    return None


def _spoken(body: str) -> Iterator[str]:
    """Yield the lines that a reader sees as plain words: outside of fences and of hidden comments."""
    fence = ""
    for line in _HIDDEN.sub("", body).splitlines():
        match = _FENCE.fullmatch(line)
        if fence:
            if match and match[1].startswith(fence) and not match[2].strip():
                fence = ""
        elif match:
            fence = match[1]
        else:
            yield line


def may_say(command: Command, situation: Situation, policy: Policy) -> bool:
    if command.word in OF_CONTRIBUTORS:
        return is_same(command.author, situation.thread.author)
    return _is_maintainer(command, situation, policy)


def _is_maintainer(command: Command, situation: Situation, policy: Policy) -> bool:
    return policy.may_approve(command.author, situation.permission_of(command.author))


def ignored_command(situation: Situation, policy: Policy, header: Header) -> tuple[str, dict[str, object]]:
    """Return the message about the latest command beside a comment with this header, and its facts; '' for none.

    Only the latest one that changed nothing is answered, above all else, until somebody says another; and only its
    contributor and maintainers are: nobody else can make the bot speak.
    """
    said, status = last_said(situation, policy), SubmissionStatus(header.status)
    if said is None or status in (SubmissionStatus.STOPPED, SubmissionStatus.RETRACTED):
        return "", {}
    may, word, is_published = may_say(said, situation, policy), said.word, status is SubmissionStatus.PUBLISHED
    is_late = status in OVER and f"{said.at:{MOMENT}}" > header.since
    wants_it_back = is_same(said.author, situation.thread.author) and word in ("withdraw", "retract", "no-credit")
    ends_it = word == "hold" or (word in ("decline", "duplicate") and status is not SubmissionStatus.DECLINED)
    reasons = (
        (TOO_LATE, is_published and is_late and wants_it_back and not (may and word == "retract")),
        ("not-a-maintainer", not may and word in OF_MAINTAINERS),
        ("not-the-contributor", not may),
        ("not-sure", said.typed),
        ("for-people", isinstance(situation.outcome, OnlyForPeople)),
        ("nothing-published", word == "retract" and not is_published),
        ("own-file", word == "no-credit" and not situation.by_form),
        ("over", is_late and ends_it),
    )
    waits = may_be_taken_back(situation, policy)
    facts = {"word": word, "typed": said.typed, "waits": waits, "is_published": is_published}
    return next((name for name, holds in reasons if holds), ""), facts


def may_be_taken_back(situation: Situation, policy: Policy) -> bool:
    """Whether the latest word looks as if its contributor meant /withdraw: then an approval has to wait."""
    said = last_said(situation, policy)
    if said is None or said.word != "withdraw" or not said.typed:
        return False
    return is_same(said.author, situation.thread.author)
