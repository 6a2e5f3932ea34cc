"""A server on this machine alone that shows the built site; an open page loads again after each rebuild.

The browser asks for a script that is answered only then. So the pages keep the policy with which they are published.
"""

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread

from watchfiles import watch

WATCHED = ("content", "submissions", "schemas", "theme")
ASK, WAIT = "/-ask.js", "/-wait.js"
TAG = f'<script src="{ASK}"></script></head>'.encode()
ASKS = f"""\
function ask() {{
  const script = document.createElement("script");
  script.src = "{WAIT}?" + Date.now();
  document.head.append(script);
}}
addEventListener("load", () => setTimeout(ask));
"""
PATIENCE = 50
"""Seconds after which the browser has to ask again, before it gives up by itself."""


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *given: object, rebuilt: Condition, directory: str) -> None:
        self.rebuilt = rebuilt
        super().__init__(*given, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a file; a page asks for the script that waits."""
        place = self.path.partition("?")[0]
        file = Path(self.translate_path(place + "index.html" if place.endswith("/") else place))
        if place == ASK:
            self._send("text/javascript", ASKS.encode())
        elif place == WAIT:
            with self.rebuilt:
                said = "location.reload()" if self.rebuilt.wait(PATIENCE) else "ask()"
            self._send("text/javascript", said.encode())
        elif file.suffix == ".html" and file.is_file():
            self._send("text/html; charset=utf-8", file.read_bytes().replace(b"</head>", TAG, 1))
        else:
            super().do_GET()

    def _send(self, medium: str, contents: bytes) -> None:
        self.send_response(200)
        for name, value in (("Content-Type", medium), ("Content-Length", len(contents)), ("Cache-Control", "no-store")):
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(contents)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing, so that what a build says is not lost among requests."""


def serve(root: Path, output: Path, rebuild: Callable[[], None], port: int) -> None:
    """Serve `output` on 127.0.0.1 and call `rebuild` whenever a source below `root` changes; ends when interrupted."""
    rebuilt = Condition()
    handler = partial(_Handler, rebuilt=rebuilt, directory=str(output))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        for _ in watch(*(root / folder for folder in WATCHED), raise_interrupt=False):
            rebuild()
            with rebuilt:
                rebuilt.notify_all()
        server.shutdown()
