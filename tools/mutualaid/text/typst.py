"""Words as Typst source. All text goes in as string literals, so nothing that people wrote is ever read as markup."""

from collections.abc import Iterable
from unicodedata import bidirectional

from mutualaid.core.entries.on_paper import printable


def text(words: str) -> str:
    return f"#{literal(words)}" if words else ""


def literal(words: str) -> str:
    plain = printable(words).replace("\\", "\\\\").replace('"', '\\"')
    first = "L" if plain.isascii() else next((way for way in map(bidirectional, plain) if way in ("L", "R", "AL")), "L")
    return f'"{plain}"' if first == "L" else f'"{RIGHT_TO_LEFT}{plain}{END}"'


RIGHT_TO_LEFT, END = "\u2067", "\u2069"
"""Around words that begin with a letter that is written from right to left, so that a full stop comes at their end."""


def content(inner: str) -> str:
    return f"[{inner}]"


def array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"
