"""Template filters: small, named, tested. Templates hold no logic beyond these."""

import unicodedata
from collections.abc import Iterable

from markupsafe import Markup

from mutualaid.core.entries.dates import in_words
from mutualaid.text.markdown import data_block, drawn, prose, prose_line
from mutualaid.text.room import room


def many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def spoken(title: str, languages: Iterable[str] = ()) -> str:
    """Return a title, marked with its language and direction where none of its letters is Latin."""
    if title.isascii():
        return title
    letters = [sign for sign in title if sign.isalpha()]
    scripts = [unicodedata.name(letter, "-").split()[0] for letter in letters]
    if not letters or "LATIN" in scripts:
        return title
    written = WRITTEN_IN.get(scripts[0], "und").split()
    language = next((tag for tag in languages if tag.partition("-")[0] in written), written[0])
    direction = "rtl" if unicodedata.bidirectional(letters[0]) in ("R", "AL") else "ltr"
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction, title)


WRITTEN_IN = {
    "ARABIC": "ar fa ur ps ckb ug", "ARMENIAN": "hy", "BENGALI": "bn as", "CJK": "zh yue ja", "CYRILLIC": "ru uk bg sr",
    "DEVANAGARI": "hi ne mr", "ETHIOPIC": "am ti", "GEORGIAN": "ka", "GREEK": "el", "GUJARATI": "gu", "GURMUKHI": "pa",
    "HANGUL": "ko", "HEBREW": "he yi", "HIRAGANA": "ja", "KATAKANA": "ja", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
    "TAMIL": "ta", "THAI": "th",
}  # fmt: skip
"""Languages by the letters that they are written in, the one that is most likely here first."""


FILTERS = {
    "spoken": spoken,
    "prose": prose,
    "prose_line": prose_line,
    "day": in_words,
    "many": many,
    "drawn": drawn,
    "room": room,
    "data_block": data_block,
}
