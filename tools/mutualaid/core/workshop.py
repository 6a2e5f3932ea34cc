"""A workshop of chosen exercises: an agenda with running times, or a sentence that says why there is none."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mutualaid.core.entry import Entry

ARRIVE, BETWEEN, CLOSE = 5, 5, 5
"""Minutes to arrive and say how the time is used, to change over between two exercises, and to close."""
SHOWN, LIKE_ENOUGH = 3, 0.4


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the agenda; `start` and `end` are minutes from the beginning, `steps` name their start alike."""

    title: str
    start: int
    end: int
    exercise: Entry | None = None
    steps: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Workshop:
    """Items in order; `spare` is what is left of the minutes given."""

    minutes: int
    items: tuple[Item, ...]
    spare: int

    @property
    def exercises(self) -> tuple[Entry, ...]:
        """The exercises, in order."""
        return tuple(item.exercise for item in self.items if item.exercise)


def plan_workshop(slugs: Sequence[str], minutes: int, exercises: Mapping[str, Entry]) -> Workshop | str:
    """Return the workshop of `slugs`, in their order, or one sentence for each thing that stands in its way."""
    amiss = [*_unknown(slugs, exercises), *_twice(slugs)]
    if not slugs:
        amiss.append("Name at least one exercise.")
    if amiss:
        return "\n".join(amiss)
    chosen = [exercises[slug] for slug in slugs]
    items = tuple(_agenda(chosen))
    needed = items[-1].end
    if needed > minutes:
        return _too_short(chosen, needed, minutes)
    return Workshop(minutes, items, minutes - needed)


def clock(minutes: int) -> str:
    """Return minutes from the beginning as `1:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def length_of(exercise: Entry) -> int:
    """Return the minutes that an exercise takes with all its steps."""
    return sum(step["minutes"] for step in exercise.fields["steps"])


def _agenda(chosen: Sequence[Entry]) -> list[Item]:
    items = [Item("Arrive, and say how the time is used", 0, ARRIVE)]
    for before, exercise in pairwise((None, *chosen)):
        at = items[-1].end
        if before is not None:
            items.append(Item("Put papers away, stretch", at, at + BETWEEN))
            at += BETWEEN
        steps, now = [], at
        for step in exercise.fields["steps"] if exercise else ():
            steps.append((now, str(step["title"])))
            now += step["minutes"]
        items.append(Item(exercise.title if exercise else "", at, now, exercise, tuple(steps)))
    at = items[-1].end
    return [*items, Item("Close: collect nothing, say what comes next", at, at + CLOSE)]


def _unknown(slugs: Sequence[str], exercises: Mapping[str, Entry]) -> list[str]:
    said = []
    for slug in dict.fromkeys(slugs):
        if slug not in exercises:
            near = difflib.get_close_matches(slug, exercises, SHOWN, LIKE_ENOUGH)
            hint = f"Did you mean {' or '.join(near)}?" if near else "Their names stand in submissions/exercises/."
            said.append(f"There is no exercise {slug}. {hint}")
    return said


def _twice(slugs: Sequence[str]) -> list[str]:
    doubles = [slug for slug in dict.fromkeys(slugs) if slugs.count(slug) > 1]
    return [f"The exercise {slug} is named twice. Name it once." for slug in doubles]


def _too_short(chosen: Sequence[Entry], needed: int, minutes: int) -> str:
    parts = ", ".join(f"{exercise.slug} {length_of(exercise)}" for exercise in chosen)
    between = f", {BETWEEN * (len(chosen) - 1)} between exercises" if len(chosen) > 1 else ""
    return (
        f"These exercises need {needed} minutes and you have {minutes}, which is {needed - minutes} too few: "
        f"{parts}, {ARRIVE} to arrive{between}, {CLOSE} to close. Leave one out, or take more time."
    )
