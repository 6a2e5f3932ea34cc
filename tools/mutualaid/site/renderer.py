"""Renders templates into the planned outputs. It knows the address of each page and links from there."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from mutualaid.adapters.palette import with_colors
from mutualaid.adapters.typst import make_png
from mutualaid.core.entries.entry import Entry
from mutualaid.site.output import Outputs
from mutualaid.text.urls import Linker, file_of, linker_from

HREF, ATTRIBUTES = "\x00", "\x01"
"""What is in a row where each page puts its own; no text of an entry holds these signs."""
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
    frame: str = ""


@dataclass
class Renderer:
    """`pages` are those rendered so far, for the site map and the sitemap.

    `describe` returns what a listed page says to machines where its maker passes nothing: its JSON-LD (`structured`)
    and how to cite it (`tags`). What every template and macro gets are globals of the environment, so that a file of
    macros is run once and not once a page: `to` and `asset` link from the page that is rendered just now.
    """

    environment: Environment
    outputs: Outputs
    assets: dict[str, str]
    theme: Path
    pages: list[PageMeta] = field(default_factory=list)
    describe: Callable[[PageMeta], Mapping[str, Any]] = lambda _page: {}
    _to: Linker = str
    _rows: dict[tuple[str, str, bool], Markup] = field(default_factory=dict)
    _frames: dict[tuple[str, str], Markup] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment.globals |= {
            "to": self.link,
            "asset": lambda name: self._to(self.assets[name]),
            "card": lambda row, has_tab=True, attributes="": self.row("card", row, has_tab, attributes),
            "line": lambda row, has_kind=False, attributes="": self.row("line", row, has_kind, attributes),
            "frame": self._frame,
        }

    def render_page(self, template: str, meta: PageMeta, to: Linker | None = None, **values: Any) -> None:
        """Render `template` for `meta` and plan it as an output; `to` links from it, if not from its own address."""
        self.outputs.add(file_of(meta.address), self.as_text(template, meta, to, **values))
        self.pages.append(meta)

    def as_text(self, template: str, meta: PageMeta, to: Linker | None = None, **values: Any) -> str:
        described = self.describe(meta) if meta.is_listed else {}
        with self.linking(to or linker_from(meta.address)):
            return self.environment.get_template(template).render({"page": meta, **described, **values}) + "\n"

    def render_file(self, template: str, folder: str = "", **values: Any) -> None:
        self.outputs.add(f"{folder}{template}", self.environment.get_template(template).render(values).rstrip() + "\n")

    def macro(self, template: str, name: str) -> Any:
        return getattr(self.environment.get_template(template).module, name)

    def link(self, target: str) -> str:
        return self._to(target)

    @contextmanager
    def linking(self, to: Linker) -> Iterator[None]:
        """Let templates and macros link by `to` for as long as this is open."""
        before, self._to = self._to, to
        yield
        self._to = before

    def row(self, name: str, entry: Entry, flag: bool, attributes: str = "") -> Markup:
        """Return an entry as a `card` or a `line`, which is rendered once and then only linked from each page."""
        address = entry.address
        key = (name, address, flag)
        if key not in self._rows:
            with self.linking(lambda _target: HREF):
                self._rows[key] = self.macro("parts/card.html", name)(entry, flag, ATTRIBUTES)
        return self._rows[key].replace(HREF, self._to(address)).replace(ATTRIBUTES, attributes)

    @pass_context
    def _frame(self, context: Context, part: str) -> Markup:
        """Return what is around a page; pages with one `frame` are the same there, and as deep in the site."""
        page = context["page"]
        key = (part, page.frame)
        if key not in self._frames or not page.frame:
            self._frames[key] = escape(self.environment.get_template(f"parts/{part}.html").make_module({"page": page}))
        return self._frames[key]


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
