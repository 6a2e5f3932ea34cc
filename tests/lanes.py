"""How much a property test tries: few in `make quick`, a sample in `make test`, all in `make test-slow`."""

import os
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

LANES = ("quick", "test", "slow")
LANE = os.environ.get("MUTUALAID_LANE", "test")
if LANE not in LANES:
    message = f"MUTUALAID_LANE must be one of {', '.join(LANES)}; it is {LANE!r}."
    raise ValueError(message)


def examples(sample: int, *, slow: int | None = None) -> int:
    """Return how many examples to try: `sample` in `make test`, a tenth in `make quick`, `slow` (or ten times) else."""
    return {"quick": max(10, sample // 10), "test": sample, "slow": slow or 10 * sample}[LANE]


def seed() -> str:
    """Return the commit's hash: a commit tries the same examples everywhere, and the next one tries others."""
    head = subprocess.run(
        ["git", "-C", str(Path(__file__).parent), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return head.stdout.strip() or "no commit"


def sample(cases: Sequence[T], size: int) -> Sequence[T]:
    """Return `size` of the cases, drawn by the commit; a tenth of that in `make quick`, and all in `make test-slow`."""
    size = examples(size)
    if LANE == "slow" or len(cases) <= size:
        return cases
    return random.Random(seed()).sample(cases, size)  # noqa: S311 - a sample, not a secret
