"""Which letters paper can show, and what it shows in place of others: its fonts hold no more than a file may weigh."""

import re
import unicodedata
from collections.abc import Iterator

from mutualaid.core.entries.document import Steps
from mutualaid.core.entries.submission import Submission

COVERED = (
    r"\x20-\x7e\xa0-\xac\xae-\u0181\u0186\u0189-\u018b\u018e-\u0190\u0192-\u0194\u0197-\u0199\u019d-\u01a1\u01af\u01b0"
    r"\u01b2-\u01b7\u01cd-\u01dc\u01e6-\u01ed\u01f4\u01f5\u01f8\u01f9\u0218-\u021b\u0226-\u0233\u0237\u0241-\u0245"
    r"\u0253\u0254\u0256\u0257\u025b\u0263\u0268\u026a\u0272\u028b\u0292\u02b9-\u02bf\u02c6\u02c7\u02c9\u02da"
    r"\u02dc\u02dd\u0300-\u0304\u0306-\u030c\u031b\u0323-\u0328\u0331\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c"
    r"\u038e-\u03a1\u03a3-\u03ce\u03d1\u03d5-\u03d7\u03da-\u03e1\u0400-\u045f\u0462\u0463\u0472-\u0475\u048a-\u04ff"
    r"\u0591-\u05c7\u05d0-\u05ea\u05f0-\u05f4\u0600-\u0603\u060c\u060d\u0610-\u061b\u061e-\u063a\u0640-\u0655"
    r"\u0660-\u067e\u0681\u0683-\u0689\u068c-\u068e\u0690-\u069a\u069c\u06a0\u06a4\u06a9\u06ab\u06ad\u06af\u06b5"
    r"\u06ba-\u06bc\u06be-\u06d5\u06dd\u06f0-\u06f9\u06fd\u06fe\u1e0c-\u1e0f\u1e20\u1e21\u1e24\u1e25\u1e2a\u1e2b"
    r"\u1e32-\u1e37\u1e40-\u1e47\u1e5a\u1e5b\u1e62\u1e63\u1e6c-\u1e6f\u1e80-\u1e85\u1e92-\u1e97\u1e9e\u1ea0-\u1ef9"
    r"\u1f00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4"
    r"\u1fb6-\u1fc4\u1fc6-\u1fd3\u1fd6-\u1fdb\u1fdd-\u1fef\u1ff2-\u1ff4\u1ff6-\u1ffe\u2009\u200c\u200d\u2013\u2014"
    r"\u2018-\u201a\u201c-\u201e\u2020\u2022\u2026\u2032\u2033\u2039\u203a\u2044\u20aa\u20ac\u20b9\u2113\u2116\u2122"
    r"\u2191\u2193\u2212\u2215"
)
"""Characters for which the fonts of `theme/print/fonts` have a letter, as in a pattern. A test asks Typst."""
NOT_COVERED = re.compile(f"[^{COVERED}]")
_AGAIN = re.compile(r"(\[[^\]]+\])(?:[\s,.:;!?()-]*\1)+")


def printable(words: str) -> str:
    """Return words with each character that the fonts lack written otherwise: without its accent, or as what it is."""
    if words.isascii() and words.isprintable():
        return words
    whole = unicodedata.normalize("NFC", words)
    return _AGAIN.sub(r"\1", NOT_COVERED.sub(lambda found: _in_other_letters(found[0]), whole))


def lacking(words: str) -> str:
    """Return the characters of words that paper can show in no way, each once."""
    found = NOT_COVERED.findall("" if words.isascii() else unicodedata.normalize("NFC", words))
    return "".join(dict.fromkeys(sign for sign in found if _in_other_letters(sign).startswith("[")))


def lost_on_paper(entry: Submission) -> Iterator[tuple[Steps, str]]:
    """Yield each text with letters that paper can't show, and these; a title may be there in Latin ones too."""
    for steps, text in entry.texts:
        if (signs := lacking(text)) and not (steps == ("title",) and entry.value.get("romanized")):
            yield steps, signs


def _in_other_letters(character: str) -> str:
    if character.isspace():
        return " "
    plain = "".join(one for one in unicodedata.normalize("NFKD", character) if not NOT_COVERED.match(one))
    kind, name = unicodedata.category(character), unicodedata.name(character, "")
    if plain.strip() and kind != "Sm":
        return plain
    if kind in ("Cc", "Cf", "Mn", "Me", "Sk"):
        return ""
    script = name.partition(" ")[0]
    if kind[0] in "LM" and name:
        return f"[{'East Asian' if script in ('CJK', 'HIRAGANA', 'KATAKANA') else script.title()} letters]"
    return f"[{name.lower() or 'a sign without a name'}]"
