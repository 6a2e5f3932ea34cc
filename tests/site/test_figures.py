"""Figures: drawings that carry nothing but shapes and labels, with words beside them and the same in words below."""

import re
import shutil
from bisect import bisect
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree, html

from mutualaid.adapters.svg import ATTRIBUTES, CLASSES, MAX_BYTES, read_drawing, read_drawing_file
from mutualaid.adapters.yaml import read_yaml
from mutualaid.core.content.page import Drawing, Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.problem import Problem
from mutualaid.flows.load_content import load_content
from mutualaid.text.markdown import Surroundings, guide_html
from site_under_test import ROOT, BuiltSite, build
from world import PROJECT, World

IMAGES = PROJECT / "content" / "images"
NAMES = sorted(file.stem for file in IMAGES.glob("*.svg"))
START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 400">'
DRAWING = f'{START}\n<circle class="d-key" cx="9" cy="9" r="4.5"/>\n<text x="1" y="2">You &amp; I</text>\n</svg>\n'
WORDS = (
    "title: Pod map\ndescription: You stand in the middle, and lines lead to whoever has said yes.\n"
    "caption: 'Solid: has *said* yes.'\ncredit: Drawn for this guide.\n"
)


# -- reading a drawing --


def inside(shapes: str) -> bytes:
    """Return a drawing that holds `shapes`, which stand on its second line."""
    return f"{START}\n{shapes}\n</svg>".encode()


def test_a_drawing() -> None:
    """It is written anew: comments, spaces between shapes and the outer element are gone, words are escaped."""
    shapes = (
        '<!-- note -->\n<g class="d-strong" text-anchor="middle" transform="translate(10 -2.5)">\n'
        '<path d="M2 3h-4.5L6,7z"/>\n<text x="1" y="2">\n  You &amp;\n  <![CDATA[<b>]]></text></g>'
    )
    assert read_drawing(inside(shapes), "one.svg") == Drawing(
        "0 0 360 400",
        '<g class="d-strong" text-anchor="middle" transform="translate(10 -2.5)">'
        '<path d="M2 3h-4.5L6,7z"/><text x="1" y="2">You &amp; &lt;b&gt;</text></g>',
    )


REFUSED = {
    "script": ("<script>alert(1)</script>", "svg.element"),
    "style": ("<style>text{}</style>", "svg.element"),
    "picture": ('<image x="1" y="2"/>', "svg.element"),
    "link": ('<a href="https://example.org"><circle r="2"/></a>', "svg.element"),
    "use": ('<use href="#x"/>', "svg.element"),
    "page inside": ("<foreignObject/>", "svg.element"),
    "movement": ("<animate/>", "svg.element"),
    "title": ("<title>Mine</title>", "svg.element"),
    "svg inside": ('<svg viewBox="0 0 360 400"/>', "svg.element"),
    "other language": ('<circle xmlns="http://www.w3.org/1999/xhtml" r="2"/>', "svg.element"),
    "no language": ('<circle xmlns="" r="2"/>', "svg.element"),
    "shape in text": ('<text x="1" y="2"><circle r="2"/></text>', "svg.element"),
    "handler": ('<circle onclick="alert(1)" r="2"/>', "svg.attribute"),
    "style attribute": ('<circle style="fill:red" r="2"/>', "svg.attribute"),
    "id": ('<circle id="a" r="2"/>', "svg.attribute"),
    "color": ('<circle fill="#f00" r="2"/>', "svg.attribute"),
    "size of type": ('<text font-size="9" x="1" y="2">a</text>', "svg.attribute"),
    "reference": ('<g xmlns:xlink="http://www.w3.org/1999/xlink"><path xlink:href="x"/></g>', "svg.attribute"),
    "class": ('<circle class="card" r="2"/>', "svg.value"),
    "turn": ('<g transform="rotate(90)"/>', "svg.value"),
    "number": ('<circle r="1e9"/>', "svg.value"),
    "unit": ('<circle r="2px"/>', "svg.value"),
    "line end after a number": ('<circle r="2&#10;"/>', "svg.value"),
    "path": ('<path d="url(#a)"/>', "svg.value"),
    "anchor": ('<g text-anchor="left"/>', "svg.value"),
    "words": ("Hello", "svg.stray-text"),
    "syntax": ("<circle>", "svg.syntax"),
    "entity": ('<text x="1" y="2">&shape;</text>', "svg.syntax"),
}


