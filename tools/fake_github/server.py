"""HTTP in and out, on 127.0.0.1 only."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from fake_github.operation import Response

GLANCE = 0.01  # seconds
NO_BODY = 204


class Server(ThreadingHTTPServer):
    """Serves answers until it is closed. `answer` may return None: then the line is cut, as when a machine dies."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Callable[[str, str, str, bytes], Response | None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        Thread(target=self.serve_forever, args=(GLANCE,), daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """Reads requests from one line and sends answers, each in one piece and at once."""

    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def _reply(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        token = self.headers.get("Authorization", "").rpartition(" ")[2]
        response = self.server.answer(self.command, self.path, token, body)
        if response is None:
            self.close_connection = True
            return
        content = b"" if response.data is None else json.dumps(response.data).encode()
        self.send_response(response.status)
        headers = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(content))}
        for name, value in {**response.headers, **({} if response.status == NO_BODY else headers)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _reply  # noqa: N815 - the names that http.server calls

    def log_message(self, *_: object) -> None:
        """Say nothing: the fake keeps a log."""
