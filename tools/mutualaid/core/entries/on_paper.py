"""Which letters paper can show, and what it shows in place of others: its fonts hold no more than a file may weigh."""

import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

from mutualaid.core.entries.document import Steps
from mutualaid.core.entries.submission import Submission

COVERED = "".join((files(__package__) / "on_paper.txt").read_text(encoding="utf-8").split())
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
