"""A checkout small enough for one test, and the values that tests of core/ start from."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mutualaid.adapters.schema_files import read_identifying_details, read_kinds
from mutualaid.adapters.yaml import read_yaml, write_yaml
from mutualaid.core.entries.checks import Rulebook
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.entry import Entry, accept
from mutualaid.core.entries.identifying import Patterns
from mutualaid.core.entries.kind import Kind, Schema, inlined, kind_from
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.spellings import Table, in_schema
from mutualaid.core.entries.submission import Submission

PROJECT = Path(__file__).parent.parent
SAMPLES = PROJECT / "tests" / "samples"
TOOLS = "tools.schema.yaml"
TODAY = dt.date(2026, 11, 22)


def ran(*command: object, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **more)


def document_of(text: str, file: str = "file.yaml") -> Document:
    reading = read_yaml(text, file)
    assert reading.document is not None, reading.problems
    return reading.document


@cache
def rows_of(name: str, part: str = "") -> Any:
    """Return what tests/samples/NAME.yaml holds, or a part of it: tables of what is given and what comes of it."""
    whole = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return whole[part] if part else whole


HOSTS = ("empty", "filled")
"""How far a maintainer may have come with content/host.yaml; what reads it is tried with both, whatever ours says."""


@cache
def host_facts(name: str) -> Mapping[str, str]:
    """Return the facts of one of `HOSTS`: nothing set up, or everything, as in tests/samples/host.yaml."""
    filled: Mapping[str, str] = document_of((SAMPLES / "host.yaml").read_text(encoding="utf-8")).value
    return filled if name == "filled" else {**dict.fromkeys(filled, ""), "leave_to": filled["leave_to"]}


HOST = {name: fact for name, fact in host_facts("filled").items() if name != "site_address"}
"""What a copy says of itself that somebody runs, and that has no address of its own yet."""


@cache
def tools() -> Kind:
    """Return the made-up kind of tests/samples/tools.schema.yaml."""
    return kind_from("tools", _tools_as_written(), {TOOLS: _tools_as_written()})


@cache
def tools_rulebook() -> Rulebook:
    own = {TOOLS: _tools_as_written()}
    return Rulebook.of(tools(), inlined(_tools_as_written()["$defs"]["retracted"], own))


@cache
def _tools_as_written() -> Schema:
    as_written = document_of((SAMPLES / TOOLS).read_text(encoding="utf-8")).value
    return in_schema(as_written, lambda _name: Table((("Norway", "Norway", "NO; Norge"),)))  # type: ignore[no-any-return]


@cache
def real_kinds() -> dict[str, Kind]:
    return {kind.name: kind for kind in read_kinds(PROJECT / "schemas")[0]}


@cache
def identifying_details() -> Patterns:
    return read_identifying_details(PROJECT / "schemas")


def tool(**changes: Any) -> Submission:
    """Return a tool that keeps every rule, with `changes`; None takes a field out. Its file is named by its slug."""
    value = _changed(document_of((SAMPLES / "ladder.yaml").read_text(encoding="utf-8")).value, changes)
    return Submission(tools(), document_of(write_yaml(value), f"submissions/tools/{value['slug']}.yaml"))


def entry(**changes: Any) -> Entry:
    return accept(tool(**changes))


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Return problems as a list that reads well when it differs: `line:column code message`."""
    return [f"{one.place.line}:{one.place.column} {one.code} {one.message}" for one in problems]


def _changed(value: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: inner for key, inner in {**value, **changes}.items() if inner is not None}


def checkout_of(root: Path, **host: str) -> Path:
    """Lay out the project itself in `root`, run by `host`; facts that are not given are empty."""
    for name in ("schemas", "theme"):
        (root / name).symlink_to(PROJECT / name)
    for name in ("content", "submissions"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "pelicanconf.py", root)
    (root / "content" / "host.yaml").write_text(host_text(**host), encoding="utf-8")
    return root


def host_text(**host: str) -> str:
    return write_yaml({**host_facts("empty"), **host})


@dataclass
class World:
    """A checkout in `root` with the project's real schemas, and content that is whole."""

    root: Path

    @classmethod
    def made_in(cls, root: Path) -> "World":
        """Make a checkout with two pages, one path, a glossary, a host and a home page; no entries."""
        shutil.copytree(PROJECT / "schemas", root / "schemas")
        shutil.copytree(SAMPLES / "checkout", root, dirs_exist_ok=True)
        (root / "submissions").mkdir()
        world = cls(root)
        world.host(**host_facts("empty"))
        return world

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def host(self, **facts: str) -> Path:
        return self.write("content/host.yaml", write_yaml({**host_facts("empty"), **facts}))

    def entry(self, kind: str, slug: str, **changes: Any) -> Path:
        schema = real_kinds()[kind].schema
        value = {name: schema["properties"][name]["examples"][0] for name in schema["required"]}
        source = {"title": f"About {slug}", "url": f"https://www.example.org/{slug}"}
        own = {"slug": slug, "title": f"The {slug}", "sources": [source], "added": "2020-01"}
        return self.write(f"submissions/{kind}/{slug}.yaml", write_yaml(_changed({**value, **own}, changes)))

    def page(self, inside: str, body: str = "Words.\n", **front: Any) -> Path:
        value = _changed({"title": f"Page {inside}", "promise": "What the reader gets."}, front)
        return self.write(f"content/{inside}", f"---\n{write_yaml(value)}---\n{body}")

    def path(self, slug: str, *pages: str, rank: int = 1) -> Path:
        words = {"title": f"Path {slug}", "for_whom": "For whoever has just come here."}
        value = {"slug": slug, "rank": rank, **words, "pages": list(pages)}
        return self.write(f"content/paths/{slug}.yaml", write_yaml(value))
