"""The issue forms on disk: made, checked, found out of step; and every real entry goes through its form and back."""

import shutil
from pathlib import Path

import pytest

from forms_under_test import project_forms, said, yaml_of
from mutualaid.adapters.yaml import canonical, read_yaml
from mutualaid.cli.main import main
from mutualaid.core.forms.answers import read_form, which_form, write_form
from mutualaid.core.forms.to_entry import answers_of, shape
from mutualaid.errors import BrokenCheckout
from mutualaid.flows.make_forms import make_forms
from world import PROJECT, World, real_kinds, rows_of

FOLDER = ".github/ISSUE_TEMPLATE"
ENTRIES = sorted((PROJECT / "submissions").glob("*/*.yaml"))
NAMES = sorted(("change-a-page", "config", "correct", "still-open", "take-down", *real_kinds()))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "schemas", tmp_path / "schemas")
    World(tmp_path).host()
    return tmp_path


@pytest.mark.parametrize("kind_name", real_kinds())
def test_every_entry_goes_through_its_form_and_back(kind_name: str) -> None:
    """Answers made of an entry give an issue, which gives the same entry again; only this form fits the issue."""
    form, kind = project_forms()[kind_name]
    forms = [form for form, _ in project_forms().values()]
    entries = [yaml_of(file) for file in ENTRIES if file.parent.name == kind_name]
    assert entries
    for entry in (entry for entry in entries if "retracted" not in entry):
        typed = answers_of(entry, form, kind)
        body = write_form(typed, form)
        assert which_form(body, forms) is form and read_form(body, form) == typed
        shaped = shape(typed, form, kind, entry["intake"], entry["added"], entry["slug"], ())
        assert said(shaped.problems) == []
        asked = {field.steps[0] for field in form.fields}
        assert {name: inner for name, inner in entry.items() if name in asked | shaped.value.keys()} == shaped.value
        reread = read_yaml(canonical(entry, kind), "file.yaml").document
        assert reread is not None and reread.value == entry


def test_forms_on_disk(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(checkout), "forms", "--check"]) == 1
    assert main(["--root", str(checkout), "forms"]) == 0
    lines = capsys.readouterr().out.splitlines()
    missing = [f"{FOLDER}/{name}.yml is not what the schemas make. Run: mutualaid forms" for name in NAMES]
    assert [line.partition(";")[0] for line in lines[1 : len(NAMES) + 1]] == missing
    assert lines[0].startswith(".github/CODEOWNERS is not")
    made = [".github/CODEOWNERS", *(f"{FOLDER}/{name}.yml" for name in NAMES)]
    assert lines[len(NAMES) + 1 :] == [*made, f"{len(made)} files written."]
    assert make_forms(checkout) == make_forms(checkout, writes=False) == ()
    folder = checkout / FOLDER
    for name in ("groups", "bug"):
        (folder / f"{name}.yml").write_text("name: Mine\n", encoding="utf-8")
    (folder / "examples.yml").unlink()
    assert make_forms(checkout, writes=False) == tuple(f"{FOLDER}/{name}.yml" for name in ("bug", "examples", "groups"))
    assert make_forms(checkout) == (f"{FOLDER}/examples.yml", f"{FOLDER}/groups.yml")
    assert make_forms(checkout, writes=False) == (f"{FOLDER}/bug.yml",)
    (checkout / "content" / "host.yaml").unlink()
    with pytest.raises(BrokenCheckout, match=r"cannot be read\. content/host\.yaml:1:1: file\.missing"):
        make_forms(checkout)


WAYS = rows_of("ways", "ways")


@pytest.mark.parametrize(("host", "safety", "removal", "pages"), WAYS.values(), ids=WAYS)
def test_what_the_host_has_set_up(
    checkout: Path, host: dict[str, str], safety: str, removal: str, pages: list[str]
) -> None:
    """Without an address or a private way that is said; with them, links lead there, the private way first."""
    World(checkout).host(**host)
    make_forms(checkout)
    forms = {name: yaml_of(checkout / FOLDER / f"{name}.yml") for name in NAMES}
    links = forms["config"].get("contact_links", ())
    assert [link["url"] for link in links] == [f"https://example.org/aid/{page}/" for page in pages]
    for name, words in (("resources", safety), ("take-down", removal)):
        notice = forms[name]["body"][0]["attributes"]["value"]
        assert words in notice and "page:/" not in notice
