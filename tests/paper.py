"""What tests of downloads share: a small world with everything in it, the real material, and how to read a PDF."""

import hashlib
import io
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader

from mutualaid.downloads.catalogue import planned
from mutualaid.downloads.download import Download
from mutualaid.downloads.material import read_material
from site_under_test import small_checkout
from world import PROJECT, SAMPLES, TODAY, World

TEA = {"minutes": 20, "title": "Sit down", "text": "Have tea.", "lead": "Wait."}
STEPS: dict[str, Any] = {"minutes_max": 30, "steps": [TEA, {"minutes": 10, "title": "Stand up", "text": "Go home."}]}
BODY = (SAMPLES / "every-block.md").read_text(encoding="utf-8")


def small_world(root: Path) -> World:
    """Return a checkout with one page that uses every block, two exercises, a group, and all that paper needs."""
    world = small_checkout(World.made_in(root))
    world.write("content/images/pod-map.svg", (PROJECT / "content/images/pod-map.svg").read_bytes())
    world.write("content/images/pod-map.yaml", (PROJECT / "content/images/pod-map.yaml").read_bytes())
    world.page("guide/start/first.md", BODY, draws_in={"groups": ["fund"]}, after=["do a thing"])
    world.path("new-here", "/about/", "/guide/first/")
    prompts = [{"prompt": "What I would keep", "lines": 3}, {"prompt": "What I would drop", "lines": 4}]
    world.entry("exercises", "first-steps", handout=prompts, **STEPS)
    world.entry("exercises", "second-steps", **STEPS)
    world.entry("groups", "fund")
    world.entry("resources", "far-off", title="A book that no page shows")
    return world


def plan_of(world: World) -> dict[str, Download]:
    return {download.path: download for download in planned(read_material(world.root, TODAY))}


def plan_on_paper(world: World) -> dict[str, Download]:
    return {path: download for path, download in plan_of(world).items() if path.endswith(".pdf")}


@cache
def real_plan() -> dict[str, Download]:
    return plan_on_paper(World(PROJECT))


def sums_of(plan: Mapping[str, Download], paths: Iterable[str]) -> list[str]:
    return [hashlib.sha256(plan[path].make()).hexdigest() for path in paths]


def reader_of(contents: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(contents))


def words_of(contents: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader_of(contents).pages).split())


def site_in(words: str) -> list[str]:
    """Return what in these words would tell a bystander which site they are from."""
    return [name for name in ("mutual aid at work", "mutual-aid", "mutualaid", "http", "www.") if name in words.lower()]


def letters_of(page: PageObject) -> list[tuple[str, float, str, float]]:
    """Return (words, size in points, name of the font, height on the page) of each run of letters."""
    found: list[tuple[str, float, str, float]] = []

    def visit(words: str, outer: list[float], matrix: list[float], font: dict[str, str] | None, size: float) -> None:
        if words.strip() and font:
            top = round(outer[5] + matrix[5] * outer[3], 1)
            found.append((words.strip(), size * abs(matrix[3]), str(font["/BaseFont"]), top))

    page.extract_text(visitor_text=visit)
    return found


def made_here_alone(process: int) -> bytes:
    """Return some bytes in one process; any other ends without a word, as one does that the system stops."""
    if os.getpid() != process:
        os._exit(1)
    return b"made"


if __name__ == "__main__":  # in a process of its own, for the test of equal bytes
    print(*sums_of(plan_on_paper(World(Path(sys.argv[1]))), sys.argv[2:]))
