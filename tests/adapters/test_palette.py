"""Screen, paper, e-books and the mark share one palette, and drawings have one look."""

import re
import subprocess
from pathlib import Path

import pytest

from mutualaid.adapters.palette import TOKENS, palette_typ, read_palette, with_colors
from mutualaid.downloads.pdf.drawing import LOOK
from mutualaid.errors import BrokenCheckout
from world import PROJECT

THEME = PROJECT / "theme"


def test_drawings_have_one_look() -> None:
    """What the style sheet says of a class of drawings, paper says too."""
    tokens = (THEME / TOKENS).read_text(encoding="utf-8")
    roles = dict(re.findall(r"--([a-z-]+):\s*var\(--([a-z-]+)\);", tokens))
    css = (THEME / "static" / "css" / "blocks.css").read_text(encoding="utf-8")
    screen = dict(re.findall(r"^\s*(\.d-[a-z]+) \{([^}]*)\}", css, re.MULTILINE))
    assert {".d-line", ".d-key", ".d-maybe", ".d-far", ".d-ask"} <= set(screen)
    for name, body in screen.items():
        plain = re.sub(r"\s*([:;])\s*", r"\1", body.strip()).removesuffix(";").replace("currentColor", "var(--ink)")
        wanted = re.sub(r"var\(--([a-z-]+)\)", lambda found: f"var(--{roles[found[1]]})", plain)
        paper = re.search(rf"{re.escape(name)}(?:,[^{{]*)?\{{([^}}]*)\}}", LOOK)
        assert paper and paper[1] == wanted, name


def test_only_the_tokens_hold_the_colors_of_the_palette() -> None:
    """To change a color is to change it in one file."""
    command = ["git", "ls-files", "theme", "tools", "content", ".github", "*.py"]
    files = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    colors = {color.removeprefix("#") for color in read_palette(THEME).values()}
    assert len(colors) > 10
    known = re.compile("|".join(sorted(colors)), re.IGNORECASE)
    texts = (PROJECT / file for file in files if Path(file).suffix not in {".woff2", ".ttf", ".png"})
    holding = {file for file in texts if known.search(file.read_text(encoding="utf-8"))}
    assert holding == {THEME / TOKENS}


def test_a_color_changes_everywhere_at_once(tmp_path: Path) -> None:
    """Paper, e-books, drawings and the mark are filled from the tokens of light pages; a wrong name stops the build."""
    tokens = tmp_path / TOKENS
    tokens.parent.mkdir(parents=True)
    tokens.write_text(
        ":root { --fold: #123456; }\n@media (prefers-color-scheme: dark) { :root { --fold: #abcdef; } }\n", "utf-8"
    )
    assert with_colors("a{fill:var(--fold)}", tmp_path) == "a{fill:#123456}"
    assert palette_typ(tmp_path) == b'#let fold = rgb("#123456")\n'
    with pytest.raises(BrokenCheckout, match="has no color named mauve"):
        with_colors("stroke: var(--mauve)", THEME)
