"""People who know Pelican: what they may leave out, and a sentence where what they set can't work."""

import os
import re
import sys
from pathlib import Path

import pytest

from world import checkout_of, ran, rows_of

PLUGIN = 'PLUGINS = ["mutualaid.site"]\nPATH = "content"\nFEED_ALL_ATOM = CATEGORY_FEED_ATOM = None\n'
REPLACES = """
from pelican import signals
def register():
    signals.finalized.connect(write)
def write(pelican):
    open(pelican.output_path + "/sitemap.xml", "w").write("")
"""


def _built(root: Path, settings: str) -> tuple[int, str]:
    (root / "pelicanconf.py").write_text(settings, encoding="utf-8")
    own = {"MUTUALAID_SITE_ADDRESS": "https://www.example.org", "MUTUALAID_DOWNLOADS": "none"}
    own |= {"PYTHONPATH": str(root), "COLUMNS": "200"}
    run = ran(sys.executable, "-m", "pelican", "-s", "pelicanconf.py", cwd=root, env=os.environ | own)
    return run.returncode, re.sub(r"\s+", " ", run.stdout + run.stderr)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = checkout_of(tmp_path_factory.mktemp("pelican"))
    (root / "stock.py").write_text(REPLACES, encoding="utf-8")
    return root


def test_our_settings_may_be_left_out(root: Path) -> None:
    """The plugin and the path are enough, nothing but our files is written, and what people wrote is always escaped."""
    loose = 'THEME = "theme"; SITENAME = "A <i> name"; JINJA_ENVIRONMENT = {"autoescape": False}\n'
    status, said = _built(root, PLUGIN + loose)
    assert status == 0, said
    home = (root / "output/index.html").read_text(encoding="utf-8")
    assert "<title>A &lt;i&gt; name" in home and "<i> name" not in home
    assert "www.example.org/guide/" in (root / "output/sitemap.xml").read_text(encoding="utf-8")
    made = {file.name for file in (root / "output").iterdir()}
    assert not made & {"archives.html", "feeds", "schemas", "submissions"}


@pytest.mark.parametrize(("settings", "said"), rows_of("misuse", "settings"))
def test_what_cannot_work_is_a_sentence(root: Path, settings: str, said: str) -> None:
    before = {file: file.read_bytes() for file in (root / "output").rglob("*") if file.is_file()}
    status, found = _built(root, f"{PLUGIN}{settings}\n")
    assert status == 2 and said in found and "Traceback" not in found, found
    assert {file: file.read_bytes() for file in (root / "output").rglob("*") if file.is_file()} == before
