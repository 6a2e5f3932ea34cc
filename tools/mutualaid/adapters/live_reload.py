"""A server on this machine alone that shows the built site and reloads the page after each rebuild."""

from collections.abc import Callable
from pathlib import Path

from livereload import Server

WATCHED = ("content", "submissions", "schemas", "theme")


def serve(root: Path, output: Path, rebuild: Callable[[], None], port: int) -> None:
    """Serve `output` on 127.0.0.1 and call `rebuild` whenever a source below `root` changes; ends when interrupted."""
    server = Server()
    for folder in WATCHED:
        server.watch(str(root / folder), rebuild)
    server.serve(root=str(output), host="127.0.0.1", port=port, open_url_delay=None)
