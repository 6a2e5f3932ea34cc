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
        ('<p><a href="https://é.org/互">a</a></p>', '#out("https://xn--9ca.org/%E4%BA%92", [#"a"]);'),
        ('<p><span lang="ar-EG" dir="rtl">a</span></p>', '#text(lang: "ar", dir: rtl)[#"a"];'),
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


MARK = '<sup><a href="#note-1" id="mark-1">1</a></sup>'
NOTE = '<section class="footnotes"><ol><li id="note-1"><p>A source <a href="#mark-1">back</a></p></li></ol></section>'
ROW = f"<tr><td>You</td><td>{BLANK.format('____')}</td></tr>"
TABLE = f"<table><thead><tr><th>Who</th><th>What</th></tr></thead><tbody>{ROW}</tbody></table>"
HEAD = '#ruled-table((3.00fr, 3.00fr, ), ([#"Who"], [#"What"], ), boxed: true'
LINKS = '<p><a href="https://e.org/">a</a> <a class="source" href="https://e.org/">b</a></p>'


@pytest.mark.parametrize(
    ("setter", "html", "typst"),
    [
        (
            Typesetter(address="/a/"),
            f"<p>a{MARK} b{MARK}</p>{NOTE}",
            '#"a"#footnote([#"A source "])#label("/a/@note-1");#" b"#footnote(label("/a/@note-1"));',
        ),
        (Typesetter(), TABLE, f'{HEAD}, [#"You"], [#block(height: 6mm, width: 100%)])'),
        (
            Typesetter(site_address="https://e.org/g"),
            '<p><a href="/b/">a</a></p>',
            '#link("https://e.org/g/b/", [#"a"]);',
        ),
        (
            Typesetter(is_sheet=True),
            LINKS,
            '#out-plain("https://e.org/", [#"a"]);#" "#out-line("https://e.org/", [#"b"]);',
        ),
    ],
    ids=["a note", "a table", "with a site", "on a sheet"],
)
def test_places(setter: Typesetter, html: str, typst: str) -> None:
    """A note is set once, at its first mark; a table has room to write on, by a row of its own.

    Where the site has an address, what the book lacks is a link to it. On a sheet a source has its address beside it,
    so that it can be found from paper; other links are words.
    """
    assert setter.document(parse(html)).strip() == typst
