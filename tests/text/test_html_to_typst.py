"""Our own HTML as Typst: what each element becomes, where links lead, and where there is room to write."""

import pytest

from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import parse

INSIDE = frozenset({"/a/", "/a/#x"})
BLANK = '<span role="img" aria-label="blank">{}</span>'


@pytest.mark.parametrize(
    ("html", "typst"),
    [
        ("<p>a <em>b</em>\nc</p>", '#"a "#emph[#"b"];#" c"'),
        ('<h2 id="x">X</h2>', '#heading(level: 3, outlined: false, [#"X"]) #label("/a/#x")'),
        ('<h2 id="y">Y</h2>', '#heading(level: 3, outlined: false, [#"Y"])'),
        ('<ol start="3"><li>a</li><li><p>b</p></li></ol>', '#enum(start: 3, [#"a"], [#"b"])'),
        ("<ul><li>[ ] ask</li></ul>", '#list([#tick-box;#"ask"])'),
        ("<p>a<br>\nb</p>", '#"a"#linebreak();#"b"'),
        ('<div class="notice"><p><strong>T</strong></p><p>b</p></div>', '#warning("T", [#"b"])'),
        ('<p><a href="#x">a</a></p>', '#to("/a/#x", [#"a"]);'),
        ('<p><a href="/a/#gone">a</a></p>', '#to("/a/", [#"a"]);'),
        ('<p><a href="/b/">a</a></p>', '#"a"'),
        ('<p><a href="https://e.org/">a</a></p>', '#out("https://e.org/", [#"a"]);'),
        ('<p><a class="source" href="https://e.org/">a</a></p>', '#out-line("https://e.org/", [#"a"]);'),
        ('<p><a href="https://e.org/">e.org</a></p>', '#out-plain("https://e.org/", [#"e.org"]);'),
        (f"<p>By {BLANK.format('____')} on {BLANK.format('_' * 14)}</p>", '#"By "#blank(16pt);#" on "#rest();'),
        (f"<p>{BLANK.format('_' * 70)}</p><p>{BLANK.format('_' * 130)}</p>", "#lines(3)"),
        (
            '<dl class="facts"><dt>A</dt><dd>1</dd><dt>B</dt><dd class="wide">2</dd></dl>',
            '#facts(3, fact("A", [#"1"]), [], [], wide(3, fact("B", [#"2"])))',
        ),
    ],
)
def test_elements(html: str, typst: str) -> None:
    """On the page /a/ of a book without a site."""
    assert Typesetter(INSIDE, address="/a/").document(parse(html)).strip() == typst


def test_notes_are_set_once_at_their_first_mark() -> None:
    """A second mark points to the first; the list of notes and the links back are left out."""
    mark = '<sup><a href="#note-1" id="mark-1">1</a></sup>'
    note = (
        '<section class="footnotes"><ol><li id="note-1"><p>A source <a href="#mark-1">back</a></p></li></ol></section>'
    )
    made = Typesetter(address="/a/").document(parse(f"<p>a{mark} b{mark}</p>{note}"))
    assert made.strip() == '#"a"#footnote([#"A source "])#label("/a/@note-1");#" b"#footnote(label("/a/@note-1"));'


def test_a_table_has_room_to_write() -> None:
    """Its columns are as wide as what is in them wants, and a line to write on is a row of its own."""
    row = f"<tr><td>You</td><td>{BLANK.format('____')}</td></tr>"
    html = f"<table><thead><tr><th>Who</th><th>What</th></tr></thead><tbody>{row}</tbody></table>"
    made = Typesetter().document(parse(html)).strip()
    head = '#ruled-table((3.00fr, 3.00fr, ), ([#"Who"], [#"What"], ), boxed: true'
    assert made == f'{head}, [#"You"], [#block(height: 6mm, width: 100%)])'


def test_a_link_to_the_site() -> None:
    """Where the site has an address, what the book lacks is a link to it."""
    made = Typesetter(site_address="https://e.org/g").document(parse('<p><a href="/b/">a</a></p>'))
    assert made.strip() == '#link("https://e.org/g/b/", [#"a"]);'


def test_links_on_a_sheet() -> None:
    """A source has its address beside it, so that it can be found from paper; other links are words."""
    html = '<p><a href="https://e.org/">a</a> <a class="source" href="https://e.org/">b</a></p>'
    made = Typesetter(is_sheet=True).document(parse(html)).strip()
    assert made == '#out-plain("https://e.org/", [#"a"]);#" "#out-line("https://e.org/", [#"b"]);'
