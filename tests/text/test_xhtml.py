"""Our own HTML as XHTML."""

import pytest

from mutualaid.text.html_tree import parse
from mutualaid.text.xhtml import as_xhtml


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        ("<p>a<br>b &amp; c &lt; d&nbsp;e</p>", "<p>a<br/>b &amp; c &lt; d\xa0e</p>"),
        ('<p><a href="/gone/">gone</a> <a href="/b/">here</a></p>', '<p>gone <a href="b.xhtml">here</a></p>'),
        ('<h2 id="a">A<a class="anchor" href="#a" aria-label="x">#</a></h2>', '<h2 id="a">A</h2>'),
        (
            '<details class="more"><summary><span>More</span></summary><div><p>x</p></div></details>',
            '<section class="more"><p class="more-title"><strong>More</strong></p><div><p>x</p></div></section>',
        ),
        ('<div class="table" role="region" tabindex="0" aria-label="Table 3">x</div>', '<div class="table">x</div>'),
        ('<div class="a &amp; &quot;b">x</div>', '<div class="a &amp; &quot;b">x</div>'),
        ('<x-exhibit name="pod"></x-exhibit>', "<figure/>"),
        (
            "<ul>\n<li><em>a</em> <strong>b</strong>\n<p>c</p>\n</li>\n</ul>",
            "<ul><li><em>a</em> <strong>b</strong><p>c</p></li></ul>",
        ),
    ],
)
def test_html_becomes_xhtml(html: str, xhtml: str) -> None:
    """Each element is closed, nothing is folded, blanks between blocks go, a link into nothing is plain words."""
    targets = {"/b/": "b.xhtml"}
    assert as_xhtml(parse(html), lambda target: targets.get(target, ""), {"pod": "<figure/>"}) == xhtml
