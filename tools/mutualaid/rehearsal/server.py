"""HTTP in and out, on 127.0.0.1 only: one request at a time, so that the world is never seen half changed."""

import contextlib
import json
import socket
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock, Thread

from mutualaid.rehearsal.exchange import Answer, Asked

SCHEMES = ("token ", "Bearer ", "bearer ")
# How often the serving thread looks whether it should stop, in seconds; stopping waits for at most that long.
GLANCE = 0.01


class Server:
    """Serves answers until it is closed, each while it holds the lock.

    `answer` may return None: then the line is cut, as when a machine dies.
    """

    def __init__(self, answer: Callable[[Asked], Answer | None], lock: RLock) -> None:
        self._lines: set[socket.socket] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(answer, lock, self._lines))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = Thread(target=self._server.serve_forever, args=(GLANCE,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """The address to give as GITHUB_API_URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """Stop serving and hang up on everybody."""
        self._server.shutdown()
        self._server.server_close()
        for line in tuple(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._thread.join()


def _handler(
    answer: Callable[[Asked], Answer | None], lock: RLock, lines: set[socket.socket]
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Answers go out in one piece, and at once.
        wbufsize = -1
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            lines.add(self.connection)

        def finish(self) -> None:
            lines.discard(self.connection)
            with contextlib.suppress(OSError):
                super().finish()

        def _reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                given = answer(Asked(self.command, self.path, _token(self.headers.get("Authorization")), body))
            if given is None:
                self.close_connection = True
                return
            content = b"" if given.data is None else json.dumps(given.data).encode()
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            if given.status != 204:  # noqa: PLR2004
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _reply  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing: the stand-in's own records are enough."""

    return Handler


def _token(header: str | None) -> str | None:
    for scheme in SCHEMES:
        if header and header.startswith(scheme):
            return header.removeprefix(scheme)
    return header or None