@pytest.mark.parametrize(("shapes", "code"), REFUSED.values(), ids=REFUSED)
def test_what_a_drawing_may_not_hold(shapes: str, code: str) -> None:
    """It is refused as a whole, with the line of what is wrong."""
    found = read_drawing(inside(shapes), "one.svg")
    assert isinstance(found, Problem) and found.code == code
    assert found.place.line == (3 if shapes == "<circle>" else 2)
    assert found.message.endswith(".") and found.place.file == "one.svg"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "svg.value"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600"/>', "svg.value"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 400" onload="x"/>', "svg.attribute"),
        ('<svg viewBox="0 0 360 400"/>', "svg.element"),
        ("<html/>", "svg.element"),
        ("", "svg.syntax"),
        ("\xff", "svg.syntax"),
        ('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg/>', "svg.doctype"),
    ],
)
def test_what_no_drawing_is(text: str, code: str) -> None:
    """The outermost element is one svg on the common sheet; a document type stops the reading."""
    found = read_drawing(text.encode("latin-1"), "one.svg")
    assert isinstance(found, Problem) and found.code == code


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        ('<circle fill="red"/>', "`fill` may not be on <circle>; class, transform, cx, cy, r may. Take it out."),
        (
            '<circle r="x"/>',
            "`r` may not be 'x'. Write a number from -9999 to 9999 with at most two digits after the point.",
        ),
    ],
)
def test_sentences_say_what_may_be_there(shapes: str, sentence: str) -> None:
    """Each says what is wrong, and what to do."""
    found = read_drawing(inside(shapes), "one.svg")
    assert isinstance(found, Problem) and found.message == sentence


def test_a_drawing_that_is_too_large_or_missing(tmp_path: Path) -> None:
    """It is not read at all."""
    file = tmp_path / "one.svg"
    missing = read_drawing_file(file, "one.svg")
    assert isinstance(missing, Problem) and missing.code == "svg.missing"
    file.write_bytes(DRAWING.encode().ljust(MAX_BYTES + 1))
    large = read_drawing_file(file, "one.svg")
    assert isinstance(large, Problem) and large.code == "svg.too-large"


# -- words and drawing together --


def test_a_figure(world: World) -> None:
    """A drawing and its words come together under one name."""
    world.write("content/images/pod-map.svg", DRAWING)
    world.write("content/images/pod-map.yaml", WORDS)
    content = load_content(world.root).content
    assert content is not None
    figure = content.figures["pod-map"]
    assert (figure.title, figure.credit) == ("Pod map", "Drawn for this guide.")
    assert figure.drawing.shapes.startswith('<circle class="d-key"')


def test_problems_of_figures(world: World) -> None:
    """Words without a drawing, a drawing without words, and broken ones, each with its place."""
    world.write("content/images/alone.svg", DRAWING)
    world.write("content/images/bare.yaml", WORDS)
    world.write("content/images/wrong.yaml", WORDS.replace("caption:", "captoin:"))
    world.write("content/images/wrong.svg", DRAWING.replace("r=", "style="))
    loaded = load_content(world.root)
    assert loaded.content is None
    assert [(Path(one.place.file).name, one.place.line, one.code) for one in loaded.problems if one.is_error] == [
        ("alone.svg", 1, "figure.no-words"),
        ("bare.svg", 1, "svg.missing"),
        ("wrong.svg", 2, "svg.attribute"),
        ("wrong.yaml", 1, "caption.missing"),
        ("wrong.yaml", 3, "entry.unknown-field"),
    ]


# -- on a page --


def surroundings(figure: Callable[[str], str | None]) -> Surroundings:
    """Return surroundings in which there is nothing but figures."""
    return Surroundings(
        to=str,
        page_exists=lambda _address: False,
        entry_address=lambda _name: None,
        term_exists=lambda _id: False,
        card=lambda _name: "",
        figure=figure,
    )


def test_a_figure_on_a_page() -> None:
    """The drawing stands open; the block's text is folded below it."""
    around = surroundings(lambda name: f"<figure>{name}</figure>\n")
    assert guide_html("::: figure pod-map\n- You\n:::\n", around) == (
        '<figure>pod-map</figure>\n<details class="more"><summary>'
        "<span>Learn more about this drawing: the same in words</span></summary><div>\n"
        "<ul>\n<li>You</li>\n</ul>\n</div></details>\n"
    )
    assert around.complaints == []


