"""What is wrong in content/law.yaml is told with its line and what to do; what is overdue stops nothing."""

from typing import Any

import pytest

from mutualaid.adapters.yaml import write_yaml
from mutualaid.cli.main import main
from mutualaid.flows.load_content import load_content
from world import World, rows_of

ROW = {"id": "ny", "part": "state", "name": "New York", "as_of": "2025-12", "good_until": "2099-07"}
SOURCE = {"title": "PERB", "kind": "official", "read": "the page"}


@pytest.mark.parametrize(("change", "code", "told"), rows_of("law", "wrong"))
def test_schema(world: World, change: dict[str, Any], code: str, told: str) -> None:
    """Each broken rule names the row, what it must be, and how to fix it; there is no content until it is fixed."""
    row = {key: value for key, value in {**ROW, **change}.items() if value is not None}
    world.write("content/law.yaml", write_yaml({"rows": [row]}))
    loaded = load_content(world.root)
    assert loaded.content is None
    (found,) = [one for one in loaded.problems if one.is_error]
    assert (found.code, found.place.file) == (code, "content/law.yaml")
    assert told in found.message
    assert found.place.line > 1


@pytest.mark.parametrize("host", ["law.justia.com", "www.law.cornell.edu", "casetext.com", "regulations.justia.com"])
def test_copies_are_not_linked(world: World, host: str) -> None:
    """An address on a site that copies law is refused, and one that only sounds like it is not."""
    for address, count in ((f"https://{host}/ny", 1), (f"https://{host}", 1), (f"https://{host}.example.org/ny", 0)):
        world.write("content/law.yaml", write_yaml({"rows": [{**ROW, "sources": [{**SOURCE, "url": address}]}]}))
        assert sum(one.is_error for one in load_content(world.root).problems) == count, address


def test_overdue_is_a_warning(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.write("content/law.yaml", write_yaml({"rows": [{**ROW, "good_until": "2020-01"}]}))
    assert main(["--root", str(world.root), "check"]) == 0
    assert "law.overdue: warning: New York was good until January 2020." in capsys.readouterr().out
