"""The theme's own rules: contrast of every pair of roles in both schemes, layers, no shortcuts in the style sheets."""

import re
from pathlib import Path

import pytest

from site_under_test import ROOT
from world import rows_of

CSS = ROOT / "theme" / "static" / "css"
PAIRS = [
    (ink, ground, least)
    for part, least in (("text", 7.0), ("lines", 3.0))
    for ink, grounds in rows_of("contrast", part).items()
    for ground in grounds
]


def _colour(roles: dict[str, str], name: str) -> tuple[float, float, float]:
    value = roles[name].strip()
    if value.startswith("var(--"):
        return _colour(roles, value.removeprefix("var(--").rstrip(")"))
    digits = value.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def _luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=str)
def test_contrast(scheme: str, ink: str, ground: str, least: float) -> None:
    """Text reaches 7:1 on every ground it stands on, lines and focus 3:1 (WCAG 2.2, 1.4.6 and 1.4.11)."""
    light, _, dark = (CSS / "tokens.css").read_text(encoding="utf-8").partition("prefers-color-scheme: dark")
    roles = dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", light + (dark if scheme == "dark" else "")))
    one, other = sorted((_luminance(_colour(roles, ink)), _luminance(_colour(roles, ground))), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= least


@pytest.mark.parametrize("file", sorted(CSS.glob("*.css")), ids=lambda file: file.name)
def test_style_sheets_keep_their_layer(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "!important" not in text
    assert not re.search(r"(?:^|[\s,>+~}])#[a-z][\w-]*\s*[{,:.]", text)
    outside = re.sub(r"@layer [a-z, ]+;", "", text)
    while "{" in outside:
        outside, before = re.sub(r"\{[^{}]*\}", "", outside), outside
        assert outside != before, "a bracket is left open"
    assert re.sub(rf"@layer {file.stem}\s*", "", outside).strip() == ""
