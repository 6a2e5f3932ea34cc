"""What a reading grade counts, and what it does not."""

from mutualaid.core.content.page import Page
from mutualaid.core.content.readability import STRICT, Voice, grades, hard_pages, limit_for, sentences_of, voice_of
from mutualaid.core.entries.document import Document
from world import SAMPLES

BODY = (SAMPLES / "reading.md").read_text(encoding="utf-8")


def test_only_running_sentences_are_kept() -> None:
    """Paragraphs and longer list items, one a line; headings, scraps, asides and sheets do not count."""
    assert sentences_of(BODY).splitlines() == [
        "One plain paragraph with a link to a page, over two lines.",
        "an item without its full stop at the end.",
        "But the words inside a block count as well.",
    ]
    aside = "\n::: learn-more Learn more\nAn aside has as many words as it likes.\n:::\n"
    sheet = "\n::: printable sheet A sheet\nA sheet to print has its own words.\n\n| a | b |\n:::\n"
    short = "\nHere the page says it is enough now. That was short.\n"
    assert voice_of(BODY + aside + sheet + short) == Voice(words=49, median=9, short=0.2)
    assert voice_of("## Only a heading {#id}") == Voice(3, 0.0, 0.0)


EASY = "We met on Friday. We made tea. Each of us said one thing."
HARD = (
    "Notwithstanding institutional considerations, interdepartmental administrators characteristically "
    "problematize organizational responsibilities throughout comprehensive deliberations."
)


def _page(address: str, body: str) -> Page:
    return Page(address, "guide", {"title": "A page", "promise": "A promise"}, body, 9, Document("a.md", {}))


def test_a_hard_page_is_named_with_its_grade() -> None:
    """The warning carries the figure and the limit, less for safety and forms; one at its limit gets none."""
    pages = (_page("/guide/easy/", EASY), _page("/guide/hard/", HARD))
    found = grades(pages)
    problems = list(hard_pages(pages, {**found, "/guide/easy/": 9.0}))
    assert [(one.code, one.is_error, one.place.line) for one in problems] == [("page.hard-to-read", False, 9)]
    assert f"reading grade {found['/guide/hard/']}; /guide/hard/ should have at most 9" in problems[0].message
    assert found["/guide/easy/"] < 5 and found["/guide/hard/"] > 9
    assert [limit_for(f"{place}a/") for place in STRICT] == [7.0] * len(STRICT)
