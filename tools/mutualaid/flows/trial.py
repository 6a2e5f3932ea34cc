"""The site, built once with what is about to be merged, and before it is.

What is tried are the bytes that are merged in the next moment, so nothing can come between a verdict and its merge, as
it could with a job of its own. A process does it that has no token, and no network where the machine can take it away.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mutualaid.core.pipeline.limits import shortened

COPIED, LINKED = ("submissions", "content"), ("schemas", "theme")
KEPT = ("PATH", "HOME", "LANG", "LC_ALL")
"""All of the environment that is handed on: no token, nothing of GitHub's."""
WITHOUT_NETWORK = ("unshare", "--net", "--map-root-user")
FINE, LONGEST = 0, 1500


def try_whole(root: Path, path: str, text: str) -> str:
    """Return why the site, or what is printed of the entry, can't be made of `root` with this file; '' where it can."""
    with TemporaryDirectory() as folder:
        trial = Path(folder)
        for name in COPIED:
            shutil.copytree(root / name, trial / name)
        for name in LINKED:
            (trial / name).symlink_to(root / name)
        shutil.copy(root / "pelicanconf.py", trial)
        (trial / path).parent.mkdir(parents=True, exist_ok=True)
        (trial / path).write_text(text, encoding="utf-8")
        sheets = path.removeprefix("submissions/").removesuffix(".yaml")
        found = _run(trial, "site") or _run(trial, "downloads", "--only", f"{sheets}/")
    return shortened(found.replace(folder, ""), LONGEST)


def _run(root: Path, *words: str) -> str:
    own = {name: os.environ[name] for name in KEPT if name in os.environ} | {"MUTUALAID_DOWNLOADS": "none"}
    command = [sys.executable, "-m", "mutualaid.cli.main", "--root", str(root), *words]
    run = _started((*_shut_off(), *command), own)
    return "" if run.returncode == FINE else (run.stderr or run.stdout).strip() or f"It ended with {run.returncode}."


def _started(command: Sequence[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _shut_off() -> tuple[str, ...]:
    """Return the words that take the network away from a command, where the machine lets us."""
    can = shutil.which(WITHOUT_NETWORK[0]) and _started((*WITHOUT_NETWORK, "true"), {**os.environ}).returncode == FINE
    return WITHOUT_NETWORK if can else ()
