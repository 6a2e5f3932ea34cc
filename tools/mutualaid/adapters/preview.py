"""Shows the site on this machine; an open page asks for a script, answered after the next build, that loads it."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from watchfiles import watch

WATCHED = ("content", "submissions", "schemas", "theme")
SCRIPT = "/-reload.js"
ASK = """addEventListener("load", () => setTimeout(function ask() {
  const next = Object.assign(document.createElement("script"), {src: "%s?%d", onerror: () => setTimeout(ask, 1000)});
  document.head.append(next);
}));"""


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *given: Any, builds: list[Event], **named: Any) -> None:
        self.builds = builds
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        """Answer with a file, with the script that asks for the next build, or, once there is one, with a reload."""
        name, _, seen = self.path.partition("?")
        if name != SCRIPT:
            return super().do_GET()
        for build in self.builds[int(seen) :][:1] if seen else ():
            build.wait()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"location.reload()" if seen else (ASK % (SCRIPT, len(self.builds) - 1)).encode())
        return None

    def copyfile(self, source: Any, outputfile: Any) -> None:
        super().copyfile(source, outputfile)
        if source.name.endswith(".html"):
            outputfile.write(f'<script src="{SCRIPT}"></script>'.encode())

    def send_header(self, keyword: str, value: str) -> None:
        """Leave out the length, which the script makes wrong; the connection's end is the file's."""
        if keyword != "Content-Length":
            super().send_header(keyword, value)

    def end_headers(self) -> None:
        """Let no browser keep a page, so that loading it again shows the newest."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing, so that what a build says is not lost among requests."""


def serve(root: Path, output: Path, rebuild: Callable[[], None], port: int) -> None:
    """Serve `output` on 127.0.0.1 and call `rebuild` whenever a source below `root` changes; ends when interrupted."""
    builds = [Event()]
    handler = partial(_Handler, builds=builds, directory=str(output))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with suppress(KeyboardInterrupt):
            for _ in watch(*(root / folder for folder in WATCHED)):
                rebuild()
                builds.append(Event())
                builds[-2].set()
        server.shutdown()
