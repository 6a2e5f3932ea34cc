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
from world import PROJECT, document_of, rows_of

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


HOMES: dict[str, list[str]] = document_of((PROJECT / "tools/homes.yaml").read_text(encoding="utf-8")).value


def complaints(module: str, source: str) -> list[str]:
    """Return what is wrong with the imports and outside names of `module`, a dotted name below `mutualaid`."""
    return [said for line, name in _names(source) if (said := _complaint(module, name, line))]


def _complaint(module: str, name: str, line: int) -> str:
    if name.startswith("."):
        return f"{module}, line {line}: a relative import. Write the whole name, from mutualaid on."
    first = name.partition(".")[0]
    if first == "mutualaid":
        target = name.partition(".")[2]
        folders = (folder.replace("/", ".") for folder in FOLDERS)
        own = _narrowest(ARROWS, module) or _narrowest(folders, module) or module
        ways = (own, "errors", *ARROWS.get(own, ()))
        is_fine = any(_is_in(target, (way,)) or fnmatchcase(target, f"{way}*") for way in ways if target)
        return "" if is_fine or not target else f"{module}, line {line}: no arrow to {target}."
    homes = HOMES.get(_narrowest(HOMES, name))
    if homes is None:
        said = f"{module}, line {line}: the outside name {name} has no home yet. See tools/homes.yaml."
        return "" if first in sys.stdlib_module_names else said
    said = f"{module}, line {line}: {name} belongs in {' or '.join(homes) or 'no folder'}. Hand its value in."
    return "" if _is_in(module, homes) else said


def _is_in(name: str, places: Iterable[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def _narrowest(places: Iterable[str], name: str) -> str:
    return max((place for place in places if _is_in(name, (place,))), key=len, default="")


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
    assert complaints(module, MODULES[module].read_text(encoding="utf-8")) == []


def test_every_folder_is_on_the_map() -> None:
    there = {file.parent.relative_to(PACKAGE).as_posix() for file in MODULES.values()} - {".", "core"}
    assert set(FOLDERS) == there


def test_nothing_imports_in_a_circle() -> None:
    graph = {}
    for module, file in MODULES.items():
        named = {name.partition("mutualaid.")[2] for _, name in _names(file.read_text("utf-8"))}
        graph[module] = {_narrowest(MODULES, name) for name in named} - {module, ""}
    assert len(graph) == len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


@pytest.mark.parametrize(("module", "source", "start"), rows_of("imports", "wrong"))
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
