"""Words as Typst: nothing that people write is read as markup, and no letter stops a build."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanes import examples
from mutualaid.adapters.typst import make_pdf
from mutualaid.core.entries.on_paper import NOT_COVERED, lacking, printable
from mutualaid.text.typst import literal
from paper import words_of
from world import PROJECT, rows_of

FOLDER = str(PROJECT / "theme" / "print")
HEAD = '#import "look.typ": *\n#set document(title: "Words")\n#set text(font: body-font)\n'


def test_the_fonts_have_what_we_say() -> None:
    """Typst refuses a file with a letter that its fonts lack, so this fails where the table says too much."""
    letters = "".join(sign for code in range(0x11000) if not NOT_COVERED.match(sign := chr(code)))
    assert len(letters) > 1400
    assert make_pdf(f"{HEAD}#{literal(letters)} #strong({literal(letters)}) #emph({literal(letters)})", FOLDER)
    assert sum(file.stat().st_size for file in Path(FOLDER, "fonts").glob("Noto*.ttf")) < 300_000


# Title in another script, as it is printed; the sum of its letters in no other order is in the file's text.
SCRIPTS = rows_of("letters", "scripts")


def test_a_full_stop_comes_at_the_end() -> None:
    """Words that begin from right to left are kept together in that direction; all others are left as they are."""
    for words in ("(שלום) 2026.", "دليل!"):
        assert literal(words) == f'"\u2067{words}\u2069"'
    for words in ("A שלום.", "1.", "", "Οδηγός!"):
        assert literal(words) == f'"{words}"'


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_scripts_on_paper(words: str) -> None:
    """Each is printed letter by letter, in a title and in bold; nothing is left out."""
    assert printable(words) == words and not lacking(words)
    said = words_of(make_pdf(f"{HEAD}#title({literal(words)}) #strong({literal(words)})", FOLDER))
    lost = set(unicodedata.normalize("NFC", words)) - set(unicodedata.normalize("NFC", said)) - {"\u200c"}
    assert not lost


@pytest.mark.parametrize(("given_words", "shown"), rows_of("letters", "lacking"))
def test_letters_that_the_fonts_lack(given_words: str, shown: str) -> None:
    """They lose an accent, or are named by their script; what is not seen goes. No question mark is left."""
    assert printable(given_words) == shown


def test_markup_is_words() -> None:
    words = r'#panic("x") $x$ *a* _b_ `c` <d> @e = f \n \" "g" // h /* i */ [j] {k} ~ -- ...'
    assert words in words_of(make_pdf(f"{HEAD}#{literal(words)}", FOLDER))


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=40))
def test_any_words_make_a_file(words: str) -> None:
    assert make_pdf(f"{HEAD}#strong({literal(words)})", FOLDER).startswith(b"%PDF")
