"""Long lists: how they are split into pages, each with an address of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ROWS = 200
"""Rows on a page of a list. More would make it too heavy for a phone on a bad line."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list; `all` are the addresses of all of its pages, `number` counts from 1."""

    items: Sequence[Any]
    number: int
    all: tuple[str, ...]

    @property
    def address(self) -> str:
        return self.all[self.number - 1]

    def titled(self, title: str) -> str:
        return title if self.number == 1 else f"{title}, page {self.number}"


def leaves_of(address: str, items: Sequence[Any], rows: int = ROWS) -> list[Leaf]:
    """Split a list into pages; the first is at `address` itself, also where nothing is on it."""
    starts = range(0, len(items) or 1, rows)
    addresses = tuple(f"{address}page-{start // rows + 1}/" if start else address for start in starts)
    return [Leaf(items[start : start + rows], number, addresses) for number, start in enumerate(starts, start=1)]
