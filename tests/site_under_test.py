"""The real site, built once a test run into a folder of its own, and shown on this machine for browser tests."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".build" / "downloads"
"""Shared by all builds of a test run: each download is made once."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site in `folder`, shown at `address` (without a slash at its end)."""

    folder: Path
    address: str = ""

    def pages(self) -> list[Path]:
        """Return every HTML page, in a fixed order."""
        return sorted(self.folder.rglob("*.html"))


def build(output: Path, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build the site of `root` into `output` as `make site` does."""
    return subprocess.run(
        [sys.executable, "-m", "mutualaid.cli.main", "--root", str(root), "site"],
        env={**os.environ, "MUTUALAID_OUTPUT": str(output), "MUTUALAID_DOWNLOADS_CACHE": str(CACHE), **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
    )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def show(folder: Path) -> tuple[ThreadingHTTPServer, str]:
    """Serve `folder` on a free port of this machine; the caller shuts the server down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"


def browser_program() -> str:
    """Return the program of an installed Chrome or Chromium; fails, never skips, where there is none."""
    named = os.environ.get("MUTUALAID_BROWSER")
    for name in (named, *BROWSERS, MAC_CHROME):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise AssertionError("No Chrome or Chromium was found. Run .ci/browser, which installs one or says how.")
