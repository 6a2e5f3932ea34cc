"""HTML of mails: words, lists and quotes stay; everything else goes, quickly, whatever comes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid.adapters.mail_html import text_of_html

PAGES = {
    "gmail": (
        "<div dir='ltr'>Title: A jar<div><br></div><div>It&#39;s&nbsp;ours.</div></div>",
        "Title: A jar\n\nIt's ours.",
    ),
    "paragraphs": ("<P>One\n  two.</P><p>Three<br>four</p>", "One two.\n\nThree\nfour"),
    "list": ("<ul><li>a</li><li><p>b</p></li></ul>end", "- a\n- b\n\nend"),
    "quote": (
        "new<blockquote><div>old</div>more<blockquote>older</blockquote></blockquote>new",
        "new\n> old\n> more\n> > older\nnew",
    ),
    "unseen": ("<head><title>T</title></head><style>p{}</style><script>if (a<b) '</p>'</script>seen", "seen"),
    "comment": ("a<!-- <p>b</p> --><!--[if mso]>c<![endif]-->d", "ad"),
    "link": ("<a href='https://www.example.org/?u=jane'>our page</a>", "our page"),
    "entities": ("1 &lt; 2 &amp; 3 < 4 &nosuch; &#x41;", "1 < 2 & 3 < 4 &nosuch; A"),
    "attribute with a bracket": ('<p title="a > b">c</p>', "c"),
    "broken": ("<p <b>a</i></p></div><![if x]>b<", "a\n\nb<"),
    "nothing": ("<img src='https://tracker.example/1.gif' alt='Jane'>", ""),
}


@pytest.mark.parametrize(("html", "text"), PAGES.values(), ids=PAGES.keys())
def test_pages(html: str, text: str) -> None:
    """What a reader of the mail would see, without addresses and pictures."""
    assert text_of_html(html) == text


@given(st.text(st.sampled_from("<>/!-\"' &;#[]=abp\n")))
def test_any_html(html: str) -> None:
    """Nothing raises, and no line has white space at its end."""
    assert all(line == line.rstrip() for line in text_of_html(html).split("\n"))


SEEDS = (
    "<!--",
    "<a ",
    "<",
    "<div>",
    "&",
    "<p '",
    '<p "',
    "<script>",
    "</script",
    "<blockquote>x",
    "&#",
    "<li>",
    "<br>",
)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_html_makes_it_slow(seed: str) -> None:
    """Ten times the length takes about ten times as long, and not a hundred times."""
    spent = []
    for count in (5_000, 50_000):
        started = time.process_time()
        text_of_html(seed * count)
        spent.append(time.process_time() - started)
    assert spent[1] < 40 * max(spent[0], 0.01)
