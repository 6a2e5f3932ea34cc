"""A letter: what somebody sent by mail or on a disk, as text. Cuts away what plainly belongs to the sending.

A greeting, quoted lines and a signature go, and each is reported, in words that repeat none of it. Where
only quoted lines hold questions, these are the letter, or its questions with answers between them. Anything else after
the answers is refused by the form's reader, which says on which line: nothing is guessed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mutualaid.core.forms.answers import lines_of

SHORT = 7
"""Lines of a signature, at most, that begins with another mark than `-- `."""
_SIGNED = re.compile(r"--|Sent (?:from|with|via) .{2,40}|Enviado desde .{2,40}|Get Outlook for .{2,20}", re.I)
_QUOTED = re.compile(r"(?:\s?>)+ ?")


@dataclass(frozen=True, slots=True)
class Letter:
    """`text` is what is left; `left_out` says what was not taken over; `people` are names and addresses of the sender.

    `people` are never shown and never kept: they serve to find a sender's name that is still in the text.
    `attached` are further texts of a mail, any of which may be the one with the answers.
    """

    text: str
    left_out: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()


def trimmed(letter: Letter, is_question: Callable[[str], bool]) -> Letter:
    """Return the letter without what belongs to the sending; lines keep their numbers, so that problems name them."""
    lines = lines_of(letter.text)
    found = [number for number, line in enumerate(lines) if is_question(line)]
    if not found:
        return letter
    is_quoted = [bool(_QUOTED.match(line)) for line in lines]
    asked = [number for number in found if not is_quoted[number]] or found
    first = asked[0]
    if is_quoted[first]:
        own = any(lines[number].strip() and not is_quoted[number] for number in range(first, asked[-1]))
        for number in asked if own else range(first, len(lines)):
            lines[number], is_quoted[number] = _QUOTED.sub("", lines[number], count=1), False
    below = range(asked[-1] + 1, len(lines))
    last = len(lines) - SHORT
    mark = next((at for at in below if lines[at] == "-- " or (at > last and _SIGNED.fullmatch(lines[at]))), len(lines))
    quoted = [number for number in range(first, mark) if is_quoted[number]]
    left_out = list(letter.left_out)
    for numbers, what in (
        (range(mark, len(lines)), "of a signature"),
        (quoted, "quoted from another mail"),
        (range(first), "above the first question"),
    ):
        count = sum(1 for number in numbers if lines[number].strip())
        for number in numbers:
            lines[number] = ""
        if count:
            left_out.append(f"{count} line{'' if count == 1 else 's'} {what}.")
    return Letter("\n".join(lines).rstrip(), tuple(left_out), letter.people)
