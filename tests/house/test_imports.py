"""Guards the arrows of the map (the docstring of `mutualaid`), and one home for each library. No circles."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from graphlib import TopologicalSorter

import pytest

import mutualaid
from world import PROJECT

PACKAGE = PROJECT / "tools" / "mutualaid"
MODULES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): file
    for file in sorted(PACKAGE.rglob("*.py"))
}
MAP = mutualaid.__doc__ or ""
FOLDERS = tuple(re.findall(r"^    ([\w/]+)/ +\S", MAP, re.MULTILINE))
ARROWS = {
    left: tuple(right.replace("/", ".").split(", "))
    for lefts, right in re.findall(r"^    (\S.*) → (\S.*)$", MAP, re.MULTILINE)
    for left in lefts.replace("/", ".").split(", ")
}
DISK = ("adapters", "flows", "site", "downloads", "cli", "rehearsal")
CLOCK = ("cli", "site.generator")
HOMES: dict[str, tuple[str, ...]] = {
    "yaml": ("adapters.yaml",),
    "xml": ("adapters.svg",),
    "jsonschema": ("core.entries.validation",),
    "pelican": ("site",),
    "jinja2": ("site", "downloads.templates", "core.pipeline.replies"),
    "markupsafe": ("site", "text"),
    **dict.fromkeys(("mdit_py_plugins", "nh3"), ("text",)),
    "markdown_it": ("core.entries.markdown", "text"),
    **dict.fromkeys(("typst", "pikepdf"), ("adapters.typst",)),
    "github": ("adapters.github.client",),
    "idna": ("core.entries.addresses",),
    "unidecode": ("core.forms.to_entry",),
    "requests": ("adapters.github.client", "adapters.links"),
    "docx": ("downloads.docx",),
    "feedgenerator": ("site.feeds",),
    "fake_github": tuple(left for left, rights in ARROWS.items() if "fake_github" in rights),
    "watchfiles": ("adapters.preview",),
    "textstat": ("flows.measure_readability",),
    "subprocess": ("adapters.pelican", "adapters.git"),
    "secrets": ("cli",),
    **dict.fromkeys(("argparse", "sys.exit"), ("cli",)),
    **dict.fromkeys(("print", "input", "sys.stdin", "sys.stdout", "sys.stderr"), ("cli",)),
    **dict.fromkeys(("time", "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today"), CLOCK),
    **dict.fromkeys(("os.environ", "os.getenv"), (*CLOCK, "adapters.pelican")),
    **dict.fromkeys(("open", "pathlib.Path", "shutil", "tempfile"), DISK),
    **dict.fromkeys(("socket", "http"), ("adapters.links", "adapters.preview")),
    **dict.fromkeys(("urllib.request", "urllib.error", "ssl"), ()),
}


def complaints(module: str, source: str) -> list[str]:
    """Return what is wrong with the imports and outside names of `module`, a dotted name below `mutualaid`."""
    return [said for line, name in _names(source) if (said := _complaint(module, name, line))]


def _complaint(module: str, name: str, line: int) -> str:
    if name.startswith("."):
        return f"{module}, line {line}: a relative import. Write the whole name, from mutualaid on."
    first = name.partition(".")[0]
    if first == "mutualaid":
        target = name.partition(".")[2]
        return "" if not target or _may_import(module, target) else f"{module}, line {line}: no arrow to {target}."
    homes = next((HOMES[known] for known in _longest_first(HOMES) if _is_in(name, (known,))), None)
    if homes is None:
        said = f"{module}, line {line}: the outside name {name} has no home yet. Write a decision, then add it here."
        return "" if first in sys.stdlib_module_names else said
    said = f"{module}, line {line}: {name} belongs in {' or '.join(homes) or 'no folder'}. Hand its value in."
    return "" if _is_in(module, homes) else said


def _may_import(module: str, target: str) -> bool:
    """Whether the map has an arrow from the module's folder to the target."""
    if target.partition(".")[0] == "errors":
        return True
    own = next((left for left in _longest_first(ARROWS) if _is_in(module, (left,))), _folder(module))
    return any(_is_in(target, (place,)) or fnmatchcase(target, f"{place}*") for place in (own, *ARROWS.get(own, ())))


