"""What was read from one file: plain values and where each stood. It knows nothing of YAML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mutualaid.core.entries.problem import Place

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`value` holds text, whole numbers, true/false, lists and mappings.

    `marks` returns the (line, column) of each, from 1, by the steps that lead to it; the place of a key itself is under
    the same steps with `KEY` put in front.
    """

    file: str
    value: Any
    marks: Callable[[], Mapping[Steps, tuple[int, int]]] = dict

    def place_of(self, steps: Steps) -> Place:
        """Return where the value at `steps` is, or the nearest value around it."""
        marks = self.marks()
        while steps and steps not in marks:
            steps = steps[:-1]
        return Place(self.file, *marks.get(steps, (1, 1)))

    def place_of_key(self, steps: Steps) -> Place:
        mark = self.marks().get((KEY, *steps))
        return Place(self.file, *mark) if mark else self.place_of(steps)


KEY = "\0key"
