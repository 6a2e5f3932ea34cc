"""A letter: what somebody sent by mail or on a disk, as text. Cuts away what belongs to the sending, not to the story.

Nothing goes without being told: each reading says what was left out, in words that repeat none of it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

IsQuestion = Callable[[str], bool]
"""Whether a line is a question of the form, with its answer after it or below."""

_QUOTED = re.compile(r"\s{0,3}(?:>\s?)+")
_FORWARDED = re.compile(r"\s*(?:-{2,}\s*)?(?:begin )?forwarded message\s*:?\s*-*\s*", re.IGNORECASE)
_REPLIED_TO = re.compile(
    r"\s*-{2,}\s*(?:original message|ursprüngliche nachricht|mensaje original|message d'origine)\s*-{2,}\s*"
    r"|\s*(?:on|am|el|le)\b(?=.*(?:(?:19|20)[0-9]{2}|[0-9]:[0-9]{2}|@)).{5,200}"
    r"\b(?:wrote|schrieb|escribió|a écrit)\b.{0,80}:\s*",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*_{10,}\s*")
_HEADER = re.compile(
    r"\s*\*?(?:from|sent|date|to|cc|subject|reply-to|von|an|betreff|de|para|asunto)\b[^:]{0,12}:", re.I
)
_SIGNATURE = re.compile(r"-- ?")
_DEVICE = re.compile(r"\s*(?:sent from (?:my|mail)|get outlook for|sent with|enviado desde)\b.{0,60}", re.IGNORECASE)
_GOODBYE = re.compile(
    r"\s*(?:all the |with |in |many |kind |kindest |warm |warmest |best )?"
    r"(?:best|regards|wishes|thanks|thank you|cheers|sincerely|solidarity|yours|love|warmly|respectfully|take care"
    r"|saludos|gracias|un abrazo)(?: (?:again|truly|sincerely|so much|very much|for reading|everyone|all))?"
    r"\s*[,.!–-]*\s*",
    re.IGNORECASE,
)
LAST_LINES = 6
LONGEST_SIGNATURE = 8
LONGEST_ATTRIBUTION = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """`text` is what is left; `left_out` says what was not taken over; `people` are names and addresses of the sender.

    `people` are never shown and never kept: they serve to find a sender's name that still stands in the text.
    """

    text: str
    left_out: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def readings(letter: Letter, is_question: IsQuestion) -> Iterator[Letter]:
    """Yield the ways to read a letter, the likeliest first: as it is, as forwarded, as answered within a quote."""
    lines = letter.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    yield _cut(letter, lines, is_question)
    for number, line in enumerate(lines):
        if _FORWARDED.fullmatch(line):
            told = _count(sum(1 for one in lines[: number + 1] if one.strip()), "line", "before the forwarded mail")
            yield _cut(letter, ["", *[""] * number, *_below_headers(lines[number + 1 :])], is_question, told)
    if any(_QUOTED.match(line) for line in lines):
        yield _cut(letter, [_unquoted(line) for line in lines], is_question, "Marks of quoting.")


def _unquoted(line: str) -> str:
    mark = _QUOTED.match(line)
    return line[mark.end() :] if mark else line


def _cut(letter: Letter, lines: Sequence[str], is_question: IsQuestion, *told: str) -> Letter:
    left_out = [*letter.left_out, *told]
    for cutter, what in CUTTERS:
        kept = cutter(lines, is_question)
        gone = sum(1 for line in lines if line.strip()) - sum(1 for line in kept if line.strip())
        if gone:
            left_out.append(_count(gone, "line", what))
        lines = kept
    return Letter("\n".join(lines).rstrip(), tuple(left_out), letter.people)


def _without_reply(lines: Sequence[str], is_question: IsQuestion) -> Sequence[str]:
    """Drop the mail that was replied to, where it comes after the answers."""
    asked = [number for number, line in enumerate(lines) if is_question(line)]
    for number in range(len(lines)):
        if asked and number > asked[0] and _begins_reply(lines, number) and not any(one > number for one in asked):
            return lines[:number]
    return lines


def _begins_reply(lines: Sequence[str], number: int) -> bool:
    line = lines[number]
    if _RULE.fullmatch(line) and any(_HEADER.match(one) for one in lines[number + 1 : number + 3]):
        return True
    if not line.strip():
        return False
    joined = (" ".join(lines[number : number + many]) for many in range(1, LONGEST_ATTRIBUTION + 1))
    return any(_REPLIED_TO.fullmatch(text) for text in joined)


def _without_quotes(lines: Sequence[str], _: IsQuestion) -> Sequence[str]:
    return [line for line in lines if not _QUOTED.match(line)]


def _without_signature(lines: Sequence[str], is_question: IsQuestion) -> Sequence[str]:
    for number, line in enumerate(lines):
        below = lines[number + 1 :]
        is_mark = line == "-- " or sum(1 for one in below if one.strip()) <= LONGEST_SIGNATURE
        if _SIGNATURE.fullmatch(line) and is_mark and not any(is_question(one) for one in below):
            return lines[:number]
    return lines


def _without_goodbye(lines: Sequence[str], is_question: IsQuestion) -> Sequence[str]:
    """Drop a closing formula and the name under it, and what a telephone adds."""
    while lines and (not lines[-1].strip() or _DEVICE.fullmatch(lines[-1])):
        lines = lines[:-1]
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number in filled[-LAST_LINES:]:
        if _GOODBYE.fullmatch(lines[number]) and not any(is_question(line) for line in lines[number:]):
            return lines[:number]
    return lines


def _without_greeting(lines: Sequence[str], is_question: IsQuestion) -> Sequence[str]:
    """Empty the lines above the first question; they stay, so that problems name the right line."""
    first = next((number for number, line in enumerate(lines) if is_question(line)), 0)
    return [*[""] * first, *lines[first:]]


def _below_headers(lines: Sequence[str]) -> Sequence[str]:
    start = 0
    while start < len(lines) and (not lines[start].strip() or _HEADER.match(lines[start])):
        start += 1
    return [*[""] * start, *lines[start:]]


def _count(many: int, what: str, where: str) -> str:
    return f"{many} {what}{'' if many == 1 else 's'} {where}."


CUTTERS: tuple[tuple[Callable[[Sequence[str], IsQuestion], Sequence[str]], str], ...] = (
    (_without_reply, "of the mail that was replied to"),
    (_without_quotes, "quoted from another mail"),
    (_without_signature, "of a signature"),
    (_without_goodbye, "of a closing formula"),
    (_without_greeting, "above the first question"),
)
