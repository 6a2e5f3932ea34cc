"""Write .github/CODEOWNERS from the policy and the kinds, or see whether the one that is there still fits."""

from pathlib import Path

from mutualaid.adapters.schema_files import read_kinds
from mutualaid.core.pipeline.policy import code_owners
from mutualaid.flows.load_trusted import load_policy

FILE = Path(".github/CODEOWNERS")


def make_code_owners(root: Path) -> tuple[str, ...]:
    """Write the file where it differs, and return its name if it did."""
    odd = code_owners_out_of_step(root)
    for name in odd:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(_text(root).encode())
    return odd


def code_owners_out_of_step(root: Path) -> tuple[str, ...]:
    """Return the file's name where it is missing or not what the policy says."""
    file = root / FILE
    is_right = file.is_file() and file.read_bytes() == _text(root).encode()
    return () if is_right else (FILE.as_posix(),)


def _text(root: Path) -> str:
    kinds, _ = read_kinds(root / "schemas")
    return code_owners(load_policy(root), (kind.name for kind in kinds))
