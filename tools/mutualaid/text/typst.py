"""Words as Typst source. All text goes in as string literals, so nothing that people wrote is ever read as markup."""

import re
import unicodedata
from collections.abc import Iterable

COVERED = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0xB4), (0xB6, 0x107), (0x10A, 0x113), (0x116, 0x11B), (0x11E, 0x123),
    (0x126, 0x127), (0x12A, 0x12B), (0x12E, 0x133), (0x136, 0x137), (0x139, 0x13E), (0x141, 0x148), (0x150, 0x155),
    (0x158, 0x15B), (0x15E, 0x165), (0x16A, 0x16B), (0x16E, 0x17E), (0x192, 0x192), (0x218, 0x21B), (0x1E80, 0x1E85),
    (0x1E9E, 0x1E9E), (0x1EF2, 0x1EF3), (0x2013, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2020),
    (0x2022, 0x2022), (0x2026, 0x2026), (0x2039, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x2122, 0x2122),
    (0x2212, 0x2212),
)  # fmt: skip
"""Characters for which the fonts of `theme/print/fonts` have a letter. A test asks Typst."""
NOT_COVERED = re.compile(
    "[^" + "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in COVERED) + "]"
)
UNKNOWN = "?"
"""In place of a character that no font here has, and that cannot be written with others."""


def text(words: str) -> str:
    """Return words as Typst content, for use in markup."""
    return f"#{literal(words)}" if words else ""


def literal(words: str) -> str:
    """Return words as a Typst string."""
    plain = printable(words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def content(inner: str) -> str:
    """Return markup as a content value, for use as an argument."""
    return f"[{inner}]"


def array(items: Iterable[str]) -> str:
    """Return Typst values as an array."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def printable(words: str) -> str:
    """Return words with each character that the fonts lack written otherwise: without its accent, or as `?`."""
    if not NOT_COVERED.search(words):
        return words
    return NOT_COVERED.sub(lambda found: _in_other_letters(found.group()), unicodedata.normalize("NFC", words))


def _in_other_letters(character: str) -> str:
    if character.isspace():
        return " "
    plain = "".join(one for one in unicodedata.normalize("NFKD", character) if not NOT_COVERED.match(one))
    if plain.strip():
        return plain
    return "" if unicodedata.category(character) in INVISIBLE else UNKNOWN


INVISIBLE = ("Cc", "Cf", "Mn", "Me")
