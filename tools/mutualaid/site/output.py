"""The output folder: everything is made in memory first, then only what differs is written and what is gone removed."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from mutualaid.errors import BrokenCheckout


@dataclass
class Outputs:
    """Files by their path inside the output folder."""

    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, path: str, contents: str | bytes) -> None:
        """Plan a file. Raises BrokenCheckout where two pages want one path."""
        if path in self.files:
            raise BrokenCheckout(f"Two pages want the file {path}. Give one of them another address.")
        self.files[path] = contents.encode() if isinstance(contents, str) else contents

    def write(self, folder: Path) -> dict[str, int]:
        """Bring `folder` to hold these files and no others, and count; a file with equal bytes is not touched.

        What differs is first written beside the folder, whole, and then moved in: files with a new name before those
        that name them. Raises OSError where it can't be written; the folder is then as it was.
        """
        files = {path: folder / path for path in sorted(self.files)}
        changed = [path for path, file in files.items() if not file.is_file() or file.read_bytes() != self.files[path]]
        changed.sort(key=lambda path: files[path].exists())
        beside = folder.with_name(f".{folder.name}-new")
        try:
            for path in changed:
                (beside / path).parent.mkdir(parents=True, exist_ok=True)
                (beside / path).write_bytes(self.files[path])
            for path in changed:
                files[path].parent.mkdir(parents=True, exist_ok=True)
                (beside / path).replace(files[path])
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        removed = _remove_others(folder, self.files)
        return {"written": len(changed), "unchanged": len(files) - len(changed), "removed": removed}


def _remove_others(folder: Path, wanted: dict[str, bytes]) -> int:
    removed = 0
    for found in sorted(folder.rglob("*"), reverse=True):
        if found.is_dir():
            if not any(found.iterdir()):
                found.rmdir()
        elif found.relative_to(folder).as_posix() not in wanted:
            found.unlink()
            removed += 1
    return removed
