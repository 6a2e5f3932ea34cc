"""Paper and screen look alike: the colors of the tokens, and the rules for drawings, stand in two places."""

import re

from mutualaid.downloads.pdf.drawing import LOOK
from world import PROJECT

CSS = PROJECT / "theme" / "static" / "css"


def _light() -> dict[str, str]:
    """Return the tokens of light pages, with every name resolved to a color."""
    sheet = (CSS / "tokens.css").read_text(encoding="utf-8").partition("@media (prefers-color-scheme: dark)")[0]
    tokens = dict(re.findall(r"--([a-z-]+):\s*([^;]+);", sheet))
    while any("var(" in value for value in tokens.values() if value.startswith("var(--")):
        tokens = {name: _resolved(value, tokens) for name, value in tokens.items()}
    return tokens


def _resolved(value: str, tokens: dict[str, str]) -> str:
    return re.sub(r"var\(--([a-z-]+)\)", lambda found: tokens[found[1]], value)


def _rules(css: str) -> dict[str, str]:
    """Return the rules for single classes of drawings, without blanks."""
    found = re.findall(r"^\s*(\.d-[a-z]+) \{([^}]*)\}", css, re.MULTILINE)
    return {name: re.sub(r";$", "", re.sub(r"\s*([:;])\s*", r"\1", body.strip())) for name, body in found}


def test_drawings_have_one_look() -> None:
    """What the style sheet says of a class of drawings, paper says in light colors."""
    tokens = _light()
    screen = _rules((CSS / "blocks.css").read_text(encoding="utf-8"))
    assert {".d-line", ".d-key", ".d-maybe", ".d-far", ".d-ask"} <= set(screen)
    for name, body in screen.items():
        wanted = _resolved(body.replace("currentColor", "var(--ink)"), tokens)
        paper = re.search(rf"{re.escape(name)}(?:,[^{{]*)?\{{([^}}]*)\}}", LOOK)
        assert paper and paper[1] == wanted, name


def test_paper_has_the_colors_of_the_tokens() -> None:
    """Each color in the look of paper is one of the tokens' palette."""
    look = (PROJECT / "theme" / "print" / "look.typ").read_text(encoding="utf-8")
    colors = set(re.findall(r'rgb\("(#[0-9a-f]{6})"\)', look))
    assert len(colors) == 12
    assert colors <= set(_light().values())
