"""Figures: drawings that carry nothing but shapes and labels, with words beside them and the same in words below."""

import re
from pathlib import Path

import pytest
from lxml import etree, html

from mutualaid.adapters.svg import ATTRIBUTES, CLASSES
from mutualaid.core.entries import dates
from mutualaid.flows.load_content import load_content
from site_under_test import BuiltSite, documents, project
from world import PROJECT, World, document_of, rows_of

IMAGES = PROJECT / "content" / "images"
NAMES = sorted(file.stem for file in IMAGES.glob("*.svg"))


def test_problems_of_figures(world: World) -> None:
    drawing, words = ((IMAGES / f"pod-map.{ending}").read_text(encoding="utf-8") for ending in ("svg", "yaml"))
    world.write("content/images/alone.svg", drawing)
    world.write("content/images/bare.yaml", words)
    world.write("content/images/wrong.yaml", words.replace("title:", "heading:"))
    world.write("content/images/wrong.svg", drawing.replace("<svg ", '<svg style="x" ', 1))
    loaded = load_content(world.root)
    assert loaded.content is None
    found = [[Path(one.place.file).name, one.place.line, one.code] for one in loaded.problems if one.is_error]
    assert found == rows_of("problems", "figures")


@pytest.fixture(scope="module")
def shown(open_site: BuiltSite) -> dict[str, html.HtmlElement]:
    found: dict[str, html.HtmlElement] = {}
    for page, document in documents(open_site).items():
        for figure in document.xpath("//figure[@class='figure']") if not page.match("paths/*/*/index.html") else ():
            name = figure.xpath("string(svg/title/@id)").removesuffix("-figure-title")
            assert name not in found, f"{name} is on two pages"
            found[name] = figure
    assert sorted(found) == NAMES, "no drawing is unused in content/images/"
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_says_in_words_all_that_it_shows(name: str, shown: dict[str, html.HtmlElement]) -> None:
    figure, (svg, label) = shown[name], shown[name]
    words = document_of((IMAGES / f"{name}.yaml").read_text(encoding="utf-8")).value
    title, desc = f"{name}-figure-title", f"{name}-figure-desc"
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", f"{title} {desc}")
    named = [("title", title, words["title"]), ("desc", desc, words["description"])]
    assert [(one.tag, one.get("id"), one.text) for one in svg[:2]] == named
    assert (label.tag, label.get("class")) == ("figcaption", "wall-label")
    twin = figure.getnext()
    assert twin is not None and (twin.tag, twin.get("class")) == ("details", "more")
    assert len(twin.text_content().split()) > 30
    # Each word of a drawing is in its twin or on its wall label too.
    said_words = _words(f"{twin.text_content()} {label.text_content()}")
    said_words |= {str(number) for steps in twin.iter("ol") for number, _ in enumerate(steps.iter("li"), 1)}
    drawn = _words(" ".join(figure.xpath("svg//text/text()")))
    assert drawn - said_words == set()


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


def labels(name: str) -> list[str]:
    return [str(text.text) for text in etree.parse(IMAGES / f"{name}.svg").iter("{*}text")]


def block_of(address: str, figure: str) -> str:
    page = project().page_at(address)
    assert page
    return page.body.partition(f"::: figure {figure}")[2]


def test_the_path_map_follows_the_paths() -> None:
    content = project()
    block = block_of("/guide/jumping-into-mutual-aid/", "path-map")
    titles = {page.address: page.title.partition(":")[0] for page in content.pages}
    for path in content.paths:
        listed = [f"{number}. [{titles[address]}](page:{address})" for number, address in enumerate(path.pages, 1)]
        head = f"[{path.title}](page:{path.address}), {len(path.pages)} pages:"
        assert "\n".join((head, "", *listed, "")) in block, path.title

    rows: dict[str, dict[float, str]] = {}
    for group in etree.parse(IMAGES / "path-map.svg").getroot().findall("{*}g"):
        texts, circles = group.findall("{*}text"), group.findall("{*}circle")
        name = " ".join(str(text.text) for text in texts[len(circles) :]).replace("’", "'")
        assert [text.get("x") for text in texts[: len(circles)]] == [circle.get("cx") for circle in circles]
        rows.setdefault(name, {}).update((float(str(text.get("x"))), str(text.text)) for text in texts[: len(circles)])
    heads = [path.title for path in content.paths]
    assert [name for name in rows if name][: len(heads)] == heads
    columns = sorted({x for row in rows.values() for x in row})
    for column, path in zip(columns, content.paths, strict=True):
        drawn = {name: row[column] for name, row in rows.items() if column in row}
        assert drawn == {titles[address]: str(number) for number, address in enumerate(path.pages, 1)}


def test_the_chart_follows_its_table() -> None:
    table = block_of("/guide/map-your-workplace/", "workplace-chart").partition("\n\n")[0].replace(",", "")
    heads, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:])
    wanted = [*heads[1:], *(row[0] for row in rows), *(cell for row in rows for cell in row[1:])]
    assert " ".join(labels("workplace-chart")).startswith(" ".join(wanted))


def test_drawings_promise_no_more_than_their_pages() -> None:
    """As old as the page, in the words of its text; laws only *may* cover somebody, and times are the host's to say."""
    times = r"\b(minutes?|hours?|days?|weeks?|within|soon)\b"
    assert not re.search(times, " ".join(labels("what-happens-to-a-submission")), re.IGNORECASE)
    page = project().page_at("/guide/your-rights-at-work/")
    assert page
    checked = dates.in_words(page.fields["sources_checked"])
    assert labels("law-coverage")[-2:] == [f"As of {checked}", "Not legal advice"]
    said = " ".join(labels("law-coverage"))
    assert len(re.findall(r"National Labor Relations Act may cover you|the act may cover you", said)) == 2
    assert not re.search(r"\b(protect\w*|safe\w*|guarantee\w*|rights?|will|always)\b", said)
    text = re.sub(r"::: figure law-coverage.*?\n:::\n", "", page.body, flags=re.S)
    allowed = {"see", "row", "above", "not", "advice", "if"}
    assert _words(said) - _words(text) - allowed == set()
