"""The output folder: everything is made in memory first, then only what differs is written and what is gone removed."""

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
        """Bring `folder` to hold these files and no others, and count; a file with equal bytes is not touched."""
        written = 0
        for path, contents in sorted(self.files.items()):
            file = folder / path
            if not file.is_file() or file.read_bytes() != contents:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(contents)
                written += 1
        removed = _remove_others(folder, self.files)
        return {"written": written, "unchanged": len(self.files) - written, "removed": removed}


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
