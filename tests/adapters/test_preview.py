"""`mutualaid serve`: the pages with the policy they are published with, built and loaded again after a change."""

import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser

from site_under_test import small_checkout
from world import World


def _page_with(words: str, address: str) -> str:
    for _ in range(120):
        try:
            with urlopen(address, timeout=40) as answer:  # noqa: S310
                page = str(answer.read().decode())
        except URLError:
            page = ""
        if words in page:
            return page
        time.sleep(0.5)
    raise AssertionError(f"No page with {words!r} at {address}.")


def test_a_change_is_shown(world: World, browser: Browser) -> None:
    small_checkout(world)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mutualaid.cli.main", "--root", str(world.root), "serve", "--port", str(port)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{port}/guide/first/"
        assert "Content-Security-Policy" in _page_with("Begin small.", address)
        assert not list((world.root / ".build/preview").rglob("*.pdf"))
        page = world.root / "content/guide/start/first.md"
        time.sleep(1)  # until changes are watched
        opened = browser.new_page()
        opened.goto(address)
        page.write_text(page.read_text(encoding="utf-8").replace("small", "smaller"), "utf-8")
        opened.get_by_text("Begin smaller.").wait_for(timeout=60_000)
        opened.close()
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 0
    finally:
        run.kill()
        run.communicate()
