"""Which entries are close to one another: those that share topics, rare topics counting more."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from mutualaid.core.entries.entry import Entry

NEAR = 3
LOOKED_AT = 150


def near_entries(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """Return, for each entry's address, up to three others that share topics, of other kinds first among equals."""
    living = [entry for entry in entries if not entry.is_retracted and not entry.is_retired]
    by_topic: dict[str, list[Entry]] = defaultdict(list)
    for entry in living:
        for topic in entry.fields.get("topics", ()):
            by_topic[topic].append(entry)
    return {entry.address: _nearest(entry, by_topic) for entry in living}


def _nearest(entry: Entry, by_topic: Mapping[str, list[Entry]]) -> tuple[Entry, ...]:
    scores: Counter[str] = Counter()
    found: dict[str, Entry] = {}
    for topic in entry.fields.get("topics", ()):
        for other in by_topic[topic][:LOOKED_AT]:
            if other.address != entry.address:
                scores[other.address] += 1000 // len(by_topic[topic]) + 1
                found[other.address] = other
    ranked = sorted(found.values(), key=lambda other: (-scores[other.address], other.address))
    chosen: list[Entry] = []
    kinds: Counter[str] = Counter({entry.kind.name: 1})
    while ranked and len(chosen) < NEAR:
        best = max(ranked, key=lambda other: scores[other.address] / (1 + kinds[other.kind.name]))
        ranked.remove(best)
        kinds[best.kind.name] += 1
        chosen.append(best)
    return tuple(chosen)
