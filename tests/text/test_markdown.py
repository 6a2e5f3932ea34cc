"""What the body of a page becomes, and what it may not hold, beside what leads nowhere."""

import json

import pytest

from mutualaid.text import markdown
from mutualaid.text.markdown import Surroundings
from world import rows_of


def rendered(body: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the body of a page as HTML, and line and rule of each complaint; it may show a figure named one."""
    around = Surroundings(
        to=lambda address: address,
        page_exists=lambda _: True,
        entry_address=lambda name: f"/{name}/",
        term_exists=lambda _: True,
        card=lambda _: "",
        figure=lambda name: f"<figure>{name}</figure>\n" if name == "one" else None,
    )
    html = markdown.guide_html(body, around)
    return html, [(one.line, one.rule) for one in around.complaints]


@pytest.mark.parametrize("words", ["", " ", "&nbsp;", "\u2800"])
def test_a_link_without_words(words: str) -> None:
    """Nobody could see it, nor press it; its line is named."""
    assert rendered(f"One.\n\nTwo [{words}](https://www.example.org/) three.")[1] == [(3, "link-without-words")]
    assert rendered(f"- [{words}](page:/safety/) [two](page:/safety/)")[1] == [(1, "link-without-words")]


@pytest.mark.parametrize(("body", "found"), rows_of("complaints", "pages"))
def test_complaints(body: str, found: list[list[object]]) -> None:
    """A heading has words, and emphasis, code and emoji are words; a figure is there, once, and said in words."""
    assert [list(one) for one in rendered(body)[1]] == found


def test_a_figure_on_a_page() -> None:
    html, found = rendered("::: figure one\n- You\n:::\n")
    assert html == rows_of("html", "figure")
    assert found == []


def test_text_cannot_leave_its_element() -> None:
    """Whatever an entry or a schema says, a block of data ends where the template ends it; help shows what to type."""
    words = "</script></template><script>alert(1)</script><!-- & ]]>"
    text = str(markdown.data_block({"name": words}))
    assert not set("<>&") & set(text)
    assert json.loads(text) == {"name": words}
    assert markdown.with_code("`a | b` & <c>") == "<code>a | b</code> &amp; &lt;c&gt;"


def test_text_stays_text() -> None:
    """On a page a link says where it isn't encrypted; a contributed one leads to https, or nowhere."""
    link = "[a](http://www.example.org/)"
    html = '<p>&lt;b&gt; <a href="http://www.example.org/">a</a> (not encrypted)</p>\n'
    assert rendered(f"<b> {link}")[0] == html
    for shown in (markdown.prose, markdown.prose_line):
        assert "href" not in shown(f"{link} [b](mailto:a@example.org)")
        assert 'rel="noopener noreferrer"' in shown(link.replace("http:", "https:"))


def test_parts_sheets_and_notes_are_folded_behind_their_headings() -> None:
    """What a link may lead to is inside of its fold, so that the link opens it."""
    parts = (
        "## One {#one .folded}",
        "Words.[^n]",
        "## Two {#two}",
        "::: printable slip A slip\nInk.\n:::",
        "[^n]: A source.",
    )
    text, notes = markdown.text_and_notes(rendered("\n\n".join(parts))[0])
    assert '<h2><small>Learn more</small> One</h2></summary><div class="prose stack" id="one">' in text
    assert '<h2 id="two"' in text.partition("</details>")[2]
    assert '<h2 id="slip-title">A slip</h2></summary><div class="printable" id="slip"' in text
    assert notes.startswith("<details") and 'id="note-1"' in notes.partition("</summary>")[2] and "note-1" in text


def test_a_note_with_several_marks_says_where_each_leads_back() -> None:
    html = rendered("One.[^n] Two.[^n]\n\n[^n]: A source.\n")[0]
    assert ">back</a>" in html and ">back to place 2</a>" in html


def test_only_links_of_ours_are_linked_anew() -> None:
    html = '<a class="term" href="/a/#b">a</a> <a href="#c">c</a> <a href="https://www.example.org/d">d</a>'
    assert markdown.linked(html, lambda target: f"..{target}") == html.replace("/a/#b", "../a/#b")
