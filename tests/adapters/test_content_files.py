"""Pages with front matter, and files that ought to be there."""

from pathlib import Path

import pytest

from mutualaid.adapters.content_files import page_files, read_page
from world import rows_of, told

NO_FRONT = "page.no-front-matter The page must start with its front matter between two lines of three hyphens (---)."
WITHOUT = ("", "Words.\n", "---\ntitle: One\n", "---\n---\nBody.\n", "\n---\na: b\n---\n")


@pytest.mark.parametrize(("text", "body"), rows_of("pages", "front_matter"))
def test_a_page(text: str, body: str) -> None:
    """Front matter and body come apart at the first closing line, whatever the editor; the body's line is known."""
    page = read_page(text.encode(), "guide/one.md", "content/guide/one.md")
    document = page.front_matter.document
    assert document is not None and (document.value, document.place_of(("a",)).line) == ({"a": "b"}, 2)
    assert (page.inside, page.body, page.body_line) == ("guide/one.md", body, 4)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        *((text.encode(), f"1:1 {NO_FRONT}") for text in WITHOUT),
        (b"---\na: b\na: c\n---\n", "3:1 yaml.duplicate-field "),
        (b"---\na: b\n---\ncaf\xe9\n", "4:4 file.not-utf-8 "),
    ],
)
def test_problems_have_the_place_in_the_file(raw: bytes, said: str) -> None:
    """Lines are those of the whole file, in the front matter and where a page is no text."""
    (problem,) = told(read_page(raw, "one.md", "one.md").front_matter.problems)
    assert problem.startswith(said)


def test_files_of_a_folder(tmp_path: Path) -> None:
    names = ("b.md", "a/z.md", "a/README.md", "a/x.txt", "b.yaml", "a.yaml", "c.yml", "a/d.yaml")
    for name in names:
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text("---\na: b\n---\n")
    (tmp_path / "content/folder.md").mkdir()
    found = list(page_files(tmp_path / "content", tmp_path))
    assert [page.inside for page in found] == ["a/z.md", "b.md"]
    named = [page.front_matter.document and page.front_matter.document.file for page in found]
    assert named == ["content/a/z.md", "content/b.md"]
