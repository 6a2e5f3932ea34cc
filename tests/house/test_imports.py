"""Guards the import direction: cli and site → flows → adapters → core → errors, and one home for each outside name.

Take-aways stand beside the site's pages: `site` plans and makes them; they render text by `site.markup` alone.

The rule for adapters: they do not know each other, save that a reader of folders (`*_files`) reads YAML through
`yaml_text`, `content_files` reads bytes through `entry_files`, and `letter_files` takes HTML apart in `html_text`; the
rooms of `github/` are one neighbour. Nor do flows, save that `reconcile` has its reading in `survey` and `take_in`.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from world import PROJECT

PACKAGE = PROJECT / "tools" / "mutualaid"
MODULES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): file
    for file in sorted(PACKAGE.rglob("*.py"))
}
ARROWS = {
    "__init__": (),
    "errors": (),
    "core": ("errors", "core"),
    "adapters": ("errors", "core"),
    "flows": ("errors", "core", "adapters", "rehearsal", "takeaways"),
    "takeaways": ("errors", "core", "takeaways", "site.markup", "site.addresses"),
    "site": (
        *("errors", "core", "site", "takeaways"),
        *("flows.load_content", "flows.load_details", "flows.load_entries", "flows.index_pages"),
    ),
    "talks": ("errors", "core", "adapters", "flows", "talks", "rehearsal.plays"),
    "cli": ("errors", "core", "adapters", "flows", "talks", "rehearsal", "takeaways.takeaway"),
    "rehearsal": ("errors", "rehearsal"),
}
NEIGHBOURS = {
    "adapters.yaml_text": ("adapters.yaml_quick",),
    "adapters.schema_files": ("adapters.yaml_text",),
    "adapters.entry_files": ("adapters.yaml_text",),
    "adapters.form_files": ("adapters.yaml_text",),
    "adapters.github": ("adapters.github",),
    "flows.make_code_owners": ("flows.load_house.load_policy",),
    "flows.make_takeaways": ("flows.load_content", "flows.load_entries"),
    "flows.reconcile": ("flows.load_house", "flows.survey"),
    "flows.survey": ("flows.load_house", "flows.take_in"),
    "flows.take_in": ("flows.load_house",),
    "flows.rehearse": ("flows.load_house", "flows.reconcile"),
    "flows.standing": ("flows.load_house", "flows.reconcile.GitHub", "flows.survey"),
    "flows.tend": (
        *("flows.load_content", "flows.load_entries", "flows.load_house.load_policy", "flows.reconcile.GitHub"),
    ),
    "flows.diagnose": ("flows.load_house", "flows.make_forms", "flows.reconcile.GitHub"),
    "adapters.letter_files": ("adapters.html_text",),
    "adapters.content_files": ("adapters.yaml_text", "adapters.entry_files.read_bytes"),
}
WANTED = {
    "core": "core/, in the module of its noun",
    "adapters": "flows/, where adapters and core meet",
    "flows": "cli.py or a flows/load_*.py",
    "site": "site/",
    "takeaways": "takeaways/",
    "talks": "talks/",
    "cli": "cli.py",
    "rehearsal": "cli.py, a flow or a test",
}
DISK = ("adapters", "flows", "site", "takeaways", "talks", "cli", "rehearsal")
CLOCK = ("cli", "site.generator")
HOMES: dict[str, tuple[str, ...]] = {
    "yaml": ("adapters.yaml_text", "adapters.yaml_quick"),
    "xml": ("adapters.svg_text",),
    "jsonschema": ("core.keeping", "core.sentences", "rehearsal.description"),
    "jsonschema_rs": ("core.keeping", "rehearsal.description"),
    **dict.fromkeys(("pelican", "jinja2", "markupsafe", "mdit_py_plugins", "nh3"), ("site",)),
    "markdown_it": ("core.shown", "site.markup", "takeaways.typst_prose", "takeaways.book", "takeaways.sheets"),
    **dict.fromkeys(("typst", "pikepdf"), ("takeaways.typst_program",)),
    **dict.fromkeys(("github", "requests"), ("adapters.github.wire",)),
    "docx": ("takeaways.docx_file",),
    "feedgenerator": ("site.exports",),
    "rich": ("talks.rehearsing",),
    "livereload": ("adapters.preview",),
    "textstat": ("adapters.reading_grade",),
    "subprocess": ("adapters.site_builder", "adapters.search_index", "adapters.git_checkout", "rehearsal.git_process"),
    "secrets": ("talks",),
    **dict.fromkeys(("argparse", "sys.exit"), ("cli",)),
    **dict.fromkeys(("print", "input", "sys.stdin", "sys.stdout", "sys.stderr"), ("cli", "talks.words")),
    **dict.fromkeys(("time", "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today"), CLOCK),
    **dict.fromkeys(("os.environ", "os.getenv"), (*CLOCK, "adapters.site_builder", "rehearsal.git_process")),
    **dict.fromkeys(("open", "pathlib.Path", "shutil", "tempfile"), DISK),
    **dict.fromkeys(("socket", "http"), ("rehearsal.server", "adapters.link_fetch")),
    **dict.fromkeys(("urllib.request", "urllib.error", "ssl"), ("adapters.link_fetch",)),
}


def complaints(module: str, source: str) -> list[str]:
    """Return what is wrong with the imports and outside names of `module`, a dotted name below `mutualaid`."""
    return [said for line, name in _names(source) if (said := _complaint(module, name, line))]


def _complaint(module: str, name: str, line: int) -> str:
    room = module.partition(".")[0]
    if name.startswith("."):
        return f"{module}, line {line}: a relative import. Write the whole name, from mutualaid on."
    if name.split(".", maxsplit=1)[0] != "mutualaid":
        homes = next((HOMES[known] for known in _longest_first(HOMES) if _is_in(name, (known,))), None)
        if homes is None:
            is_known = name.split(".", maxsplit=1)[0] in sys.stdlib_module_names
            said = (
                f"{module}, line {line}: the outside name {name} has no home yet. Write a decision, then add it here."
            )
            return "" if is_known else said
        said = f"{module}, line {line}: {name} belongs into {' or '.join(homes) or 'no room'}. Hand its value in."
        return "" if _is_in(module, homes) else said
    target = name.partition(".")[2]
    if not target or _is_in(target, (*ARROWS[room], *_neighbours(module))):
        return ""
    wanted = WANTED[target.partition(".")[0]]
    return f"{module}, line {line}: the arrow {module} → {target} is reversed. The line wants {wanted}."


def _neighbours(module: str) -> tuple[str, ...]:
    """Return what a module may use beside its arrows; the rooms of `adapters/github/` know each other."""
    return next((known for name, known in NEIGHBOURS.items() if _is_in(module, (name,))), ())


def _is_in(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def _longest_first(names: dict[str, tuple[str, ...]]) -> list[str]:
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
    """No arrow is reversed, and each outside name is at home."""
    assert complaints(module, MODULES[module].read_text(encoding="utf-8")) == []


REVERSED = (
    ("core.entry", "from mutualaid.adapters.yaml_text import read_yaml", "flows/, where adapters and core meet."),
    ("core.entry", "import mutualaid.flows", "cli.py or a flows/load_*.py."),
    ("adapters.preview", "from mutualaid.adapters import yaml_text", "flows/, where adapters and core meet."),
    ("adapters.content_files", "from mutualaid.adapters.entry_files import stray_files", "flows/, where"),
    ("site.whole", "from mutualaid.flows.reconcile import reconcile", "cli.py or a flows/load_*.py."),
    ("cli", "def f():\n  from mutualaid.site.press import Press", "site/."),
    ("errors", "from mutualaid.core import problem", "core/, in the module of its noun."),
)
NOT_AT_HOME = (
    ("core.entry", "from . import kind", "a relative import. "),
    ("core.entry", "import yaml", "yaml belongs into adapters.yaml_text or adapters.yaml_quick. "),
    ("flows.load_entries", "from jsonschema import validate", "jsonschema.validate belongs into core.keeping or core."),
    ("core.edtf", "def f():\n  import httpx", "the outside name httpx has no home yet. "),
    ("core.edtf", "print('x')", "print belongs into cli or talks.words. "),
    ("site.press", "import sys as s\ns.exit(1)", "sys.exit belongs into cli. "),
    ("core.edtf", "import datetime as dt\ndt.date.today()", "datetime.date.today belongs into cli or site.generator. "),
    ("core.edtf", "from datetime import datetime as d\nd.now()", "datetime.datetime.now belongs into cli or site."),
    ("core.edtf", "from os import environ", "os.environ belongs into cli or site.generator or adapters.site_"),
    ("core.edtf", "from pathlib import Path", "pathlib.Path belongs into adapters or flows or site or takeaways or "),
)


@pytest.mark.parametrize(("module", "source", "room"), REVERSED)
def test_a_reversed_arrow(module: str, source: str, room: str) -> None:
    """It is found wherever it hides, and told the room that it wants."""
    (said, *_) = complaints(module, source)
    assert "is reversed. The line wants " + room in said
    assert f"the arrow {module} → " in said


@pytest.mark.parametrize(("module", "source", "start"), NOT_AT_HOME)
def test_a_name_that_is_not_at_home(module: str, source: str, start: str) -> None:
    """It is found under any alias, and told where its home is."""
    assert complaints(module, source)[0].partition(": ")[2].startswith(start)


def test_the_guard_lets_through_what_is_right() -> None:
    """Names that only look alike are left alone."""
    source = "from pathlib import PurePosixPath\nimport datetime as dt\nx = self.time.time\ndt.date(1, 2, 3)\n"
    assert complaints("core.edtf", source) == []


def test_every_home_is_a_room() -> None:
    """The tables name nothing that is gone."""
    named = {*ARROWS, *NEIGHBOURS, *(home for homes in HOMES.values() for home in homes)} - {"__init__"}
    assert named - {"adapters", "core", "flows", "site", "takeaways", "rehearsal"} <= set(MODULES)
    assert {Path(file).suffix for file in MODULES.values()} == {".py"}
