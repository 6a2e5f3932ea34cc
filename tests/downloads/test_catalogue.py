"""The PDFs that readers get: short handouts that name no site, large print that is large, tags, and who is in what."""

import re
import sys
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import pdfa

from lanes import LANE, sample
from mutualaid.adapters.yaml import write_yaml
from mutualaid.downloads.book import whole_work
from mutualaid.downloads.make import Cache, make_all
from mutualaid.downloads.material import read_material
from mutualaid.errors import Misuse
from mutualaid.flows.load_entries import load_entries
from mutualaid.text.html_tree import parse
from paper import BODY, STEPS, letters_of, plan_on_paper, reader_of, real_plan, site_in, small_world, sums_of, words_of
from site_under_test import CACHE
from world import HOST, PROJECT, TODAY, World, checkout_of, ran, rows_of

MOST = 4_000_000
WHOLE = "downloads/mutual-aid-at-work"
SHEETS = ("exercises/first-steps/first-steps-handout.pdf", "guide/first/a-slip-large-print.pdf")
FORM = "contribute/without-github/paper-form"
NOT_KNOWN_TO_PIKEPDF = {
    *("ISO_19005_2:6.6.4-3", "ISO_19005_2:6.6.2.3.1-1", "ISO_19005_2:6.6.2.3.1-2", "ISO_19005_2:6.2.11.4.2-2"),
    *("pikepdf:schema-LinkAnnot", "pikepdf:schema-OutlineItem"),
}
"""What its checker refuses because it does not know it; docs/paper.md says what each is."""
NAMESPACE = r'xmlns:?[a-zA-Z]*="[^"]*"|<pdfaSchema:namespaceURI>[^<]*'
LONG = {f"{FORM}.pdf": 2, f"{FORM}-large-print.pdf": 3}
"""The paper form asks all that the form on the web asks."""
ONE_OF_EACH: list[str] = rows_of("one-of-each", "paper")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Every PDF of the project but the other books, by path; the paper form as in a copy that takes mail."""
    chosen = [one for path, one in real_plan().items() if not path.startswith("downloads/") or path in ONE_OF_EACH]
    opened = plan_on_paper(World(checkout_of(tmp_path_factory.mktemp("open"), **HOST)))
    chosen += [one for path, one in opened.items() if path.startswith(FORM)]
    return {one.download.path: one.contents for one in make_all(chosen, Cache(CACHE))[0]}


@pytest.fixture
def small(tmp_path: Path) -> World:
    return small_world(tmp_path)


def _sheets(made: Mapping[str, bytes], word: str) -> dict[str, bytes]:
    return {path: contents for path, contents in made.items() if word in path}


def test_there_is_something_for_everybody(made: Mapping[str, bytes]) -> None:
    """The whole work, the short edition, each path, help today twice; four sheets an exercise, two a printable part."""
    assert sum(path.startswith("downloads/") for path in real_plan()) == 2 + 4 + 2
    exercises = len(list((PROJECT / "submissions/exercises").glob("*.yaml")))
    assert len(_sheets(made, "-handout.pdf")) == len(_sheets(made, "-to-lead-large-print.pdf")) == exercises > 0
    assert {"safety/before-you-talk.pdf", "contribute/without-github/paper-form-large-print.pdf"} < set(made)
    assert 36 <= len(reader_of(made["downloads/short-edition.pdf"]).pages) < 50


def test_help_today_is_four_pages(made: Mapping[str, bytes]) -> None:
    contents = made["downloads/today.pdf"]
    words = words_of(contents)
    assert len(reader_of(contents).pages) == 4
    assert "Help today, November 2026" in words
    assert "After May 2027 trust the web page, not this paper." in words
    assert "(blog.careeronestop.org)" in words
    assert site_in(words) == []


def test_handouts_are_short_and_name_no_site(made: Mapping[str, bytes]) -> None:
    """One page, in large print two, but for one form; no site in words, links, data about the file, or its name."""
    for path, contents in made.items():
        if path.startswith("downloads/") or "to-lead" in path:
            continue
        reader = reader_of(contents)
        assert len(reader.pages) <= LONG.get(path, 2 if "large-print" in path else 1), path
        root: Any = reader.trailer["/Root"]
        xmp = re.sub(NAMESPACE, "", root["/Metadata"].get_data().decode())
        said = f"{path.rpartition('/')[2]} {words_of(contents)} {reader.metadata} {xmp}"
        assert site_in(said) == [], path
        assert "Text: CC" in said, path
        assert not any(page.get("/Annots") for page in reader.pages), path


def test_sheets_to_lead_from_are_three_pages_at_most(made: Mapping[str, bytes]) -> None:
    sheets = {path: reader_of(one).pages for path, one in made.items() if path.endswith("-to-lead.pdf")}
    assert {path: len(pages) for path, pages in sheets.items() if len(pages) > 3} == {}
    for path, pages in sheets.items():
        sizes = Counter(size for page in pages for words, size, _, _ in letters_of(page) for _ in words)
        assert sum(count for size, count in sizes.items() if size < 9.99) < 0.15 * sizes.total(), path


def test_handouts_have_room_to_write(made: Mapping[str, bytes]) -> None:
    week = "exercises/one-week-hour-by-hour/one-week-hour-by-hour-handout"
    for ending in (".pdf", "-large-print.pdf"):
        for word in ("Mon", "Sun", "Night", "Evening", "Work nobody pays"):
            assert word in words_of(made[f"{week}{ending}"])
    page: Any = reader_of(made["exercises/pod-map/pod-map-handout.pdf"]).pages[0]
    drawing = page.get_contents().get_data()
    assert len(re.findall(rb"\sc\s", drawing)) == 4 * 13, "thirteen circles of four curves"
    words = words_of(made["exercises/pod-map/pod-map-handout.pdf"])
    for part in ("Do not write down", "Solid circles: those who said yes", "The words for my ask", "Who keeps"):
        assert part in words
    assert "Settle in" not in words


@pytest.mark.property
def test_large_print_is_large(made: Mapping[str, bytes]) -> None:
    steps: Counter[int] = Counter()
    large = _sheets(made, "large-print")
    for path in {*sample(sorted(large), 12), *(path for path in ONE_OF_EACH if path in large)}:
        for page in reader_of(large[path]).pages:
            letters = letters_of(page)
            assert min(size for _, size, _, _ in letters) >= 17.99, (path, min(letters, key=lambda one: one[1]))
            assert not [words for words, _, font, _ in letters if "Italic" in font], path
            if path.endswith("pod-map-to-lead-large-print.pdf"):
                steps.update(round(above - top) for top, above in pairwise(sorted({top for _, _, _, top in letters})))
    (usual, count), *_ = steps.most_common(1)
    assert count >= 40
    assert usual >= 18 * 1.25


def test_every_file_is_tagged_and_says_so(made: Mapping[str, bytes]) -> None:
    """The marks of PDF/A-2a and PDF/UA-1 after packing; books name their author, what may lie on a table none."""
    for path, contents in made.items():
        reader = reader_of(contents)
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and str(root["/Lang"]).startswith("en"), path
        assert reader.metadata and reader.metadata.title, path
        xmp = root["/Metadata"].get_data().decode()
        for mark in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<rdf:li>en-US<"):
            assert mark in xmp, (path, mark)
        is_named = path.startswith("downloads/") != ("-to-lead" in path or "/today" in path)
        assert [word in xmp for word in ("<dc:creator>", "<dc:rights>")] == [is_named] * 2, path
        assert len(contents) <= MOST, path


@pytest.mark.property
def test_checkers_find_no_error(made: Mapping[str, bytes], tmp_path: Path) -> None:
    """One of each template, and in `make test-slow` the whole work. docs/paper.md says what the checkers know."""
    files = [tmp_path / path.replace("/", "-") for path in ONE_OF_EACH]
    for file, path in zip(files, ONE_OF_EACH, strict=True):
        file.write_bytes(made[path])
    given = files if LANE == "slow" else files[1:]
    for checker in (["outloud", "--quiet"], ["pdfua", "check", "--min-severity", "error"]):
        run = ran(Path(sys.executable).parent / checker[0], *checker[1:], *given)
        assert run.returncode == 0, run.stdout + run.stderr
    for name in files:
        with pikepdf.open(name) as pdf:
            assert {finding.rule for finding in pdfa.check(pdf, "2b").findings} <= NOT_KNOWN_TO_PIKEPDF, name


def test_a_book_holds_what_it_should(small: World) -> None:
    plan = plan_on_paper(small)
    contents = plan["downloads/new-here.pdf"].make()
    words = words_of(contents)
    held = """Edition of November 2026|Contents|A source, 2020|https://www.example.org/source|A cup of tea
        In the middle: you|the same in words|A slip to fill in|The first-steps|The fund|Glossary|Index of entries"""
    assert [part for part in re.split(r"\||\n +", held) if part not in words] == []
    assert "A book that no page shows" not in words
    heads = [page.extract_text().splitlines()[:1] for page in reader_of(contents).pages]
    assert ["Page guide/start/first.md"] in heads, "a running head"
    pages = [page.extract_text() for page in reader_of(plan["downloads/mutual-aid-at-work.pdf"].make()).pages]
    assert "A book that no page shows" in " ".join(pages)
    index = next(page for page in pages if "Index of entries" in page and "Each entry with its kind" in page)
    line = next(line for line in index.splitlines() if line.startswith("The second-steps"))
    assert "The second-steps" in pages[int(line.split()[-1].lstrip(".")) - 1], "the index names the right page"


def test_titles_that_paper_cannot_show(small: World) -> None:
    """The book shows them in Latin letters where they are given, else names the letters; never question marks."""
    small.entry("resources", "one", title="図書館員の相互扶助 & 手引き", romanized="Toshokan'in no sōgo fujo & tebiki")
    small.entry("resources", "two", title="คู่มือช่วยเหลือกัน", summary="Расскажет о том, как коллеги помогают друг другу.")
    words = words_of(plan_on_paper(small)["downloads/mutual-aid-at-work.pdf"].make())
    assert words.count("Toshokan'in no sōgo fujo & tebiki") > 1 and "East Asian" not in words.partition("Source")[0]
    assert "[Thai letters]" in words and "Расскажет о том" in words and "??" not in words
    warned = [one for one in load_entries(small.root, TODAY).problems if one.code.endswith("not-on-paper")]
    found = [(Path(one.place.file).name, one.code, one.weight) for one in warned]
    assert found == [("two.yaml", "title.not-on-paper", "warning")]
    assert all(part in warned[0].message for part in ("[Thai letters]", "`romanized`", "ค"))


def test_the_short_edition(small: World) -> None:
    short = {"title": "A thin book", "for_whom": "For anyone who begins.", "pages": ["/guide/first/#begin", "/about/"]}
    entries = ["groups/fund", "exercises/second-steps"]
    small.write("content/short-edition.yaml", write_yaml({**short, "entries": entries}))
    small.page("guide/start/first.md", f"{BODY}\n## Go on {{#go-on}}\n\nA zebra.\n", take_with_you=["A giraffe."])
    words = words_of(plan_on_paper(small)["downloads/short-edition.pdf"].make())
    held = ("A thin book", "A quiet start", "A source, 2020", "The rest of this page is on the site, at /guide/first/")
    assert [one for one in (*held, "Second-steps", "Privacy") if one.lower() not in words.lower()] == []
    for left_out in ("zebra", "giraffe", "Notes for", "Sources", "Index of entries", "Glossary"):
        assert left_out not in words.partition("leaves out")[2].partition("them.")[2], left_out


@pytest.mark.parametrize(("paper", "width", "words"), [("us-letter", 612, "US Letter paper"), ("a4", 595, "A4 paper")])
def test_the_paper_is_a_setting(
    small: World, monkeypatch: pytest.MonkeyPatch, paper: str, width: int, words: str
) -> None:
    """Books and sheets are laid out on the size that the edition names, and the book's line says which it is."""
    monkeypatch.setenv("MUTUALAID_PAPER", "A5")
    said = r"MUTUALAID_PAPER must be us-letter or a4\. It is 'A5'\. Change it in pelicanconf\.py\."
    with pytest.raises(Misuse, match=said):
        plan_on_paper(small)
    monkeypatch.setenv("MUTUALAID_PAPER", paper)
    plan = plan_on_paper(small)
    assert words in plan["downloads/new-here.pdf"].good_for
    for path in ("downloads/new-here.pdf", *SHEETS):
        assert {round(float(page.mediabox.width)) for page in reader_of(plan[path].make()).pages} == {width}, path


