"""The real site, built once a test run into a folder of its own, and shown on this machine for browser tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from lxml import html
from playwright.sync_api import Page

from mutualaid.core.content.page import Content
from mutualaid.flows.load_content import load_content
from world import World, ran

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".build" / "downloads"
"""Shared by all builds of a test run: each download is made once."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = "--disable-background-networking --disable-component-update --disable-quic --disable-sync --no-first-run"
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site in `folder`, shown at `address` (without a slash at its end)."""

    folder: Path
    address: str = ""

    def pages(self) -> list[Path]:
        return sorted(self.folder.rglob("*.html"))

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def page(self, address: str) -> html.HtmlElement:
        return html.parse(self.folder / address.strip("/") / "index.html").getroot()

    def broken_links(self) -> list[str]:
        """Return every link inside the site, also to styles and scripts, that leads to no file or to no id in it."""
        pages = {self.folder / page: each for page, each in documents(self).items() if page.name != "404.html"}
        ids = {page: set(document.xpath("//@id")) for page, document in pages.items()}
        broken = []
        for page, document in pages.items():
            for link in document.xpath("//@href | //@src"):
                place = urlsplit(link)
                if place.scheme or place.netloc:
                    continue
                target = Path(os.path.normpath(page.parent / unquote(place.path))) if place.path else page
                is_there = target.is_file() and target.is_relative_to(self.folder)
                if not is_there or (place.fragment and place.fragment not in ids.get(target, {place.fragment})):
                    broken.append(f"{page.relative_to(self.folder)}: {link}")
        return broken


@lru_cache(maxsize=2)
def documents(site: BuiltSite) -> dict[Path, html.HtmlElement]:
    """Return every page of a site by its path inside it, parsed once for tests that follow one another."""
    return {page.relative_to(site.folder): html.parse(page).getroot() for page in site.pages()}


@cache
def project() -> Content:
    content = load_content(ROOT).content
    assert content is not None
    return content


def build(output: Path, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {"MUTUALAID_OUTPUT": str(output), "MUTUALAID_DOWNLOADS_CACHE": str(CACHE), **environment}
    command = (sys.executable, "-m", "mutualaid.cli.main", "--root", root, "site")
    return ran(*command, env={**os.environ, **own}, cwd=root)


def built(output: Path, root: Path = ROOT, **environment: str) -> BuiltSite:
    run = build(output, root, **environment)
    assert run.returncode == 0, run.stderr
    return BuiltSite(output)


def held(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def violations_on(page: Page) -> list[str]:
    """Return what axe finds on the page as it is now, with no rule off and no element left out."""
    tags = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    page.evaluate((ROOT / "tests/browser/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", tags)
    rules = [(f"{rule['id']}: {rule['help']}", rule["nodes"]) for rule in found["violations"]]
    return [f"{said}: {node['target']} {node['html'][:160]}" for said, nodes in rules for node in nodes]


@cache
def script(name: str) -> str:
    return (ROOT / "tests" / "browser" / f"{name}.js").read_text(encoding="utf-8")


def small_checkout(world: World) -> World:
    (world.root / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "pelicanconf.py", world.root)
    return world


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def show(folder: Path) -> Iterator[BuiltSite]:
    """Serve `folder` on a free port of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield BuiltSite(folder, f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()


def browser_program() -> str:
    """Return the program of an installed Chrome or Chromium; fails, never skips, where there is none."""
    named = os.environ.get("MUTUALAID_BROWSER")
    for name in (named, *BROWSERS, MAC_CHROME):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise AssertionError("No Chrome or Chromium was found. Run .ci/browser, which installs one or says how.")
