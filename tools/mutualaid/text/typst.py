"""Words as Typst source. All text goes in as string literals, so nothing that people wrote is ever read as markup."""

from unicodedata import bidirectional

from mutualaid.core.entries.on_paper import printable


def shown(words: str) -> str:
    """Return words in letters that paper has, kept together where they are written from right to left."""
    plain = printable(words)
    first = "L" if plain.isascii() else next((way for way in map(bidirectional, plain) if way in ("L", "R", "AL")), "L")
    return plain if first == "L" else f"{RIGHT_TO_LEFT}{plain}{END}"


RIGHT_TO_LEFT, END = "\u2067", "\u2069"
"""Around words that begin with a letter that is written from right to left, so that a full stop comes at their end."""


def literal(words: str) -> str:
    return quoted(shown(words))


def quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
