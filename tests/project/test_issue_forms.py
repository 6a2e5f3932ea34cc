"""The committed issue forms: current, accepted by GitHub's own rules as far as they are written down, and safe."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from forms_under_test import yaml_of
from mutualaid.cli.main import main
from mutualaid.core.pipeline.policy import code_owners
from mutualaid.flows.load_checkout import load_policy
from mutualaid.flows.make_forms import make_forms
from world import HOSTS, PROJECT, World, host_facts, real_kinds

FOLDER = PROJECT / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(file for file in FOLDER.glob("*.yml") if file.name != "config.yml")
PAGES = ("contribute/", "safety/")


def _elements(file: Path) -> list[dict[str, Any]]:
    return list(yaml_of(file)["body"])


@pytest.fixture(scope="module", params=HOSTS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the forms for a host that has set up nothing, and for one that has set up everything."""
    root = tmp_path_factory.mktemp(request.param)
    (root / "schemas").symlink_to(PROJECT / "schemas")
    World(root).host(**host_facts(request.param))
    make_forms(root)
    return root / ".github" / "ISSUE_TEMPLATE"


def test_they_are_current() -> None:
    """What is committed is what the schemas make; a blank issue, which says nothing of what is public, is off."""
    assert main(["--root", str(PROJECT), "forms", "--check"]) == 0
    assert yaml_of(FOLDER / "config.yml")["blank_issues_enabled"] is False


def test_the_policy_asks_for_as_much_as_we_promise() -> None:
    """Below the fence each kind has its owners, in the file that is made with the forms."""
    policy = load_policy(PROJECT, real_kinds())
    assert policy.approver_permission == "write" and not policy.sole_maintainer
    assert policy.requests_a_run <= 450 and policy.notices_a_run < 80
    lines = [line.split()[0] for line in code_owners(policy).splitlines() if not line.startswith("#")]
    assert lines == ["*", *(f"/submissions/{kind}/" for kind in real_kinds())]


def test_they_keep_githubs_schema(made: Path) -> None:
    """The schemas of issue forms and of the chooser, which check-jsonschema carries, find nothing."""
    for schema, names in (("forms", [file.name for file in FORMS]), ("config", ["config.yml"])):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.github-issue-{schema}"]
        assert subprocess.run([*command, *(str(made / name) for name in names)], check=False).returncode == 0


@pytest.mark.parametrize("name", [file.name for file in FORMS])
def test_the_notice_comes_first(name: str, made: Path) -> None:
    """The first thing that anybody reads is what is public, whose account shows, and what not to do at work."""
    first = _elements(made / name)[0]
    assert first["type"] == "markdown" and "id" not in first
    said = first["attributes"]["value"]
    assert [words for words in ("public", "account", "from work", "/contribute/") if words not in said] == []
    assert ("/safety/" in said) == (name != "take-down.yml")
    address = yaml_of(made.parent.parent / "content" / "host.yaml")["site_address"]
    assert all((f"{address}/" if address else "the site's page /") + page in said for page in PAGES if page in said)


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_they_ask_little_and_nothing_can_be_attached(file: Path) -> None:
    """A dozen questions at most; plain text, so that no photo carries a place; boxes say again what is public."""
    asked = [element for element in _elements(file) if element["type"] in ("input", "textarea", "dropdown")]
    assert 1 <= len(asked) <= (12 if file.stem == "exercises" else 9)
    assert asked[0]["validations"] == {"required": True}
    for element in _elements(file):
        assert element["type"] in ("markdown", "input", "textarea", "dropdown", "checkboxes")
        assert element["type"] != "textarea" or element["attributes"]["render"] == "text"
    form = yaml_of(file)
    for_none = ("Change to a page", "Removal", "Correction", "Status of a group")
    assert form["title"] in (*for_none, *(kind.singular for kind in real_kinds().values()))
    assert form["labels"] == [f"kind: {file.stem}"]
    boxes = [one["attributes"]["options"] for one in form["body"] if one["type"] == "checkboxes"]
    assert len(boxes) == (file.stem != "take-down")
    for options in boxes:
        assert [option["required"] for option in options] == [True] * 4
        said = " ".join(option["label"] for option in options)
        needed = ("public", "account", "from work", "CC BY-NC-SA 4.0", "copies", "coworkers")
        assert [words for words in needed if words not in said] == []
