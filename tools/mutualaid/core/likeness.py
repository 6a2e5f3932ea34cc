"""Which texts say nearly the same. Pure; compares runs of three words, so that order counts but small edits do not."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

ENOUGH_ALIKE = 0.5
TOO_COMMON = 25
MOST = 5


def pairs_alike(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield index pairs (earlier, later) whose texts share at least half of their runs of three words, with the share.

    The share is the Jaccard index of the two sets of runs, from 0 to 1. Runs that stand in more than
    `TOO_COMMON` texts are passed over, so that the work grows with the number of texts and not its square.
    """
    runs = [_runs(text) for text in texts]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, own in enumerate(runs):
        shared: Counter[int] = Counter()
        for run in own:
            if len(holders[run]) <= TOO_COMMON:
                shared.update(holders[run])
                holders[run].append(index)
        for other, count in sorted(shared.items()):
            share = count / (len(own) + len(runs[other]) - count)
            if share >= ENOUGH_ALIKE:
                yield other, index, share


@dataclass(frozen=True, slots=True)
class Offered:
    """What an open form offers: its kind, its words, and the addresses that it names."""

    kind: str
    words: str
    addresses: frozenset[str]


def alike_of(offers: Mapping[int, Offered]) -> Mapping[int, tuple[int, ...]]:
    """Return for each offer that is like others of its kind their numbers, lowest first, `MOST` of them at most.

    Two are alike that name one address, or share half of their wording. Numbers are those of issues.
    """
    found: dict[int, set[int]] = defaultdict(set)
    for kind in {one.kind for one in offers.values()}:
        own = sorted(number for number, one in offers.items() if one.kind == kind)
        pairs = [(own[one], own[other]) for one, other, _ in pairs_alike([offers[number].words for number in own])]
        first: dict[str, int] = {}
        for number in own:
            pairs += [(first.setdefault(address, number), number) for address in offers[number].addresses]
        for one, other in pairs:
            if one != other:
                found[one].add(other)
                found[other].add(one)
    return {number: tuple(sorted(others)[:MOST]) for number, others in found.items()}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[start : start + 3]) for start in range(len(words) - 2)}
