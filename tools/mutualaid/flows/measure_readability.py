"""How hard the pages are to read: a warning for each page above its limit."""

from collections.abc import Iterator

import textstat

from mutualaid.core.content.page import Page
from mutualaid.core.content.readability import limit_for, sentences_of
from mutualaid.core.entries.problem import Place, Problem


def grades(pages: tuple[Page, ...]) -> dict[str, float]:
    """Return each page's Flesch-Kincaid grade, years of schooling in the United States, by address; 0 for no text."""
    texts = {page.address: sentences_of(page.body) for page in pages}
    return {
        place: round(textstat.flesch_kincaid_grade(text), 1) if text.strip() else 0.0 for place, text in texts.items()
    }


def hard_pages(pages: tuple[Page, ...], found: dict[str, float]) -> Iterator[Problem]:
    for page in pages:
        grade, limit = found[page.address], limit_for(page.address)
        if grade > limit:
            sentence = (
                f"The text has reading grade {grade}; {page.address} should have at most {limit:.0f}. "
                "Shorten the longest sentences and use shorter words."
            )
            yield Problem(
                "page.hard-to-read", "The text", sentence, Place(page.document.file, page.body_line), "warning"
            )
