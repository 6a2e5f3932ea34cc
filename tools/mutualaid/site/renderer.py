"""Renders templates into the planned outputs. It knows where each page stands and links from there."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from mutualaid.site.output import Outputs
from mutualaid.text.urls import Linker, file_of, linker_from, linker_from_root

LAYERS = ("reset", "tokens", "base", "layout", "blocks", "utilities", "screen", "print")


@dataclass(frozen=True, slots=True)
class Leaf:
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


@dataclass
class Press:
    """`base` is what every template is handed; pages printed are kept for the site map and the sitemap.

    `describe` says what a listed page tells machines of itself, where whoever prints it says no more (`structured`).
    """

    environment: Environment
    outputs: Outputs
    base: Mapping[str, Any]
    assets: dict[str, str]
    theme: Path = Path("theme")
    leaves: list[Leaf] = field(default_factory=list)
    describe: Callable[[Leaf], Mapping[str, Any]] = lambda _leaf: {}

    def print_page(self, template: str, leaf: Leaf, **values: Any) -> None:
        """Render `template` for `leaf` and plan it as an output. A title may stand on one page only."""
        to = linker_from(leaf.address)
        self._print(template, leaf, to, values)

    def print_anywhere(self, template: str, leaf: Leaf, base_address: str, **values: Any) -> None:
        """Render a page that a server may show at any depth, such as the one for missing pages."""
        self._print(template, leaf, linker_from_root(base_address), values)

    def macro(self, template: str, name: str, address: str) -> Any:
        """Return a macro that links from the page at `address`."""
        context = {**self.base, **self._own(linker_from(address))}
        return getattr(self.environment.get_template(template).make_module(context), name)

    def rendered(self, template: str, leaf: Leaf, **values: Any) -> str:
        """Return a page as text, without planning it as an output."""
        return self._text(template, leaf, linker_from(leaf.address), values)

    def _print(self, template: str, leaf: Leaf, to: Linker, values: Mapping[str, Any]) -> None:
        self.outputs.add(file_of(leaf.address), self._text(template, leaf, to, values))
        self.leaves.append(leaf)

    def _text(self, template: str, leaf: Leaf, to: Linker, values: Mapping[str, Any]) -> str:
        described = {"structured": self.describe(leaf)} if leaf.is_listed else {}
        context = {**self.base, **self._own(to), "page": leaf, **described, **values}
        return self.environment.get_template(template).render(context) + "\n"

    def _own(self, to: Linker) -> dict[str, Any]:
        return {"to": to, "asset": lambda name: to(self.assets[name])}


def lay_out_assets(theme: Path, outputs: Outputs) -> dict[str, str]:
    """Plan the joined style sheet, scripts, fonts and pictures; return asset names with their addresses.

    The names of the style sheet and of scripts carry a hash of their bytes, so that a browser never pairs a new page
    with an old sheet or script. A template asks for a script by its plain name: `asset('facets.js')`.
    """
    static = theme / "static"
    css = "".join(f"{(static / 'css' / f'{layer}.css').read_text(encoding='utf-8').strip()}\n" for layer in LAYERS)
    css_path = f"theme/css/site.{stamp(css.encode())}.css"
    outputs.add(css_path, css)
    assets = {"css": f"/{css_path}"}
    for script in (*sorted((static / "js").glob("*.js")), *sorted((static / "js" / "vendor").glob("*.js"))):
        path = f"theme/js/{script.stem}.{stamp(script.read_bytes())}.js"
        outputs.add(path, script.read_bytes())
        assets[script.name] = f"/{path}"
    for folder in ("fonts", "images", "licences"):
        for file in sorted((static / folder).glob("*")) if (static / folder).is_dir() else ():
            outputs.add(f"theme/{folder}/{file.name}", file.read_bytes())
            assets[file.name] = f"/theme/{folder}/{file.name}"
    assets["font-text"] = assets.get("atkinson-hyperlegible-next.woff2", "")
    assets["font-head"] = assets.get("literata.woff2", "")
    return assets


def stamp(contents: bytes) -> str:
    """Return the short name of some bytes, for an address that changes with them."""
    return hashlib.sha256(contents).hexdigest()[:10]