@pytest.mark.parametrize(
    ("body", "rule", "line"),
    [
        ("Words.\n\n::: figure gone\nTwin.\n:::\n", "no-such-figure", 3),
        ("::: figure\nTwin.\n:::\n", "no-such-figure", 1),
        ("::: figure one\nTwin.\n:::\n\n::: figure one\nTwin.\n:::\n", "figure-twice", 5),
        ("Words.\n\n::: figure one\n:::\n", "figure-without-words", 3),
    ],
)
def test_complaints(body: str, rule: str, line: int) -> None:
    """A figure that does not exist, that stands there twice, or that is not told in words, with its line."""
    around = surroundings(lambda name: "<figure></figure>" if name == "one" else None)
    guide_html(body, around)
    assert [(one.rule, one.line) for one in around.complaints] == [(rule, line)]


def test_a_figure_that_does_not_exist_stops_the_build(world: World) -> None:
    """The refusal names the file and the line of the block."""
    world.page("about/other.md", body="Words.\n\n::: figure gone\nTwin.\n:::\n")
    shutil.copytree(ROOT / "theme", world.root / "theme")
    shutil.copy(ROOT / "pelicanconf.py", world.root)
    run = build(world.root / "output", world.root)
    assert run.returncode == 1
    assert "content/about/other.md:7:1: page.no-such-figure: No figure gone exists." in run.stderr


@pytest.fixture(scope="module")
def shown(open_site: BuiltSite) -> dict[str, html.HtmlElement]:
    """Every figure by its name, in a copy that shows all its pages."""
    found: dict[str, html.HtmlElement] = {}
    for page in open_site.pages():
        for figure in html.parse(page).getroot().xpath("//figure[@class='figure']"):
            name = figure.xpath("string(svg/title/@id)").removesuffix("-figure-title")
            assert name not in found, f"{name} stands on two pages"
            found[name] = figure
    return found


def test_every_figure_is_shown(shown: dict[str, html.HtmlElement]) -> None:
    """No drawing lies unused in content/images/, and each stands on one page."""
    assert sorted(shown) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_how_a_figure_is_marked_up(name: str, shown: dict[str, html.HtmlElement]) -> None:
    """A picture with a name and a description, then its wall label, then the same in words."""
    figure = shown[name]
    words = read_yaml((IMAGES / f"{name}.yaml").read_text(encoding="utf-8"), name).document
    assert words is not None
    (svg, label) = figure
    title, description = svg[0], svg[1]
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", f"{name}-figure-title {name}-figure-desc")
    assert (title.tag, title.get("id"), title.text) == ("title", f"{name}-figure-title", words.value["title"])
    assert (description.tag, description.get("id")) == ("desc", f"{name}-figure-desc")
    assert description.text == words.value["description"]
    assert (label.tag, label.get("class")) == ("figcaption", "wall-label")
    twin = figure.getnext()
    assert twin is not None and (twin.tag, twin.get("class")) == ("details", "more")
    assert len(twin.text_content().split()) > 30


