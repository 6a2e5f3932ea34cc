"""Which entries are close to one another: those that share topics, rare topics counting more."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from mutualaid.core.entries.entry import Entry

NEAR = 3
LOOKED_AT = 150


def near_entries(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """Return, for each entry's address, up to three others that share topics, of other kinds first among equals."""
    living = [entry for entry in entries if not entry.is_retracted and not entry.is_retired]
    by_topic: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    by_topics: dict[tuple[str, ...], list[tuple[str, Entry]]] = defaultdict(list)
    for entry in living:
        topics, named = entry.fields.get("topics", ()), (entry.address, entry)
        by_topics[topics].append(named)
        for topic in topics:
            by_topic[topic].append(named)
    near: dict[str, tuple[Entry, ...]] = {}
    for topics, alike in by_topics.items():
        ranked = _ranked(topics, by_topic)
        near.update((address, _nearest(entry, address, ranked)) for address, entry in alike)
    return near


Ranked = list[tuple[int, str, Entry]]


def _ranked(topics: tuple[str, ...], by_topic: Mapping[str, list[tuple[str, Entry]]]) -> Ranked:
    """Return who shares these topics, with scores, the best first; of each kind one more than can be chosen."""
    scores: Counter[str] = Counter()
    found: dict[str, Entry] = {}
    for topic in topics:
        worth = 1000 // len(by_topic[topic]) + 1
        for address, other in by_topic[topic][:LOOKED_AT]:
            scores[address] += worth
            found[address] = other
    kinds: Counter[str] = Counter()
    ranked = []
    for address in sorted(scores, key=lambda address: (-scores[address], address)):
        kind = found[address].kind.name
        kinds[kind] += 1
        if kinds[kind] <= NEAR + 1:
            ranked.append((scores[address], address, found[address]))
    return ranked


def _nearest(entry: Entry, address: str, ranked: Ranked) -> tuple[Entry, ...]:
    left = [(score, other) for score, name, other in ranked if name != address]
    chosen: list[Entry] = []
    kinds: Counter[str] = Counter({entry.kind.name: 1})
    while left and len(chosen) < NEAR:
        worth = [score / (1 + kinds[other.kind.name]) for score, other in left]
        _, best = left.pop(worth.index(max(worth)))
        kinds[best.kind.name] += 1
        chosen.append(best)
    return tuple(chosen)
