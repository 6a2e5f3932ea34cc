"""How hard a page is to read: its running sentences, without what must not count, and their grade."""

import re
import statistics
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mutualaid.core.content.page import Page
from mutualaid.core.entries.problem import Place, Problem, problem_of

LIMIT, LIMIT_WHERE_IT_MATTERS = 9.0, 7.0
STRICT = ("/safety/", "/help/", "/guide/your-rights-at-work/", "/contribute/")
_DROPPED = re.compile(r"^(\||#|:::|\[\^|---|!\[)")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#]|\{#[^}]*\}")
_ITEM = re.compile(r"^\s*([-*+]|\d+[.)])\s+")
_GOES_ON = re.compile(r"\n(?!\s*(?:[-*+]|\d+[.)])\s)\s*")
_NOT_RUNNING = re.compile(r"^(\[\^|\||:::).*$", re.MULTILINE)
_ADDRESS = re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]|\{#[^}]*\}")
_WORD = re.compile(r"\w[\w’'.-]*")
_END = re.compile(r"(?<=[.?!])[\"”)]*\s+")
_FEW, SHORTEST = 6, 4


class Voice(NamedTuple):
    """How a page sounds when read aloud: running words, the median words a sentence, the share of short sentences."""

    words: int
    median: float
    short: float


def voice_of(body: str) -> Voice:
    """Return the voice of what is read from top to bottom: no tables, notes, drawings, sheets or folded blocks."""
    running = re.sub(r"(?ms)^::: (?:card|figure|learn-more|printable) .*?^:::$", "", body)
    words = len(_WORD.findall(_ADDRESS.sub(" ", _NOT_RUNNING.sub("", running))))
    lines = sentences_of(running).splitlines()
    counts = [len(sentence.split()) for line in lines for sentence in _END.split(line) if sentence.strip()]
    if not counts:
        return Voice(words, 0.0, 0.0)
    return Voice(words, statistics.median(counts), sum(count <= _FEW for count in counts) / len(counts))


def sentences_of(body: str) -> str:
    """Return the body's paragraphs and list items as plain sentences, one a line; no tables, headings or notes."""
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", body):
        kept = [line for line in block.splitlines() if line.strip() and not _DROPPED.match(line.strip())]
        for line in _GOES_ON.sub(" ", "\n".join(kept)).splitlines():
            text = _MARKS.sub("", _LINK.sub(r"\1", _FOOTNOTE.sub("", _ITEM.sub("", line)))).strip()
            if len(text.split()) >= SHORTEST:
                lines.append(text if text[-1] in ".?!:" else f"{text}.")
    return "\n".join(lines)


def limit_for(address: str) -> float:
    return LIMIT_WHERE_IT_MATTERS if address.startswith(STRICT) else LIMIT


def grade_of(text: str) -> float:
    """Return the Flesch-Kincaid grade: years of schooling in the United States."""
    import textstat  # its list of how English words sound takes as long to load as all entries take to check

    grade: float = textstat.flesch_kincaid_grade(text)
    return round(grade, 1)


def grades(pages: tuple[Page, ...], grade: Callable[[str], float] = grade_of) -> dict[str, float]:
    """Return each page's grade by address; 0 for no text."""
    texts = {page.address: sentences_of(page.body) for page in pages}
    return {address: grade(text) if text else 0.0 for address, text in texts.items()}


def hard_pages(pages: tuple[Page, ...], found: dict[str, float]) -> Iterator[Problem]:
    for page in pages:
        grade, limit = found[page.address], limit_for(page.address)
        if grade > limit:
            place, facts = Place(page.document.file, page.body_line), {"grade": grade, "address": page.address}
            yield problem_of("page.hard-to-read", "The text", place, "warning", limit=limit, **facts)
