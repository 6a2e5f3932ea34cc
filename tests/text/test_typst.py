"""Words as Typst: nothing that people write is read as markup, and no letter stops a build."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanes import examples
from mutualaid.adapters.typst import make_pdf
from mutualaid.text.typst import COVERED, literal, printable, text
from paper import words_of
from world import PROJECT

FOLDER = str(PROJECT / "theme" / "print")
HEAD = '#import "look.typ": *\n#set document(title: "Words")\n#set text(font: body-font)\n'


def test_the_fonts_have_what_we_say() -> None:
    """Typst refuses a file with a letter that its fonts lack, so this fails where the table says too much."""
    letters = "".join(chr(code) for first, last in COVERED for code in range(first, last + 1))
    assert make_pdf(f"{HEAD}{text(letters)}", FOLDER)


@pytest.mark.parametrize(
    ("given_words", "shown"),
    [
        ("plain", "plain"),
        ("Łódź, São Paulo, ½", "Łódź, São Paulo, ½"),
        ("Việt Nam", "Viet Nam"),
        ("漢字", "??"),
        ("a\u200bb\u00adc", "abc"),
        ("tab\tand\u2003space", "tab and space"),
        ("e\u0301", "é"),
        ("ﬁne 😀", "fine ?"),
        ("\u02d8\u037a\ufc5e", "???"),
    ],
)
def test_letters_that_the_fonts_lack(given_words: str, shown: str) -> None:
    """They lose an accent, or become a question mark; what is not seen goes."""
    assert printable(given_words) == shown


def test_markup_is_words() -> None:
    """Typst's own signs come out as they went in."""
    words = r'#panic("x") $x$ *a* _b_ `c` <d> @e = f \n \" "g" // h /* i */ [j] {k} ~ -- ...'
    assert words in words_of(make_pdf(f"{HEAD}{text(words)}", FOLDER))


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=40))
def test_any_words_make_a_file(words: str) -> None:
    """Whatever was written, a file comes out."""
    assert make_pdf(f"{HEAD}#strong({literal(words)})", FOLDER).startswith(b"%PDF")
