"""What docs/ says of the code: labels, licenses, the tests that hold each danger off, and files that it names."""

import re
from importlib.metadata import metadata
from pathlib import PurePosixPath

import mutualaid
from mutualaid.adapters.schema_files import read_form_kinds
from mutualaid.core.pipeline.status import FOR_A_PERSON, KIND_PREFIX, SubmissionStatus
from world import PROJECT, ran

LICENCE = re.compile(r"^\| ([a-z0-9.-]+) \| ([0-9][^ |]*) \| ([^|]+) \| ([^|]+) \|$", re.M)
PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.M)
PATH = re.compile(r"`([\w.-]+/[\w./-]*)`")
MADE = re.compile(r"NNNN|letters|node_modules|\.pdf$")
"""In paths that documents name: examples to follow, and what commands install or build."""
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)")
TEST = re.compile(r"`tests/([a-z_/]+\.py)::(test_[a-z_]+)`")


def _doc(name: str) -> str:
    return (PROJECT / "docs" / name).read_text(encoding="utf-8")


def test_labels_are_documented() -> None:
    told = re.findall(r"^\| `([^`]+)` \|", _doc("labels.md"), re.MULTILINE)
    own = {f"{KIND_PREFIX}{kind.name}" for kind in read_form_kinds(PROJECT / "schemas")}
    assert set(told[: len(own)]) == own
    assert told[len(own) :] == [*(status.label for status in SubmissionStatus), FOR_A_PERSON]


def test_every_pinned_package_has_its_row() -> None:
    rows = LICENCE.findall(_doc("licences.md"))
    pins = PIN.findall((PROJECT / "requirements" / "site.txt").read_text(encoding="utf-8"))
    assert len(pins) > 40
    assert [(name, version) for name, version, _, _ in rows] == sorted(pins)
    assert all(licence.strip() and reason.strip() for _, _, licence, reason in rows)
    stated = {name: str(metadata(name).json.get("license_expression", "")) for name, _, _, _ in rows}
    told = {name: licence for name, _, licence, _ in rows if stated[name]}
    assert len(told) > 20
    assert [name for name, licence in told.items() if _ids(stated[name]) != _ids(licence)] == []


def _ids(licence: str) -> set[str]:
    return set(re.split(r",? (?:or|and) |, ", licence.strip(), flags=re.IGNORECASE))


def test_every_danger_names_its_tests() -> None:
    """In the last column of docs/threat-model.md, each by file and function, and nothing else; each is there."""
    table = _doc("threat-model.md").partition("| danger | what holds | test |")[2].partition("\n\n")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows) > 10
    for row in rows:
        assert TEST.sub("", row.split(" | ")[-1]).strip(" ,|") == "", row
        for file, name in TEST.findall(row):
            assert f"\ndef {name}(" in (PROJECT / "tests" / file).read_text(encoding="utf-8"), f"{file} has no {name}"


def test_what_documents_name_is_there() -> None:
    tracked = [*map(PurePosixPath, ran("git", "ls-files", cwd=PROJECT).stdout.splitlines())]
    known = {str(place) for name in tracked for place in (name, *name.parents)}
    tops = {name.parts[0] for name in tracked} | {folder.name for folder in (PROJECT / "tools/mutualaid").iterdir()}
    texts = {str(name): (PROJECT / name).read_text("utf-8") for name in tracked if name.suffix == ".md"}
    ours = [name for name in texts if not name.startswith(("content/", "tests/")) or "README" in name]
    documents = {name: texts[name] for name in ours}
    gone = []
    for name, text in {**documents, "tools/mutualaid/__init__.py": mutualaid.__doc__ or ""}.items():
        for path in (path for path in PATH.findall(text) if path.split("/")[0] in tops and not MADE.search(path)):
            places = (path, f"tools/mutualaid/{path}", f"tools/mutualaid/{path}.py", f"content/{path}")
            gone += [] if known.intersection(place.rstrip("/") for place in places) else [f"{name}: {path}"]
        here = (PROJECT / name).parent
        gone += [f"{name}: {link}" for link in LINK.findall(text) if not (here / link).exists()]
    assert len(documents) > 40
    assert gone == []