def _folder(module: str) -> str:
    folders = [folder.replace("/", ".") for folder in FOLDERS]
    return next((folder for folder in sorted(folders, key=len, reverse=True) if _is_in(module, (folder,))), module)


def _is_in(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def _names(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of each import, and of each use of an imported or built-in name."""
    aliases = {name: name for name in ("print", "open", "input")}
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            aliases.update({one.asname or one.name: one.name for one in node.names})
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            aliases.update({one.asname or one.name: f"{start}.{one.name}" for one in node.names})
            yield from ((node.lineno, f"{start}.{one.name}") for one in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, _, rest = ast.unparse(node).partition(".")
            if first in aliases and not aliases[first].startswith((".", "mutualaid")):
                yield node.lineno, f"{aliases[first]}.{rest}".removesuffix(".")


@pytest.mark.parametrize("module", MODULES)
def test_arrows(module: str) -> None:
    """No arrow is missing from the map, and each outside name is at home."""
    assert complaints(module, MODULES[module].read_text(encoding="utf-8")) == []


def test_every_folder_is_on_the_map() -> None:
    """A stranger finds each folder in the map, and the map names none that is gone."""
    there = {file.parent.relative_to(PACKAGE).as_posix() for file in MODULES.values()} - {".", "core"}
    assert set(FOLDERS) == there


def test_nothing_imports_in_a_circle() -> None:
    """There is an order in which the modules can be read, each after those that it needs."""
    graph = {
        module: {_module_of(name) for _, name in _names(file.read_text(encoding="utf-8"))} - {module, ""}
        for module, file in MODULES.items()
    }
    assert len(graph) == len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def _module_of(name: str) -> str:
    """Return our module that a name is in, or that it is; nothing for a name from outside."""
    place = name.removeprefix("mutualaid.") if name.startswith("mutualaid.") else ""
    while place and place not in MODULES:
        place = place.rpartition(".")[0]
    return place


WRONG = (
    ("core.entries.entry", "from mutualaid.adapters.yaml import read_yaml", "no arrow to adapters.yaml.read_yaml."),
    ("flows.gather", "def f():\n  from mutualaid.site.renderer import R", "no arrow to site.renderer.R."),
    ("errors", "from mutualaid.core.entries import problem", "no arrow to core.entries.problem."),
    ("core.entries.entry", "from . import kind", "a relative import. "),
    ("core.entries.entry", "import yaml", "yaml belongs in adapters.yaml."),
    ("core.entries.dates", "def f():\n  import httpx", "the outside name httpx has no home yet. "),
    ("flows.reconcile", "from fake_github import BOT", "fake_github.BOT belongs in rehearsal. "),
    ("site.renderer", "import sys as s\ns.exit(1)", "sys.exit belongs in cli. "),
    ("core.entries.dates", "import datetime as dt\ndt.date.today()", "datetime.date.today belongs in cli or "),
    ("core.entries.dates", "from os import environ", "os.environ belongs in cli or "),
)


@pytest.mark.parametrize(("module", "source", "start"), WRONG)
def test_what_is_wrong_is_found(module: str, source: str, start: str) -> None:
    """An arrow that is not on the map and a name that is not at home, wherever they hide and under any alias."""
    assert complaints(module, source)[0].partition(": ")[2].startswith(start)


def test_the_guard_and_its_homes() -> None:
    """Names that only look alike are left alone, and the table of homes names nothing that is gone."""
    source = "from pathlib import PurePosixPath\nimport datetime as dt\nx = self.time.time\ndt.date(1, 2, 3)\n"
    assert complaints("core.entries.dates", source) == []
    named = {home for homes in HOMES.values() for home in homes}
    assert {home for home in named if home.replace(".", "/") not in FOLDERS} <= {*MODULES, "adapters", "cli"}


def test_a_class_name_is_unique() -> None:
    """A class name means one thing; leading underscores make no other name. `Step` is in plays and in core, still."""
    trees = (ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for file in MODULES.values())
    names = Counter(node.name.lstrip("_") for tree in trees for node in tree if isinstance(node, ast.ClassDef))
    assert {name for name, count in names.items() if count > 1} <= {"Step"}