def test_a_changed_entry_changes_only_what_it_is_in(small: World) -> None:
    """A book that no page shows is in the whole work alone; an exercise is in its own sheets too."""
    books, paths = {"downloads/mutual-aid-at-work.pdf"}, {"downloads/new-here.pdf"}
    sheets = {f"exercises/second-steps/second-steps-to-lead{ending}.pdf" for ending in ("", "-large-print")}
    for kind, slug, changes, changed in (
        ("resources", "far-off", {"title": "Another title"}, books),
        ("exercises", "second-steps", {"summary": "Now something else happens.", **STEPS}, books | sheets),
        ("groups", "fund", {"title": "The shared fund"}, books | paths),
    ):
        before = plan_on_paper(small)
        small.entry(kind, slug, **changes)
        after = plan_on_paper(small)
        assert set(after) == set(before)
        assert {path for path in after if before[path].key != after[path].key} == changed


def test_the_same_bytes_each_time(small: World) -> None:
    wanted = ["downloads/new-here.pdf", "exercises/first-steps/first-steps-handout.pdf"]
    command = (sys.executable, PROJECT / "tests/paper.py", small.root, *wanted)
    run = ran(*command, env={"TZ": "Asia/Tokyo"}, cwd="/")
    assert run.stdout.split() == sums_of(plan_on_paper(small), wanted), run.stderr


