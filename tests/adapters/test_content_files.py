"""Pages with front matter, and files that ought to be there."""

from pathlib import Path

import pytest

from mutualaid.adapters.content_files import page_files, read_content_file, read_page, yaml_files
from world import told

NO_FRONT_MATTER = (
    "1:1 page.no-front-matter The page must start with its front matter between two lines of three hyphens (---)."
)


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: One\n---\nBody.\n", "---\r\ntitle: One\r\n---\r\nBody.\r\n", "\ufeff---\ntitle: One\n---\nBody.\n"],
    ids=["plain", "line ends of Windows", "byte order mark"],
)
def test_a_page(text: str) -> None:
    """Front matter and body come apart, and the body's first line is known."""
    page = read_page(text.encode(), "guide/one.md", "content/guide/one.md")
    assert page.front_matter.document is not None, page.front_matter.problems
    assert page.front_matter.document.value == {"title": "One"}
    assert page.front_matter.document.place_of(("title",)).line == 2
    assert (page.inside, page.body, page.body_line) == ("guide/one.md", "Body.\n", 4)


def test_a_line_of_hyphens_in_the_body() -> None:
    """Only the first closing line ends the front matter."""
    page = read_page(b"---\na: b\nc: d\n---\nOne.\n\n---\nTwo.\n", "one.md", "one.md")
    assert (page.body, page.body_line) == ("One.\n\n---\nTwo.\n", 5)


def test_an_empty_body() -> None:
    """A page may be front matter alone."""
    page = read_page(b"---\na: b\n---\n", "one.md", "one.md")
    assert page.front_matter.document is not None
    assert (page.body, page.body_line) == ("", 4)


@pytest.mark.parametrize("text", ["", "Words.\n", "---\ntitle: One\n", "---\n---\nBody.\n", "\n---\na: b\n---\n"])
def test_no_front_matter(text: str) -> None:
    """A page without it gets one sentence."""
    assert told(read_page(text.encode(), "one.md", "one.md").front_matter.problems) == [NO_FRONT_MATTER]


def test_problems_in_the_front_matter_have_the_place_in_the_file() -> None:
    """Lines are those of the whole file."""
    said = told(read_page(b"---\na: b\na: c\n---\n", "one.md", "one.md").front_matter.problems)
    assert said == [
        "3:1 yaml.duplicate-field The field `a` stands here a second time; the first is on line 2. Keep one."
    ]


def test_bytes_that_are_no_text() -> None:
    """A page that is not UTF-8 is told like an entry."""
    page = read_page(b"---\na: b\n---\ncaf\xe9\n", "one.md", "one.md")
    assert [(one.code, one.place.line, one.place.column) for one in page.front_matter.problems] == [
        ("file.not-utf-8", 4, 4)
    ]


def test_page_files(tmp_path: Path) -> None:
    """Every Markdown file but the readme, in a fixed order; folders and other files are passed over."""
    for name in ("content/b.md", "content/a/z.md", "content/a/README.md", "content/a/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("---\na: b\n---\n")
    (tmp_path / "content/folder.md").mkdir()
    found = list(page_files(tmp_path / "content", tmp_path))
    assert [page.inside for page in found] == ["a/z.md", "b.md"]
    assert [page.front_matter.document.file for page in found if page.front_matter.document] == [
        "content/a/z.md",
        "content/b.md",
    ]


def test_a_content_file(tmp_path: Path) -> None:
    """A file that is missing is a problem; one that is there is read."""
    file = tmp_path / "host.yaml"
    assert told(read_content_file(file, tmp_path).problems) == [
        "1:1 file.missing The file is missing. Restore it from the repository."
    ]
    file.write_text("a: b\n")
    document = read_content_file(file, tmp_path).document
    assert document is not None
    assert (document.file, document.value) == ("host.yaml", {"a": "b"})


def test_yaml_files(tmp_path: Path) -> None:
    """Right inside the folder, in a fixed order."""
    for name in ("b.yaml", "a.yaml", "c.yml", "deep/d.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert yaml_files(tmp_path) == (tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert yaml_files(tmp_path / "gone") == ()
