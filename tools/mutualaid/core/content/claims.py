"""Sentences of pages and entries that lean on a source, each with it, so that somebody can check them one by one."""

import random
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry

_NOTE = re.compile(r"\[\^([^\]]+)\]")
_LINK = re.compile(r"\[([^\]]+)\]\((entry:[^)\s]+|https?://[^)\s]+)\)")
_OWN_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_TOLD_IN = (
    *("who", "organizer", "creator", "served", "serves", "good_for", "summary", "about", "asks", "time_stated"),
    *("what_was_done", "what_it_took", "what_went_wrong", "would_do_again", "lesson"),
)
_SENTENCE_END = re.compile(r"(?<=[.?!])((?:\[\^[^\]]+\])*)\s+(?=[“\"A-Z0-9*\[])")


class Claim(NamedTuple):
    """A sentence with the sources named beside it; `line` counts from 1 in a page's file, or names an entry's field."""

    file: str
    line: int | str
    sentence: str
    sources: tuple[str, ...]


def claims_of(page: Page) -> Iterator[Claim]:
    """Yield every sentence of a page that has a footnote, a link to an entry, or a link to the web."""
    notes: Mapping[str, str] = dict(re.findall(r"^\[\^([^\]]+)\]:\s*(.+)$", page.body, re.MULTILINE))
    for start, paragraph in _paragraphs(page.body):
        for sentence in _SENTENCE_END.sub("\\1\0", paragraph).split("\0"):  # a note stays with the sentence before it
            sources = tuple(
                [notes.get(name, f"a note {name} that is missing") for name in _NOTE.findall(sentence)]
                + [target for _, target in _LINK.findall(sentence)]
            )
            if sources:
                plain = _OWN_LINK.sub(r"\1", _NOTE.sub("", sentence)).replace("**", "").strip(" -*|")
                yield Claim(page.document.file, page.body_line + start, plain, sources)


def claims_in(entry: Entry) -> Iterator[Claim]:
    """Yield every sentence of an entry that names its sources, from the fields that tell something in words."""
    sources = tuple(f"{source['title']} {source.get('url', '')}".strip() for source in entry.fields.get("sources", ()))
    for name in _TOLD_IN if sources else ():
        for paragraph in re.split(r"\n\s*\n", str(entry.fields.get(name, ""))):
            for sentence in _SENTENCE_END.sub("\\1\0", " ".join(paragraph.split())).split("\0"):
                if sentence:
                    yield Claim(f"submissions/{entry.kind.name}/{entry.slug}.yaml", name, sentence, sources)


def drawn(claims: tuple[Claim, ...], count: int, seed: str) -> tuple[Claim, ...]:
    """Draw `count` claims at random; the same `seed` always draws the same ones. Fewer where there are fewer."""
    numbers = random.Random(seed).sample(range(len(claims)), min(count, len(claims)))  # noqa: S311 - a draw, no secret
    return tuple(claims[number] for number in sorted(numbers))


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    lines: list[str] = []
    start = 0
    for number, line in enumerate([*body.splitlines(), ""]):
        ends = not line.strip() or line.lstrip().startswith(("- ", "* ", "|", ":::")) or re.match(r"\s*\d+\. ", line)
        if ends and lines:
            yield start, " ".join(lines)
            lines = []
        if line.strip() and not line.startswith(("[^", ":::", "#")):
            start = start if lines else number
            lines.append(line.strip())
