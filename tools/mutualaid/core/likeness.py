"""Which texts say nearly the same. Pure; compares runs of three words, so that order counts but small edits do not."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

ENOUGH_ALIKE = 0.5
TOO_COMMON = 25
WORD = re.compile(r"[a-z0-9]+")


def pairs_alike(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield index pairs (earlier, later) whose texts share at least half of their runs of three words, with the share.

    The share is the Jaccard index of the two sets of runs, from 0 to 1. Runs that stand in more than
    `TOO_COMMON` texts are passed over, so that the work grows with the number of texts and not its square.
    """
    holders: dict[int, int | list[int]] = {}
    sizes: list[int] = []
    for index, text in enumerate(texts):
        own = _runs(text)
        sizes.append(len(own))
        new = own.difference(holders)
        shared: list[int] = []
        for run in own.difference(new):
            known = holders[run]
            if isinstance(known, int):
                shared.append(known)
                holders[run] = [known, index]
            elif len(known) <= TOO_COMMON:
                shared += known
                known.append(index)
        holders.update(dict.fromkeys(new, index))
        # Two sets are half alike only where what they share is a third of both together, and so of this one.
        likely = [(other, count) for other, count in Counter(shared).items() if count * 3 >= len(own)]
        for other, count in sorted(likely):
            share = count / (len(own) + sizes[other] - count)
            if share >= ENOUGH_ALIKE:
                yield other, index, share


def _runs(text: str) -> set[int]:
    """Return the runs of three words, each as one number: a million of them are looked up in the place of texts."""
    words = WORD.findall(text.lower())
    return set(map(hash, zip(words, words[1:], words[2:], strict=False)))
