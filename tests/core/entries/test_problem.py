"""One value, three renderings."""

import pytest

from mutualaid.core.entries.problem import Place, Problem, as_annotation, as_line, as_mapping, within

ERROR = Problem("title.missing", "Title", "Title is missing.", Place("submissions/groups/a.yaml", 3, 7))
WARNING = Problem("host.unset", "Group", "Not set up yet.", Place("content/host.yaml"), "warning")


def test_three_renderings() -> None:
    """Terminal, JSON and annotation say the same; a warning says that it is one, and keeps nothing from the site."""
    assert as_line(ERROR) == "submissions/groups/a.yaml:3:7: title.missing: Title is missing."
    assert as_annotation(ERROR) == (
        "::error file=submissions/groups/a.yaml,line=3,col=7,title=title.missing::Title is missing."
    )
    file = {"file": "submissions/groups/a.yaml", "line": 3, "column": 7}
    said = {"code": "title.missing", "weight": "error", "where": "Title", "message": "Title is missing."}
    assert as_mapping(ERROR) == {**file, **said}
    assert as_line(WARNING) == "content/host.yaml:1:1: host.unset: warning: Not set up yet."
    assert as_annotation(WARNING) == "::warning file=content/host.yaml,line=1,col=1,title=host.unset::Not set up yet."
    assert (ERROR.is_error, WARNING.is_error) == (True, False)


def test_an_annotation_cannot_be_broken_out_of() -> None:
    """Percent signs and line ends are escaped everywhere, colons and commas in properties too."""
    nasty = Problem("a.b", "A", "100%\r\n::error::x, y: z", Place("a,b:c%\n.yaml", 1, 2))
    assert as_annotation(nasty) == (
        "::error file=a%2Cb%3Ac%25%0A.yaml,line=1,col=2,title=a.b::100%25%0D%0A::error::x, y: z"
    )


def test_a_line_stays_one_line() -> None:
    """A line end inside a file's name or a sentence cannot start a line that a workflow takes for a command."""
    nasty = Problem("a.b", "A", "no field `x\n::warning::y`", Place("a\n::stop.yaml"))
    assert as_line(nasty) == "a ::stop.yaml:1:1: a.b: no field `x ::warning::y`"


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["."], [ERROR, WARNING]),
        (["content"], [WARNING]),
        (["submissions/groups/a.yaml"], [ERROR]),
        (["submissions/group", "submissions/groups/a"], []),
        ([], []),
    ],
)
def test_within(names: list[str], kept: list[Problem]) -> None:
    """A name stands for a file or for a whole folder, never for the beginning of another name."""
    assert within([ERROR, WARNING], names) == tuple(kept)
