"""A choice on a list and a first search at many entries, and what five layouts fetch. See bench/README.md."""

import gzip
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

from corpus import make_corpus
from layouts import file_of
from run import ours, timed
from site_under_test import browser_program, show

LAYOUTS = ("home", "guide page", "collection as rows", "exercise", "resource")
LIST = "resources/index.html"
WORDS = ("layoffs", "strike fund", "what if my boss finds out", "qqqq")
SLOWER = 4
"""How many times slower than this machine a phone is taken to be, for the search."""


def main(count: int = 5000) -> None:
    """Build `count` entries, and print what Chromium, slowed down, takes for each."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        make_corpus(root, count)
        timed(ours("site"), root)
        output = root / "output"
        largest = max(output.glob("*/**/index.html"), key=lambda file: file.stat().st_size)
        print(
            f"{count} entries. Largest page: {largest.parent.relative_to(output)}, {_kilobytes(largest.read_bytes())}"
        )
        (index,) = (output / "theme" / "js").glob("search-index.*.js")
        print(f"Search index: {_kilobytes(index.read_bytes())}")
        with show(output) as site, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=browser_program())
            for name in LAYOUTS:
                page = browser.new_page(viewport={"width": 360, "height": 740})
                print(f"{name:20} {_fetched(page, f'{site.address}/{file_of(name, output)}')}")
                page.close()
            page = browser.new_page(viewport={"width": 360, "height": 740})
            page.goto(f"{site.address}/{LIST}", wait_until="networkidle")
            page.locator(".facets summary").first.click()
            choice = page.locator(".facets").get_by_role("button").first
            print(f"a choice on a list   {_taken(page, choice.click, 1)}")
            page.goto(f"{site.address}/search/index.html", wait_until="networkidle")
            for words in WORDS:
                page.locator("#own-words").fill(words)
                print(f"{words[:20]:20} {_taken(page, lambda: page.locator('#own-words').press('Enter'), SLOWER)}")
            browser.close()


def _fetched(page: Page, address: str) -> str:
    bodies: list[Response] = []
    page.on("response", lambda response: bodies.append(response))  # noqa: PLW0108 (no method of a list is taken)
    page.goto(address, wait_until="networkidle")
    sizes = [len(gzip.compress(each.body())) for each in bodies]
    return f"{len(sizes)} requests, {sum(sizes) / 1000:.0f} kB compressed"


def _taken(page: Page, act: Callable[[], Any], slower: int) -> str:
    """Return how long a page works on what is done to it, until it has been painted twice."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    before, start = _task_time(session), perf_counter()
    act()
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )
    clock = perf_counter() - start
    busy = _task_time(session) - before
    session.detach()
    return f"{1000 * clock:.0f} ms on the clock, {1000 * busy:.0f} ms of the page's work, slowed {slower} times"


def _task_time(session: Any) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def _kilobytes(text: bytes) -> str:
    return f"{len(text) / 1000:.0f} kB, {len(gzip.compress(text)) / 1000:.0f} kB compressed"


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
