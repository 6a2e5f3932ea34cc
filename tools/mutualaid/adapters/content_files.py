"""The folder `content/`: pages in Markdown with front matter, paths, glossary, host, home. Reads; judges nothing."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mutualaid.adapters.entry_files import read_bytes
from mutualaid.adapters.yaml import Reading, hidden_characters, read_yaml
from mutualaid.core.entries.problem import Place, as_line, problem_of
from mutualaid.errors import BrokenCheckout

FENCE = "---\n"


class PageFile(NamedTuple):
    """A page as read: where it lies below `content/`, its front matter, its body, and the body's first line."""

    inside: str
    front_matter: Reading
    body: str
    body_line: int


def page_files(folder: Path, shown_below: Path) -> Iterator[PageFile]:
    """Yield every Markdown file below `folder`, in a fixed order; problems name it relative to `shown_below`."""
    for file in sorted(folder.rglob("*.md")):
        if file.name != "README.md" and file.is_file():
            yield read_page(
                file.read_bytes(), file.relative_to(folder).as_posix(), file.relative_to(shown_below).as_posix()
            )


def read_page(raw: bytes, inside: str, shown_as: str) -> PageFile:
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return PageFile(inside, read_bytes(raw, shown_as), "", 1)
    head, fence, body = text.removeprefix(FENCE).partition("\n" + FENCE)
    if not text.startswith(FENCE) or not fence:
        problem = problem_of("page.no-front-matter", "The page", Place(shown_as))
        return PageFile(inside, Reading(None, (problem,)), "", 1)
    hidden = hidden_characters(text, shown_as)
    reading = Reading(None, hidden) if hidden else read_yaml("\n" + head + "\n", shown_as)
    return PageFile(inside, reading, body, head.count("\n") + 4)


def read_content_file(file: Path, shown_below: Path) -> Reading:
    """Read one YAML file of `content/`; a missing file becomes a problem."""
    shown_as = file.relative_to(shown_below).as_posix()
    if not file.is_file():
        return Reading(None, (problem_of("file.missing", "The file", Place(shown_as)),))
    return read_bytes(file.read_bytes(), shown_as)


def read_host(root: Path) -> Mapping[str, Any]:
    """Return the facts of `content/host.yaml`. Raises BrokenCheckout where it cannot be read."""
    reading = read_content_file(root / "content" / "host.yaml", root)
    if reading.document is None:
        said = "; ".join(as_line(problem) for problem in reading.problems)
        raise BrokenCheckout(f"content/host.yaml is needed, and cannot be read. {said}")
    return dict(reading.document.value)
