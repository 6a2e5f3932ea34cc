"""Characters that no text of ours may hold: control characters, and those that turn the direction of text unseen."""

import re
import unicodedata

UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\t]"
)


def name_of_character(character: str) -> str:
    """Return what Unicode calls a character, or its number where it has no name."""
    return unicodedata.name(character, f"U+{ord(character):04X}")
