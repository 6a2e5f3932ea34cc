"""`mutualaid serve`: the pages as they are published, and a word to the browser after each rebuild."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from threading import Timer
from urllib.error import URLError
from urllib.request import urlopen

from site_under_test import ROOT
from world import World


def _get(address: str) -> str:
    with urlopen(address, timeout=40) as answer:  # noqa: S310
        return str(answer.read().decode())


def _patiently(address: str) -> str:
    for _ in range(120):
        try:
            return _get(address)
        except URLError:
            time.sleep(0.5)
    raise AssertionError(f"Nothing answered at {address}.")


def test_a_change_is_built_and_the_page_loads_again(world: World) -> None:
    """Nothing is made to download; a page keeps its policy; the browser hears of a change; Ctrl+C ends it quietly."""
    (world.root / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "pelicanconf.py", world.root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mutualaid.cli.main", "--root", str(world.root), "serve", "--port", str(port)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    site = f"http://127.0.0.1:{port}"
    try:
        before = _patiently(f"{site}/guide/first/")
        assert "Content-Security-Policy" in before and '<script src="/-ask.js"></script></head>' in before
        assert "/-wait.js" in _get(f"{site}/-ask.js") and "Begin small." in before
        assert not list((world.root / ".build/preview").rglob("*.pdf"))
        page = world.root / "content/guide/start/first.md"
        later = page.read_text(encoding="utf-8").replace("small", "smaller")
        Timer(2, page.write_text, (later, "utf-8")).start()
        assert _get(f"{site}/-wait.js?1") == "location.reload()"
        assert "Begin smaller." in _get(f"{site}/guide/first/index.html")
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 0
    finally:
        run.kill()
        run.communicate()
