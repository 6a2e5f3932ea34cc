"""Which pages an audit opens: all of them, up to a number; beyond it each layout, what changed, and a fixed sample."""

import random
from collections.abc import Collection, Sequence

ALL_UP_TO = 1_500
SAMPLE = 500
SEED = 20


def chosen(pages: Sequence[str], layouts: Collection[str], changed: Collection[str]) -> list[str]:
    """Return the paths to open, sorted. `layouts` and `changed` are paths too; those without a page are passed over."""
    if len(pages) <= ALL_UP_TO:
        return sorted(pages)
    sample = random.Random(SEED).sample(sorted(pages), SAMPLE)  # noqa: S311 - a sample, not a secret
    return sorted({*sample, *(page for page in pages if page in layouts or page in changed)})


def pages_of(changed_files: Collection[str]) -> set[str]:
    """Return the pages of entries among files of the repository: submissions/groups/a.yaml → groups/a/index.html."""
    parts = (file.split("/") for file in changed_files)
    return {
        f"{kind}/{name.removesuffix('.yaml')}/index.html"
        for folder, kind, name in (each for each in parts if len(each) == len(("folder", "kind", "name")))
        if folder == "submissions" and name.endswith(".yaml")
    }
