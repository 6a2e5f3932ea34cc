"""The palette: the colors of light pages in theme/static/css/tokens.css, for all that is no style sheet."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mutualaid.errors import BrokenCheckout

TOKENS = Path("static/css/tokens.css")
COLOR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")
ROLE = re.compile(r"--([a-z-]+):\s*var\(--([a-z-]+)\);")
PLACE = re.compile(r"var\(--([a-z-]+)\)")


@cache
def read_palette(theme: Path) -> Mapping[str, str]:
    return dict(COLOR.findall(_light(theme)))


@cache
def _light(theme: Path) -> str:
    return (theme / TOKENS).read_text(encoding="utf-8").partition("prefers-color-scheme: dark")[0]


def with_colors(text: str, theme: Path) -> str:
    """Return `text` with the color for each `var(--name)`, a color's or a role's. Raises BrokenCheckout for others."""
    palette = dict(read_palette(theme))
    palette |= {role: palette[name] for role, name in ROLE.findall(_light(theme)) if name in palette}
    unknown = sorted(set(PLACE.findall(text)) - set(palette))
    if unknown:
        raise BrokenCheckout(f"{theme / TOKENS} has no color named {', '.join(unknown)}. Add it there or use another.")
    return PLACE.sub(lambda found: palette[found[1]], text)


def palette_typ(theme: Path) -> bytes:
    return "".join(f'#let {name} = rgb("{color}")\n' for name, color in read_palette(theme).items()).encode()
