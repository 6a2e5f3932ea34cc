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


@pytest.mark.parametrize(
    ("raw", "body"), [(b"---\na: b\n---\nOne.\n\n---\nTwo.\n", "One.\n\n---\nTwo.\n"), (b"---\na: b\n---\n", "")]
)
def test_a_body(raw: bytes, body: str) -> None:
    """Only the first closing line ends the front matter, which may be the whole page."""
    page = read_page(raw, "one.md", "one.md")
    assert page.front_matter.document is not None and (page.body, page.body_line) == (body, 4)


@pytest.mark.parametrize("text", ["", "Words.\n", "---\ntitle: One\n", "---\n---\nBody.\n", "\n---\na: b\n---\n"])
def test_no_front_matter(text: str) -> None:
    """A page without it gets one sentence."""
    assert told(read_page(text.encode(), "one.md", "one.md").front_matter.problems) == [NO_FRONT_MATTER]


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"---\na: b\na: c\n---\n", "3:1 yaml.duplicate-field"), (b"---\na: b\n---\ncaf\xe9\n", "4:4 file.not-utf-8")],
)
def test_problems_have_the_place_in_the_file(raw: bytes, said: str) -> None:
    """Lines are those of the whole file, in the front matter and where a page is no text."""
    (problem,) = told(read_page(raw, "one.md", "one.md").front_matter.problems)
    assert problem.startswith(f"{said} ")


def test_files_of_a_folder(tmp_path: Path) -> None:
    """Every Markdown file but the readme, and the YAML files right inside; in a fixed order, without other files."""
    names = ("b.md", "a/z.md", "a/README.md", "a/x.txt", "b.yaml", "a.yaml", "c.yml", "a/d.yaml")
    for name in names:
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text("---\na: b\n---\n")
    (tmp_path / "content/folder.md").mkdir()
    found = list(page_files(tmp_path / "content", tmp_path))
    assert [page.inside for page in found] == ["a/z.md", "b.md"]
    assert [page.front_matter.document and page.front_matter.document.file for page in found] == [
        *("content/a/z.md", "content/b.md")
    ]
    assert [file.name for file in yaml_files(tmp_path / "content")] == ["a.yaml", "b.yaml"]
    assert yaml_files(tmp_path / "gone") == ()


def test_a_content_file(tmp_path: Path) -> None:
    """A file that is missing is a problem; one that is there is read."""
    file = tmp_path / "host.yaml"
    missing = "1:1 file.missing The file is missing. Restore it from the repository."
    assert told(read_content_file(file, tmp_path).problems) == [missing]
    file.write_text("a: b\n")
    document = read_content_file(file, tmp_path).document
    assert document is not None and (document.file, document.value) == ("host.yaml", {"a": "b"})
