"""Which texts say nearly the same. Pure; compares runs of three words, so that order counts but small edits do not."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

ENOUGH_ALIKE = 0.5
TOO_COMMON = 25
MOST = 5
WORD = re.compile(r"[a-z0-9]+")


def pairs_alike(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield index pairs (earlier, later) whose texts share at least half of their runs of three words, with the share.

    The share is their Jaccard index, from 0 to 1. Runs of more than `TOO_COMMON` texts are passed over, for speed.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    sizes: list[int] = []
    for index, text in enumerate(texts):
        words = WORD.findall(text.lower())
        own = set(map(hash, zip(words, words[1:], words[2:], strict=False)))  # A million of them are looked up.
        sizes.append(len(own))
        shared: list[int] = []
        for known in map(holders.__getitem__, own):
            if len(known) <= TOO_COMMON:
                shared += known
                known.append(index)
        for other, count in sorted(Counter(shared).items()):
            share = count / (sizes[index] + sizes[other] - count)
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
    first: dict[tuple[str, str], int] = {}
    own = sorted(offers)
    pairs = [(own[one], own[other]) for one, other, _ in pairs_alike([offers[number].words for number in own])]
    for number in own:
        offer = offers[number]
        pairs += [(first.setdefault((offer.kind, address), number), number) for address in offer.addresses]
    for one, other in pairs:
        if one != other and offers[one].kind == offers[other].kind:
            found[one].add(other)
            found[other].add(one)
    return {number: tuple(sorted(others)[:MOST]) for number, others in found.items()}
