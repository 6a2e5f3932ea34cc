"""Our own HTML as Typst: what each element becomes, where links lead, and where there is room to write."""

import pytest
import yaml

from mutualaid.text.html_to_typst import Typesetter
from mutualaid.text.html_tree import parse
from world import SAMPLES

ROWS = yaml.safe_load((SAMPLES / "html.yaml").read_text(encoding="utf-8"))["typst"]
INSIDE = frozenset({"/a/", "/a/#x"})
BLANK = '<span role="img" aria-label="blank">{}</span>'


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["typst"])
def test_elements(row: dict[str, str]) -> None:
    """On the page /a/ of a book without a site."""
    assert Typesetter(INSIDE, address="/a/").document(parse(row["html"])).strip() == row["typst"]


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
    """A note is set once; a table has room to write on; on a sheet a source has its address beside it.

    Where the site has an address, what the book lacks is a link to it.
    """
    assert setter.document(parse(html)).strip() == typst