@pytest.mark.parametrize("name", NAMES)
def test_the_words_below_say_all_that_is_drawn(name: str, shown: dict[str, html.HtmlElement]) -> None:
    """Each word of a drawing stands in its twin or on its wall label too."""
    figure = shown[name]
    twin = figure.getnext()
    assert twin is not None
    told_words = _words(f"{twin.text_content()} {figure[1].text_content()}")
    told_words |= {str(number) for steps in twin.iter("ol") for number, _ in enumerate(steps.iter("li"), 1)}
    drawn = _words(" ".join(figure.xpath("svg//text/text()")))
    assert drawn - told_words == set()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+[+=#]?|\?", re.sub("['’]", "", text.lower())))


def test_every_class_of_drawings_has_a_rule_and_a_use() -> None:
    """A class without a rule would leave a shape as it is, and one that no drawing uses is left over."""
    sheet = (PROJECT / "theme/static/css/blocks.css").read_text(encoding="utf-8")
    drawings = " ".join((IMAGES / f"{name}.svg").read_text(encoding="utf-8") for name in NAMES)
    assert {name for name in CLASSES if not re.search(rf"\.{name}\b[^{{]*{{", sheet)} == set()
    assert set(re.findall(r"\.(d-[a-z]+)", sheet)) == CLASSES
    assert set(re.findall(r"\bd-[a-z]+", drawings)) == CLASSES
    assert set(re.findall(r"<([a-z]+)", drawings)) == set(ATTRIBUTES)


# -- drawings that follow something else --


def labels(name: str) -> list[str]:
    """Return the labels of a drawing in their order."""
    drawing = etree.parse(IMAGES / f"{name}.svg")
    return [str(text.text) for text in drawing.iter("{*}text")]


def pages() -> dict[str, Page]:
    """Return the project's pages by address."""
    content = load_content(PROJECT).content
    assert content is not None
    return {page.address: page for page in content.pages}


def test_the_path_map_follows_the_paths() -> None:
    """Drawing and lists show every path of content/paths/ with its pages, in their order and with their names."""
    content = load_content(PROJECT).content
    assert content is not None
    body = pages()["/guide/jumping-into-mutual-aid/"].body
    block = body[body.index("::: figure path-map") :]
    titles = {page.address: page.title.partition(":")[0] for page in content.pages}
    for path in content.paths:
        listed = [f"{number}. [{titles[address]}](page:{address})" for number, address in enumerate(path.pages, 1)]
        head = f"[{path.title}](page:{path.address}), {len(path.pages)} pages:"
        assert "\n".join((head, "", *listed, "")) in block, path.title

    rows = etree.parse(IMAGES / "path-map.svg").getroot()
    lines: dict[str, dict[str, str]] = {}
    names = dict.fromkeys(text for group in rows.findall("{*}g") for text in [_row_name(group)] if text)
    heads = list(names)[: len(content.paths)]
    assert heads == [path.title for path in content.paths]
    for group in rows.findall("{*}g"):
        for circle, number in zip(group.findall("{*}circle"), group.findall("{*}text"), strict=False):
            assert circle.get("cx") == number.get("x"), "a number stands beside its circle"
            lines.setdefault(str(number.get("x")), {})[_row_name(group)] = str(number.text)
    in_order = [lines[x] for x in sorted(lines, key=float)]
    assert in_order == [
        {titles[address]: str(number) for number, address in enumerate(path.pages, 1)} for path in content.paths
    ]


def _row_name(group: etree._Element) -> str:
    texts = group.findall("{*}text")[len(group.findall("{*}circle")) :]
    return " ".join(str(text.text) for text in texts).replace("’", "'")


def test_the_chart_follows_its_table() -> None:
    """Each cell of the drawing holds what the table below it says; the columns have the same heads."""
    body = pages()["/guide/map-your-workplace/"].body
    block = body[body.index("::: figure workplace-chart") :].split("\n\n", 1)[0]
    table = [[cell.strip() for cell in row.strip("|").split("|")] for row in block.splitlines()[1:]]
    drawing = etree.parse(IMAGES / "workplace-chart.svg")
    cells: dict[tuple[int, int], str] = {}
    for text in drawing.iter("{*}text"):
        across, down = float(text.get("x", "")), float(text.get("y", ""))
        if down < ROWS[-1]:
            place = (bisect(ROWS, down), bisect(COLUMNS, across))
            cells[place] = f"{cells.get(place, '')} {text.text}".strip()
    heads, _, *rows = table
    wanted = {(0, column): head for column, head in enumerate(heads) if column}
    wanted |= {
        (number, column): cell.replace(",", "") for number, row in enumerate(rows, 1) for column, cell in enumerate(row)
    }
    assert cells == wanted


ROWS = (47, 108, 169, 230, 292)
COLUMNS = (36, 118, 194, 269)


def test_the_drawing_of_laws_is_as_old_as_its_page() -> None:
    """When the page's sources are checked anew, the drawing has to be looked at too."""
    checked = dates.in_words(pages()["/guide/your-rights-at-work/"].fields["sources_checked"])
    assert labels("law-coverage")[-2:] == [f"As of {checked}", "Not legal advice"]


def test_the_drawing_of_laws_says_no_more_than_its_page() -> None:
    """Each word of it stands in the text of its page, outside of the figure; laws only *may* cover somebody."""
    said = " ".join(labels("law-coverage"))
    assert len(re.findall(r"National Labor Relations Act may cover you|the act may cover you", said)) == 2
    assert not re.search(r"\b(protect\w*|safe\w*|guarantee\w*|rights?|will|always)\b", said)
    page = pages()["/guide/your-rights-at-work/"].body
    text = re.sub(r"::: figure law-coverage.*?\n:::\n", "", page, flags=re.S)
    allowed = {"see", "row", "above", "not", "advice", "if"}
    assert _words(said) - _words(text) - allowed == set()


def test_no_time_is_promised_for_a_submission() -> None:
    """Times stand with the host alone."""
    said = " ".join(labels("what-happens-to-a-submission")).lower()
    assert not re.search(r"\b(minutes?|hours?|days?|weeks?|within|soon)\b", said)
