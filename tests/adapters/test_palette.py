"""Screen, paper, e-books and the mark share one palette, and drawings have one look."""

import re
from pathlib import Path

import pytest

from mutualaid.adapters.palette import TOKENS, palette_typ, read_palette, with_colors
from mutualaid.downloads.pdf import STYLE_SHEET, look_of
from mutualaid.errors import BrokenCheckout
from world import PROJECT, ran

THEME = PROJECT / "theme"


def test_drawings_have_one_look() -> None:
    """Paper draws by the rules of the site's style sheet, each color in the place of its role."""
    look, css = look_of(THEME), (THEME / STYLE_SHEET).read_text(encoding="utf-8")
    classes = set(re.findall(r"\.d-[a-z]+", css))
    assert {".d-line", ".d-key", ".d-maybe", ".d-far", ".d-ask"} <= classes == set(re.findall(r"\.d-[a-z]+", look))
    assert f".d-key {{ fill: {read_palette(THEME)['marigold']}; stroke: {read_palette(THEME)['iron-gall']};" in look
    assert not re.search(r"var\(|\.figure|currentColor", look)


def test_only_the_tokens_hold_the_colors_of_the_palette() -> None:
    files = ran("git", "ls-files", "theme", "tools", "content", ".github", "*.py", cwd=PROJECT).stdout.split()
    colors = {color.removeprefix("#") for color in read_palette(THEME).values()}
    assert len(colors) > 10
    known = re.compile("|".join(sorted(colors)), re.IGNORECASE)
    texts = (PROJECT / file for file in files if Path(file).suffix not in {".woff2", ".ttf", ".png", ".docx"})
    holding = {file for file in texts if known.search(file.read_text(encoding="utf-8"))}
    assert holding == {THEME / TOKENS}
    sheer = re.findall("(#[0-9a-f]{6})[0-9a-f]{2}", (THEME / TOKENS).read_text(encoding="utf-8"))
    assert set(sheer) == {read_palette(THEME)["iron-gall"]}, "--shade and --shadow have another color than --iron-gall"


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
