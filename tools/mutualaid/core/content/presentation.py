"""A page as readers meet it, decided once for site and book: its notices, the entries below its text, its imprint."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from mutualaid.core.content.page import Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.presentation import Fact, Notice, note_on, past_its_date

LICENCE = "CC BY-NC-SA 4.0"
NOT_REVIEWED = "Not yet reviewed by a person in the field"
NOT_CHECKED = "Its sources have not been looked at again in time."


class PresentedPage(NamedTuple):
    """What is around a page's text: a sentence or nothing as `content_note`, and entries as `kind/slug`."""

    content_note: str
    notices: tuple[Notice, ...]
    drawn_in: tuple[str, ...]
    imprint: tuple[Fact, ...]


def present_page(page: Page, cards: Collection[str], entries: Collection[str], today: dt.date) -> PresentedPage:
    """Arrange a page; `cards` are the entries that its text shows already, `entries` all that there are."""
    topics = [str(topic).replace("-", " ") for topic in page.fields.get("content_note", ())]
    return PresentedPage(
        content_note=note_on("page", topics),
        notices=(past_its_date("page", NOT_CHECKED, page.review_months),) if page.is_stale(today) else (),
        drawn_in=tuple(name for name in page.draws_in if name in entries and name not in cards),
        imprint=() if page.is_stub else tuple(_imprint(page)),
    )


def _imprint(page: Page) -> Iterator[Fact]:
    fields = page.fields
    if "sources_checked" in fields:
        day = fields["sources_checked"]
        yield Fact("Sources checked", dates.in_words(day), date=day)
    if "edited" in fields:
        yield Fact("Last edited", dates.in_words(str(fields["edited"])), date=str(fields["edited"]))
    if page.is_guide or page.is_help:
        reviewed = fields.get("reviewed")
        words = f"{dates.in_words(reviewed['on'])}, by {reviewed['by_role']}" if reviewed else NOT_REVIEWED
        yield Fact("Reviewed", words, date=reviewed["on"] if reviewed else "", is_unset=not reviewed)
    if page.review_by:
        yield Fact("Look at again by", dates.in_words(page.review_by), date=page.review_by)
    yield Fact("License", LICENCE)
