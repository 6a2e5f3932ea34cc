"""The program Pagefind, run beside us: HTML documents in, a search index out. It lies in the package `pagefind`.

Of what it makes, only the engine and the index are kept. Its ready-made boxes, and the extracts that would tell a
server which results a reader was shown, are left out (docs/decisions/0020).
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from mutualaid.errors import BrokenHouse

MADE = ("pagefind.js", "wasm.en.pagefind", "pagefind-entry.json", "pagefind.*.pf_meta", "index/*.pf_index")
MAGIC = b"pagefind_dcd"
"""What unpacked files of an index begin with."""
IDS = "ids.json"
PASSED_OVER = ".near, .pager, .imprint, .footnotes, .sources, .place, .views, .toc, .anchor"
"""Parts of a page that speak of other pages, or of the page itself."""


def index_documents(documents: Mapping[str, str], kept: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """Index HTML documents, keyed by a file name; return the files to publish, and each result's id by that name.

    The folder `kept` holds the last index, which is handed out again while the documents stay the same. Raises
    BrokenHouse where the program fails.
    """
    key = hashlib.sha256(json.dumps([version("pagefind-bin"), documents]).encode()).hexdigest()[:20]
    folder = kept / key
    if not (folder / IDS).is_file():
        kept.mkdir(parents=True, exist_ok=True)
        _make(documents, folder)
        _keep_only(folder)
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for pattern in MADE
        for file in sorted(folder.glob(pattern))
    }
    return files, json.loads((folder / IDS).read_text(encoding="utf-8"))


def _make(documents: Mapping[str, str], folder: Path) -> None:
    """Make the index beside `folder` and move it there whole, so that another build never sees half of it."""
    with tempfile.TemporaryDirectory(prefix="new-", dir=folder.parent) as scratch:
        pages, made = Path(scratch, "pages"), Path(scratch, "made")
        pages.mkdir()
        for name, document in documents.items():
            (pages / name).write_text(document, encoding="utf-8")
        _run(pages, made)
        ids = dict(_identity(file) for file in sorted((made / "fragment").glob("*.pf_fragment")))
        shutil.rmtree(made / "fragment")
        (made / IDS).write_text(json.dumps(ids), encoding="utf-8")
        if not folder.exists():
            made.rename(folder)


def _keep_only(folder: Path) -> None:
    for other in folder.parent.iterdir():
        if other != folder and not other.name.startswith("new-"):
            shutil.rmtree(other, ignore_errors=True)


def _run(pages: Path, made: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(pages.resolve()), "--output-path", str(made.resolve())]
    options = ["--exclude-selectors", PASSED_OVER, "--force-language", "en", "--keep-index-url", "--silent"]
    run = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=pages)
    if run.returncode or not (made / "pagefind-entry.json").is_file():
        said = (run.stderr + run.stdout).strip()[-2000:]
        raise BrokenHouse(f"The search index could not be made. Run .ci/set-up site again. Pagefind said: {said}")


def _identity(fragment: Path) -> tuple[str, str]:
    told = json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(MAGIC))
    return str(told["url"]).lstrip("/"), fragment.stem
