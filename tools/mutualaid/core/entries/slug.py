"""A slug: an entry's name in its address and the name of its file. It is made once, from the title, and stays."""

import re
import unicodedata
from collections.abc import Container
from itertools import chain, count

LONGEST = 80
SPELT_OUT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "&": " and "}
)
WINDOWS = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
RESERVED = frozenset(("all", "data", "feed", "index", "new", "print", *WINDOWS))
"""Names that mean something else: pages of the site, and files that Windows cannot hold."""


def slug_from(title: str, taken: Container[str], fallback: str = "entry") -> str:
    """Make a slug of `title` that is neither in `taken` nor reserved; a number is added where it would be.

    `fallback` is used where the title holds no letter or digit of ASCII.
    """
    plain = _plain(title) or _plain(fallback) or "entry"
    ends = chain(("",), (f"-{number}" for number in count(2)))
    slugs = (_shortened(plain, LONGEST - len(end)) + end for end in ends)
    return next(slug for slug in slugs if slug not in taken and slug not in RESERVED)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(SPELT_OUT))
    kept = re.sub(r"['’ʼ‘`]", "", "".join(letter for letter in folded if not unicodedata.combining(letter)))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def _shortened(plain: str, longest: int) -> str:
    """Cut at the last hyphen that fits; a single long word is cut where it must be."""
    if len(plain) <= longest:
        return plain
    cut = plain[: longest + 1].rpartition("-")[0]
    return (cut or plain[:longest]).strip("-")
