"""Renders templates into the planned outputs. It knows the address of each page and links from there."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from mutualaid.adapters.palette import with_colors
from mutualaid.adapters.typst import make_png
from mutualaid.site.output import Outputs
from mutualaid.text.urls import Linker, file_of, linker_from

HOME_SCREEN = "theme/images/apple-touch-icon.png"
"""The mark on a phone's home screen, where iOS takes no drawing and makes what is transparent black."""
HERE = "This site"  # what search finds lists and tools as
LAYERS = ("reset", "tokens", "base", "layout", "blocks", "utilities", "screen", "print")


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a template knows of its own page. Search finds it under the kind `found_as`; without one it does not."""

    title: str
    address: str
    description: str
    section: str = ""
    quick_exit: bool = False
    lang: str = "en"
    is_listed: bool = True
    found_as: str = ""
    status: str = ""
    tab_title: str = ""


@dataclass
class Renderer:
    """`base` is given to every template; `pages` are those rendered so far, for the site map and the sitemap.

    `describe` returns what a listed page says to machines where its maker passes nothing: its JSON-LD (`structured`)
    and how to cite it (`tags`).
    """

    environment: Environment
    outputs: Outputs
    assets: dict[str, str]
    theme: Path
    base: Mapping[str, Any] = field(default_factory=dict)
    pages: list[PageMeta] = field(default_factory=list)
    describe: Callable[[PageMeta], Mapping[str, Any]] = lambda _page: {}

    def render_page(self, template: str, meta: PageMeta, to: Linker | None = None, **values: Any) -> None:
        """Render `template` for `meta` and plan it as an output; `to` links from it, if not from its own address."""
        self.outputs.add(file_of(meta.address), self.as_text(template, meta, to, **values))
        self.pages.append(meta)

    def macro(self, template: str, name: str, to: Linker) -> Any:
        context = {**self.base, **self._own(to)}
        return getattr(self.environment.get_template(template).make_module(context), name)

    def as_text(self, template: str, meta: PageMeta, to: Linker | None = None, **values: Any) -> str:
        """Return a page as text, without planning it as an output."""
        own = self._own(to or linker_from(meta.address))
        described = self.describe(meta) if meta.is_listed else {}
        context = {**self.base, **own, "page": meta, **described, **values}
        return self.environment.get_template(template).render(context) + "\n"

    def _own(self, to: Linker) -> dict[str, Any]:
        return {"to": to, "asset": lambda name: to(self.assets[name])}


NOT_FOR_BROWSERS = re.compile(r"/\*.*?\*/|^[ \t]+", re.DOTALL | re.MULTILINE)
"""Comments and indentation of a style sheet: an eighth of what a phone would load of it."""


def lay_out_assets(theme: Path, outputs: Outputs) -> dict[str, str]:
    """Plan the joined style sheet, scripts, fonts and pictures; return asset names with their addresses.

    The names of the style sheet and of scripts carry a hash of their bytes, so that a browser never pairs a new page
    with an old sheet or script. A template asks for a script by its plain name: `asset('facets.js')`.
    """
    static = theme / "static"
    css = "".join(f"{(static / 'css' / f'{layer}.css').read_text(encoding='utf-8').strip()}\n" for layer in LAYERS)
    css = NOT_FOR_BROWSERS.sub("", css)
    css_path = f"theme/css/site.{stamp(css.encode())}.css"
    outputs.add(css_path, css)
    assets = {"css": f"/{css_path}"}
    for script in (*sorted((static / "js").glob("*.js")), *sorted((static / "js" / "vendor").glob("*.js"))):
        path = f"theme/js/{script.stem}.{stamp(script.read_bytes())}.js"
        outputs.add(path, script.read_bytes())
        assets[script.name] = f"/{path}"
    for folder in ("fonts", "images", "licences"):
        for file in sorted((static / folder).glob("*")) if (static / folder).is_dir() else ():
            is_drawn = file.suffix == ".svg"
            contents = with_colors(file.read_text(encoding="utf-8"), theme) if is_drawn else file.read_bytes()
            outputs.add(f"theme/{folder}/{file.name}", contents)
            assets[file.name] = f"/theme/{folder}/{file.name}"
    if (mark := static / "images" / "mark.svg").is_file():
        drawing, ground = (with_colors(text, theme) for text in (mark.read_text(encoding="utf-8"), "var(--rag)"))
        outputs.add(HOME_SCREEN, make_png(drawing, (180, 180), ground, margin=18))
    assets["font-text"] = assets.get("atkinson-hyperlegible-next.woff2", "")
    assets["font-head"] = assets.get("literata.woff2", "")
    return assets


def stamp(contents: bytes) -> str:
    """Return the short name of some bytes, for an address that changes with them."""
    return hashlib.sha256(contents).hexdigest()[:10]
