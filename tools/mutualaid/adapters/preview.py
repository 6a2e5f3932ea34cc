"""A server on this machine alone that shows the built site and reloads the page after each rebuild."""

from collections.abc import Callable
from pathlib import Path

from livereload import Server

WATCHED = ("content", "submissions", "schemas", "theme")


def serve(root: Path, rebuild: Callable[[], None], port: int) -> None:
    """Serve `root/output` on 127.0.0.1 and call `rebuild` whenever a source changes; returns when interrupted."""
    server = Server()
    for folder in WATCHED:
        server.watch(str(root / folder), rebuild)
    server.serve(root=str(root / "output"), host="127.0.0.1", port=port, open_url_delay=None)
