"""Contributed text as Markdown: what it may use, and whether a reader would see words. Pages: `text/markdown.py`."""

import re
from collections.abc import Iterable
from functools import cache
from string import ascii_letters
from typing import TYPE_CHECKING

from mutualaid.core.entries.hidden_characters import has_visible_sign

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

RULES = ("list", "emphasis", "link", "escape", "newline", "entity")
PLAIN_START = re.compile(r"[\"“‘'(*_$/]*(?:[^\W\d_]|\d++(?![.)]))")
"""What most texts begin with: a letter or a number that no Markdown takes away."""
LINK_THAT_MAY_BE_EMPTY = re.compile(r"\[(?:[^\w\[\]]|_|&#?\w+;)*\]\(")
MOST = 20_000
"""Characters of a text that are looked at: no field may hold so many, which is a problem anyhow."""


@cache
def contributed() -> "MarkdownIt":
    """Return what renders contributed text. It is loaded late: most entries can be checked without it."""
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"xhtmlOut": False}).enable(list(RULES))


def lacks_words(text: str) -> str:
    """Return what in a text has nothing that a reader would see: `text`, `link`, or '' where all can be seen."""
    may_hide = "](" in text and LINK_THAT_MAY_BE_EMPTY.search(text)
    if not may_hide and (
        text[:1] in ascii_letters or ((start := PLAIN_START.match(text)) and has_visible_sign(start[0][-1]))
    ):
        return ""
    blocks = [block.children or () for block in contributed().parse(text[:MOST])]
    if not any(has_visible_sign(token.content) for tokens in blocks for token in tokens):
        return "text"
    return "link" if any(has_empty_link(tokens) for tokens in blocks) else ""


def has_empty_link(tokens: Iterable["Token"]) -> bool:
    is_empty = False
    for token in tokens:
        if token.type == "link_close" and is_empty:
            return True
        is_empty = token.type == "link_open" or (is_empty and not has_visible_sign(token.content))
    return False
