"""Problems as lines; tests/cli/test_main.py shows each format as it is printed."""

from pathlib import Path

import pytest

from mutualaid.core.entries.problem import Place, Problem, as_annotation, as_line, sentences
from world import PROJECT


def test_nothing_breaks_out_of_its_line() -> None:
    """No line end in a file's name or a sentence starts a line that a workflow obeys; annotations are escaped."""
    nasty = Problem("a.b", "A", "100%\r\n::error::x, y: z", Place("a,b:c%\n.yaml", 1, 2))
    said = "::error file=a%2Cb%3Ac%25%0A.yaml,line=1,col=2,title=a.b::100%25%0D%0A::error::x, y: z"
    assert as_annotation(nasty) == said
    nasty = Problem("a.b", "A", "no field `x\n::warning::y`", Place("a\n::stop.yaml"))
    assert as_line(nasty) == "a ::stop.yaml:1:1: a.b: no field `x ::warning::y`"


@pytest.mark.parametrize(
    "file", ["adapters/yaml.md", "cli/messages.md", "core/entries/problems.md", "core/forms/problems.md"]
)
def test_no_sentence_is_left_over(file: str) -> None:
    """Each heading, or the end of its code, is a name in the code."""
    tools = PROJECT / "tools" / "mutualaid"
    code = "".join(one.read_text(encoding="utf-8") for one in tools.rglob("*.py"))
    package = f"mutualaid.{Path(file).parent.as_posix().replace('/', '.')}"
    names = sentences(package, Path(file).name)
    assert names
    assert [one for one in names if f'"{one}"' not in code and f'"{one.rpartition(".")[2]}"' not in code] == []
