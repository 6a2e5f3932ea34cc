"""A server on this machine alone that shows the site, which is built again after each change of what it is made of."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from watchfiles import watch

WATCHED = ("content", "submissions", "schemas", "theme")


class _QuietHandler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Let no browser keep a page, so that loading it again shows the newest."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing, so that what a build says is not lost among requests."""


def serve(root: Path, output: Path, rebuild: Callable[[], None], port: int) -> None:
    """Serve `output` on 127.0.0.1 and call `rebuild` whenever a source below `root` changes; ends when interrupted."""
    handler = partial(_QuietHandler, directory=str(output))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with suppress(KeyboardInterrupt):
            for _ in watch(*(root / folder for folder in WATCHED)):
                rebuild()
        server.shutdown()
