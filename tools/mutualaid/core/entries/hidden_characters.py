"""Characters that hide words, or that nobody sees.

No text may hold control characters, nor those that hide words or turn them unseen. Some are rightly there in their
place: what joins two emoji or shapes a Persian or Indic word, what makes a sign an emoji or picks the form of an
ideograph, the letters of a region's flag. Elsewhere each can carry what nobody sees.
Source: Unicode, `Default_Ignorable_Code_Point` of DerivedCoreProperties.txt, and UTS #51 for emoji.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

EMOJI = (
    r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    r"\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
LOOK = r"[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"
SHAPED = (
    r"\u0620-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17b3\u17b6-\u180a\u1810-\u18af\u1b00-\u1bff\ua800-\uabff"
    r"\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
IDEOGRAPHS = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
FITTING = "|".join(
    (
        r"\U0001f3f4[\U000e0061-\U000e007a]{2}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,3}\U000e007f",
        r"[#*0-9]\ufe0f\u20e3",
        rf"[{EMOJI}]{LOOK}?(?:\u200d[{EMOJI}]{LOOK}?)*",
        rf"[{IDEOGRAPHS}][\ufe00-\ufe02\U000e0100-\U000e01ef]",
        r"[\u1820-\u18aa][\u180b-\u180f]",
        rf"[{SHAPED}][\u200c\u200d](?![\u200c\u200d])",
        rf"[\u200c\u200d][{SHAPED}]",
    )
)
"""A hidden character in its place, with the characters around it that make it so."""
HIDDEN = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
IN_PLACE_OR_HIDDEN = rf"{FITTING}|([{HIDDEN}]+)"
"""Finds what is in its place, so that it is passed over, and as group 1 each run of what is not."""
BLANK = frozenset("\u2800\ufffc\U00013441\U00013442\U0001d159")
"""Letters and symbols by Unicode's word, of which nothing is seen."""
STAND_IN = "\ufffd"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
"""What `_SUSPECT` can find in text that is ASCII alone, found in half the time."""
_SUSPECT = re.compile(f"[{HIDDEN}]")
_FINDER = re.compile(IN_PLACE_OR_HIDDEN)
_ENTITY = re.compile(r"&(?:#[Xx]?[0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")


def hidden_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield each run of hidden characters, and each entity that encodes one, with its index."""
    if (_CONTROL if text.isascii() else _SUSPECT).search(text):
        yield from ((found.start(), found[0]) for found in _FINDER.finditer(text) if found[1])
    for found in _ENTITY.finditer(text):
        if _SUSPECT.search(unescape(found[0])):
            yield found.start(), found[0]


def without_hidden(text: str) -> str:
    """Return text in which `hidden_in` finds nothing; U+FFFD replaces an entity, so that its ends make no new one."""
    while (bare := with_stand_ins(text, "")) != text:
        text = bare
    return _ENTITY.sub(lambda found: STAND_IN if _SUSPECT.search(unescape(found[0])) else found[0], bare)


def with_stand_ins(text: str, stand_in: str = STAND_IN) -> str:
    """Return text with `stand_in` for each run of hidden characters; an entity is text that can be seen, and stays."""
    return _FINDER.sub(lambda found: stand_in if found[1] else found[0], text) if _SUSPECT.search(text) else text


def has_visible_sign(text: str) -> bool:
    """Whether there is a letter, number, mark of punctuation or symbol in text of which something is seen."""
    return any(
        unicodedata.category(character)[0] in "LNPS" and character not in BLANK and not _SUSPECT.match(character)
        for character in text
    )


def name_of_hidden(run: str) -> str:
    """Return what Unicode calls the first of a run, or its number where it has no name; an entity is its own name."""
    return run if run[0] == "&" else unicodedata.name(run[0], f"U+{ord(run[0]):04X}")