def test_the_book_names_what_is_on_the_page(small: World) -> None:
    """Its head is the entry that begins or goes on there; facts are beside their title; an index has subjects."""
    for number in range(12):
        small.entry("resources", f"more-{number}", title=f"Reading number {number}", topics=["getting-started"])
    pages = [page.extract_text() for page in reader_of(plan_on_paper(small)[f"{WHOLE}.pdf"].make()).pages]
    listing = ("Index of entries", "Contents")
    begun = [page for page in pages if "Reading number" in page and not any(words in page for words in listing)]
    assert len(begun) > 2
    for page in begun:
        head, *below = page.splitlines()
        assert head.startswith("Reading number") or head == "A book that no page shows", head
        for number in re.findall(r"^Reading number (\d+)$", "\n".join(below), re.MULTILINE):
            assert "Medium" in page.partition(f"\nReading number {number}\n")[2], "facts on the page of their title"
    index = "\n".join(pages).partition("Each entry with its kind")[2]
    (subject,) = re.findall(r"^Getting started,\s((?:\d+[,\s]+)+)", index, re.MULTILINE)
    where = [int(number) for number in re.findall(r"\d+", subject)]
    assert where == sorted(set(where))
    assert all("Reading number" in pages[number - 1] for number in where if number > where[0])


def test_words_of_the_screen_stay_on_the_screen() -> None:
    """No book says what button to press, and none names a date that nobody set."""
    for chapter in whole_work(read_material(PROJECT, TODAY)).chapters:
        words = parse(chapter.html).words
        for dead in ("Leave this site", "Cite this entry", "Cite this page", "Add to kit", "Not reviewed yet"):
            assert dead not in words, (chapter.title, dead)
