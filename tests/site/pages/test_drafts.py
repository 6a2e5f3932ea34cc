"""The draft page's script: made of the templates, of a package that is what it says, small, and nowhere else."""

import gzip
import json
import re
from importlib.resources import files

import pytest
from jinja2 import DictLoader, Environment

from mutualaid.adapters.yaml import read_yaml
from mutualaid.errors import BrokenHouse
from mutualaid.site.template_script import script_of
from mutualaid.text.markdown import as_data, with_code
from site_under_test import ROOT, BuiltSite

BROWSER = ROOT / "tests" / "browser"
VENDORED = ROOT / "theme" / "static" / "js" / "vendor" / "markdown-it.min.js"
MOST = 60 * 1024


def test_the_package_that_is_tracked_is_the_one_that_is_pinned() -> None:
    """markdown-it is, byte for byte, the package of the lock file, in the version that its Python twin comes from."""
    package = BROWSER / "node_modules" / "markdown-it"
    pinned = json.loads((BROWSER / "package-lock.json").read_text())["packages"]["node_modules/markdown-it"]["version"]
    assert VENDORED.read_bytes() == (package / "dist" / "markdown-it.min.js").read_bytes()
    licence = (ROOT / "theme" / "static" / "licences" / "markdown-it.txt").read_text()
    assert licence == (package / "LICENSE").read_text()
    port = read_yaml(files("markdown_it").joinpath("port.yaml").read_text(), "port.yaml").document
    assert port is not None
    assert port.value[0]["version"] == pinned
    assert VENDORED.read_text(encoding="utf-8").startswith(f"/*! markdown-it {pinned} ")


def test_the_script_is_small_and_only_where_it_is_needed(built_site: BuiltSite) -> None:
    """It stays within 60 kB compressed; no page but the drafts asks for it; its license lies beside it."""
    (script,) = (built_site.folder / "theme" / "js").glob("draft.*.js")
    assert len(gzip.compress(script.read_bytes(), 9)) <= MOST
    asking = [page for page in built_site.pages() if script.name in page.read_text(encoding="utf-8")]
    assert {page.relative_to(built_site.folder).parent.as_posix() for page in asking} == {
        f"contribute/draft/{kind}" for kind in ("examples", "exercises", "groups", "resources")
    }
    assert (built_site.folder / "theme" / "licences" / "markdown-it.txt").is_file()


def test_every_filter_of_the_templates_has_a_twin(built_site: BuiltSite) -> None:
    """What the script made of the templates calls is there, in branches that no entry takes as well."""
    (script,) = (built_site.folder / "theme" / "js").glob("draft.*.js")
    text = script.read_text(encoding="utf-8")
    twins = (ROOT / "theme" / "static" / "js" / "draft" / "showing.js").read_text(encoding="utf-8")
    called = set(re.findall(r"\b(?:filters|methods)\.(\w+)\(", text))
    assert called >= {"prose", "prose_line", "many"}
    assert [name for name in sorted(called) if not re.search(rf"^ +{name}: ", twins, re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("{% block main %}{% set a = 1 %}{% endblock %}", "line 1: .* cannot show Assign"),
        ("{% block main %}\n{{ a|join(d=',') }}{% endblock %}", "line 2: .* cannot show Filter"),
        ("{% block main %}{{ a is defined }}{% endblock %}", "cannot show Test"),
        ("{% block main %}{% for a in b %}{% else %}x{% endfor %}{% endblock %}", "cannot show For"),
        ("{% block other %}{% endblock %}", "has no block main"),
    ],
)
def test_what_a_template_may_not_hold(source: str, named: str) -> None:
    """A part of Jinja that the script cannot show stops the build, with the template's name and line."""
    environment = Environment(loader=DictLoader({"entry.html": source}), autoescape=True)
    with pytest.raises(BrokenHouse, match=f"entry.html.*{named}"):
        script_of(environment, "entry.html", "main", "article")


def test_macros_that_nothing_calls_stay_out() -> None:
    """Only what the block calls, and what that calls, is carried."""
    templates = {
        "parts.html": "{% macro a(x) %}{{ b(x) }}{% endmacro %}{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}"
        "{% macro c() %}never{% endmacro %}",
        "entry.html": "{% from 'parts.html' import a, c %}{% block main %}{{ a(title) }}{% endblock %}",
    }
    script = script_of(Environment(loader=DictLoader(templates), autoescape=True), "entry.html", "main", "article")
    assert "const parts_a" in script
    assert "const parts_b" in script
    assert "never" not in script


def test_data_cannot_end_its_element() -> None:
    """Whatever stands in a schema, the element around it ends where it should; help shows what is to be typed."""
    data = {"a": "</template><!-- &lt; &amp;"}
    assert "<" not in as_data(data)
    assert json.loads(as_data(data).unescape()) == data
    assert with_code("`a | b` & <c>") == "<code>a | b</code> &amp; &lt;c&gt;"
